package bench

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

// columns of the record as a follower may ask for them.
const (
	allColumns   = "pos, version, recorded_at, stream, type, data, meta, id"
	modelColumns = "pos, version, recorded_at, stream, type, data, meta"
	dataColumns  = "pos, version, recorded_at, stream, type, data"
)

// read measures reading the whole log in order.
func (r *run) read(ctx context.Context) (err error) {
	d, err := r.filled(ctx, r.Events/eventsPerLife, eventsPerLife, false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	log, err := d.log(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	events := r.Events / eventsPerLife * eventsPerLife
	for _, what := range []struct {
		name, columns string
		fields        eventlog.Fields
		reach         float64
	}{
		{"全部字段,按序读出", allColumns, eventlog.Everything, 0.6},
		{"台账所需字段,按序读出", modelColumns, eventlog.WithData | eventlog.WithMeta, 0},
		{"不含元数据,按序读出", dataColumns, eventlog.WithData, 0},
	} {
		beside, name := d.copyOut(what.columns, events)
		reading := cell{name: "read " + what.columns, measure: func(ctx context.Context) (sample, error) {
			return timed(events, func() error { return readAll(ctx, log, eventlog.Position{}, what.fields, events) })
		}}
		samples, err := r.interleave(ctx, false, reading, beside)
		if err != nil {
			return err
		}
		r.add(Row{Bench: Read, Case: what.name, Beside: name, Unit: unitEvents, Reach: what.reach}, samples[0], samples[1])
	}
	return r.readFromKurrent(ctx, log, events)
}

// readAll reads the log after a position and looks at every byte's length.
func readAll(ctx context.Context, log eventlog.Log, after eventlog.Position, fields eventlog.Fields, want int) error {
	n, size := 0, 0
	for rec, err := range log.ReadAll(ctx, after, fields) {
		if err != nil {
			return err
		}
		n++
		size += len(rec.Data) + len(rec.Meta)
	}
	if n != want || size == 0 {
		return fmt.Errorf("%d events (%d bytes) were read instead of %d", n, size, want)
	}
	return nil
}

// copyOut is the server reading the same columns in the same order, for itself
// where it may write to nowhere, else sending them to somebody who throws them
// away.
func (d *Database) copyOut(columns string, want int) (c cell, name string) {
	copying := fmt.Sprintf("copy (select %s from record.events order by pos) to ", columns)
	name = "服务器端有序 COPY 到 /dev/null"
	role, target := d.config(d.server.admin), "'/dev/null' (format binary)"
	if d.server.private == nil {
		name, role, target = "有序 COPY,客户端丢弃", d.App(), "stdout (format binary)"
	}
	return cell{name: name, measure: func(ctx context.Context) (sample, error) {
		conn, err := pgx.ConnectConfig(ctx, role)
		if err != nil {
			return sample{}, fmt.Errorf("connect to copy out: %w", err)
		}
		defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
		// As the log's own connections are set: the plan must be the same.
		if _, err := conn.Exec(ctx, "set enable_seqscan = off; set enable_bitmapscan = off; set jit = off"); err != nil {
			return sample{}, fmt.Errorf("set up to copy out: %w", err)
		}
		return timed(want, func() error {
			if d.server.private == nil {
				_, err := conn.PgConn().CopyTo(ctx, io.Discard, copying+target)
				return err
			}
			_, err := conn.Exec(ctx, copying+target)
			return err
		})
	}}, name
}
