package logtest_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"os/exec"
	"testing"
	"time"

	"shouwang/eventlog"
	"shouwang/eventlog/logtest"
	"shouwang/eventlog/memlog"
)

// brokenVar names the defect with which a process runs the suite.
const brokenVar = "LOGTEST_BROKEN"

// defects are logs that each break one sentence of the contract.
var defects = map[string]func(*memlog.Log) eventlog.Log{
	"keeps only the first event":    func(l *memlog.Log) eventlog.Log { return &partial{l} },
	"knows no repetition":           func(l *memlog.Log) eventlog.Log { return &forgetful{l} },
	"takes any version":             func(l *memlog.Log) eventlog.Log { return &lax{l} },
	"misreports the actual version": func(l *memlog.Log) eventlog.Log { return &vague{l} },
	"skips a record now and then":   func(l *memlog.Log) eventlog.Log { return &skipping{l} },
	"never wakes":                   func(l *memlog.Log) eventlog.Log { return &asleep{l} },
	"wakes for nothing":             func(l *memlog.Log) eventlog.Log { return &nervous{l} },
	"ignores the context":           func(l *memlog.Log) eventlog.Log { return &stubborn{l} },
	"goes on after close":           func(l *memlog.Log) eventlog.Log { return &immortal{l} },
	"always sends everything":       func(l *memlog.Log) eventlog.Log { return &generous{l} },
	"drops empty metadata's record": func(l *memlog.Log) eventlog.Log { return &picky{l} },
	"stamps imports anew":           func(l *memlog.Log) eventlog.Log { return &restamping{l} },
}

type (
	partial    struct{ *memlog.Log }
	forgetful  struct{ *memlog.Log }
	lax        struct{ *memlog.Log }
	vague      struct{ *memlog.Log }
	skipping   struct{ *memlog.Log }
	asleep     struct{ *memlog.Log }
	nervous    struct{ *memlog.Log }
	stubborn   struct{ *memlog.Log }
	immortal   struct{ *memlog.Log }
	generous   struct{ *memlog.Log }
	picky      struct{ *memlog.Log }
	restamping struct{ *memlog.Log }
)

func (l *partial) Append(ctx context.Context, stream string, expected eventlog.Version, es []eventlog.Event) (eventlog.Appended, error) {
	return l.Log.Append(ctx, stream, expected, es[:min(1, len(es))])
}

func (l *forgetful) Append(ctx context.Context, stream string, expected eventlog.Version, es []eventlog.Event) (eventlog.Appended, error) {
	at, err := l.Log.Append(ctx, stream, expected, es)
	if at.Repeated {
		return eventlog.Appended{}, &eventlog.ConflictError{Stream: stream, Expected: expected, Actual: at.Version}
	}
	return at, err
}

func (l *lax) Append(ctx context.Context, stream string, expected eventlog.Version, es []eventlog.Event) (eventlog.Appended, error) {
	for {
		at, err := l.Log.Append(ctx, stream, expected, es)
		var conflict *eventlog.ConflictError
		if !errors.As(err, &conflict) {
			return at, err
		}
		expected = conflict.Actual
	}
}

func (l *vague) Append(ctx context.Context, stream string, expected eventlog.Version, es []eventlog.Event) (eventlog.Appended, error) {
	at, err := l.Log.Append(ctx, stream, expected, es)
	var conflict *eventlog.ConflictError
	if errors.As(err, &conflict) {
		return at, &eventlog.ConflictError{Stream: stream, Expected: expected}
	}
	return at, err
}

func (l *skipping) ReadAll(ctx context.Context, after eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for r, err := range l.Log.ReadAll(ctx, after, fields) {
			if r.Commit%97 != 96 && !yield(r, err) {
				return
			}
		}
	}
}

func (l *asleep) Wait(ctx context.Context, after eventlog.Position) error {
	return l.Log.Wait(ctx, eventlog.Position{Commit: after.Commit + 1})
}

func (l *nervous) Wait(context.Context, eventlog.Position) error { return nil }

func (l *stubborn) Append(ctx context.Context, stream string, expected eventlog.Version, es []eventlog.Event) (eventlog.Appended, error) {
	return l.Log.Append(context.WithoutCancel(ctx), stream, expected, es)
}

func (l *immortal) Close() error { return nil }

func (l *generous) ReadAll(ctx context.Context, after eventlog.Position, _ eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return l.Log.ReadAll(ctx, after, eventlog.Everything)
}

func (l *picky) ReadStream(ctx context.Context, stream string, after eventlog.Version) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for r, err := range l.Log.ReadStream(ctx, stream, after) {
			if (err != nil || len(r.Meta) > 0) && !yield(r, err) {
				return
			}
		}
	}
}

func (l *restamping) Import(ctx context.Context, records iter.Seq2[eventlog.Imported, error]) (int64, error) {
	return l.Log.Import(ctx, func(yield func(eventlog.Imported, error) bool) {
		for r, err := range records {
			r.RecordedAt = r.RecordedAt.Add(time.Second)
			if !yield(r, err) {
				return
			}
		}
	})
}

// The suite finds each defect. It runs in a process of its own, since a test
// that must fail would fail this one.
func TestTheSuiteFindsDefects(t *testing.T) {
	t.Parallel()
	for name := range defects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestBroken$", "-test.timeout=60s", "-test.failfast")
			cmd.Env = append(os.Environ(), brokenVar+"="+name)
			out, err := cmd.CombinedOutput()
			var ended *exec.ExitError
			if err == nil {
				t.Errorf("the suite passes a log that %s", name)
			} else if !errors.As(err, &ended) {
				t.Fatalf("run the suite: %v\n%s", err, out)
			}
		})
	}
}

func TestBroken(t *testing.T) {
	broken, ok := defects[os.Getenv(brokenVar)]
	if !ok {
		t.Skip("only in a process that TestTheSuiteFindsDefects starts")
	}
	logtest.Run(t, logtest.Adapter{
		Create: func(testing.TB) string { return "in memory" },
		Open: func(_ context.Context, _ string, clock func() time.Time) (eventlog.Log, error) {
			return broken(memlog.New(clock)), nil
		},
		Patience: 5 * time.Second,
	})
}
