package kurrentlog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"shouwang/eventlog"
)

// importBytes bounds one request of an import; larger ones would only be slower
// to repeat.
const importBytes = 512 << 10

// Import implements eventlog.Importer. Neighbours in one stream go in one
// request; otherwise the order between streams forbids to have two under way. A
// chunk under way is finished after ctx has ended, so the count is exact; only
// if the server goes away for good in the middle of one (ErrUnknownOutcome) may
// that chunk be there and not be counted.
func (l *Log) Import(ctx context.Context, records iter.Seq2[eventlog.Imported, error]) (int64, error) {
	var done int64
	if err := l.enter(ctx); err != nil {
		return 0, fmt.Errorf("import: %w", err)
	}
	defer l.underway.Done()
	var chunk []eventlog.Imported
	bytes := 0
	flush := func() error {
		if len(chunk) == 0 {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := l.importChunk(ctx, chunk)
		done += int64(n)
		chunk, bytes = chunk[:0], 0
		return err
	}
	for r, err := range records {
		if err == nil {
			if err = eventlog.CheckImported(r); err == nil {
				err = l.check(r.Stream, eventlog.NoStream, []eventlog.Event{r.Event})
			}
		}
		if err != nil { // what came before it stands all the same
			if failed := flush(); failed != nil {
				err = failed
			}
			return done, fmt.Errorf("import record %d: %w", done+1, err)
		}
		n := size([]eventlog.Event{r.Event})
		if len(chunk) > 0 && (chunk[0].Stream != r.Stream || len(chunk) == eventlog.MaxEvents || bytes+n > min(importBytes, l.maxAppend) ||
			r.RecordedAt.Before(chunk[len(chunk)-1].RecordedAt) || repeats(chunk, r.ID)) {
			if err := flush(); err != nil {
				return done, fmt.Errorf("import record %d: %w", done+1, err)
			}
		}
		chunk, bytes = append(chunk, r), bytes+n
	}
	if err := flush(); err != nil {
		return done, fmt.Errorf("import record %d: %w", done+1, err)
	}
	_, _ = l.end(ctx) // rings the bell
	return done, nil
}

func repeats(chunk []eventlog.Imported, id eventlog.ID) bool {
	for _, r := range chunk {
		if r.ID == id {
			return true
		}
	}
	return false
}

// importChunk writes records of one stream after what it holds. Appends of
// others may come between; then it tries after those.
func (l *Log) importChunk(ctx context.Context, chunk []eventlog.Imported) (int, error) {
	stream := chunk[0].Stream
	head, err := l.heads.take(ctx, stream)
	if err != nil {
		return 0, err
	}
	defer l.heads.give(head)
	w := &write{Log: l, caller: context.WithoutCancel(ctx), head: head, stream: stream, writer: rand.Uint64(), blind: true}
	for _, r := range chunk {
		w.events = append(w.events, r.Event)
	}
	w.stamp = func(i int) time.Time { return chunk[i].RecordedAt }
	for {
		if !head.known {
			if err := w.lookUp(w.caller); err != nil {
				return 0, err
			}
		}
		if chunk[0].RecordedAt.Before(head.at) {
			return 0, fmt.Errorf("%w: %s would go back from %s to %s", eventlog.ErrInvalid, stream,
				head.at.Format(time.RFC3339Nano), chunk[0].RecordedAt.UTC().Format(time.RFC3339Nano))
		}
		w.expected = head.version
		_, err := w.run(w.caller)
		if err == nil {
			return len(chunk), nil
		}
		if !errors.Is(err, eventlog.ErrConflict) {
			return 0, err
		}
		head.known = false
	}
}
