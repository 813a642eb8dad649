package bench

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"shouwang/eventlog"
)

// appendReach is what appends should reach of the INSERT's rate.
var appendReach = map[int]float64{1: 0.8, 4: 0.65, 16: 1.2, 64: 3.0, 256: 4.5}

// tailAppenders64 is where the slowest of a hundred appends are compared.
const latencyAppenders = 64

const oneInsert = "INSERT, 一行一提交,无索引"

// append measures appends, one event each, with expected version and fence.
func (r *run) append(ctx context.Context) (err error) {
	d, err := r.server.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	p, err := newPayload()
	if err != nil {
		return err
	}
	log, err := d.log(ctx)
	if err != nil {
		return err
	}
	w := &appending{log: log, payload: p, ids: newIDs()}
	i := &inserter{database: d, payload: p, ids: w.ids}
	for _, n := range r.Appenders {
		samples, err := r.interleave(ctx, true, w.cell(n, r), i.cell(n, r.Each))
		if err != nil {
			return errors.Join(err, log.Close())
		}
		row := Row{Bench: Append, Case: fmt.Sprintf("%d 个写入者", n), Beside: oneInsert, Unit: unitEvents, Reach: appendReach[n], Notes: p.String()}
		r.add(row, samples[0], samples[1])
		if n == latencyAppenders {
			slow := Row{Bench: Append, Case: fmt.Sprintf("%d 个写入者的 p99", n), Beside: oneInsert, Unit: unitMillis, Reach: 1.0 / 3, AtMost: true}
			r.add(slow, p99s(samples[0]), p99s(samples[1]))
		}
	}
	if err := errors.Join(r.appendToKurrent(ctx, w), log.Close()); err != nil {
		return err
	}
	if err := r.nothingLost(ctx, Append, d, w.acknowledged.Load()); err != nil {
		return err
	}
	if r.Processes > 1 {
		return r.appendInProcesses(ctx)
	}
	return nil
}

func p99s(samples []sample) []sample {
	slow := make([]sample, len(samples))
	for i, s := range samples {
		slow[i] = sample{value: float64(millis(s.p99)), others: s.others}
	}
	return slow
}

// nothingLost compares what was acknowledged with what the record holds.
func (r *run) nothingLost(ctx context.Context, bench string, d *Database, acknowledged int64) error {
	count, last, err := d.counted(ctx)
	if err != nil {
		return err
	}
	if count != acknowledged || last != acknowledged {
		r.fault("%s: %d events were acknowledged, the record holds %d up to position %d", bench, acknowledged, count, last)
	}
	return nil
}

// appending is some clients appending to one log of this process.
type appending struct {
	log          eventlog.Log
	payload      payload
	ids          *ids
	acknowledged atomic.Int64
}

func (w *appending) cell(clients int, r *run) cell {
	return cell{
		name: fmt.Sprintf("append at %d", clients),
		measure: func(ctx context.Context) (sample, error) {
			appenders := make([]appender, clients)
			return drive(ctx, clients, r.Each, func(ctx context.Context, client, _ int) error {
				if err := appenders[client].append(ctx, w.log, w.payload, w.ids); err != nil {
					return err
				}
				w.acknowledged.Add(1)
				return nil
			})
		},
		after: func(ctx context.Context) error { return w.checkConflict(ctx, r) },
	}
}

// checkConflict shows that the expected version is looked at.
func (w *appending) checkConflict(ctx context.Context, r *run) error {
	var a appender
	if err := a.append(ctx, w.log, w.payload, w.ids); err != nil {
		return err
	}
	w.acknowledged.Add(1)
	stale := appender{stream: a.stream, version: a.version + 1}
	err := stale.append(ctx, w.log, w.payload, w.ids)
	if !errors.Is(err, eventlog.ErrConflict) {
		r.fault("%s: an append at the wrong version ended with %v", Append, err)
	}
	return nil
}
