package eventlog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
)

// Derived ids are written into the record: were the rule to change, a repeated
// request would be recorded twice.
func TestDerivedIDsNeverChange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stream, key string
		index       int
		want        string
	}{
		{"household-1", "key", 0, "4014c54f-b76e-5eb2-904a-8a8b294b3544"},
		{"household-1", "key", 1, "a2c7044b-f62c-5204-8906-ef5395bdb6d2"},
		{"户-一", "", 0, "341f4e4f-ead3-50e0-9b8b-4a8589541c5b"},
	} {
		if got := eventlog.DeriveID(c.stream, c.key, c.index); got.String() != c.want {
			t.Errorf("DeriveID(%q, %q, %d) = %s, want %s", c.stream, c.key, c.index, got, c.want)
		}
	}
}

func TestDerivedIDsDiffer(t *testing.T) {
	t.Parallel()
	seen := map[eventlog.ID]string{}
	for _, stream := range []string{"a", "a|1:b", "1:a"} {
		for _, key := range []string{"", "b", "b|0", "1:b|"} {
			for index := range 3 {
				id := eventlog.DeriveID(stream, key, index)
				here := strings.Join([]string{stream, key, string(rune('0' + index))}, " / ")
				if there, ok := seen[id]; ok {
					t.Errorf("%s and %s have the same id", here, there)
				}
				seen[id] = here
			}
		}
	}
}

func TestPositionsCompareByCommitThenPrepare(t *testing.T) {
	t.Parallel()
	order := []eventlog.Position{{}, {Commit: 1}, {Commit: 1, Prepare: 1}, {Commit: 2}, {Commit: 1 << 63}}
	for i, p := range order {
		for j, q := range order {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := p.Compare(q); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", p, q, got, want)
			}
		}
	}
}

func TestCloneOwnsItsBytes(t *testing.T) {
	t.Parallel()
	lent := eventlog.Record{Event: eventlog.Event{Data: []byte("data"), Meta: []byte("meta")}}
	kept := lent.Clone()
	lent.Data[0], lent.Meta[0] = 'X', 'X'
	if string(kept.Data) != "data" || string(kept.Meta) != "meta" {
		t.Errorf("a clone changed with its original: %q, %q", kept.Data, kept.Meta)
	}
}

func TestConflictErrorIsErrConflict(t *testing.T) {
	t.Parallel()
	var err error = &eventlog.ConflictError{Stream: "household-1", Expected: 2, Actual: 3}
	if !errors.Is(err, eventlog.ErrConflict) || errors.Is(err, eventlog.ErrInvalid) {
		t.Errorf("%v should be ErrConflict and nothing else", err)
	}
}

func TestCheckImported(t *testing.T) {
	t.Parallel()
	at := time.Date(2023, 7, 3, 1, 0, 0, 1000, time.UTC)
	ok := eventlog.Imported{
		Event:  eventlog.Event{ID: uuid.MustParse("00000000-0000-4000-8000-000000000001"), Type: "t.v1"},
		Stream: "household-1", RecordedAt: at,
	}
	if err := eventlog.CheckImported(ok); err != nil {
		t.Fatalf("a good record was refused: %v", err)
	}
	for name, spoil := range map[string]func(*eventlog.Imported){
		"no time":          func(r *eventlog.Imported) { r.RecordedAt = time.Time{} },
		"nanoseconds":      func(r *eventlog.Imported) { r.RecordedAt = at.Add(1) },
		"before year 1":    func(r *eventlog.Imported) { r.RecordedAt = at.AddDate(-3000, 0, 0) },
		"after year 9999":  func(r *eventlog.Imported) { r.RecordedAt = at.AddDate(9000, 0, 0) },
		"no stream":        func(r *eventlog.Imported) { r.Stream = "" },
		"no id":            func(r *eventlog.Imported) { r.ID = eventlog.ID{} },
		"too much data":    func(r *eventlog.Imported) { r.Data = make([]byte, eventlog.MaxData+1) },
		"a NUL in a name":  func(r *eventlog.Imported) { r.Type = "a\x00b" },
		"broken UTF-8":     func(r *eventlog.Imported) { r.Stream = "household-\xff" },
		"a line in a name": func(r *eventlog.Imported) { r.Stream = "household\n1" },
	} {
		bad := ok
		spoil(&bad)
		if err := eventlog.CheckImported(bad); !errors.Is(err, eventlog.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
}
