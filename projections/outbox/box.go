package outbox

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	//go:embed sql/after.sql
	afterSQL string
	//go:embed sql/serve.sql
	serveSQL string
	//go:embed sql/through.sql
	throughSQL string
	//go:embed sql/park.sql
	parkSQL string
	//go:embed sql/unpark.sql
	unparkSQL string
	//go:embed sql/heads.sql
	headsSQL string
	//go:embed sql/waiting.sql
	waitingSQL string
	//go:embed sql/retry.sql
	retrySQL string
	//go:embed sql/prune.sql
	pruneSQL string
)

// Box is the outbox as those who deliver from it see it.
type Box struct{ pool *pgxpool.Pool }

// NewBox returns the outbox of a database.
func NewBox(pool *pgxpool.Pool) *Box { return &Box{pool} }

// Row is a message in the outbox.
type Row struct {
	Seq     int64
	ID      string
	Subject string
	Region  string
	Type    string
	Body    []byte
}

// ErrTaken means that another process delivers to the destination.
var ErrTaken = errors.New("outbox: another process delivers to this destination")

// After returns the messages after a number, at most limit, in order.
func (b *Box) After(ctx context.Context, seq int64, limit int) ([]Row, error) {
	rows, err := b.pool.Query(ctx, afterSQL, pgx.NamedArgs{"after": seq, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Row])
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	return found, nil
}

// Last is the number of the last message.
func (b *Box) Last(ctx context.Context) (seq int64, err error) {
	if err := b.pool.QueryRow(ctx, "select coalesce(max(seq), 0) from model.outbox").Scan(&seq); err != nil {
		return 0, fmt.Errorf("read the end of the outbox: %w", err)
	}
	return seq, nil
}

// Serve returns how far a destination has been served. One that is new is served
// from now on, or from the first message that is kept if all is set.
func (b *Box) Serve(ctx context.Context, destination string, all bool) (through int64, err error) {
	err = b.pool.QueryRow(ctx, serveSQL, pgx.NamedArgs{"destination": destination, "all": all}).Scan(&through)
	if err != nil {
		return 0, fmt.Errorf("read how far %s was served: %w", destination, err)
	}
	return through, nil
}

// Through notes how far a destination has been served, if it still is where it
// was: conn has the lock of it.
func (b *Box) Through(ctx context.Context, conn *pgx.Conn, destination string, from, to int64) error {
	tag, err := conn.Exec(ctx, throughSQL, pgx.NamedArgs{"destination": destination, "from": from, "to": to})
	if err != nil {
		return fmt.Errorf("note how far %s was served: %w", destination, err)
	}
	if tag.RowsAffected() != 1 {
		return fmt.Errorf("%s: %w", destination, ErrTaken)
	}
	return nil
}

// Park lets a message wait, and with it everything about its subject: until
// somebody puts it back if there is a reason, otherwise only behind another.
func (b *Box) Park(ctx context.Context, destination string, seq int64, subject, reason string) error {
	_, err := b.pool.Exec(ctx, parkSQL, pgx.NamedArgs{"destination": destination, "seq": seq, "subject": subject, "reason": shortened(reason)})
	if err != nil {
		return fmt.Errorf("let a message for %s wait: %w", destination, err)
	}
	return nil
}

// maxReason bounds a stored reason.
const maxReason = 500

func shortened(reason string) *string {
	if reason == "" {
		return nil
	}
	reason = strings.ToValidUTF8(strings.ReplaceAll(reason, "\x00", ""), "?") // what Postgres takes as text
	if r := []rune(reason); len(r) > maxReason {
		reason = string(r[:maxReason]) + "…"
	}
	return &reason
}

// Parked lists the subjects of which something waits.
func (b *Box) Parked(ctx context.Context, destination string) ([]string, error) {
	rows, err := b.pool.Query(ctx, "select distinct subject from model.outbox_waiting where destination = $1", destination)
	if err != nil {
		return nil, fmt.Errorf("read what waits for %s: %w", destination, err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// PutBack is a message that waited and was put back, after so many tries.
type PutBack struct {
	Row
	Tries int
}

// Heads returns, of each subject whose first waiting message was put back, that
// message.
func (b *Box) Heads(ctx context.Context, destination string, limit int) ([]PutBack, error) {
	rows, err := b.pool.Query(ctx, headsSQL, pgx.NamedArgs{"destination": destination, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("read what was put back for %s: %w", destination, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[PutBack])
}

// Unpark forgets that a message waited, unless it was poisoned again, even if
// somebody has put it back once more since, and says whether anything about its
// subject waits.
func (b *Box) Unpark(ctx context.Context, destination string, m PutBack) (more bool, err error) {
	_, err = b.pool.Exec(ctx, unparkSQL, pgx.NamedArgs{"destination": destination, "seq": m.Seq, "tries": m.Tries})
	if err == nil {
		err = b.pool.QueryRow(ctx, "select exists (select from model.outbox_waiting where destination = $1 and subject = $2)", destination, m.Subject).Scan(&more)
	}
	if err != nil {
		return true, fmt.Errorf("forget what waited for %s: %w", destination, err)
	}
	return more, nil
}

// Waiting is a message in the poison queue, or behind one.
type Waiting struct {
	Destination string    `json:"destination"`
	Seq         int64     `json:"seq"`
	Message     string    `json:"message"`
	Type        string    `json:"type"`
	Subject     string    `json:"subject"`
	Reason      string    `json:"reason,omitzero"` // none: it waits behind another
	Tries       int       `json:"tries"`
	Since       time.Time `json:"since"`
}

// Waiting lists what waits, oldest first, at most limit.
func (b *Box) Waiting(ctx context.Context, limit int) ([]Waiting, error) {
	rows, err := b.pool.Query(ctx, waitingSQL, pgx.NamedArgs{"limit": limit})
	if err != nil {
		return nil, fmt.Errorf("read what waits: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Waiting])
}

// Retry puts back one message, or with seq 0 all of a destination, and says how
// many there were.
func (b *Box) Retry(ctx context.Context, destination string, seq int64) (n int64, err error) {
	tag, err := b.pool.Exec(ctx, retrySQL, pgx.NamedArgs{"destination": destination, "seq": seq})
	if err != nil {
		return 0, fmt.Errorf("put back what waits for %s: %w", destination, err)
	}
	if _, err := b.pool.Exec(ctx, "notify "+Channel); err != nil {
		return 0, fmt.Errorf("tell that something was put back: %w", err)
	}
	return tag.RowsAffected(), nil
}

// Prune removes what every destination has and nobody waits for, once it is
// older than keep. What only a passed day made stays: it would be made again.
func (b *Box) Prune(ctx context.Context, keep time.Duration) (int64, error) {
	tag, err := b.pool.Exec(ctx, pruneSQL, pgx.NamedArgs{"keep": keep, "stays": StepOverdue})
	if err != nil {
		return 0, fmt.Errorf("remove old messages: %w", err)
	}
	return tag.RowsAffected(), nil
}
