package memlog

import (
	"context"
	"fmt"
	"iter"
	"time"

	"shouwang/eventlog"
)

// Import implements eventlog.Importer; every record is a chunk of its own.
func (l *Log) Import(ctx context.Context, records iter.Seq2[eventlog.Imported, error]) (int64, error) {
	var written int64
	for r, err := range records {
		if err == nil {
			err = l.importOne(ctx, r)
		}
		if err != nil {
			return written, fmt.Errorf("import record %d: %w", written+1, err)
		}
		written++
	}
	return written, nil
}

func (l *Log) importOne(ctx context.Context, r eventlog.Imported) error {
	if err := eventlog.CheckImported(r); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.usable(ctx); err != nil {
		return err
	}
	if held := l.streams[r.Stream]; len(held) > 0 {
		if before := l.records[held[len(held)-1]].RecordedAt; r.RecordedAt.Before(before) {
			return fmt.Errorf("%w: %s would go back from %s to %s", eventlog.ErrInvalid, r.Stream,
				before.Format(time.RFC3339Nano), r.RecordedAt.UTC().Format(time.RFC3339Nano))
		}
	}
	l.add(r.Stream, r.Event, r.RecordedAt.UTC())
	l.wake()
	return nil
}
