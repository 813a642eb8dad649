package kurrentlog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"shouwang/eventlog"
)

// reading opens one reading of the server.
type reading func(ctx context.Context, c *esdb.Client) (*esdb.ReadStream, error)

func (l *Log) fromStart(stream string) reading { return l.fromVersion(stream, eventlog.NoStream) }

// fromVersion reads what stands after a version.
func (l *Log) fromVersion(stream string, after eventlog.Version) reading {
	return func(ctx context.Context, c *esdb.Client) (*esdb.ReadStream, error) {
		return c.ReadStream(ctx, l.prefix+stream, esdb.ReadStreamOptions{Direction: esdb.Forwards, From: esdb.Revision(uint64(after))}, math.MaxInt64)
	}
}

// backwards reads at most count events from a place down.
func (l *Log) backwards(stream string, from esdb.StreamPosition, count uint64) reading {
	return func(ctx context.Context, c *esdb.Client) (*esdb.ReadStream, error) {
		return c.ReadStream(ctx, l.prefix+stream, esdb.ReadStreamOptions{Direction: esdb.Backwards, From: from}, count)
	}
}

func everything(direction esdb.Direction, from esdb.AllPosition, count uint64) reading {
	return func(ctx context.Context, c *esdb.Client) (*esdb.ReadStream, error) {
		return c.ReadAll(ctx, esdb.ReadAllOptions{Direction: direction, From: from}, count)
	}
}

// A page is handed over when it has this many events or bytes: fewer would cost
// a switch of goroutines each, more would only lie in memory.
const (
	pageEvents = 128
	pageBytes  = 1 << 20
)

type page struct {
	events []*esdb.RecordedEvent
	err    error
}

// receive yields what a reading brings. A goroutine of its own does the reading,
// since the client may hang where ctx does not reach it, and may panic on an
// answer that it does not know. A stream that holds nothing yields nothing.
func (l *Log) receive(ctx context.Context, open reading) iter.Seq2[*esdb.RecordedEvent, error] {
	return func(yield func(*esdb.RecordedEvent, error) bool) {
		ctx, cancel := l.until(ctx)
		defer cancel()
		c, err := l.door.enter(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		pages := make(chan page)
		go l.door.turn(ctx, c, open, pages)
		for {
			select {
			case <-ctx.Done():
				yield(nil, context.Cause(ctx))
				return
			case p, more := <-pages:
				for _, e := range p.events {
					if ctx.Err() != nil {
						yield(nil, context.Cause(ctx))
						return
					}
					if !yield(e, nil) {
						return
					}
				}
				if p.err != nil && !absent(p.err) {
					yield(nil, p.err)
				}
				if !more || p.err != nil {
					return
				}
			}
		}
	}
}

// turn reads pages until the reading ends, then leaves the client.
func (d *door) turn(ctx context.Context, c *lent, open reading, pages chan<- page) {
	var p page
	hand := func() {
		select {
		case pages <- p:
		case <-ctx.Done():
		}
		p = page{}
	}
	defer func() {
		if r := recover(); r != nil {
			p.err = panicked(r)
		}
		d.leave(c, broken(ctx, p.err))
		hand()
		close(pages)
	}()
	stream, err := open(ctx, c.Client)
	if err != nil {
		p.err = err
		return
	}
	defer stream.Close()
	bytes := 0
	for {
		e, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			p.err = err
			return
		}
		if e.Event == nil {
			continue
		}
		p.events = append(p.events, e.Event)
		if bytes += len(e.Event.Data) + len(e.Event.UserMetadata); len(p.events) >= pageEvents || bytes >= pageBytes {
			hand()
			bytes = 0
		}
	}
}

// record is one with what the envelope adds.
type record struct {
	eventlog.Record
	writer uint64
}

// toRecord opens the envelope. Events of the system, the store's name and what
// others have written into the same database are no records: then it is not ok.
func (l *Log) toRecord(e *esdb.RecordedEvent) (_ record, ok bool) {
	stream, ours := strings.CutPrefix(e.StreamID, l.prefix)
	if !ours || hidden(stream) || strings.HasPrefix(e.EventType, "$") {
		return record{}, false
	}
	opened, meta, err := open(e.UserMetadata)
	if err != nil {
		return record{}, false
	}
	return record{Record: eventlog.Record{
		Event:      eventlog.Event{ID: e.EventID, Type: e.EventType, Data: e.Data, Meta: meta},
		Stream:     stream,
		Version:    eventlog.Version(e.EventNumber) + 1,
		Position:   eventlog.Position{Commit: e.Position.Commit, Prepare: e.Position.Prepare},
		RecordedAt: opened.recordedAt,
	}, writer: opened.writer}, true
}

