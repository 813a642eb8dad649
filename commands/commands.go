// Package commands is how an act enters the record: authorise, look for the
// idempotency key, load, fold, decide, append, and again on a conflict. It has
// no rules of its own; those stand in domain.
package commands

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// Limits of a request.
const (
	// MaxKey bounds an idempotency key: a UUID with a prefix and some room.
	MaxKey = 200
	// MaxDoneBy bounds those named as having done one act.
	MaxDoneBy = 20
	// retries on a conflict without an If-Match: three others may be faster.
	retries = 3
)

// Clock tells the instant. A demonstration log has one of its own.
type Clock func() time.Time

// Attachments says whether an attachment exists.
type Attachments interface {
	Exists(ctx context.Context, hash code.Attachment) (bool, error)
}

// Config is what a Handler needs.
type Config struct {
	Log         eventlog.Log
	Keys        *sealing.Keys
	Directory   *Directory
	Clock       Clock
	Attachments Attachments // nil: references are not checked
	Random      io.Reader   // of salts; nil: crypto/rand
	Figures     Figures     // nil: reports are recorded without what the record counts
}

// Handler enters acts into the record. It is safe for concurrent use.
type Handler struct {
	Config
	states *states
}

// New returns a Handler.
func New(c Config) *Handler {
	if c.Random == nil {
		c.Random = rand.Reader
	}
	return &Handler{Config: c, states: newStates()}
}

// Request is everything about an act except what is done.
type Request struct {
	// Key makes repeating safe: the same key with the same body is the first
	// result, with another body it is refused.
	Key string
	// By is the recording person (录入人); Appointment names one of his
	// appointments if he holds several.
	By, Appointment string
	Channel         string
	// Mode is act.Performed or act.Transcribed; empty is performed.
	Mode act.Mode
	// Happened is the day it happened; none is today. Clock is optional, "15:04".
	Happened calendar.Day
	Clock    string
	// DoneBy are those who did it (经办人); none is the recording person.
	DoneBy []DoneBy
	// IfMatch, when set, is the version the caller saw: another version is
	// refused and not retried.
	IfMatch *eventlog.Version
	// Correlation joins acts that are one over several streams, such as a
	// household split: empty is the act by itself.
	Correlation string

	// For the lines of a paper, which are entered on its authority.
	causation string
	body      string
	public    string       // how somebody is called who has no account; see public.go
	today     calendar.Day // on which the paper was recorded
}

// DoneBy names somebody who did it, and one of his appointments if he held
// several that day.
type DoneBy struct {
	Person      string `json:"person"`
	Appointment string `json:"appointment,omitzero"`
}

// Result is what became of an act.
type Result struct {
	Stream     string
	Version    eventlog.Version
	Position   eventlog.Position
	RecordedAt time.Time
	Events     []string // ids
	Flags      []Flag
	Repeated   bool // the same request had been recorded before
}

// Flag is a guard that was not satisfied by what was recorded.
type Flag struct {
	Rule   policy.Rule `json:"rule"`
	Cite   string      `json:"cite,omitzero"`
	Detail string      `json:"detail"`
}

// StaleError is an IfMatch that no longer matches.
type StaleError struct{ Have, Want eventlog.Version }

func (e *StaleError) Error() string {
	return fmt.Sprintf("the stream is at version %d, not %d", e.Have, e.Want)
}

// Today is the civil day of the handler's clock.
func (h *Handler) Today() calendar.Day { return calendar.Of(h.Clock()) }

// NewID returns the id of a new stream for the request: the same person and key
// always name the same one.
func NewID(by, key string) string { return eventlog.DeriveID("new", by+"\x00"+key, 0).String() }

func (r Request) check() error {
	switch {
	case r.Key == "":
		return policy.Refuse(policy.KeyMissing, "缺少幂等键（Idempotency-Key）")
	case len(r.Key) > MaxKey:
		return policy.Refuse(policy.Malformed, "幂等键不应超过%d个字符", MaxKey)
	case len(r.DoneBy) > MaxDoneBy:
		return policy.Refuse(policy.Malformed, "经办人不应超过%d人", MaxDoneBy)
	}
	if r.Clock != "" {
		if _, err := time.Parse("15:04", r.Clock); err != nil {
			return policy.Refuse(policy.Malformed, "时刻应写作15:04")
		}
	}
	return nil
}
