package bench

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
	"shouwang/projections"
)

const (
	upsertRow = "逐行 upsert,一行一提交"
	plainRead = "只读出所需字段"
)

// rebuild measures making the register anew from the whole record.
func (r *run) rebuild(ctx context.Context) (err error) {
	households := r.Events / eventsPerLife
	events := households * eventsPerLife
	d, err := r.filled(ctx, households, eventsPerLife, true, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	f, err := d.followed(ctx, 8)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	rebuilding := cell{name: "rebuild", measure: func(ctx context.Context) (sample, error) {
		phases := phases{}
		phases.report("beginning", 0)
		s, err := timed(events, func() error { return f.followers.Rebuild(ctx, projections.RegisterName, phases.report) })
		phases.report("end", 0)
		r.Say(phases.String())
		return s, err
	}, after: func(ctx context.Context) error { return r.allShown(ctx, f, households) }}
	reading := cell{name: plainRead, measure: func(ctx context.Context) (sample, error) {
		// The record holds one more: how the log was opened.
		return timed(events, func() error {
			return readAll(ctx, f.log, eventlog.Position{}, eventlog.WithData|eventlog.WithMeta, events+1)
		})
	}}
	upserts := &upserts{following: f, length: r.Each}
	upserting := cell{name: upsertRow, prepare: upserts.prepare, measure: upserts.measure, after: upserts.close}
	samples, err := r.interleave(ctx, false, rebuilding, reading, upserting)
	if err != nil {
		return err
	}
	notes := fmt.Sprintf("%s 条、%s 户,含作废与密封字段", group(int64(events)), group(int64(households)))
	r.add(Row{Bench: Rebuild, Case: "重建台账", Beside: upsertRow, Unit: unitEvents, Reach: 50,
		Notes: fmt.Sprintf("%s;upsert 只取样 %v 并按速率推算,不含读取与解码", notes, r.Each)}, samples[0], samples[2])
	r.add(Row{Bench: Rebuild, Case: "重建台账", Beside: plainRead, Unit: unitEvents, Reach: 0.3, Notes: notes}, samples[0], samples[1])
	return nil
}

// phases notes how long each phase of a rebuild takes.
type phases struct {
	names  []projections.Phase
	starts []time.Time
}

func (p *phases) report(phase projections.Phase, _ int64) {
	if n := len(p.names); n == 0 || p.names[n-1] != phase {
		p.names, p.starts = append(p.names, phase), append(p.starts, time.Now())
	}
}

// String names each phase with how long it took; the last one is the end.
func (p *phases) String() string {
	var parts []string
	for i := 1; i < len(p.names); i++ {
		parts = append(parts, fmt.Sprintf("%s %.2f s", p.names[i-1], p.starts[i].Sub(p.starts[i-1]).Seconds()))
	}
	return "  " + strings.Join(parts, ", ")
}

// allShown looks whether every household has its row, and voids count.
func (r *run) allShown(ctx context.Context, f *following, households int) error {
	var rows, struck int
	err := f.pool.QueryRow(ctx, "select count(*), count(*) filter (where measures = 0) from model_register.households").Scan(&rows, &struck)
	if err != nil {
		return fmt.Errorf("count the register's rows: %w", err)
	}
	if rows != households || struck == 0 {
		r.fault("%s: the register shows %d of %d households, %d of them without a measure", Rebuild, rows, households, struck)
	}
	return nil
}

// upserts is the naive way to the same table, indexes included: for each event
// one row is written, with a commit. It only writes rows the rebuild has made;
// reading and decoding come on top.
type upserts struct {
	following *following
	length    time.Duration
	conn      *pgx.Conn
	insert    string
	rows      [][]any
}

// upsertRows is how many different rows are written again and again.
const upsertRows = 2000

func (u *upserts) prepare(ctx context.Context) (err error) {
	if u.conn, err = pgx.ConnectConfig(ctx, u.following.pool.Config().ConnConfig); err != nil {
		return fmt.Errorf("connect to upsert: %w", err)
	}
	script := `drop schema if exists bench cascade; create schema bench;
		create table bench.households (like model_register.households including indexes)`
	if _, err := u.conn.Exec(ctx, script); err != nil {
		return fmt.Errorf("make a table to upsert: %w", err)
	}
	rows, err := u.conn.Query(ctx, fmt.Sprintf("select * from model_register.households order by stream limit %d", upsertRows))
	if err != nil {
		return fmt.Errorf("read rows to upsert: %w", err)
	}
	var names, places, sets []string
	for i, field := range rows.FieldDescriptions() {
		names = append(names, field.Name)
		places = append(places, fmt.Sprintf("$%d", i+1))
		sets = append(sets, fmt.Sprintf("%s = excluded.%[1]s", field.Name))
	}
	u.insert = fmt.Sprintf("insert into bench.households (%s) values (%s) on conflict (stream) do update set %s",
		strings.Join(names, ", "), strings.Join(places, ", "), strings.Join(sets, ", "))
	u.rows, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) ([]any, error) { return row.Values() })
	if err != nil {
		return fmt.Errorf("read rows to upsert: %w", err)
	}
	return nil
}

func (u *upserts) measure(ctx context.Context) (sample, error) {
	return drive(ctx, 1, u.length, func(ctx context.Context, _, n int) error {
		// A household's events come some time apart.
		if _, err := u.conn.Exec(ctx, u.insert, u.rows[n%len(u.rows)]...); err != nil {
			return fmt.Errorf("upsert a row: %w", err)
		}
		return nil
	})
}

func (u *upserts) close(ctx context.Context) error { return u.conn.Close(ctx) }
