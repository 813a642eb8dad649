package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
)

const (
	// tailAppenders write while the followers follow.
	tailAppenders = 32
	// foreignLength is how long somebody else's transaction stays open.
	foreignLength = 2 * time.Second
	// tailLength is at least how long it all takes: the transaction and a while
	// on either side.
	tailLength = 4 * time.Second
	// tailPatience bounds the wait for a follower to reach the end.
	tailPatience = 30 * time.Second
)

// tail follows the log while it grows, in the process that writes and as
// another process would, and looks for what was missed or came out of order.
func (r *run) tail(ctx context.Context) (err error) {
	d, err := r.server.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	if err := d.execute(ctx, "create schema bench; create table bench.elsewhere (n int)"); err != nil {
		return err
	}
	var near, far []sample
	for range r.Rounds {
		both, err := r.tailOnce(ctx, d)
		if err != nil {
			return err
		}
		near, far = append(near, both[0]), append(far, both[1])
	}
	for i, samples := range [][]sample{near, far} {
		where := []string{"同一进程", "另一进程"}[i]
		seen, wrong := int64(0), 0.0
		for _, s := range samples {
			seen, wrong = seen+s.count, wrong+s.wrong
		}
		notes := fmt.Sprintf("共 %s 条;%d 个写入者,并有 %.0f 秒的外来写事务", group(seen), tailAppenders, foreignLength.Seconds())
		row := Row{Bench: Tail, Case: where + "的跟随者,漏掉或乱序", Unit: unitCount, Result: Met, Notes: notes}
		if wrong > 0 {
			row.Result = Missed
		}
		r.add(row, []sample{{value: wrong}}, nil)
		r.add(Row{Bench: Tail, Case: where + "的跟随者,落后的 p99", Unit: unitMillis}, p99s(samples), nil)
		r.add(Row{Bench: Tail, Case: where + "的跟随者,落后的 p50", Unit: unitMillis}, p50s(samples), nil)
	}
	return nil
}

func p50s(samples []sample) []sample {
	middle := make([]sample, len(samples))
	for i, s := range samples {
		middle[i] = sample{value: float64(millis(s.p50)), others: s.others}
	}
	return middle
}

func (r *run) tailOnce(ctx context.Context, d *Database) (both [2]sample, err error) {
	writing, err := d.log(ctx)
	if err != nil {
		return both, err
	}
	defer func() { err = errors.Join(err, writing.Close()) }()
	// A second log has connections and ears of its own, like another process.
	reading, err := d.log(ctx)
	if err != nil {
		return both, err
	}
	defer func() { err = errors.Join(err, reading.Close()) }()
	p, err := newPayload()
	if err != nil {
		return both, err
	}
	start, err := writing.End(ctx)
	if err != nil {
		return both, err
	}
	r.meter.awaitQuiet(ctx, r.Quiet)
	before, err := r.meter.read()
	if err != nil {
		return both, err
	}
	following, stop := context.WithTimeout(ctx, tailPatience+max(tailLength, r.Each))
	defer stop()
	followers := []*tailFollower{newTailFollower(writing, start), newTailFollower(reading, start)}
	var group errgroup.Group
	for _, f := range followers {
		group.Go(func() error { return f.follow(following) })
	}
	w := &appending{log: writing, payload: p, ids: newIDs()}
	group.Go(func() error { return d.foreign(following, r.Each/4) })
	length := max(r.Each, min(tailLength, 10*r.Each))
	_, failed := w.cell(tailAppenders, &run{Config: Config{Each: length}}).measure(ctx)
	if failed != nil {
		stop()
		return both, errors.Join(failed, group.Wait())
	}
	for _, f := range followers {
		f.until <- w.acknowledged.Load()
	}
	if err := group.Wait(); err != nil {
		return both, err
	}
	after, err := r.meter.read()
	if err != nil {
		return both, err
	}
	for i, f := range followers {
		both[i] = summarise(f.lags)
		both[i].others = after.othersSince(before)
		both[i].wrong = float64(max(w.acknowledged.Load()-f.seen, f.seen-w.acknowledged.Load()) + f.wrong)
		if both[i].wrong > 0 {
			r.fault("%s: follower %d saw %d of %d events, %d out of order", Tail, i+1, f.seen, w.acknowledged.Load(), f.wrong)
		}
	}
	return both, nil
}

// foreign holds a transaction open that writes elsewhere and has nothing to do
// with the record.
func (d *Database) foreign(ctx context.Context, after time.Duration) error {
	conn, err := pgx.ConnectConfig(ctx, d.App())
	if err != nil {
		return fmt.Errorf("connect as somebody else: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	_, err = conn.Exec(ctx, fmt.Sprintf("select pg_sleep(%f); begin; insert into bench.elsewhere values (1); select pg_sleep(%f); commit",
		after.Seconds(), foreignLength.Seconds()))
	if err != nil {
		return fmt.Errorf("somebody else's transaction: %w", err)
	}
	return nil
}

// tailFollower sees every event once, in order, or says so.
type tailFollower struct {
	log      eventlog.Log
	at       eventlog.Position
	versions map[string]eventlog.Version
	seen     int64
	wrong    int64
	lags     []time.Duration
	until    chan int64 // how many there are in the end
}

func newTailFollower(log eventlog.Log, at eventlog.Position) *tailFollower {
	return &tailFollower{log: log, at: at, versions: map[string]eventlog.Version{}, until: make(chan int64, 1)}
}

func (f *tailFollower) follow(ctx context.Context) error {
	waiting, enough := context.WithCancel(ctx)
	defer enough()
	end := int64(-1)
	for {
		for rec, err := range f.log.ReadAll(ctx, f.at, eventlog.WithData) {
			if err != nil {
				return fmt.Errorf("follow: %w", err)
			}
			f.take(rec)
		}
		select {
		case end = <-f.until:
		case <-ctx.Done():
			return nil // what is missing will be counted
		default:
		}
		if end >= 0 && f.seen >= end {
			return nil
		}
		pause, cancel := context.WithTimeout(waiting, 50*time.Millisecond)
		err := f.log.Wait(pause, f.at)
		cancel()
		if err != nil && ctx.Err() == nil && !errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("follow: %w", err)
		}
	}
}

func (f *tailFollower) take(rec eventlog.Record) {
	f.lags = append(f.lags, time.Since(rec.RecordedAt))
	f.seen++
	if rec.Position.Compare(f.at) <= 0 || rec.Version != f.versions[rec.Stream]+1 {
		f.wrong++
	}
	f.at, f.versions[rec.Stream] = rec.Position, rec.Version
}
