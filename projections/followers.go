package projections

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
)

// Config is what the followers need.
type Config struct {
	Log eventlog.Log
	// LogID is the log's own name, as its first record gives it. A copy of the
	// log has the same one.
	LogID string
	// Pool reaches the database with the schema model.
	Pool *pgxpool.Pool
	// Followers may be read models or others; their names differ.
	Followers []Follower
	// Now is the clock that stamps the record.
	Now func() time.Time
	// Metrics may be nil.
	Metrics prometheus.Registerer
	// Logger is told what an operator should know.
	Logger *slog.Logger
}

// Followers runs, rebuilds and waits for the followers of one record.
type Followers struct {
	log      eventlog.Log
	pool     *pgxpool.Pool
	now      func() time.Time
	logger   *slog.Logger
	origin   origin
	order    []Follower
	progress map[string]*progress
	metrics  *metrics
	receipts cipher.AEAD
}

// ErrUnknownFollower is a name that no follower has.
var ErrUnknownFollower = errors.New("projections: no such read model")

// New prepares the followers; Run starts them. It reads which store the log is
// and the key for receipts.
func New(ctx context.Context, c Config) (*Followers, error) {
	if c.LogID == "" {
		return nil, errors.New("projections: the log has no id")
	}
	identity, err := c.Log.Identity(ctx)
	if err != nil {
		return nil, fmt.Errorf("identify the log: %w", err)
	}
	f := &Followers{
		log: c.Log, pool: c.Pool, now: c.Now, logger: c.Logger, order: c.Followers,
		origin:   origin{Log: c.LogID, Store: identity.Store},
		progress: map[string]*progress{},
	}
	for _, follower := range c.Followers {
		name := follower.Name()
		if !namePattern.MatchString(name) || f.progress[name] != nil {
			return nil, fmt.Errorf("projections: %q is not a name of one follower", name)
		}
		f.progress[name] = newProgress()
	}
	if f.receipts, err = receiptCipher(ctx, c.Pool); err != nil {
		return nil, err
	}
	if f.metrics, err = newMetrics(f, c.Metrics); err != nil {
		return nil, err
	}
	return f, nil
}

// Run follows the record until ctx is done, then returns nil. Each follower is
// held by one process at a time; where another one holds it, Run stands by.
func (f *Followers) Run(ctx context.Context) error {
	var group errgroup.Group
	for _, follower := range f.order {
		group.Go(func() error {
			f.holder(follower).run(ctx)
			return nil
		})
	}
	return group.Wait()
}

func (f *Followers) find(name string) (Follower, error) {
	for _, follower := range f.order {
		if follower.Name() == name {
			return follower, nil
		}
	}
	return nil, fmt.Errorf("%w: %s", ErrUnknownFollower, name)
}

// fits reports whether a checkpoint is of this record and of this code.
func (f *Followers) fits(follower Follower, c *checkpoint) bool {
	return c != nil && c.origin == f.origin && c.version == follower.Version()
}

// newer reports whether a newer program made the rows.
func (f *Followers) newer(follower Follower, c *checkpoint) bool {
	return c != nil && c.origin == f.origin && c.version > follower.Version()
}
