package projections_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

func openLog(t testing.TB, config *pgx.ConnConfig) *pglog.Log {
	t.Helper()
	log, err := pglog.Open(t.Context(), pglog.Config{Conn: config})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Errorf("close the log: %v", err)
		}
	})
	return log
}

// The record in Postgres, written by two processes at once, followed by both,
// rebuilt in between: every coin is counted once.
func TestFollowTheRecordInPostgres(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	pool := db.Pool(t, db.App(), nil)
	count := tallyTable(t, pool)
	logs := []*pglog.Log{openLog(t, db.App()), openLog(t, db.App())}
	var followers []*projections.Followers
	for _, log := range logs {
		f, stop := modeltest.Follow(t, pool, log, pots(1, false), tally{name: "tally"})
		defer stop()
		followers = append(followers, f)
	}
	const writers, each = 8, 60
	var group errgroup.Group
	var last atomic.Pointer[eventlog.Position]
	for n := range writers {
		group.Go(func() error {
			stream := fmt.Sprintf("pot-%d", n)
			for i := range each {
				e := eventlog.Event{ID: eventlog.DeriveID(stream, "test", i), Type: "filled.v1", Data: []byte("1")}
				done, err := logs[n%2].Append(t.Context(), stream, eventlog.Version(i), []eventlog.Event{e})
				if err != nil {
					return err
				}
				for old := last.Load(); (old == nil || done.Position.Compare(*old) > 0) && !last.CompareAndSwap(old, &done.Position); old = last.Load() {
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		err := followers[1].Rebuild(t.Context(), "pots", nil)
		if errors.Is(err, projections.ErrBeingRebuilt) {
			return nil // the first build, at the start
		}
		return err
	})
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, f := range followers {
		await(t, f, "pots", *last.Load())
		await(t, f, "tally", *last.Load())
	}
	var coins int
	if err := pool.QueryRow(t.Context(), `select sum(coins) from model_pots.sums`).Scan(&coins); err != nil {
		t.Fatal(err)
	}
	if coins != writers*each || count() != writers*each {
		t.Errorf("%d coins and a tally of %d for %d records", coins, count(), writers*each)
	}
}

// Postgres falls and comes back: followers go on by themselves, and nothing is
// counted twice.
func TestFollowersSurviveTheServer(t *testing.T) {
	t.Parallel()
	server := pgtest.Server(t)
	pool := server.Pool(t, server.App(), nil)
	count := tallyTable(t, pool)
	w := newWriter(t, newLog(t)) // the record itself stays up
	f, stop := modeltest.Follow(t, pool, w.log, pots(1, false), tally{name: "tally"})
	defer stop()
	at := w.fill(1, 1)
	await(t, f, "pots", at)
	await(t, f, "tally", at)
	for i, end := range []func(){server.Kill, server.Stop} {
		end()
		at = w.fill(2, 1)
		if err := f.Await(context.WithoutCancel(t.Context()), "pots", f.Receipt(at)); err == nil {
			t.Error("a model shows what was written while its server is down")
		}
		server.Start()
		for _, model := range []string{"pots", "tally"} {
			until(t, model+" goes on", func() bool { return f.Await(t.Context(), model, f.Receipt(at)) == nil })
		}
		if n := count(); n != int64(i+2) {
			t.Errorf("%d records were counted %d times", i+2, n)
		}
	}
}
