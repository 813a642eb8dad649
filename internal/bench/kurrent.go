package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
)

// cluster is a KurrentDB beside which the Postgres is measured.
type cluster struct {
	log   *kurrentlog.Log
	notes string
}

// besideKurrent is what appends and readings on KurrentDB are compared with.
const besideKurrent = "PostgreSQL 上同样的操作"

// openCluster opens the KurrentDB that is named, nil if none is. What is
// appended there stays: nobody of ours may delete. So it must be empty, or
// another bench's.
func openCluster(ctx context.Context, url string) (_ *cluster, err error) {
	if url == "" {
		return nil, nil
	}
	log, err := kurrentlog.Open(ctx, kurrentlog.Config{URL: url})
	if err != nil {
		return nil, err
	}
	seen, err := log.Examine(ctx)
	if err == nil {
		err = claim(ctx, log, seen.Hosts)
	}
	if err != nil {
		return nil, errors.Join(err, log.Close())
	}
	notes := fmt.Sprintf("KurrentDB %s,%s", seen.Version, seen.Hosts)
	if seen.Local {
		notes += ";测试用服务器只测得协议开销,不是数据库 (protocol cost, unless it is a real server),其占用计入他人"
	}
	return &cluster{log, notes}, nil
}

// claimed is the type of the first event of a record that a bench filled.
const claimed = "bench.begun.v1"

// claim begins a bench's record and refuses any other.
func claim(ctx context.Context, log *kurrentlog.Log, hosts string) error {
	for first, err := range log.ReadAll(ctx, eventlog.Position{}, 0) {
		if err == nil && first.Type != claimed {
			err = fmt.Errorf("%w: the KurrentDB at %s holds a record; the bench fills one that is empty, and cannot empty it again", ErrUsage, hosts)
		}
		return err
	}
	_, err := log.Append(ctx, "bench", eventlog.NoStream, []eventlog.Event{{ID: newIDs().next(), Type: claimed, Data: []byte("{}"), Meta: []byte("{}")}})
	return err
}

func (k *cluster) close() error {
	if k == nil {
		return nil
	}
	return k.log.Close()
}

// appendToKurrent measures the appends of append on either store.
func (r *run) appendToKurrent(ctx context.Context, postgres *appending) error {
	if r.cluster == nil {
		return nil
	}
	from, err := r.cluster.log.End(ctx)
	if err != nil {
		return err
	}
	w := &appending{log: r.cluster.log, payload: postgres.payload, ids: postgres.ids}
	for _, n := range r.Appenders {
		samples, err := r.interleave(ctx, false, w.cell(n, r), postgres.cell(n, r))
		if err != nil {
			return err
		}
		r.add(Row{Bench: Append, Case: fmt.Sprintf("KurrentDB,%d 个写入者", n), Beside: besideKurrent, Unit: unitEvents, Notes: r.cluster.notes}, samples[0], samples[1])
	}
	n := int64(0)
	for _, err := range w.log.ReadAll(ctx, from, 0) {
		if err != nil {
			return err
		}
		n++
	}
	if want := w.acknowledged.Load(); n != want {
		r.fault("%s: %d events were acknowledged by KurrentDB, which holds %d", Append, want, n)
	}
	return nil
}

// readFromKurrent measures reading the same files in order from either store.
func (r *run) readFromKurrent(ctx context.Context, postgres eventlog.Log, events int) error {
	if r.cluster == nil {
		return nil
	}
	from, err := r.cluster.log.End(ctx)
	if err != nil {
		return err
	}
	source, err := newLives(events/eventsPerLife, eventsPerLife, nil)
	if err != nil {
		return err
	}
	source.salt = rand.Uint64() // an earlier bench's files may be there
	if _, err := r.cluster.log.Import(ctx, source.all(ctx)); err != nil {
		return fmt.Errorf("fill the KurrentDB: %w", err)
	}
	reading := func(log eventlog.Log, after eventlog.Position) cell {
		return cell{name: "read everything", measure: func(ctx context.Context) (sample, error) {
			return timed(events, func() error { return readAll(ctx, log, after, eventlog.Everything, events) })
		}}
	}
	samples, err := r.interleave(ctx, false, reading(r.cluster.log, from), reading(postgres, eventlog.Position{}))
	if err != nil {
		return err
	}
	r.add(Row{Bench: Read, Case: "KurrentDB,全部字段,按序读出", Beside: besideKurrent, Unit: unitEvents, Notes: r.cluster.notes}, samples[0], samples[1])
	return nil
}
