package messages

import (
	"context"
	"log/slog"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/projections/outbox"
)

// maxUnread bounds what waits for a slow listener; beyond it he hears only that
// something changed, which is all that he needs.
const maxUnread = 64

// maxListeners bounds the open pages of one process: every office of a county,
// several times.
const maxListeners = 5_000

// Change says about whom something new was recorded, and where.
type Change struct{ Subject, Region string }

// Feed tells the open pages of this process what changes. Every process has one;
// it keeps no place, since a page that missed something is opened anew.
type Feed struct {
	box    *outbox.Box
	bell   *outbox.Bell
	logger *slog.Logger

	mu        sync.Mutex
	listeners map[chan Change]bool
	hushed    bool
}

// NewFeed returns a feed of a database's outbox.
func NewFeed(pool *pgxpool.Pool, bell *outbox.Bell, logger *slog.Logger) *Feed {
	return &Feed{box: outbox.NewBox(pool), bell: bell, logger: logger, listeners: map[chan Change]bool{}}
}

// Listen returns what changes from now on, until leave is called. It is not ok
// when too many listen already, or the process ends.
func (f *Feed) Listen() (changes <-chan Change, leave func(), ok bool) {
	c := make(chan Change, maxUnread)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hushed || len(f.listeners) >= maxListeners {
		return nil, nil, false
	}
	f.listeners[c] = true
	return c, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.listeners, c)
	}, true
}

// Hush sends every listener away: the process ends, and waits for nobody who
// only listens.
func (f *Feed) Hush() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hushed = true
	for c := range f.listeners {
		close(c)
		delete(f.listeners, c)
	}
}

// Run follows the outbox until ctx is done.
func (f *Feed) Run(ctx context.Context) {
	last, known := int64(0), false
	for ctx.Err() == nil {
		rung := f.bell.Rung()
		end, err := f.box.Last(ctx)
		switch {
		case err != nil:
			known = false // the server may come back with fewer
		case !known || end < last:
			last, known = end, true
		case end > last:
			last, err = f.tell(ctx, last)
		}
		if err != nil && ctx.Err() == nil {
			f.logger.WarnContext(ctx, "open pages hear nothing for now", "error", err)
		}
		_ = pause(ctx, lookAgain, rung)
	}
}

func (f *Feed) tell(ctx context.Context, after int64) (int64, error) {
	for {
		rows, err := f.box.After(ctx, after, page)
		if err != nil {
			return after, err
		}
		f.mu.Lock()
		for _, row := range rows {
			after = row.Seq
			for c := range f.listeners {
				select {
				case c <- Change{row.Subject, row.Region}:
				default: // he has enough to know that he should look
				}
			}
		}
		f.mu.Unlock()
		if len(rows) < page {
			return after, nil
		}
	}
}
