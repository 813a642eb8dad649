package messages

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/go-json-experiment/json"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/commands/sealing"
	"shouwang/projections"
	"shouwang/projections/outbox"
)

// InboxTopic is where other systems send to.
const InboxTopic = "shouwang.in"

const (
	// inboxSubject is under whose key poisoned messages are sealed: they name people.
	inboxSubject = "inbox"
	// sealedAtOnce is how much is sealed in one piece.
	sealedAtOnce = 48 << 10
)

//go:embed sql/poison.sql
var poisonSQL string

// Inbox takes messages in and keeps what could not be done.
type Inbox struct {
	pool     *pgxpool.Pool
	keys     *sealing.Keys
	bell     *outbox.Bell
	in       *inbound
	logger   *slog.Logger
	patience patience
}

// InboxConfig is what an inbox needs.
type InboxConfig struct {
	Pool    *pgxpool.Pool
	Keys    *sealing.Keys
	Bell    *outbox.Bell
	Actor   Actor
	Senders Senders
	Logger  *slog.Logger
}

// NewInbox returns an inbox; Run lets it listen.
func NewInbox(c InboxConfig) *Inbox {
	return &Inbox{pool: c.Pool, keys: c.Keys, bell: c.Bell, in: &inbound{c.Actor, c.Senders}, logger: c.Logger, patience: usual}
}

// Run takes in what the subscriber brings until ctx is done. A message that
// cannot be done goes to the poison queue with its reason, and the next one on.
func (b *Inbox) Run(ctx context.Context, from message.Subscriber) error {
	router, err := message.NewRouter(message.RouterConfig{CloseTimeout: closing}, watermill.NopLogger{})
	if err != nil {
		return err
	}
	before, err := middlewares(b, b.patience)
	if err != nil {
		return err
	}
	router.AddMiddleware(before...)
	router.AddConsumerHandler("inbox", InboxTopic, from, b.in.take)
	return router.Run(ctx)
}

// Listen takes in what others send to a broker until ctx is done, and begins anew
// when the broker was away.
func (b *Inbox) Listen(ctx context.Context, address string) {
	wait := b.patience.away
	for ctx.Err() == nil {
		from, err := NewSubscriber(address)
		if err == nil {
			wait = b.patience.away
			err = errors.Join(b.Run(ctx, from), from.Close())
		}
		if ctx.Err() != nil {
			return
		}
		b.logger.WarnContext(ctx, "nothing comes in for now, will try again", "error", err)
		_ = pause(ctx, wait, nil)
		wait = min(2*wait, b.patience.longAway)
	}
}

// kept is a message in the poison queue before it is sealed.
type kept struct {
	ID       []byte            `json:"id"`
	Metadata map[string][]byte `json:"metadata"` // bytes: a header may be no text
	Payload  []byte            `json:"payload"`
}

// Publish implements message.Publisher for the poison queue.
func (b *Inbox) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		reason := m.Metadata.Get(middleware.ReasonForPoisonedKey)
		k := kept{ID: []byte(m.UUID), Metadata: map[string][]byte{}, Payload: m.Payload}
		for _, name := range []string{headerID, headerTimestamp, headerSignature} {
			k.Metadata[name] = []byte(m.Metadata.Get(name))
		}
		sealed, err := b.seal(m.Context(), k)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(m.Payload)
		_, err = b.pool.Exec(m.Context(), poisonSQL, pgx.NamedArgs{"topic": InboxTopic, "message": hex.EncodeToString(sum[:]), "sealed": sealed,
			"reason": readable(reason)})
		if err != nil {
			return fmt.Errorf("keep a message that could not be done: %w", err)
		}
		b.logger.ErrorContext(m.Context(), "a message that came in waits in the poison queue", "reason", readable(reason))
	}
	return nil
}

// Close implements message.Publisher.
func (b *Inbox) Close() error { return nil }

// readable is a reason as Postgres and a terminal take it.
func readable(reason string) string {
	reason = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, reason)
	if runes := []rune(reason); len(runes) > maxReason {
		reason = string(runes[:maxReason]) + "…"
	}
	return reason
}

// maxReason bounds a stored reason.
const maxReason = 500

