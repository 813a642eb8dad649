package projections_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/eventlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// tally is a follower that is not a read model: each record adds one to a
// counter, so a record applied twice or never shows.
type tally struct {
	name   string
	before func(ctx context.Context, b projections.Batch) error // may break a batch
	after  func(ctx context.Context, b projections.Batch) error
}

func (f tally) Name() string                 { return f.name }
func (f tally) Version() int                 { return 1 }
func (f tally) Fields() eventlog.Fields      { return 0 }
func (f tally) Applier() projections.Applier { return f }

func (f tally) Apply(ctx context.Context, b projections.Batch) error {
	if f.before != nil {
		if err := f.before(ctx, b); err != nil {
			return err
		}
	}
	if _, err := b.Tx.Exec(ctx, `update model.tally set n = n + $1`, len(b.Records)); err != nil {
		return err
	}
	if f.after != nil {
		return f.after(ctx, b)
	}
	return nil
}

func tallyTable(t testing.TB, pool *pgxpool.Pool) func() int64 {
	t.Helper()
	if _, err := pool.Exec(t.Context(), `create table model.tally (n bigint not null); insert into model.tally values (0)`); err != nil {
		t.Fatal(err)
	}
	return func() int64 {
		t.Helper()
		var n int64
		if err := pool.QueryRow(t.Context(), `select n from model.tally`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
}

func await(t testing.TB, f *projections.Followers, model string, at eventlog.Position) {
	t.Helper()
	until(t, model+" shows what was written", func() bool {
		err := f.Await(t.Context(), model, f.Receipt(at))
		if err != nil && !errors.Is(err, projections.ErrNotYet) {
			t.Fatalf("%v: %s", err, status(t, f, model).Error)
		}
		return err == nil
	})
}

func status(t testing.TB, f *projections.Followers, name string) projections.Status {
	t.Helper()
	all, err := f.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no status of %s", name)
	return projections.Status{}
}

// The server cuts the connection after the rows are written and before the
// checkpoint is committed: rows and checkpoint are lost together.
func TestCrashBetweenRowsAndCheckpoint(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	count := tallyTable(t, pool)
	w := newWriter(t, newLog(t))
	var crashes atomic.Int32
	crashing := tally{name: "tally", after: func(ctx context.Context, b projections.Batch) error {
		if crashes.Add(1)%3 != 0 {
			_, err := b.Tx.Exec(ctx, `select pg_terminate_backend(pg_backend_pid())`)
			return err
		}
		return nil
	}}
	f, stop := modeltest.Follow(t, pool, w.log, crashing)
	defer stop()
	for i := range 5 {
		await(t, f, "tally", w.fill(i, 1))
	}
	if n := count(); n != 5 {
		t.Errorf("5 records were counted %d times", n)
	}
	if crashes.Load() < 3 {
		t.Errorf("the connection was cut %d times; the test needs it to be", crashes.Load())
	}
}

// Two processes run the same follower: one holds it, and when its connection is
// cut, or it leaves, somebody goes on. No record counts twice.
func TestOneHolderAndTakeover(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	count := tallyTable(t, pool)
	w := newWriter(t, newLog(t))
	var applied [2]atomic.Int64
	var stops [2]func()
	var processes [2]*projections.Followers
	for i := range processes {
		processes[i], stops[i] = modeltest.Follow(t, pool, w.log, tally{name: "tally", after: func(_ context.Context, b projections.Batch) error {
			applied[i].Add(int64(len(b.Records)))
			return nil
		}})
		defer stops[i]()
	}
	n := 0
	write := func() {
		t.Helper()
		n++
		at := w.fill(1, 1)
		await(t, processes[0], "tally", at)
		await(t, processes[1], "tally", at)
	}
	for range 20 {
		write()
	}
	if a, b := applied[0].Load(), applied[1].Load(); a != 0 && b != 0 {
		t.Errorf("both processes followed: %d and %d records", a, b)
	}
	for range 3 {
		if _, err := pool.Exec(t.Context(), `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
			and database = (select oid from pg_database where datname = current_database())`); err != nil {
			t.Fatal(err)
		}
		write()
	}
	first := 0
	if applied[1].Load() > applied[0].Load() {
		first = 1
	}
	stops[first]()
	before := applied[1-first].Load()
	at := w.fill(1, 1)
	await(t, processes[1-first], "tally", at)
	if applied[1-first].Load() == before {
		t.Error("nobody took over when the holder left")
	}
	if got := count(); got != int64(n+1) {
		t.Errorf("%d records were counted %d times", n+1, got)
	}
}

// A record that cannot be applied stops its follower right before it, and only
// this one; everything before it is shown, the status says where it stands, and
// nobody waits for nothing. A repaired program goes on from there.
func TestPoison(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	count := tallyTable(t, pool)
	w := newWriter(t, newLog(t))
	for i := range 50 {
		w.fill(i%7, 1)
	}
	last := w.fill(0, 1)
	f, stop := modeltest.Follow(t, pool, w.log, pots(1, false), tally{name: "tally"})
	await(t, f, "pots", last)
	await(t, f, "tally", last)
	stop()
	w.fill(6, 1)
	w.write("pot-5", "cracked.v1", "")
	for i := range 50 {
		last = w.fill(i%7, 1)
	}
	f, stop = modeltest.Follow(t, pool, w.log, pots(1, false), tally{name: "tally"})
	defer stop()
	await(t, f, "tally", last)
	until(t, "the follower stops", func() bool { return status(t, f, "pots").State == projections.Stopped })
	s := status(t, f, "pots")
	if !strings.Contains(s.Error, "pot-5 version 8 (cracked.v1)") || !strings.Contains(s.Error, errCracked.Error()) {
		t.Errorf("the status does not say where it stands: %s", s.Error)
	}
	if s.Behind != 51 || s.More {
		t.Errorf("behind by %d records, want 51", s.Behind)
	}
	if err := f.Await(t.Context(), "pots", f.Receipt(last)); !errors.Is(err, projections.ErrStopped) {
		t.Errorf("waiting for a stopped model: %v", err)
	}
	if err := f.Ready(t.Context()); !errors.Is(err, projections.ErrStopped) {
		t.Errorf("ready: %v", err)
	}
	if n := count(); n != 103 {
		t.Errorf("the other follower counted %d of 103", n)
	}
	var coins int
	if err := pool.QueryRow(t.Context(), `select sum(coins) from model_pots.pots`).Scan(&coins); err != nil {
		t.Fatal(err)
	}
	if coins != 52 {
		t.Errorf("%d coins before the crack, want 52", coins)
	}

	// Another program, which can apply it, rebuilds: the running one goes on
	// from the rebuilt rows.
	repaired, err := projections.New(t.Context(), projections.Config{
		Log: w.log, LogID: modeltest.LogID, Pool: pool, Followers: []projections.Follower{pots(1, true)}, Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := repaired.Rebuild(t.Context(), "pots", nil); err != nil {
		t.Fatal(err)
	}
	until(t, "the stopped follower goes on", func() bool {
		return f.Await(t.Context(), "pots", f.Receipt(w.fill(1, 1))) == nil
	})
}

// What panics in a model stops the model, not the program.
func TestPanicIsPoison(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	count := tallyTable(t, pool)
	w := newWriter(t, newLog(t))
	w.fill(1, 1)
	w.write("pot-1", "bad.v1", "")
	f, stop := modeltest.Follow(t, pool, w.log, tally{name: "tally", before: func(_ context.Context, b projections.Batch) error {
		for _, rec := range b.Records {
			if rec.Type == "bad.v1" {
				panic("out of coins")
			}
		}
		return nil
	}})
	defer stop()
	until(t, "the follower stops", func() bool { return status(t, f, "tally").State == projections.Stopped })
	if s := status(t, f, "tally"); !strings.Contains(s.Error, "pot-1 version 2 (bad.v1)") || !strings.Contains(s.Error, "out of coins") {
		t.Errorf("the status does not say where it stands: %s", s.Error)
	}
	if n := count(); n != 1 {
		t.Errorf("%d records applied before the bad one, want 1", n)
	}
}

// Postgres refuses what a model writes: that is poison too, and the rows of the
// batch before it stay.
func TestRefusedRowIsPoison(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	tallyTable(t, pool)
	w := newWriter(t, newLog(t))
	w.fill(1, 1)
	f, stop := modeltest.Follow(t, pool, w.log, tally{name: "tally", before: func(ctx context.Context, b projections.Batch) error {
		_, err := b.Tx.Exec(ctx, `select 1 / 0`)
		return err
	}})
	defer stop()
	until(t, "the follower stops", func() bool { return status(t, f, "tally").State == projections.Stopped })
}

// The same log in another store is a copy: its positions mean other records.
func TestCopyOfTheLogIsRefused(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	count := tallyTable(t, pool)
	original, copied := newWriter(t, newLog(t)), newWriter(t, newLog(t))
	f, stop := modeltest.Follow(t, pool, original.log, pots(1, false), tally{name: "tally"})
	original.fill(1, 100)
	at := original.fill(2, 200)
	await(t, f, "pots", at)
	await(t, f, "tally", at)
	stop()

	at = copied.fill(2, 7)
	g, stop := modeltest.Follow(t, pool, copied.log, pots(1, false), tally{name: "tally"})
	defer stop()
	await(t, g, "pots", at)
	want := []string{`{"name": null, "coins": 7, "stream": "pot-2"}`}
	if diff := cmp.Diff(want, modeltest.Dump(t, pool, "pots")["pots"]); diff != "" {
		t.Errorf("rows after the copy (-want +got):\n%s", diff)
	}
	until(t, "what cannot be rebuilt stops", func() bool { return status(t, g, "tally").State == projections.Stopped })
	if n := count(); n != 2 {
		t.Errorf("the tally of another store was changed: %d", n)
	}
	if err := g.Await(t.Context(), "pots", f.Receipt(at)); !errors.Is(err, projections.ErrReceipt) {
		t.Errorf("a receipt of another store: %v", err)
	}
}
