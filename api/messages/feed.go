package messages

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/projections/outbox"
)

const (
	// maxUnread bounds what waits for a slow listener; beyond it he hears only that
	// something changed, which is all that he needs.
	maxUnread = 64
	// maxListeners bounds the open pages of one process: every office of a county,
	// several times.
	maxListeners = 5_000
	// maxRecent bounds the changes remembered for a page that comes back: some
	// minutes of a busy day.
	maxRecent = 4_096
)

// Change says about whom something new was recorded, and where. Its number is the
// message's in the outbox, the same in every process.
type Change struct {
	Number          int64
	Subject, Region string
}

// Anything says that nobody knows what changed: everybody should look.
func (c Change) Anything() bool { return c.Subject == "" }

// Feed tells the open pages of this process what changes: a reaction, as a handler
// of a Watermill router that every process has.
type Feed struct {
	box    *outbox.Box
	bell   *outbox.Bell
	logger *slog.Logger

	mu        sync.Mutex
	listeners map[chan Change]bool
	recent    []Change // the last ones, oldest first
	before    int64    // everything after this number is in recent
	hushed    bool
}

// NewFeed returns a feed of a database's outbox; Run lets it tell.
func NewFeed(pool *pgxpool.Pool, bell *outbox.Bell, logger *slog.Logger) *Feed {
	return &Feed{box: outbox.NewBox(pool), bell: bell, logger: logger, listeners: map[chan Change]bool{}}
}

// Listening is one open page.
type Listening struct {
	// Changes are what happens until Leave is called; closed when the process ends.
	Changes <-chan Change
	// After is the number of the last change before it began.
	After int64
	Leave func()
}

// Listen tells what changes from now on, and before that what changed after a
// number that the page heard last, from whichever process; 0 is none. It is not ok
// when too many listen already, or the process ends.
func (f *Feed) Listen(heard int64) (l Listening, ok bool) {
	c := make(chan Change, maxUnread)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hushed || len(f.listeners) >= maxListeners {
		return Listening{}, false
	}
	f.listeners[c] = true
	last := f.before
	if n := len(f.recent); n > 0 {
		last = f.recent[n-1].Number
	}
	switch {
	case heard == 0:
	case heard < f.before: // too long ago
		offer(c, Change{Number: last})
	default:
		for _, change := range f.recent {
			if change.Number > heard {
				offer(c, change)
			}
		}
	}
	return Listening{Changes: c, After: last, Leave: func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.listeners, c)
	}}, true
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

// Run lets a router bring what is added to the outbox to Tell, until ctx is done.
func (f *Feed) Run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := f.route(ctx); ctx.Err() == nil {
			f.logger.WarnContext(ctx, "open pages hear nothing for now, will go on", "error", err)
		}
		_ = pause(ctx, lookAgain, nil)
	}
}

func (f *Feed) route(ctx context.Context) error {
	router, err := message.NewRouter(message.RouterConfig{CloseTimeout: closing}, watermill.NopLogger{})
	if err != nil {
		return err
	}
	router.AddMiddleware(middleware.Recoverer)
	router.AddConsumerHandler("open pages", Topic, &tail{box: f.box, bell: f.bell, begin: f.begin, logger: f.logger}, f.Tell)
	if err := router.Run(ctx); err != nil {
		return err
	}
	return errors.New("the outbox is not what it was")
}

// begin notes that everything after a number will be told; what was before, nobody
// here knows, so everybody looks.
func (f *Feed) begin(end int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.recent, f.before = nil, end
	for c := range f.listeners {
		offer(c, Change{Number: end})
	}
}

// Tell is the reaction: every open page of this process hears of a message. It
// waits for nobody.
func (f *Feed) Tell(m *message.Message) error {
	number, err := strconv.ParseInt(m.Metadata.Get(metaSeq), 10, 64)
	if err != nil {
		return fmt.Errorf("the number of a message: %w", err)
	}
	change := Change{Number: number, Subject: m.Metadata.Get(metaSubject), Region: m.Metadata.Get(metaRegion)}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.recent = append(f.recent, change); len(f.recent) >= 2*maxRecent {
		f.before = f.recent[maxRecent-1].Number
		f.recent = append([]Change(nil), f.recent[maxRecent:]...)
	}
	for c := range f.listeners {
		offer(c, change)
	}
	return nil
}

// offer gives a listener a change without waiting for him. The last place that is
// free says that there was more than he could hear.
func offer(c chan<- Change, change Change) {
	if len(c) == cap(c)-1 {
		change = Change{Number: change.Number}
	}
	select {
	case c <- change:
	default: // he knows already that he should look
	}
}
