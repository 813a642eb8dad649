package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/eventlog"
)

// inserter is what appends are measured beside: the same bytes, one row and one
// commit each, into a table without any index.
type inserter struct {
	database *Database
	payload  payload
	ids      *ids
	pool     *pgxpool.Pool
}

// insertConnections bounds the INSERT's connections: with more it gets slower.
const insertConnections = 64

const (
	plainTable = `create schema if not exists bench; create table if not exists bench.plain (pos bigint not null, version bigint not null,
		recorded_at timestamptz not null, id uuid not null, stream text collate "C" not null, type text collate "C" not null,
		data bytea not null, meta bytea not null)`
	insertRow = "insert into bench.plain values ($1, $2, $3, $4, $5, $6, $7, $8)"
)

// prepareInserts makes the table anew, before the clients come.
func (i *inserter) prepare(ctx context.Context, clients int) (err error) {
	if err := i.database.execute(ctx, "drop schema if exists bench cascade; "+plainTable); err != nil {
		return err
	}
	i.pool, err = i.database.Pool(ctx, min(clients, insertConnections), func(c *pgxpool.Config) {
		c.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
			_, err := conn.Prepare(ctx, insertRow, insertRow)
			return err
		}
	})
	return err
}

func (i *inserter) close(context.Context) error {
	i.pool.Close()
	return nil
}

func (i *inserter) insert(ctx context.Context, client, n int) error {
	id := i.ids.next()
	// As an ID it would be tried as a text first, and the comparison be a slow one.
	_, err := i.pool.Exec(ctx, insertRow, int64(n), int64(n%eventsPerStream+1), time.Now(), [16]byte(id),
		"household-"+id.String(), i.payload.name, i.payload.data, i.payload.meta)
	if err != nil {
		return fmt.Errorf("insert a row: %w", err)
	}
	return nil
}

// cell measures the INSERT with so many clients.
func (i *inserter) cell(clients int, length time.Duration) cell {
	return cell{
		name:    fmt.Sprintf("INSERT at %d", clients),
		prepare: func(ctx context.Context) error { return i.prepare(ctx, clients) },
		measure: func(ctx context.Context) (sample, error) { return drive(ctx, clients, length, i.insert) },
		after:   i.close,
	}
}

// appender appends to streams of its own, always at the version it knows.
type appender struct {
	stream  string
	version eventlog.Version
}

func (a *appender) append(ctx context.Context, log eventlog.Log, p payload, source *ids) error {
	if a.version%eventsPerStream == 0 {
		a.stream, a.version = "household-"+source.next().String(), eventlog.NoStream
	}
	event := eventlog.Event{ID: source.next(), Type: p.name, Data: p.data, Meta: p.meta}
	done, err := log.Append(ctx, a.stream, a.version, []eventlog.Event{event})
	if err != nil {
		return err
	}
	a.version = done.Version
	return nil
}
