package messages

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"shouwang/projections/outbox"
)

const (
	// lanes is how many subjects are delivered at the same time: enough to hide a
	// round trip to a broker each.
	lanes = 32
	// page is how many messages are read at once, and inFlight bounds those that
	// may be sent again after a crash.
	page     = 500
	inFlight = 2_000
	// lookAgain is how often the outbox is looked at although no bell rang.
	lookAgain = time.Second
	// noteEvery is the pause between two notes of how far the destination is.
	noteEvery = 10 * time.Millisecond
	// returning is how many put-back messages are delivered at the same time.
	returning = 8
)

// The metadata of a message: what a broker may route by without reading it.
const (
	metaType    = "ce-type"
	metaSubject = "ce-subject"
	metaRegion  = "shouwang-region"
	metaContent = "content-type"
	metaSeq     = "shouwang-seq"
)

// queue hands out one destination's messages: a Watermill subscriber, and the
// publisher of its own poison queue.
type queue struct {
	box         *outbox.Box
	bell        *outbox.Bell
	conn        *pgx.Conn // has the destination's lock
	destination string
	logger      *slog.Logger
	seen        *metrics
	patience    patience

	out    chan *message.Message
	place  *place
	mu     sync.Mutex
	parked map[string]bool // subjects of which something waits
	ended  chan error
}

// Subscribe implements message.Subscriber; it is called once.
func (q *queue) Subscribe(ctx context.Context, _ string) (<-chan *message.Message, error) {
	through, err := q.box.Serve(ctx, q.destination, false)
	if err != nil {
		return nil, err
	}
	subjects, err := q.box.Parked(ctx, q.destination)
	if err != nil {
		return nil, err
	}
	for _, s := range subjects {
		q.parked[s] = true
	}
	q.place = newPlace(through)
	group, running := errgroup.WithContext(ctx)
	var lane [lanes]chan outbox.Row
	for i := range lane {
		lane[i] = make(chan outbox.Row, inFlight/lanes)
		group.Go(func() error { return q.serve(running, lane[i]) })
	}
	group.Go(func() error { return q.feed(running, through, lane[:]) })
	group.Go(func() error { return q.note(running, through) })
	group.Go(func() error { return q.putBack(running) })
	go func() {
		q.ended <- group.Wait()
		close(q.out)
	}()
	return q.out, nil
}

// Close implements message.Subscriber: the context ends it.
func (q *queue) Close() error { return nil }

// feed reads the outbox and gives each subject its lane.
func (q *queue) feed(ctx context.Context, after int64, lane []chan outbox.Row) error {
	for {
		rung := q.bell.Rung()
		rows, err := q.box.After(ctx, after, page)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := q.place.take(ctx, row.Seq); err != nil {
				return err
			}
			h := fnv.New32a()
			_, _ = h.Write([]byte(row.Subject)) // a hash takes everything
			select {
			case lane[h.Sum32()%lanes] <- row:
			case <-ctx.Done():
				return ctx.Err()
			}
			after = row.Seq
		}
		if len(rows) == page {
			continue
		}
		if err := pause(ctx, lookAgain, rung); err != nil {
			return err
		}
	}
}

// serve delivers what comes down one lane, in order.
func (q *queue) serve(ctx context.Context, lane <-chan outbox.Row) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case row := <-lane:
			behind, err := q.behind(ctx, row)
			if err == nil && !behind {
				err = q.send(ctx, row)
			}
			if err != nil {
				return err
			}
			q.place.done(row.Seq)
		}
	}
}

// behind lets a message wait if another about the same subject does.
func (q *queue) behind(ctx context.Context, row outbox.Row) (bool, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.parked[row.Subject] {
		return false, nil
	}
	return true, q.box.Park(ctx, q.destination, row.Seq, row.Subject, "")
}

// send hands a message out until it is taken, or poisoned.
func (q *queue) send(ctx context.Context, row outbox.Row) error {
	wait := q.patience.away
	for {
		m := outgoing(ctx, row)
		select {
		case q.out <- m:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case <-m.Acked():
			return nil
		case <-m.Nacked():
		case <-ctx.Done():
			return ctx.Err()
		}
		q.seen.failed(q.destination)
		q.logger.WarnContext(ctx, "a destination does not take messages, will try again", "destination", q.destination, "pause", wait)
		if err := pause(ctx, wait, nil); err != nil {
			return err
		}
		wait = min(2*wait, q.patience.longAway)
	}
}

// outgoing is a row of the outbox as a message.
func outgoing(ctx context.Context, row outbox.Row) *message.Message {
	m := message.NewMessage(row.ID, row.Body)
	m.SetContext(ctx)
	m.Metadata = message.Metadata{metaType: outbox.TypePrefix + row.Type, metaSubject: row.Subject, metaRegion: row.Region,
		metaContent: outbox.ContentType, metaSeq: strconv.FormatInt(row.Seq, 10)}
	return m
}

// Publish implements message.Publisher for the poison queue.
func (q *queue) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		seq, err := strconv.ParseInt(m.Metadata.Get(metaSeq), 10, 64)
		if err != nil {
			return fmt.Errorf("poison queue: %w", err)
		}
		subject, reason := m.Metadata.Get(metaSubject), m.Metadata.Get(middleware.ReasonForPoisonedKey)
		q.mu.Lock()
		err = q.box.Park(m.Context(), q.destination, seq, subject, reason)
		if err == nil {
			q.parked[subject] = true
		}
		q.mu.Unlock()
		if err != nil {
			return err
		}
		q.seen.poisoned(q.destination)
		q.logger.ErrorContext(m.Context(), "a message waits in the poison queue", "destination", q.destination, "number", seq, "reason", reason)
	}
	return nil
}

// putBack delivers what somebody put back, each subject in its order, and with
// it what waited behind.
func (q *queue) putBack(ctx context.Context) error {
	for {
		rung := q.bell.Rung()
		heads, err := q.box.Heads(ctx, q.destination, page)
		if err != nil {
			return err
		}
		group, sending := errgroup.WithContext(ctx)
		group.SetLimit(returning)
		for _, m := range heads {
			group.Go(func() error {
				if err := q.send(sending, m.Row); err != nil {
					return err
				}
				return q.taken(sending, m)
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		if len(heads) > 0 {
			continue
		}
		if err := pause(ctx, lookAgain, rung); err != nil {
			return err
		}
	}
}

// taken forgets that a message waited, unless it was poisoned again.
func (q *queue) taken(ctx context.Context, m outbox.PutBack) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	more, err := q.box.Unpark(ctx, q.destination, m)
	if err == nil && !more {
		delete(q.parked, m.Subject)
	}
	return err
}

// note writes down how far the destination is.
func (q *queue) note(ctx context.Context, from int64) error {
	for {
		moved := q.place.moved()
		if to := q.place.through(); to != from {
			if err := q.box.Through(ctx, q.conn, q.destination, from, to); err != nil {
				return err
			}
			from = to
			if err := pause(ctx, noteEvery, nil); err != nil {
				return err
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		case <-time.After(lookAgain):
			if err := q.conn.Ping(ctx); err != nil {
				return fmt.Errorf("look after the lock of %s: %w", q.destination, err)
			}
		}
	}
}

// pause returns after a while, or when wake is closed.
func pause(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wake:
		return nil
	case <-timer.C:
		return nil
	}
}
