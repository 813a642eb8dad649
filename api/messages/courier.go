package messages

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"shouwang/projections"
	"shouwang/projections/outbox"
)

const (
	// closing bounds the wait for messages under way at the end.
	closing = 10 * time.Second
	// keep is how long delivered messages are kept: a receiver that lost a
	// month can be served again.
	keep = 30 * 24 * time.Hour
	// pruneEvery is how often older ones are removed.
	pruneEvery = time.Hour
)

// Destination is where messages go.
type Destination struct {
	// Name is what operators call it, for ever: its place is kept under it.
	Name string
	// Topic is handed to the publisher.
	Topic     string
	Publisher message.Publisher
}

// Courier delivers the outbox to its destinations.
type Courier struct {
	pool         *pgxpool.Pool
	box          *outbox.Box
	bell         *outbox.Bell
	destinations []Destination
	logger       *slog.Logger
	seen         *metrics
	patience     patience
}

// CourierConfig is what a courier needs.
type CourierConfig struct {
	Pool         *pgxpool.Pool
	Bell         *outbox.Bell
	Destinations []Destination
	Logger       *slog.Logger
	Metrics      Registerer // may be nil
}

// NewCourier returns a courier; Run lets it go.
func NewCourier(c CourierConfig) (*Courier, error) {
	names := map[string]bool{}
	for _, d := range c.Destinations {
		if d.Name == "" || names[d.Name] {
			return nil, fmt.Errorf("messages: %q is not the name of one destination", d.Name)
		}
		names[d.Name] = true
	}
	seen, err := newMetrics(c.Metrics)
	if err != nil {
		return nil, err
	}
	return &Courier{pool: c.Pool, box: outbox.NewBox(c.Pool), bell: c.Bell, destinations: c.Destinations, logger: c.Logger, seen: seen, patience: usual}, nil
}

// Enrol notes where each new destination begins: it is told everything from now on.
func (c *Courier) Enrol(ctx context.Context) error {
	for _, d := range c.destinations {
		if _, err := c.box.Serve(ctx, d.Name, false); err != nil {
			return err
		}
	}
	return nil
}

// Run delivers until ctx is done, then returns when what was under way has ended.
// Each destination is served by one process at a time.
func (c *Courier) Run(ctx context.Context) {
	var group errgroup.Group
	for _, d := range c.destinations {
		group.Go(func() error { c.again(ctx, d.Name, func() error { return c.deliver(ctx, d) }); return nil })
	}
	group.Go(func() error { c.prune(ctx); return nil })
	_ = group.Wait() // nobody returns an error
}

// again does something anew, after a pause, until ctx is done.
func (c *Courier) again(ctx context.Context, what string, do func() error) {
	wait := c.patience.away
	for ctx.Err() == nil {
		began := time.Now()
		err := do()
		if ctx.Err() != nil {
			return
		}
		if time.Since(began) > c.patience.longAway {
			wait = c.patience.away
		}
		c.logger.WarnContext(ctx, "delivery interrupted, will go on", "destination", what, "error", err)
		if pause(ctx, wait, nil) != nil {
			return
		}
		wait = min(2*wait, c.patience.longAway)
	}
}

// deliver serves one destination while this process has its lock.
func (c *Courier) deliver(ctx context.Context, d Destination) error {
	if _, err := c.box.Serve(ctx, d.Name, false); err != nil {
		return err
	}
	return projections.Hold(ctx, c.pool, "destination "+d.Name, func(ctx context.Context, conn *pgx.Conn) error {
		// What was noted and is lost in a crash is only delivered once more.
		if _, err := conn.Exec(ctx, "set synchronous_commit to off"); err != nil {
			return fmt.Errorf("prepare to deliver: %w", err)
		}
		q := &queue{box: c.box, bell: c.bell, conn: conn, destination: d.Name, logger: c.logger, seen: c.seen, patience: c.patience,
			out: make(chan *message.Message), parked: map[string]bool{}, ended: make(chan error, 1)}
		return route(ctx, q, d)
	})
}

// route runs a Watermill router from the queue to the publisher until one ends.
func route(ctx context.Context, q *queue, d Destination) error {
	router, err := message.NewRouter(message.RouterConfig{CloseTimeout: closing}, watermill.NopLogger{})
	if err != nil {
		return err
	}
	before, err := middlewares(q, q.patience)
	if err != nil {
		return err
	}
	router.AddMiddleware(before...)
	router.AddConsumerHandler(d.Name, d.Topic, q, func(m *message.Message) error {
		if err := d.Publisher.Publish(d.Topic, outward(m)); err != nil {
			return err
		}
		q.seen.delivered(d.Name)
		return nil
	})
	if err := router.Run(ctx); err != nil {
		return err
	}
	return <-q.ended
}

// outward is the message without what is ours alone.
func outward(m *message.Message) *message.Message {
	out := m.CopyWithContext()
	delete(out.Metadata, metaSeq)
	return out
}

// prune removes what everybody has, once it is old.
func (c *Courier) prune(ctx context.Context) {
	for {
		if err := pause(ctx, pruneEvery, nil); err != nil {
			return
		}
		if _, err := c.box.Prune(ctx, keep); err != nil && !errors.Is(err, context.Canceled) {
			c.logger.WarnContext(ctx, "old messages stay", "error", err)
		}
	}
}
