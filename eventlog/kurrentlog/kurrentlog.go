// Package kurrentlog keeps the record in KurrentDB (EventStoreDB), for
// deployments that outgrow one machine.
//
// A stream is a stream there, our version n is its revision n-1, and a position
// is its pair of numbers. What KurrentDB has no place for travels in an envelope
// around the metadata (envelope.go). The official client, at the version we use,
// hangs its callers, dies of short outages and panics when closed at the wrong
// moment; door.go stands between it and everybody else.
//
// append.go is how a write whose outcome is unknown is settled by reading,
// bell.go how a waiting follower hears of other processes, examine.go what the
// server must be like.
package kurrentlog

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"shouwang/eventlog"
)

// Config says where the record is.
type Config struct {
	// URL is a connection string as ParseURL reads it.
	URL string
	// Clock stamps records; nil means time.Now.
	Clock func() time.Time
	// Patience is how long a call goes on trying while the server is away.
	// Zero means DefaultPatience.
	Patience time.Duration
	// MaxAppend is the most bytes of one append that the server takes. Zero
	// means what a server of its version takes unless it is told otherwise.
	MaxAppend int
	// Existing opens nothing that was not made before: a database without a
	// store's name is ErrNoStore, where it would be given one otherwise.
	Existing bool
	// Logger hears what the client says; nil means nobody.
	Logger *slog.Logger

	// prefix begins the name of every stream in the database, so that the tests
	// can hold many records in the one that they are given. Without one, every
	// record in the database is ours.
	prefix string
}

// DefaultPatience outlasts an election of a new leader and is not much longer
// than people wait.
const DefaultPatience = 8 * time.Second

// ErrNoStore is a database that holds no record.
var ErrNoStore = errors.New("kurrentlog: there is no record here")

// storeStream holds one event, which names the store. It is no part of the
// record.
const (
	storeStream = "shouwang-store"
	storeType   = "store.named.v1"
)

// Log implements eventlog.Log and eventlog.Importer.
type Log struct {
	door      *door
	clock     func() time.Time
	patience  time.Duration
	maxAppend int
	target    *target
	prefix    string
	store     eventlog.ID
	origin    eventlog.Position // where the store was named; every record is after it
	heads     *heads
	bell      *bell

	stopped context.Context
	stop    context.CancelFunc // ends readers, waiters and the bell

	mu       sync.Mutex
	closed   bool
	underway sync.WaitGroup // appends and imports; no more are added once closed
}

var (
	_ eventlog.Log      = (*Log)(nil)
	_ eventlog.Importer = (*Log)(nil)
)

// Open connects to the server and finds the store's name, or gives it one.
func Open(ctx context.Context, c Config) (*Log, error) {
	target, err := parse(c.URL)
	if err != nil {
		return nil, err
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	l := &Log{clock: c.Clock, patience: cmp.Or(c.Patience, DefaultPatience), target: target, prefix: c.prefix, heads: newHeads(), bell: newBell()}
	l.stopped, l.stop = context.WithCancel(context.Background())
	l.door = newDoor(target.config, l.patience, cmp.Or(c.Logger, slog.New(slog.DiscardHandler)))
	if err := l.begin(ctx, c); err != nil {
		l.stop()
		l.door.close()
		return nil, fmt.Errorf("open the record at %s: %w", target, err)
	}
	return l, nil
}

func (l *Log) begin(ctx context.Context, c Config) error {
	version, err := l.version(ctx)
	if err != nil {
		return err
	}
	if version.less(oldest) {
		return fmt.Errorf("the server is of version %s, %s or later is needed", version, oldest)
	}
	l.maxAppend = cmp.Or(c.MaxAppend, version.maxAppend())
	l.store, err = l.name(ctx, c.Existing)
	return err
}

// named is the one event of storeStream.
type named struct {
	Store eventlog.ID `json:"store"`
}

// name reads the store's name, or gives one; of several processes that do so at
// once one wins.
func (l *Log) name(ctx context.Context, existing bool) (eventlog.ID, error) {
	for range 3 {
		for e, err := range l.receive(ctx, l.fromStart(storeStream)) {
			if err != nil {
				return eventlog.ID{}, fmt.Errorf("read the store's name: %w", err)
			}
			var is named
			if err := json.Unmarshal(e.Data, &is); err != nil {
				return eventlog.ID{}, fmt.Errorf("read the store's name in %s: %w", storeStream, err)
			}
			if is.Store == (eventlog.ID{}) {
				return eventlog.ID{}, fmt.Errorf("the first event of %s does not name the store", storeStream)
			}
			l.origin = eventlog.Position{Commit: e.Position.Commit, Prepare: e.Position.Prepare}
			return is.Store, nil
		}
		if existing {
			return eventlog.ID{}, ErrNoStore
		}
		id := uuid.New()
		data, err := json.Marshal(named{id})
		if err != nil {
			return eventlog.ID{}, fmt.Errorf("name the store: %w", err)
		}
		_, err = call(ctx, l.door, func(ctx context.Context, c *esdb.Client) (*esdb.WriteResult, error) {
			return c.AppendToStream(ctx, l.prefix+storeStream, esdb.AppendToStreamOptions{ExpectedRevision: esdb.NoStream{}},
				esdb.EventData{EventID: id, EventType: storeType, ContentType: esdb.ContentTypeJson, Data: data})
		})
		if outcome(err) == refused {
			return eventlog.ID{}, fmt.Errorf("name the store: %w", err)
		}
	}
	return eventlog.ID{}, errors.New("the store could not be given a name")
}

// Identity implements eventlog.Log.
func (l *Log) Identity(ctx context.Context) (eventlog.Identity, error) {
	return eventlog.Identity{Store: l.store}, l.usable(ctx)
}

// Capabilities implements eventlog.Log.
func (l *Log) Capabilities() eventlog.Capabilities {
	return eventlog.Capabilities{Shared: true, Durable: true, Imports: true}
}

// enter counts a write that Close must wait for; leave it with l.underway.Done.
func (l *Log) enter(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return eventlog.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	l.underway.Add(1)
	return nil
}

func (l *Log) usable(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return eventlog.ErrClosed
	}
	return ctx.Err()
}

// Close implements eventlog.Log. It waits for writes under way, at most for as
// long as they have patience.
func (l *Log) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return eventlog.ErrClosed
	}
	l.closed = true
	l.mu.Unlock()
	l.underway.Wait()
	l.stop()
	l.bell.end()
	l.door.close()
	return nil
}

// until is ctx that also ends with the log.
func (l *Log) until(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(l.stopped, func() { cancel(eventlog.ErrClosed) })
	return ctx, func() { stop(); cancel(nil) }
}
