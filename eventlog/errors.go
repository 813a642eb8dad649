package eventlog

import (
	"errors"
	"fmt"
)

// Errors that callers tell apart.
var (
	ErrConflict       = errors.New("eventlog: the stream is not at the expected version")
	ErrUnknownOutcome = errors.New("eventlog: outcome unknown, safe to repeat")
	ErrInvalid        = errors.New("eventlog: not a valid append")
	ErrClosed         = errors.New("eventlog: the log is closed")
)

// ConflictError is an ErrConflict with the versions.
type ConflictError struct {
	Stream           string
	Expected, Actual Version
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("eventlog: %s is at version %d, not %d", e.Stream, e.Actual, e.Expected)
}

func (e *ConflictError) Is(target error) bool { return target == ErrConflict }