func (b *Inbox) seal(ctx context.Context, k kept) (string, error) {
	plain, err := json.Marshal(k)
	if err != nil {
		return "", fmt.Errorf("write a message: %w", err)
	}
	sealer, err := b.keys.For(ctx, inboxSubject)
	if err != nil {
		return "", err
	}
	var pieces []string
	for piece := range slices.Chunk(plain, sealedAtOnce) {
		sealed, err := sealer.Seal(fmt.Sprint("message/", len(pieces)), string(piece))
		if err != nil {
			return "", err
		}
		pieces = append(pieces, sealed)
	}
	return strings.Join(pieces, " "), nil
}

func (b *Inbox) open(ctx context.Context, sealed string) (*message.Message, error) {
	sealer, err := b.keys.For(ctx, inboxSubject)
	if err != nil {
		return nil, err
	}
	var plain strings.Builder
	for i, piece := range strings.Fields(sealed) {
		clear, err := sealer.Open(fmt.Sprint("message/", i), piece)
		if err != nil {
			return nil, err
		}
		plain.WriteString(clear)
	}
	var k kept
	if err := json.Unmarshal([]byte(plain.String()), &k); err != nil {
		return nil, fmt.Errorf("read a kept message: %w", err)
	}
	m := message.NewMessage(string(k.ID), k.Payload)
	for name, value := range k.Metadata {
		m.Metadata.Set(name, string(value))
	}
	m.SetContext(ctx)
	return m, nil
}

// PutBack tries what somebody put back until ctx is done, in one process at a time.
func (b *Inbox) PutBack(ctx context.Context) {
	for ctx.Err() == nil {
		err := projections.Hold(ctx, b.pool, "inbox", func(ctx context.Context, conn *pgx.Conn) error {
			for {
				rung := b.bell.Rung()
				if err := b.tryDue(ctx, conn); err != nil {
					return err
				}
				if err := pause(ctx, lookAgain, rung); err != nil {
					return err
				}
			}
		})
		if ctx.Err() == nil {
			b.logger.WarnContext(ctx, "messages that were put back wait", "error", err)
			_ = pause(ctx, b.patience.longAway, nil)
		}
	}
}

// tryDue tries each message that was put back, once.
func (b *Inbox) tryDue(ctx context.Context, conn *pgx.Conn) error {
	for {
		var number int64
		var sealed string
		err := conn.QueryRow(ctx, "select number, sealed from model.inbox_poison where due order by number limit 1").Scan(&number, &sealed)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read what was put back: %w", err)
		}
		m, err := b.open(ctx, sealed)
		if err != nil {
			return err
		}
		err = b.in.take(m)
		switch {
		case err == nil:
			_, err = conn.Exec(ctx, "delete from model.inbox_poison where number = $1", number)
		case poisons(err):
			_, err = conn.Exec(ctx, "update model.inbox_poison set due = false, tries = tries + 1, reason = $2, refused_at = now() where number = $1", number, readable(err.Error()))
		}
		if err != nil {
			return fmt.Errorf("try message %d again: %w", number, err)
		}
	}
}

// Kept is a message that came in and could not be done.
type Kept struct {
	Number int64     `json:"number"`
	Topic  string    `json:"topic"`
	Reason string    `json:"reason"`
	Tries  int       `json:"tries"`
	Since  time.Time `json:"since"`
}

// KeptMessages lists the poison queue of what came in, the oldest first.
func KeptMessages(ctx context.Context, pool *pgxpool.Pool, limit int) ([]Kept, error) {
	rows, err := pool.Query(ctx, "select number, topic, reason, tries, refused_at from model.inbox_poison order by number limit $1", limit)
	if err != nil {
		return nil, fmt.Errorf("read what could not be done: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Kept])
}

// RetryKept puts back one message that came in, or with number 0 all of them.
func RetryKept(ctx context.Context, pool *pgxpool.Pool, number int64) (int64, error) {
	tag, err := pool.Exec(ctx, "update model.inbox_poison set due = true where not due and ($1::bigint = 0 or number = $1)", number)
	if err != nil {
		return 0, fmt.Errorf("put back what came in: %w", err)
	}
	if _, err := pool.Exec(ctx, "notify "+outbox.Channel); err != nil {
		return 0, fmt.Errorf("tell that something was put back: %w", err)
	}
	return tag.RowsAffected(), nil
}
