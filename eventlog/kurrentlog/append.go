package kurrentlog

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"shouwang/eventlog"
)

// sendPatience bounds one request; the server's own limits are shorter.
const sendPatience = 10 * time.Second

// grace is how long a request may still take after its caller has left.
const grace = time.Second

// retryAfter is the first pause after a request whose fate is unknown; each
// further one is twice as long, up to retryAtMost.
const (
	retryAfter  = 20 * time.Millisecond
	retryAtMost = time.Second
)

// Append implements eventlog.Log.
func (l *Log) Append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	if err := l.check(stream, expected, events); err != nil {
		return eventlog.Appended{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	at, err := l.append(ctx, stream, expected, events)
	if err != nil {
		return eventlog.Appended{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	return at, nil
}

// check is eventlog.Check and what this store adds to it.
func (l *Log) check(stream string, expected eventlog.Version, events []eventlog.Event) error {
	if err := eventlog.Check(stream, expected, events); err != nil {
		return err
	}
	if hidden(stream) {
		return fmt.Errorf("%w: the stream belongs to the system", eventlog.ErrInvalid)
	}
	for i, e := range events {
		if strings.HasPrefix(e.Type, "$") {
			return fmt.Errorf("%w: event %d has a type of the system", eventlog.ErrInvalid, i)
		}
	}
	if n := size(events); n > l.maxAppend {
		return fmt.Errorf("%w: %d bytes in one append; the server takes %d", eventlog.ErrInvalid, n, l.maxAppend)
	}
	return nil
}

// hidden streams are no part of the record.
func hidden(stream string) bool {
	return stream == "" || strings.HasPrefix(stream, "$") || stream == storeStream
}

func (l *Log) append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	if err := l.enter(ctx); err != nil {
		return eventlog.Appended{}, err
	}
	head, err := l.heads.take(ctx, stream)
	if err != nil {
		l.underway.Done()
		return eventlog.Appended{}, err
	}
	w := &write{Log: l, caller: ctx, head: head, stream: stream, expected: expected, events: events, writer: rand.Uint64()}
	w.stamp = func(int) time.Time {
		now := l.clock().UTC().Truncate(time.Microsecond)
		if now.Before(head.at) {
			return head.at
		}
		return now
	}
	type answer struct {
		at  eventlog.Appended
		err error
	}
	answered := make(chan answer, 1)
	// The request goes on without its caller for a while: one that is given up
	// leaves the next appender of the stream to find out what became of it.
	going, stop := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer l.underway.Done()
		defer l.heads.give(head)
		defer stop()
		at, err := w.run(going)
		answered <- answer{at, err}
	}()
	select {
	case a := <-answered:
		return a.at, a.err
	case <-ctx.Done():
		if w.state.CompareAndSwap(idle, abandoned) {
			stop()
			return eventlog.Appended{}, ctx.Err()
		}
		time.AfterFunc(grace, stop)
		return eventlog.Appended{}, fmt.Errorf("%w: %w", eventlog.ErrUnknownOutcome, ctx.Err())
	}
}

// The states of a write. From idle it is either sent or abandoned, never both.
const (
	idle int32 = iota
	sent
	abandoned
)

// write is one append on its way, with the turn at its stream.
type write struct {
	*Log
	caller   context.Context
	head     *head
	stream   string
	expected eventlog.Version
	events   []eventlog.Event
	stamp    func(i int) time.Time
	writer   uint64
	blind    bool // nobody asks where it came to stand
	state    atomic.Int32
}

// run sends until it is known what became of it. A request that may have been
// lost is settled by reading the stream; while nothing stands there it is sent
// again with the same ids, which the server takes for the same at an exact
// revision.
func (w *write) run(ctx context.Context) (eventlog.Appended, error) {
	late := time.Now().Add(w.patience)
	var trouble error
	for pause := retryAfter; ; pause = min(2*pause, retryAtMost) {
		at, done, err := w.tryFor(ctx)
		if done {
			if err != nil && w.state.Load() == sent && !settled(err) {
				err = fmt.Errorf("%w: %w", eventlog.ErrUnknownOutcome, err)
			}
			return at, err
		}
		trouble = err
		if w.caller.Err() != nil || time.Now().Add(pause).After(late) {
			break
		}
		select {
		case <-time.After(pause):
		case <-w.caller.Done():
		}
	}
	if w.state.Load() == sent {
		return eventlog.Appended{}, fmt.Errorf("%w: %w", eventlog.ErrUnknownOutcome, trouble)
	}
	return eventlog.Appended{}, trouble
}

// tryFor bounds one attempt: a server may be there and not answer.
func (w *write) tryFor(ctx context.Context) (eventlog.Appended, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, sendPatience)
	defer cancel()
	return w.try(ctx)
}

// settled reports whether an error tells for certain that nothing was written.
func settled(err error) bool {
	return errors.Is(err, eventlog.ErrConflict) || outcome(err) == refused
}

