package outbox

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// listenAgain is the pause before listening again after an outage. Whoever waits
// for the bell also looks by himself once in a while.
const listenAgain = 500 * time.Millisecond

// Bell rings in this process whenever any process adds to the outbox.
type Bell struct {
	mu   sync.Mutex
	next chan struct{}
}

// NewBell returns a bell; Run lets it ring.
func NewBell() *Bell { return &Bell{next: make(chan struct{})} }

// Rung returns a channel that is closed at the next ring.
func (b *Bell) Rung() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.next
}

func (b *Bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.next)
	b.next = make(chan struct{})
}

// Run listens until ctx is done.
func (b *Bell) Run(ctx context.Context, pool *pgxpool.Pool) {
	for ctx.Err() == nil {
		_ = b.listen(ctx, pool) // an outage shows to everybody else as well
		b.ring()
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
}

func (b *Bell) listen(ctx context.Context, pool *pgxpool.Pool) (err error) {
	conn, err := pgx.ConnectConfig(ctx, pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	if _, err := conn.Exec(ctx, "listen "+Channel); err != nil {
		return err
	}
	b.ring()
	for {
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
		b.ring()
	}
}
