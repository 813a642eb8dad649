package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/eventlog/memlog"
	"shouwang/eventlog/pglog"
	"shouwang/eventlog/transfer"
	"shouwang/internal/esdbtest"
	"shouwang/internal/pgtest"
)

// stores are the adapters, each as an empty log.
var stores = map[string]func(t *testing.T) eventlog.Log{
	"memory": func(*testing.T) eventlog.Log { return memlog.New(time.Now) },
	"postgres": func(t *testing.T) eventlog.Log {
		l, err := pglog.Open(t.Context(), pglog.Config{Conn: pgtest.Config(t)})
		return opened(t, l, err)
	},
	"kurrent": func(t *testing.T) eventlog.Log {
		l, err := kurrentlog.Open(t.Context(), kurrentlog.Config{URL: esdbtest.Start(t, esdbtest.Options{}).URL()})
		return opened(t, l, err)
	},
}

func opened(t *testing.T, l eventlog.Log, err error) eventlog.Log {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// history is n records of some streams, with times long past and bytes of all
// kinds.
func history(n int) []eventlog.Imported {
	at := time.Date(2023, 7, 3, 1, 0, 0, 7000, time.UTC)
	h := make([]eventlog.Imported, n)
	for i := range h {
		h[i] = eventlog.Imported{
			Event:  eventlog.Event{ID: uuid.New(), Type: "公示.v1", Data: []byte{byte(i), 0, 0xff}, Meta: fmt.Appendf(nil, "meta %d", i)},
			Stream: fmt.Sprintf("household-%d", i*i%11), RecordedAt: at.Add(time.Duration(i) * time.Second),
		}
	}
	return h
}

func fill(t *testing.T, l eventlog.Log, h []eventlog.Imported) {
	t.Helper()
	_, err := l.(eventlog.Importer).Import(t.Context(), func(yield func(eventlog.Imported, error) bool) {
		for _, r := range h {
			if !yield(r, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// contents are the records without what a copy does not keep.
func contents(t *testing.T, l eventlog.Log) []eventlog.Record {
	t.Helper()
	var all []eventlog.Record
	for r, err := range l.ReadAll(t.Context(), eventlog.Position{}, eventlog.Everything) {
		if err != nil {
			t.Fatal(err)
		}
		r = r.Clone()
		r.Position = eventlog.Position{}
		all = append(all, r)
	}
	return all
}

func TestFromEachStoreToEach(t *testing.T) {
	t.Parallel()
	h := history(300)
	hashes := make(chan string, 100)
	t.Run("pairs", func(t *testing.T) {
		for from, openSource := range stores {
			for to, openTarget := range stores {
				t.Run(from+" to "+to, func(t *testing.T) {
					t.Parallel()
					source, target := openSource(t), openTarget(t)
					fill(t, source, h)
					s, err := transfer.Copy(t.Context(), source, target, nil)
					if err != nil || s.Records != 300 || s.Found != 0 || s.Streams != 6 {
						t.Fatalf("%+v, %v", s, err)
					}
					if diff := cmp.Diff(contents(t, source), contents(t, target)); diff != "" {
						t.Error(diff)
					}
					again, err := transfer.Copy(t.Context(), source, target, nil)
					if err != nil || again.Found != 300 || again.Records != 300 || again.Hash != s.Hash {
						t.Errorf("again: %+v, %v", again, err)
					}
					hashes <- s.Hash
				})
			}
		}
	})
	close(hashes)
	first := <-hashes
	for other := range hashes {
		if other != first {
			t.Errorf("hashes %s and %s of the same record", first, other)
		}
	}
}

// stopping ends the reading of a source after some records.
type stopping struct {
	eventlog.Log
	left int
}

var errStopped = errors.New("stopped")

func (s *stopping) ReadAll(ctx context.Context, after eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for r, err := range s.Log.ReadAll(ctx, after, fields) {
			if s.left--; s.left < 0 {
				yield(eventlog.Record{}, errStopped)
				return
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func TestGoesOnAfterBeingStopped(t *testing.T) {
	t.Parallel()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source, target := stores["memory"](t), open(t)
			fill(t, source, history(200))
			for _, left := range []int{50, 120, 180} {
				if _, err := transfer.Copy(t.Context(), &stopping{source, left}, target, nil); !errors.Is(err, errStopped) {
					t.Fatalf("stopped after %d: %v", left, err)
				}
			}
			part := int64(len(contents(t, target)))
			s, err := transfer.Copy(t.Context(), source, target, nil)
			none := part == 0 && name != "postgres" // which takes the first thousands in one chunk
			if err != nil || s.Found != part || s.Records != 200 || none || part == 200 {
				t.Fatalf("%d were there: %+v, %v", part, s, err)
			}
			if diff := cmp.Diff(contents(t, source), contents(t, target)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnotherRecordIsNotOverwritten(t *testing.T) {
	t.Parallel()
	h := history(20)
	for name, spoil := range map[string]func(r *eventlog.Imported){
		"stream":        func(r *eventlog.Imported) { r.Stream = "household-x" },
		"id":            func(r *eventlog.Imported) { r.ID = uuid.New() },
		"type":          func(r *eventlog.Imported) { r.Type = "t" },
		"recorded time": func(r *eventlog.Imported) { r.RecordedAt = r.RecordedAt.Add(time.Microsecond) },
		"data":          func(r *eventlog.Imported) { r.Data = []byte("x") },
		"metadata":      func(r *eventlog.Imported) { r.Meta = nil },
	} {
		source, target := stores["memory"](t), stores["memory"](t)
		fill(t, source, h)
		other := append([]eventlog.Imported{}, h[:10]...)
		spoil(&other[9])
		fill(t, target, other)
		_, err := transfer.Copy(t.Context(), source, target, nil)
		if !errors.Is(err, transfer.ErrDifferent) || !strings.Contains(err.Error(), "record 10 differs in its "+name) {
			t.Errorf("%s: %v", name, err)
		}
		if n := len(contents(t, target)); n != 10 {
			t.Errorf("%s: the target holds %d records", name, n)
		}
	}
	source, target := stores["memory"](t), stores["memory"](t)
	fill(t, source, h[:5])
	fill(t, target, h)
	if _, err := transfer.Copy(t.Context(), source, target, nil); !errors.Is(err, transfer.ErrDifferent) {
		t.Errorf("a target that holds more: %v", err)
	}
}

// growing is a source that somebody writes to all the while.
type growing struct{ *memlog.Log }

func (g growing) ReadAll(ctx context.Context, after eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	_, _ = g.Append(ctx, "household-"+uuid.NewString(), 0, []eventlog.Event{{ID: uuid.New(), Type: "t"}})
	return g.Log.ReadAll(ctx, after, fields)
}

func TestASourceThatGoesOnGrowing(t *testing.T) {
	t.Parallel()
	if _, err := transfer.Copy(t.Context(), growing{memlog.New(time.Now)}, memlog.New(time.Now), nil); !errors.Is(err, transfer.ErrGrowing) {
		t.Errorf("got %v", err)
	}
}
