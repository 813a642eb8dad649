package kurrentlog

import (
	"context"
	"fmt"
	"iter"

	"shouwang/eventlog"
)

// ReadStreams implements eventlog.Log: first the names, in the order in which
// the streams begin, then one after the other. The server could only send all
// of them in the order of the log.
func (l *Log) ReadStreams(ctx context.Context, through eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		names, err := l.begun(ctx, through)
		if err != nil {
			yield(eventlog.Record{}, err)
			return
		}
		for _, name := range names {
			for r, err := range l.ReadStream(ctx, name, eventlog.NoStream) {
				if err != nil {
					yield(eventlog.Record{}, fmt.Errorf("read the log by streams: %w", err))
					return
				}
				if r.Position.Compare(through) > 0 {
					break
				}
				only(&r, fields)
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// begun are the streams that have a first record up to a position.
func (l *Log) begun(ctx context.Context, through eventlog.Position) ([]string, error) {
	var names []string
	for r, err := range l.ReadAll(ctx, eventlog.Position{}, 0) {
		if err != nil {
			return nil, fmt.Errorf("read the names of the streams: %w", err)
		}
		if r.Position.Compare(through) > 0 {
			break
		}
		if r.Version == 1 {
			names = append(names, r.Stream)
		}
	}
	return names, nil
}