// try goes once through looking, sending and looking again. It is done when it
// knows the answer.
func (w *write) try(ctx context.Context) (at eventlog.Appended, done bool, err error) {
	// A stream that is to be opened has no last time to keep to, so nothing
	// needs to be looked up before the first attempt.
	first := w.expected == eventlog.NoStream && !w.head.known && w.state.Load() == idle
	if !first && (!w.head.known || w.head.version != w.expected) {
		if err := w.lookUp(ctx); err != nil {
			return at, w.isDone(err), err
		}
		if w.head.version != w.expected {
			return w.explained(ctx)
		}
	}
	err = w.send(ctx)
	switch outcome(err) {
	case written:
		if w.blind {
			last := len(w.events) - 1
			w.head.known, w.head.version, w.head.at = true, w.expected+eventlog.Version(last)+1, w.stamp(last)
			return at, true, nil
		}
		if at, err = w.readBack(ctx); err != nil {
			w.head.known = false
		}
		return at, err == nil || w.isDone(err), err
	case conflict:
		w.head.known = false
		if err := w.lookUp(ctx); err != nil {
			return at, w.isDone(err), err
		}
		if w.head.version == w.expected {
			return at, false, fmt.Errorf("the server refuses the version that it shows: %w", err)
		}
		return w.explained(ctx)
	case refused:
		return at, true, err
	case unknown:
		w.head.known = false
	case again:
	}
	return at, errors.Is(err, errLeft) || w.isDone(err), err
}

func (w *write) explained(ctx context.Context) (eventlog.Appended, bool, error) {
	at, err := w.explain(ctx)
	return at, err == nil || errors.Is(err, eventlog.ErrConflict) || w.isDone(err), err
}

// isDone reports whether trying again after a failed look is of no use.
func (w *write) isDone(err error) bool {
	return outcome(err) == refused || errors.Is(err, errTampered) || errors.Is(err, errForeign)
}

// errLeft is a write whose caller has left before anything was sent.
var errLeft = errors.New("the caller has left")

// errTampered is a stream that does not hold what was appended.
var errTampered = errors.New("the stream was truncated or deleted by somebody")

func (w *write) send(ctx context.Context) error {
	proposed := make([]esdb.EventData, len(w.events))
	for i, e := range w.events {
		meta := envelope{recordedAt: w.stamp(i), writer: w.writer}.wrap(e.Meta)
		proposed[i] = esdb.EventData{EventID: e.ID, EventType: e.Type, ContentType: esdb.ContentTypeBinary, Data: e.Data, Metadata: meta}
	}
	options := esdb.AppendToStreamOptions{ExpectedRevision: esdb.NoStream{}}
	if w.expected > eventlog.NoStream {
		options.ExpectedRevision = esdb.Revision(uint64(w.expected) - 1)
	}
	ctx, cancel := context.WithTimeout(ctx, sendPatience)
	defer cancel()
	result, err := call(ctx, w.door, func(ctx context.Context, c *esdb.Client) (*esdb.WriteResult, error) {
		if !w.state.CompareAndSwap(idle, sent) && w.state.Load() != sent {
			return nil, errLeft
		}
		return c.AppendToStream(ctx, w.prefix+w.stream, options, proposed...)
	})
	if err == nil && result.NextExpectedVersion+1 != uint64(w.expected)+uint64(len(w.events)) {
		return fmt.Errorf("%w: version %d follows %d", errTampered, result.NextExpectedVersion+1, w.expected)
	}
	return err
}

// lookUp reads where the stream ends.
func (w *write) lookUp(ctx context.Context) error {
	r, err := w.last(ctx, w.stream)
	if err != nil {
		return err
	}
	w.head.known, w.head.version, w.head.at = true, r.Version, r.RecordedAt
	return nil
}

// readBack reads the last of the events that the server says are there: only
// the stored event tells its position, its time and whether we wrote it.
func (w *write) readBack(ctx context.Context) (eventlog.Appended, error) {
	last := w.expected + eventlog.Version(len(w.events))
	r, writer, err := w.at(ctx, w.stream, last)
	if err != nil {
		return eventlog.Appended{}, err
	}
	if r.ID != w.events[len(w.events)-1].ID {
		return eventlog.Appended{}, fmt.Errorf("%w: version %d is another event", errTampered, last)
	}
	w.head.known, w.head.version, w.head.at = true, r.Version, r.RecordedAt
	w.bell.note(r.Position)
	return eventlog.Appended{Version: r.Version, Position: r.Position, RecordedAt: r.RecordedAt, Repeated: writer != w.writer}, nil
}

// explain finds whether a stream that is not at the expected version holds these
// events already. The head has just been read.
func (w *write) explain(ctx context.Context) (eventlog.Appended, error) {
	different := &eventlog.ConflictError{Stream: w.stream, Expected: w.expected, Actual: w.head.version}
	if w.head.version-w.expected < eventlog.Version(len(w.events)) {
		return eventlog.Appended{}, different
	}
	var found eventlog.Appended
	i := 0
	for r, err := range w.records(ctx, w.fromVersion(w.stream, w.expected)) {
		if err != nil {
			return eventlog.Appended{}, err
		}
		if i == len(w.events) {
			break
		}
		if r.ID != w.events[i].ID || r.Version != w.expected+eventlog.Version(i)+1 {
			return eventlog.Appended{}, different
		}
		found = eventlog.Appended{Version: r.Version, Position: r.Position, RecordedAt: r.RecordedAt, Repeated: r.writer != w.writer}
		i++
	}
	if i < len(w.events) {
		return eventlog.Appended{}, fmt.Errorf("%w: it ends before version %d", errTampered, w.head.version)
	}
	return found, nil
}
