package pglog

import (
	"context"
	"fmt"

	"shouwang/eventlog"
)

// batch is the appends that one transaction writes.
type batch struct {
	requests []*request
}

func (b *batch) grow(w *writer) {
	bytes := 0
	for _, r := range b.requests {
		bytes += len(r.rows.bytes)
	}
	for _, o := range w.queue.more(batchAppends-len(b.requests), func(o order) bool {
		if o.request != nil {
			bytes += len(o.request.rows.bytes)
		}
		return o.request != nil && bytes <= batchBytes
	}) {
		b.requests = append(b.requests, o.request)
	}
}

func (b *batch) fit(_ context.Context, w *writer) (pieces, tip, error) {
	end := tip{pos: w.tip.pos, at: w.stamp()}
	out := append(make(pieces, 0, len(b.requests)+2), copyHeader)
	kept := b.requests[:0]
	for _, r := range b.requests {
		if r.looked {
			w.heads.learn(r.stream, r.head)
		}
		r.before, r.cached = w.heads.get(r.stream)
		// Nobody knows the stream: an append that opens it is let in, and the
		// index on (stream, version) speaks up if it exists after all. Any
		// other could leave a gap, so its stream must be looked up.
		if r.before.version != r.expected || !r.cached && r.expected != int64(eventlog.NoStream) {
			r.release()
			w.log.lookup.queue.push(r)
			continue
		}
		if !r.take() {
			continue
		}
		if r.before.version > 0 {
			end.at = max(end.at, r.before.at)
		}
		r.at = end.at
		for i := range r.ids {
			end.pos++
			r.rows.fill(i, end.pos, r.expected+int64(i)+1, r.at)
		}
		w.heads.put(r.stream, head{version: r.expected + int64(len(r.ids)), at: r.at})
		out = append(out, r.rows.bytes)
		kept = append(kept, r)
	}
	b.requests = kept
	if len(kept) == 0 {
		return nil, w.tip, nil
	}
	return append(out, copyTrailer), end, nil
}

func (b *batch) undo(w *writer) {
	for i := len(b.requests) - 1; i >= 0; i-- {
		if r := b.requests[i]; r.cached {
			w.heads.put(r.stream, r.before)
		} else {
			w.heads.forget(r.stream)
		}
	}
}

func (b *batch) passed(end tip) []passed {
	appends := make([]passed, len(b.requests))
	for i, pos := len(b.requests)-1, end.pos; i >= 0; i-- {
		r := b.requests[i]
		pos -= int64(len(r.ids))
		appends[i] = passed{stream: r.stream, rows: r.rows, first: pos + 1, before: r.expected, at: r.at}
	}
	return appends
}

func (b *batch) written(end tip) {
	pos := end.pos
	for i := len(b.requests) - 1; i >= 0; i-- {
		r := b.requests[i]
		r.answer <- answer{appended: eventlog.Appended{
			Version:    eventlog.Version(r.expected + int64(len(r.ids))),
			Position:   eventlog.Position{Commit: uint64(pos)},
			RecordedAt: fromMicros(r.at),
		}}
		pos -= int64(len(r.ids))
	}
}

func (b *batch) fail(err error) {
	for _, r := range b.requests {
		if r.sent {
			err = fmt.Errorf("%w: %w", eventlog.ErrUnknownOutcome, err)
		}
		r.fail(err)
	}
}

func (b *batch) inDoubt() {
	for _, r := range b.requests {
		r.sent = true
	}
}

func (b *batch) streams() []string {
	names := make([]string, len(b.requests))
	for i, r := range b.requests {
		names[i] = r.stream
	}
	return names
}

func (b *batch) split() []load {
	if len(b.requests) < 2 {
		return nil
	}
	half := len(b.requests) / 2
	return []load{&batch{requests: b.requests[:half:half]}, &batch{requests: b.requests[half:]}}
}
