// Package modeltest shows that a read model is the same whether it followed the
// record as it grew or was rebuilt from it afterwards.
package modeltest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/eventlog"
	"shouwang/projections"
)

// TB is what both *testing.T and *rapid.T offer.
type TB interface {
	Helper()
	Context() context.Context
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// Step is one batch of a follower: this many records, after a restart or not.
// A restarted follower has forgotten every state it had folded.
type Step struct {
	Records int
	Restart bool
}

// LogID is the log id under which the model follows.
const LogID = "modeltest"

// RebuiltEqualsFollowed follows log in the steps given (and then to its end),
// rebuilds the model, and fails if one row differs.
func RebuiltEqualsFollowed(t TB, pool *pgxpool.Pool, log eventlog.Log, model projections.Model, steps []Step) {
	t.Helper()
	ctx := t.Context()
	gate := NewGate(log)
	f, stop := Follow(t, pool, gate, model)
	defer func() { stop() }()
	awaitReady(t, f)
	var positions []eventlog.Position
	for rec, err := range log.ReadAll(ctx, eventlog.Position{}, 0) {
		if err != nil {
			t.Fatalf("read the log: %v", err)
		}
		positions = append(positions, rec.Position)
	}
	for _, step := range append(steps, Step{Records: len(positions)}) {
		if step.Restart {
			stop()
			f, stop = Follow(t, pool, gate, model)
		}
		n := min(step.Records, len(positions))
		if n == 0 {
			continue
		}
		gate.Open(positions[n-1])
		if err := awaitShown(ctx, f, model.Name(), positions[n-1]); err != nil {
			t.Fatalf("follow %d records: %v", n, err)
		}
		positions = positions[n:]
	}
	followed := Dump(t, pool, model.Name())
	if err := f.Rebuild(ctx, model.Name(), nil); err != nil {
		t.Fatalf("rebuild: %v", err)
	}
	if diff := cmp.Diff(followed, Dump(t, pool, model.Name())); diff != "" {
		t.Errorf("rebuilt rows (+) differ from followed rows (-):\n%s", diff)
	}
}

// Follow runs followers until stop is called, which waits for them to end.
func Follow(t TB, pool *pgxpool.Pool, log eventlog.Log, followers ...projections.Follower) (f *projections.Followers, stop func()) {
	t.Helper()
	f, err := projections.New(t.Context(), projections.Config{
		Log: log, LogID: LogID, Pool: pool, Followers: followers, Now: time.Now, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatalf("prepare followers: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.Run(ctx) }()
	stop = func() {
		if cancel != nil {
			cancel()
			cancel = nil
			if err := <-ended; err != nil {
				t.Errorf("run followers: %v", err)
			}
		}
	}
	return f, stop
}

// patience is far beyond what anything takes on a machine as busy as it may be: who
// waits so long waits for what never comes.
const patience = 5 * time.Minute

// awaitShown waits longer than a person at a form would: a busy machine is slow, not
// wrong.
func awaitShown(ctx context.Context, f *projections.Followers, model string, at eventlog.Position) error {
	for deadline := time.Now().Add(patience); ; {
		err := f.Await(ctx, model, f.Receipt(at))
		if !errors.Is(err, projections.ErrNotYet) || time.Now().After(deadline) {
			return err
		}
	}
}

// awaitReady returns once the rows are of this log and nothing is rebuilt: they
// may be of an older log when the follower starts.
func awaitReady(t TB, f *projections.Followers) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-tick.C {
		if f.Ready(t.Context()) != nil {
			continue
		}
		all, err := f.Status(t.Context())
		if err != nil {
			t.Fatalf("ask how the followers stand: %v", err)
		}
		if !slices.ContainsFunc(all, func(s projections.Status) bool { return s.State != projections.Running }) {
			return
		}
	}
	t.Fatalf("the followers do not get ready: %v", f.Ready(t.Context()))
}

// Dump returns every row of a model's live tables as text, sorted, by table.
func Dump(t TB, pool *pgxpool.Pool, model string) map[string][]string {
	t.Helper()
	dump := map[string][]string{}
	for _, table := range collect(t, pool, "select relname::text from pg_class where relkind = 'r' and relnamespace = $1::regnamespace",
		projections.LiveSchema(model)) {
		dump[table] = collect(t, pool, fmt.Sprintf("select to_jsonb(t)::text from %s.%s t order by 1", projections.LiveSchema(model), table))
	}
	return dump
}

func collect(t TB, pool *pgxpool.Pool, sql string, args ...any) []string {
	t.Helper()
	rows, err := pool.Query(t.Context(), sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return texts
}
