package projections_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

func prepared(t testing.TB, pool *pgxpool.Pool, log eventlog.Log, followers ...projections.Follower) *projections.Followers {
	t.Helper()
	f, err := projections.New(t.Context(), projections.Config{
		Log: log, LogID: modeltest.LogID, Pool: pool, Followers: followers, Now: time.Now, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Rebuilds in another process, beside a follower, a writer and readers: a
// reader sees a whole model at every moment, which only ever grows.
func TestRebuildBesideWritersAndReaders(t *testing.T) {
	t.Parallel()
	const rebuilds = 8
	pool := pgtest.Pool(t)
	w := newWriter(t, newLog(t))
	for i := range 3000 {
		w.fill(i%400, 1)
	}
	f, stop := modeltest.Follow(t, pool, w.log, pots(1, false))
	defer stop()
	await(t, f, "pots", w.fill(0, 1))

	ctx, done := context.WithCancel(t.Context())
	defer done()
	var group errgroup.Group
	group.Go(func() error {
		defer done()
		other := prepared(t, pool, w.log, pots(1, false))
		for n := 0; n < rebuilds; {
			err := other.Rebuild(t.Context(), "pots", nil)
			switch {
			case err == nil:
				n++
			case !errors.Is(err, projections.ErrBeingRebuilt): // a busy server may let go of the last lock later
				return err
			}
		}
		return nil
	})
	for range 3 {
		group.Go(func() error { return watchPots(ctx, pool) })
	}
	written := 3001
	for ctx.Err() == nil {
		at := w.fill(written%400, 1)
		written++
		if written%10 == 0 {
			await(t, f, "pots", at) // read-your-writes holds across a swap
		}
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	await(t, f, "pots", w.fill(0, 1))
	var coins int
	if err := pool.QueryRow(t.Context(), `select sum(coins) from model_pots.pots`).Scan(&coins); err != nil {
		t.Fatal(err)
	}
	if coins != written+1 {
		t.Errorf("%d coins shown, %d recorded", coins, written+1)
	}
	// What a slow reader kept standing goes with the next rebuild, when nobody reads.
	until(t, "a last rebuild", func() bool {
		err := f.Rebuild(t.Context(), "pots", nil)
		if err != nil && !errors.Is(err, projections.ErrBeingRebuilt) {
			t.Fatal(err)
		}
		return err == nil
	})
	until(t, "the rebuild's lock is let go", func() bool { return status(t, f, "pots").State == projections.Running })
	if s := status(t, f, "pots"); s.Rebuilt != rebuilds+2 || s.Behind != 0 {
		t.Errorf("status after %d rebuilds: %+v", rebuilds+1, s)
	}
	var left int
	if err := pool.QueryRow(t.Context(), `select count(*) from pg_namespace where nspname like 'model\_pots\_%'`).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if left != 0 {
		t.Errorf("%d schemas left over", left)
	}
}

var errTorn = errors.New("a reader saw a model that is not whole")

// watchPots reads until ctx is done: rows, entries and totals must agree within
// one statement, and nothing may be taken away.
func watchPots(ctx context.Context, pool *pgxpool.Pool) error {
	seen := int64(3001)
	for {
		var rows, entries, totals, potCount, totalCount int64
		err := pool.QueryRow(ctx, `select
			(select sum(coins) from model_pots.pots), (select sum(coins) from model_pots.entries), (select sum(coins) from model_pots.sums),
			(select count(*) from model_pots.pots), (select sum(pots) from model_pots.sums)`).
			Scan(&rows, &entries, &totals, &potCount, &totalCount)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if rows != entries || rows != totals || potCount != 400 || totalCount != 400 || rows < seen {
			return errTorn
		}
		seen = rows
	}
}

func TestRebuildReportsAndRefuses(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	tallyTable(t, pool)
	w := newWriter(t, newLog(t))
	w.fill(1, 1)
	w.fill(2, 1)
	f := prepared(t, pool, w.log, pots(2, false), tally{name: "tally"})

	var phases []projections.Phase
	err := f.Rebuild(t.Context(), "pots", func(phase projections.Phase, records int64) {
		phases = append(phases, phase)
		if phase == projections.Building {
			if err := f.Rebuild(t.Context(), "pots", nil); !errors.Is(err, projections.ErrBeingRebuilt) {
				t.Errorf("a second rebuild at once: %v", err)
			}
			if s := status(t, f, "pots"); s.State != projections.Rebuilding {
				t.Errorf("state during a rebuild: %s", s.State)
			}
		}
		if phase == projections.Done && records != 2 {
			t.Errorf("%d records reported, want 2", records)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(phases) != 4 || phases[3] != projections.Done {
		t.Errorf("phases: %v", phases)
	}
	if s := status(t, f, "pots"); s.State != projections.Idle || s.Behind != 0 {
		t.Errorf("status after a rebuild with nobody following: %+v", s)
	}
	if err := f.Rebuild(t.Context(), "tally", nil); !errors.Is(err, projections.ErrNotAModel) {
		t.Errorf("rebuild of what is no read model: %v", err)
	}
	if err := f.Rebuild(t.Context(), "jars", nil); !errors.Is(err, projections.ErrUnknownFollower) {
		t.Errorf("rebuild of nothing: %v", err)
	}
	older := prepared(t, pool, w.log, pots(1, false))
	if err := older.Rebuild(t.Context(), "pots", nil); !errors.Is(err, projections.ErrNewer) {
		t.Errorf("rebuild by an older program: %v", err)
	}
	if err := older.Ready(t.Context()); !errors.Is(err, projections.ErrNewer) {
		t.Errorf("an older program is ready: %v", err)
	}
}

// A failed rebuild leaves the live model as it is, and its remains do not hinder
// the next one.
func TestFailedRebuildChangesNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	w := newWriter(t, newLog(t))
	w.fill(1, 1)
	w.write("pot-1", "cracked.v1", "")
	robust := prepared(t, pool, w.log, pots(1, true))
	if err := robust.Rebuild(t.Context(), "pots", nil); err != nil {
		t.Fatal(err)
	}
	before := modeltest.Dump(t, pool, "pots")
	var poison *projections.PoisonError
	if err := prepared(t, pool, w.log, pots(1, false)).Rebuild(t.Context(), "pots", nil); !errors.As(err, &poison) {
		t.Fatalf("rebuild over a record that cannot be applied: %v", err)
	}
	if poison.Stream != "pot-1" || poison.Version != 2 {
		t.Errorf("poison: %v", poison)
	}
	if after := modeltest.Dump(t, pool, "pots"); len(after["pots"]) != len(before["pots"]) {
		t.Errorf("rows after a failed rebuild: %v", after)
	}
	if err := robust.Rebuild(t.Context(), "pots", nil); err != nil {
		t.Errorf("rebuild after a failed one: %v", err)
	}
}

// A program with another version of the model makes it anew at its start.
func TestNewVersionIsRebuiltAtStart(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	w := newWriter(t, newLog(t))
	f, stop := modeltest.Follow(t, pool, w.log, pots(1, false))
	await(t, f, "pots", w.fill(1, 5))
	stop()
	if _, err := pool.Exec(t.Context(), `update model_pots.pots set coins = 77`); err != nil {
		t.Fatal(err)
	}
	g, stop := modeltest.Follow(t, pool, w.log, pots(2, false))
	defer stop()
	await(t, g, "pots", w.fill(2, 5))
	var coins int
	if err := pool.QueryRow(t.Context(), `select sum(coins) from model_pots.pots`).Scan(&coins); err != nil {
		t.Fatal(err)
	}
	if coins != 10 {
		t.Errorf("%d coins, want 10", coins)
	}
}

// A model whose rows cannot even be built says so and lets the others go on.
func TestPoisonAtFirstBuild(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	count := tallyTable(t, pool)
	w := newWriter(t, newLog(t))
	at := w.write("pot-1", "cracked.v1", "")
	f, stop := modeltest.Follow(t, pool, w.log, pots(1, false), tally{name: "tally"})
	await(t, f, "tally", at)
	until(t, "the model stops", func() bool { return status(t, f, "pots").State == projections.Stopped })
	stop()
	if n := count(); n != 1 {
		t.Errorf("the other follower counted %d", n)
	}
	g, stop := modeltest.Follow(t, pool, w.log, pots(1, true))
	defer stop()
	until(t, "a repaired program builds it", func() bool { return g.Ready(t.Context()) == nil })
}
