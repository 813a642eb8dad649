package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/eventlog/pglog"
	"shouwang/migrations"
)

// Database is one migrated database of the bench's own, with an empty record.
type Database struct {
	server *server
	name   string
	master string // folder of the master key, once there is one
}

// database makes a fresh one.
func (s *server) database(ctx context.Context) (*Database, error) {
	s.databases++
	d := &Database{server: s, name: fmt.Sprintf("%s_%d_%s", s.name, s.databases, lower(rand.Text()[:6]))}
	create := "create database " + d.name
	if s.owner.User != s.admin.User {
		create += " owner " + pgx.Identifier{s.owner.User}.Sanitize()
	}
	err := s.withAdmin(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, create)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", create, err)
	}
	if err := migrations.Up(ctx, d.config(s.owner)); err != nil {
		return nil, errors.Join(err, d.drop(context.WithoutCancel(ctx)))
	}
	return d, nil
}

func lower(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] |= 0x20
	}
	return string(b)
}

func (d *Database) config(role *pgx.ConnConfig) *pgx.ConnConfig {
	c := role.Copy()
	c.Database = d.name
	return c
}

// App connects as the role that the program works as.
func (d *Database) App() *pgx.ConnConfig { return d.config(d.server.app) }

// drop removes the database, whoever is still connected.
func (d *Database) drop(ctx context.Context) error {
	if d.master != "" {
		if err := os.RemoveAll(d.master); err != nil {
			return fmt.Errorf("remove the bench's master key: %w", err)
		}
	}
	return d.server.withAdmin(ctx, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, "drop database if exists "+d.name+" with (force)"); err != nil {
			return fmt.Errorf("drop the bench's database: %w", err)
		}
		return nil
	})
}

// Pool opens a pool of so many connections; adjust may be nil.
func (d *Database) Pool(ctx context.Context, connections int, adjust func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	// Only to get a config that the pool accepts; everything is replaced.
	config, err := pgxpool.ParseConfig("host=/ sslmode=disable")
	if err != nil {
		return nil, fmt.Errorf("settings of a pool: %w", err)
	}
	config.ConnConfig = d.App()
	config.MaxConns, config.MinConns = int32(connections), int32(connections)
	if adjust != nil {
		adjust(config)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open %d connections: %w", connections, err)
	}
	return pool, nil
}

// log opens the record.
func (d *Database) log(ctx context.Context) (*pglog.Log, error) {
	return pglog.Open(ctx, pglog.Config{Conn: d.App()})
}

// execute runs a script as the app's role.
func (d *Database) execute(ctx context.Context, script string) error {
	return d.executeAs(ctx, d.server.app, script)
}

func (d *Database) executeAs(ctx context.Context, role *pgx.ConnConfig, script string) error {
	conn, err := pgx.ConnectConfig(ctx, d.config(role))
	if err != nil {
		return fmt.Errorf("connect to the bench's database: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, script); err != nil {
		return fmt.Errorf("%s: %w", script, err)
	}
	return nil
}

// counted reads how many events the record holds and its last position.
func (d *Database) counted(ctx context.Context) (count, last int64, err error) {
	conn, err := pgx.ConnectConfig(ctx, d.App())
	if err != nil {
		return 0, 0, fmt.Errorf("connect to count the events: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	err = conn.QueryRow(ctx, "select count(*), coalesce(max(pos), 0) from record.events").Scan(&count, &last)
	if err != nil {
		return 0, 0, fmt.Errorf("count the events: %w", err)
	}
	return count, last, nil
}
