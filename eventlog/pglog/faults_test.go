package pglog_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
)

// fault is what happens to the next COPY on its way to the server.
type fault int32

const (
	none       fault = iota
	rowsLost         // nothing reaches the server
	rowsTorn         // half of it does
	answerLost       // all of it does, and the answer is lost
)

// network is a way to the server that can be told to fail.
type network struct {
	config *pgx.ConnConfig
	next   atomic.Int32 // the fault of the next COPY
	down   atomic.Bool  // no new connections
	hits   atomic.Int32
}

func newNetwork(t testing.TB) *network {
	n := &network{config: pgtest.Config(t)}
	dial := n.config.DialFunc
	n.config.DialFunc = func(ctx context.Context, kind, address string) (net.Conn, error) {
		if n.down.Load() {
			return nil, errors.New("the network is down")
		}
		conn, err := dial(ctx, kind, address)
		return &faultyConn{Conn: conn, network: n}, err
	}
	return n
}

type faultyConn struct {
	net.Conn
	network *network
	cut     atomic.Bool
}

func (c *faultyConn) Write(b []byte) (int, error) {
	if !bytes.Contains(b, []byte("copy record.events")) {
		return c.Conn.Write(b)
	}
	happens := fault(c.network.next.Swap(int32(none)))
	if happens == none {
		return c.Conn.Write(b)
	}
	c.network.hits.Add(1)
	c.cut.Store(true)
	switch happens {
	case rowsTorn:
		_, _ = c.Conn.Write(b[:len(b)/2])
	case answerLost:
		_, _ = c.Conn.Write(b)
		c.swallowAnswer()
	}
	return len(b), nil
}

// swallowAnswer reads until the server has said that the rows are in, or that
// they are not.
func (c *faultyConn) swallowAnswer() {
	var heard []byte
	for some := make([]byte, 4096); !bytes.Contains(heard, []byte("COPY ")) && !bytes.Contains(heard, []byte("ERROR")); {
		n, err := c.Conn.Read(some)
		if err != nil {
			return
		}
		heard = append(heard, some[:n]...)
	}
}

var errCut = errors.New("the connection was cut")

func (c *faultyConn) Read(b []byte) (int, error) {
	if c.cut.Load() {
		_ = c.Conn.Close()
		return 0, errCut
	}
	return c.Conn.Read(b)
}

// Whatever became of the rows, the append finds out and is acknowledged once.
func TestLostConnectionIsResolvedByTheFence(t *testing.T) {
	t.Parallel()
	for name, happens := range map[string]fault{"rows lost": rowsLost, "rows torn": rowsTorn, "answer lost": answerLost} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t)
			l := openLog(t, pglog.Config{Conn: n.config, Patience: patience})
			want := []eventlog.Event{event("before")}
			appendOne(t, l, 0, want[0])
			for v := eventlog.Version(1); v < 6; v++ {
				e := event("through the fault")
				n.next.Store(int32(happens))
				appendOne(t, l, v, e)
				want = append(want, e)
			}
			if n.hits.Load() != 5 {
				t.Fatalf("%d faults happened, want 5", n.hits.Load())
			}
			holds(t, l, want)
		})
	}
}

// While nobody can know, the append says so; afterwards repeating it tells.
func TestUnknownOutcomeIsToldAndSafeToRepeat(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happens  fault
		repeated bool
	}{
		"rows lost":   {rowsLost, false},
		"rows torn":   {rowsTorn, false},
		"answer lost": {answerLost, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t)
			l := openLog(t, pglog.Config{Conn: n.config, Patience: 30 * time.Millisecond})
			before, e := event("before"), event("in doubt")
			appendOne(t, l, 0, before)

			n.next.Store(int32(c.happens))
			n.down.Store(true)
			if _, err := l.Append(t.Context(), "household-a", 1, []eventlog.Event{e}); !errors.Is(err, eventlog.ErrUnknownOutcome) {
				t.Fatalf("append with the answer lost: %v, want ErrUnknownOutcome", err)
			}
			other := event("never sent")
			if _, err := l.Append(t.Context(), "household-b", 0, []eventlog.Event{other}); err == nil || errors.Is(err, eventlog.ErrUnknownOutcome) {
				t.Fatalf("append without a server: %v, want an error that says nothing was written", err)
			}
			n.down.Store(false)

			if at := untilReached(t, l, "household-a", 1, e); at.Version != 2 || at.Repeated != c.repeated {
				t.Fatalf("repeated: %+v, want repeated %v", at, c.repeated)
			}
			holds(t, l, []eventlog.Event{before, e})
			if at := untilReached(t, l, "household-b", 0, other); at.Version != 1 || at.Repeated {
				t.Errorf("append after the server came back: %+v", at)
			}
		})
	}
}

// untilReached repeats an append for as long as the log, which has next to no
// patience here, does not reach the server on a busy machine.
func untilReached(t *testing.T, l *pglog.Log, stream string, expected eventlog.Version, e eventlog.Event) eventlog.Appended {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		at, err := l.Append(ctx, stream, expected, []eventlog.Event{e})
		if err == nil {
			return at
		}
		if errors.Is(err, eventlog.ErrConflict) || errors.Is(err, eventlog.ErrUnknownOutcome) || ctx.Err() != nil {
			t.Fatalf("append to %s at %d: %v", stream, expected, err)
		}
	}
}

// An import goes through the same fence.
func TestImportOverALostConnection(t *testing.T) {
	t.Parallel()
	for name, happens := range map[string]fault{"rows lost": rowsLost, "answer lost": answerLost} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t)
			l := openLog(t, pglog.Config{Conn: n.config, Patience: patience})
			want := []eventlog.Event{event("before")}
			appendOne(t, l, 0, want[0])
			at := time.Now().Add(time.Hour).UTC().Truncate(time.Microsecond)
			n.next.Store(int32(happens))
			written, err := l.Import(t.Context(), func(yield func(eventlog.Imported, error) bool) {
				for range 5000 {
					e := event("imported")
					want = append(want, e)
					if !yield(eventlog.Imported{Event: e, Stream: "household-a", RecordedAt: at}, nil) {
						return
					}
				}
			})
			if err != nil || written != 5000 || n.hits.Load() != 1 {
				t.Fatalf("imported %d over %d faults: %v", written, n.hits.Load(), err)
			}
			holds(t, l, want)
		})
	}
}

func appendOne(t *testing.T, l *pglog.Log, at eventlog.Version, e eventlog.Event) {
	t.Helper()
	got, err := l.Append(t.Context(), "household-a", at, []eventlog.Event{e})
	if err != nil || got.Version != at+1 || got.Repeated {
		t.Fatalf("append at %d: %+v, %v", at, got, err)
	}
}

func holds(t *testing.T, l *pglog.Log, want []eventlog.Event) {
	t.Helper()
	n := 0
	for r, err := range l.ReadStream(t.Context(), "household-a", 0) {
		if err != nil {
			t.Fatal(err)
		}
		if n >= len(want) || r.ID != want[n].ID {
			t.Fatalf("version %d holds another event than was appended", r.Version)
		}
		n++
	}
	if n != len(want) {
		t.Fatalf("the stream holds %d events, want %d", n, len(want))
	}
}
