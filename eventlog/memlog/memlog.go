// Package memlog keeps the record in memory: for tests of what stands above
// the log, and as the plainest reading of the contract. Nothing survives the
// process.
package memlog

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
)

// Log implements eventlog.Log and eventlog.Importer.
type Log struct {
	now   func() time.Time
	store eventlog.ID

	mu      sync.RWMutex
	records []eventlog.Record // the record at position n stands at index n-1
	streams map[string][]int  // indexes into records, by version
	latest  time.Time         // greatest RecordedAt so far
	grown   chan struct{}     // closed and replaced when records are added
	closed  bool
}

var (
	_ eventlog.Log      = (*Log)(nil)
	_ eventlog.Importer = (*Log)(nil)
)

// New returns an empty log that stamps records by the clock given.
func New(now func() time.Time) *Log {
	return &Log{now: now, store: uuid.New(), streams: map[string][]int{}, grown: make(chan struct{})}
}

// Append implements eventlog.Log.
func (l *Log) Append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	if err := eventlog.Check(stream, expected, events); err != nil {
		return eventlog.Appended{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.usable(ctx); err != nil {
		return eventlog.Appended{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	if actual := l.head(stream); actual != expected {
		if first, ok := l.repeats(stream, expected, events); ok {
			return first, nil
		}
		return eventlog.Appended{}, fmt.Errorf("append to %s: %w", stream,
			&eventlog.ConflictError{Stream: stream, Expected: expected, Actual: actual})
	}
	at := l.stamp()
	var last eventlog.Record
	for _, e := range events {
		last = l.add(stream, e, at)
	}
	l.wake()
	return appended(last, false), nil
}

// stamp reads the clock, which may have been set back, and never goes back
// itself.
func (l *Log) stamp() time.Time {
	at := l.now().UTC().Truncate(time.Microsecond)
	if at.Before(l.latest) {
		return l.latest
	}
	return at
}

func (l *Log) head(stream string) eventlog.Version {
	return eventlog.Version(len(l.streams[stream]))
}

// repeats reports whether these very events already stand after expected.
func (l *Log) repeats(stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, bool) {
	held := l.streams[stream]
	if expected > l.head(stream) || len(held[expected:]) < len(events) {
		return eventlog.Appended{}, false
	}
	var last eventlog.Record
	for i, e := range events {
		last = l.records[held[int(expected)+i]]
		if last.ID != e.ID {
			return eventlog.Appended{}, false
		}
	}
	return appended(last, true), true
}

// add copies the bytes: the caller may do with his what he likes.
func (l *Log) add(stream string, e eventlog.Event, at time.Time) eventlog.Record {
	r := eventlog.Record{
		Event:      e,
		Stream:     stream,
		Version:    l.head(stream) + 1,
		Position:   eventlog.Position{Commit: uint64(len(l.records)) + 1},
		RecordedAt: at,
	}
	r.Data, r.Meta = slices.Clone(e.Data), slices.Clone(e.Meta)
	l.streams[stream] = append(l.streams[stream], len(l.records))
	l.records = append(l.records, r)
	if at.After(l.latest) {
		l.latest = at
	}
	return r
}

func (l *Log) wake() {
	close(l.grown)
	l.grown = make(chan struct{})
}

// usable is called with the lock held.
func (l *Log) usable(ctx context.Context) error {
	if l.closed {
		return eventlog.ErrClosed
	}
	return ctx.Err()
}

func appended(last eventlog.Record, repeated bool) eventlog.Appended {
	return eventlog.Appended{Version: last.Version, Position: last.Position, RecordedAt: last.RecordedAt, Repeated: repeated}
}

// Identity implements eventlog.Log.
func (l *Log) Identity(ctx context.Context) (eventlog.Identity, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return eventlog.Identity{Store: l.store}, l.usable(ctx)
}

// Capabilities implements eventlog.Log.
func (l *Log) Capabilities() eventlog.Capabilities {
	return eventlog.Capabilities{LogWideTime: true, Imports: true}
}

// Close implements eventlog.Log.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return eventlog.ErrClosed
	}
	l.closed = true
	l.wake()
	return nil
}
