package messages

import (
	"errors"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
)

// RefusedError is a message that the other side has answered and not taken.
type RefusedError struct {
	Err error
	// Final: it will never be taken as it is; there is no use in trying again.
	Final bool
}

func (e *RefusedError) Error() string { return e.Err.Error() }

func (e *RefusedError) Unwrap() error { return e.Err }

// Refuse says that a message will never be taken as it is.
func Refuse(err error) error { return &RefusedError{Err: err, Final: true} }

// poisons says whether an error is about the message and not about the way to
// its destination.
func poisons(err error) bool {
	var refused *RefusedError
	var panicked middleware.RecoveredPanicError
	return errors.As(err, &refused) || errors.As(err, &panicked)
}

// patience is how long is waited between tries.
type patience struct {
	// first to last are the pauses between the tries of one message, retries of
	// them, before it is poisoned or waits for its destination to be back.
	first, last time.Duration
	// away to longAway are the pauses while a destination is away.
	away, longAway time.Duration
}

const retries = 5

// usual patience: a message is tried for three seconds, a destination that is
// back after hours gets its messages within a quarter of a minute.
var usual = patience{first: 100 * time.Millisecond, last: 2 * time.Second, away: 200 * time.Millisecond, longAway: 15 * time.Second}

// middlewares are what every handler stands behind: the first is the outermost.
func middlewares(poison message.Publisher, p patience) ([]message.HandlerMiddleware, error) {
	queue, err := middleware.PoisonQueueWithFilter(poison, "poison", poisons)
	if err != nil {
		return nil, err
	}
	retry := middleware.Retry{
		MaxRetries: retries, InitialInterval: p.first, MaxInterval: p.last, Multiplier: 2, RandomizationFactor: 0.2,
		ResetContextOnRetry: true,
		ShouldRetry: func(p middleware.RetryParams) bool {
			var refused *RefusedError
			return !errors.As(p.Err, &refused) || !refused.Final
		},
	}
	return []message.HandlerMiddleware{queue, retry.Middleware, middleware.Recoverer}, nil
}
