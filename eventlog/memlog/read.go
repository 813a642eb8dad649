package memlog

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"shouwang/eventlog"
)

// ReadStream implements eventlog.Log.
func (l *Log) ReadStream(ctx context.Context, stream string, after eventlog.Version) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for version := max(after, 0); ; version++ {
			r, ok, err := l.inStream(ctx, stream, version)
			if err != nil {
				yield(eventlog.Record{}, fmt.Errorf("read %s: %w", stream, err))
				return
			}
			if !ok || !yield(r.Clone(), nil) {
				return
			}
		}
	}
}

func (l *Log) inStream(ctx context.Context, stream string, after eventlog.Version) (eventlog.Record, bool, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	held := l.streams[stream]
	if err := l.usable(ctx); err != nil || after >= eventlog.Version(len(held)) {
		return eventlog.Record{}, false, err
	}
	return l.records[held[after]], true, nil
}

// ReadAll implements eventlog.Log. The bytes are lent from one buffer that the
// next record overwrites, so that a follower that keeps them without Clone is
// found out here and not on the adapter that lends them for real.
func (l *Log) ReadAll(ctx context.Context, after eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		var lent []byte
		for n := after.Commit; ; n++ {
			r, ok, err := l.at(ctx, n)
			if err != nil {
				yield(eventlog.Record{}, fmt.Errorf("read the log: %w", err))
				return
			}
			if !ok {
				return
			}
			lent = only(&r, fields, lent)
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (l *Log) at(ctx context.Context, index uint64) (eventlog.Record, bool, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if err := l.usable(ctx); err != nil || index >= uint64(len(l.records)) {
		return eventlog.Record{}, false, err
	}
	return l.records[index], true, nil
}

// ReadStreams implements eventlog.Log; the bytes are lent as ReadAll lends them.
func (l *Log) ReadStreams(ctx context.Context, through eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		l.mu.RLock()
		names := slices.Sorted(maps.Keys(l.streams))
		l.mu.RUnlock()
		var lent []byte
		for _, name := range names {
			for version := eventlog.NoStream; ; version++ {
				r, ok, err := l.inStream(ctx, name, version)
				if err != nil {
					yield(eventlog.Record{}, fmt.Errorf("read the log by streams: %w", err))
					return
				}
				if !ok || r.Position.Compare(through) > 0 {
					break
				}
				lent = only(&r, fields, lent)
				if !yield(r, nil) {
					return
				}
			}
		}
		if err := l.usable(ctx); err != nil {
			yield(eventlog.Record{}, fmt.Errorf("read the log by streams: %w", err))
		}
	}
}

// only keeps the fields asked for and moves their bytes into the lent buffer.
func only(r *eventlog.Record, fields eventlog.Fields, lent []byte) []byte {
	data, meta := r.Data, r.Meta
	r.Data, r.Meta = nil, nil
	lent = lent[:0]
	if fields&eventlog.WithData != 0 {
		lent = append(lent, data...)
	}
	split := len(lent)
	if fields&eventlog.WithMeta != 0 {
		lent = append(lent, meta...)
	}
	r.Data, r.Meta = lent[:split:split], lent[split:]
	if fields&eventlog.WithID == 0 {
		r.ID = eventlog.ID{}
	}
	return lent
}

// Wait implements eventlog.Log.
func (l *Log) Wait(ctx context.Context, after eventlog.Position) error {
	for {
		l.mu.RLock()
		err, grown, end := l.usable(ctx), l.grown, l.end()
		l.mu.RUnlock()
		if err != nil {
			return fmt.Errorf("wait for the log to grow: %w", err)
		}
		if end.Compare(after) > 0 {
			return nil
		}
		select {
		case <-grown:
		case <-ctx.Done():
		}
	}
}

// End implements eventlog.Log.
func (l *Log) End(ctx context.Context) (eventlog.Position, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if err := l.usable(ctx); err != nil {
		return eventlog.Position{}, fmt.Errorf("read the log's end: %w", err)
	}
	return l.end(), nil
}

func (l *Log) end() eventlog.Position {
	return eventlog.Position{Commit: uint64(len(l.records))}
}