// records are those of one stream, in which nothing else may stand.
func (l *Log) records(ctx context.Context, open reading) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for e, err := range l.receive(ctx, open) {
			if err != nil {
				yield(record{}, err)
				return
			}
			r, ok := l.toRecord(e)
			if !ok {
				yield(record{}, fmt.Errorf("%w stands at version %d", errForeign, e.EventNumber+1))
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// last is the last record of a stream, version 0 where there is none.
func (l *Log) last(ctx context.Context, stream string) (eventlog.Record, error) {
	for r, err := range l.records(ctx, l.backwards(stream, esdb.End{}, 1)) {
		return r.Record, err
	}
	return eventlog.Record{}, nil
}

// at is the record at a version.
func (l *Log) at(ctx context.Context, stream string, version eventlog.Version) (eventlog.Record, uint64, error) {
	for r, err := range l.records(ctx, l.backwards(stream, esdb.Revision(uint64(version)-1), 1)) {
		if err == nil && r.Version != version {
			break
		}
		return r.Record, r.writer, err
	}
	return eventlog.Record{}, 0, fmt.Errorf("%w: version %d is not there", errTampered, version)
}

// ReadStream implements eventlog.Log.
func (l *Log) ReadStream(ctx context.Context, stream string, after eventlog.Version) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		after := max(after, eventlog.NoStream)
		err := l.usable(ctx)
		for tries := 0; err == nil && !hidden(stream); tries++ {
			for r, failed := range l.records(ctx, l.fromVersion(stream, after)) {
				if err = failed; err != nil {
					break
				}
				if r.Version != after+1 {
					err = fmt.Errorf("%w: version %d follows %d", errTampered, r.Version, after)
					break
				}
				after, tries = r.Version, 0
				if !yield(r.Record, nil) {
					return
				}
			}
			if err == nil || tries >= maxTries || !broken(ctx, err) {
				break
			}
			err = l.usable(ctx)
		}
		if err != nil {
			yield(eventlog.Record{}, fmt.Errorf("read %s: %w", stream, err))
		}
	}
}

// maxTries is how often a reading is begun again that a broken connection ended,
// before it has brought anything new.
const maxTries = 3

// ReadAll implements eventlog.Log. What fields leaves out is sent all the same,
// since the protocol knows no choice, and dropped here.
func (l *Log) ReadAll(ctx context.Context, after eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		err := l.usable(ctx)
		for tries := 0; err == nil; tries++ {
			for e, failed := range l.receive(ctx, everything(esdb.Forwards, l.allPosition(after), math.MaxInt64)) {
				if err = failed; err != nil {
					break
				}
				r, ok := l.toRecord(e)
				if !ok || r.Position.Compare(after) <= 0 { // the first is the one we had
					continue
				}
				after, tries = r.Position, 0
				only(&r.Record, fields)
				if !yield(r.Record, nil) {
					return
				}
			}
			if err == nil || tries >= maxTries || !broken(ctx, err) {
				break
			}
			err = l.usable(ctx)
		}
		if err != nil {
			yield(eventlog.Record{}, fmt.Errorf("read the log: %w", err))
		}
	}
}

func only(r *eventlog.Record, fields eventlog.Fields) {
	if fields&eventlog.WithData == 0 {
		r.Data = nil
	}
	if fields&eventlog.WithMeta == 0 {
		r.Meta = nil
	}
	if fields&eventlog.WithID == 0 {
		r.ID = eventlog.ID{}
	}
}

// allPosition is a position as the client has it; the zero one is where the
// store was named.
func (l *Log) allPosition(p eventlog.Position) esdb.AllPosition {
	if p == (eventlog.Position{}) {
		p = l.origin
	}
	return esdb.Position{Commit: p.Commit, Prepare: p.Prepare}
}

// The end is looked for in steps that grow: mostly the last event is ours, but
// where nobody has worked for a day the system has written thousands.
const (
	firstStep   = 16
	largestStep = 4096
)

// End implements eventlog.Log.
func (l *Log) End(ctx context.Context) (eventlog.Position, error) {
	end, err := l.end(ctx)
	if err != nil {
		return eventlog.Position{}, fmt.Errorf("find the log's end: %w", err)
	}
	return end, nil
}

func (l *Log) end(ctx context.Context) (eventlog.Position, error) {
	if err := l.usable(ctx); err != nil {
		return eventlog.Position{}, err
	}
	known := l.bell.seen()
	var from esdb.AllPosition = esdb.End{}
	for step, tries := uint64(firstStep), 0; ; step = min(4*step, largestStep) {
		n := uint64(0)
		var err error
		for e, failed := range l.receive(ctx, everything(esdb.Backwards, from, step)) {
			if err = failed; err != nil {
				break
			}
			n++
			at := eventlog.Position{Commit: e.Position.Commit, Prepare: e.Position.Prepare}
			if at.Compare(l.origin) <= 0 {
				return eventlog.Position{}, nil
			}
			if at.Compare(known) <= 0 {
				return known, nil
			}
			if r, ok := l.toRecord(e); ok {
				l.bell.note(r.Position)
				return r.Position, nil
			}
			from = e.Position
		}
		switch {
		case err != nil && (tries >= maxTries || !broken(ctx, err)):
			return eventlog.Position{}, err
		case err != nil:
			tries++
		case n < step:
			return eventlog.Position{}, nil
		}
	}
}
