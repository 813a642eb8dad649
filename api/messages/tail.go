package messages

import (
	"context"
	"log/slog"

	"github.com/ThreeDotsLabs/watermill/message"

	"shouwang/projections/outbox"
)

// tail is the end of the outbox: a Watermill subscriber that every process has,
// and so hears every message, whoever delivers. It begins where the outbox ends and
// keeps no place. One look at the outbox serves all who listen in this process.
type tail struct {
	box    *outbox.Box
	bell   *outbox.Bell
	begin  func(after int64) // hears where it begins
	logger *slog.Logger
}

// Subscribe implements message.Subscriber.
func (t *tail) Subscribe(ctx context.Context, _ string) (<-chan *message.Message, error) {
	end, err := t.box.Last(ctx)
	if err != nil {
		return nil, err
	}
	t.begin(end)
	out := make(chan *message.Message)
	go func() {
		defer close(out)
		t.follow(ctx, end, out)
	}()
	return out, nil
}

// Close implements message.Subscriber: the context ends it.
func (t *tail) Close() error { return nil }

// follow hands out what comes, one after the other. After an outage it goes on
// where it was; it ends when the outbox has become shorter, since then nobody
// knows what was missed.
func (t *tail) follow(ctx context.Context, after int64, out chan<- *message.Message) {
	for ctx.Err() == nil {
		rung := t.bell.Rung()
		end, err := t.box.Last(ctx)
		if err == nil && end < after {
			return
		}
		for err == nil && after < end {
			after, err = t.page(ctx, after, out)
		}
		if err != nil && ctx.Err() == nil {
			t.logger.WarnContext(ctx, "open pages hear nothing for now", "error", err)
			rung = nil // not at once
		}
		_ = pause(ctx, lookAgain, rung)
	}
}

// page hands out the next messages and returns the last one's number.
func (t *tail) page(ctx context.Context, after int64, out chan<- *message.Message) (int64, error) {
	rows, err := t.box.After(ctx, after, page)
	if err != nil {
		return after, err
	}
	for _, row := range rows {
		m := outgoing(ctx, row)
		select {
		case out <- m:
		case <-ctx.Done():
			return after, ctx.Err()
		}
		select {
		case <-m.Acked():
		case <-m.Nacked():
			t.logger.WarnContext(ctx, "open pages did not hear of a message", "number", row.Seq)
		case <-ctx.Done():
			return after, ctx.Err()
		}
		after = row.Seq
	}
	return after, nil
}
