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

// The tries of a message before it is either poisoned or waits for its
// destination to be back: about three seconds in all.
const (
	retries    = 5
	firstRetry = 100 * time.Millisecond
	lastRetry  = 2 * time.Second
)

// middlewares are what every handler stands behind: the first is the outermost.
func middlewares(poison message.Publisher) ([]message.HandlerMiddleware, error) {
	queue, err := middleware.PoisonQueueWithFilter(poison, "poison", poisons)
	if err != nil {
		return nil, err
	}
	retry := middleware.Retry{
		MaxRetries: retries, InitialInterval: firstRetry, MaxInterval: lastRetry, Multiplier: 2, RandomizationFactor: 0.2,
		ResetContextOnRetry: true,
		ShouldRetry: func(p middleware.RetryParams) bool {
			var refused *RefusedError
			return !errors.As(p.Err, &refused) || !refused.Final
		},
	}
	return []message.HandlerMiddleware{queue, retry.Middleware, middleware.Recoverer}, nil
}
