// Package act says who did something, when it happened, how it came into the
// record and under which rules: the part that every event has in common.
package act

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Mode tells an act performed in the system from one that already happened on
// paper and is transcribed (补录). Guards may block the first; they only flag
// the second, because what happened must be recordable.
type Mode string

const (
	Performed   Mode = "performed"
	Transcribed Mode = "transcribed"
)

// Person is somebody who acts, with post, office and region as of the day on
// which it happened (经办人), or the account that typed it (录入人).
type Person struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	Appointment string        `json:"appointment,omitzero"` // "" if he held none that day
	Capacity    code.Capacity `json:"capacity,omitzero"`
	Post        string        `json:"post,omitzero"`
	Office      string        `json:"office,omitzero"` // id of the office
	Region      string        `json:"region,omitzero"` // code of the office's region
	Level       code.Level    `json:"level,omitzero"`
	// Covers says whether his office's region contained the household's on
	// that day, by the tree of regions of that day.
	Covers bool `json:"covers,omitzero"`
	// Kin is how he is related to a member of the household, as declared for that
	// day (近亲属备案, code.KinRelations); "" where nothing was declared.
	Kin string `json:"kin,omitzero"`
}

// Public is the id of whoever did something without being anybody's account: a
// household that applies by its village's code, somebody who objects to what
// hangs on the wall. No appointment may be made out to it.
const Public = "public"

// Pack names the procedure pack in force when the act happened.
type Pack struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

// Act is everything about an act except what was done.
type Act struct {
	// Happened is the civil day in Beijing on which it happened (发生日期),
	// Clock an optional time of that day, "15:04".
	Happened calendar.Day `json:"happened"`
	Clock    string       `json:"clock,omitzero"`
	// DoneBy are those who did it (经办人); separation of duties looks at them.
	DoneBy []Person `json:"done_by"`
	// RecordedBy is who typed it (录入人).
	RecordedBy Person `json:"recorded_by"`
	Mode       Mode   `json:"mode"`
	Channel    string `json:"channel"` // api, cli, demonstration, …
	Pack       Pack   `json:"pack,omitzero"`
	// Key is the idempotency key of the request, Body the SHA-256 of its body:
	// the same key with another body is refused.
	Key  string `json:"key"`
	Body string `json:"body"`
	// Correlation joins the events of one request over several streams,
	// Causation names the event that this one follows from.
	Correlation string `json:"correlation,omitzero"`
	Causation   string `json:"causation,omitzero"`
	// Salt makes the stored bytes unguessable, so that a proof may commit to
	// them: 16 random bytes in hexadecimal.
	Salt string `json:"salt"`

	// Today is the day on which it is recorded; it is not stored, since the
	// record keeps the instant itself.
	Today calendar.Day `json:"-"`
	// Named are the persons whom the act names without their having done it
	// (officers, those who sat in a meeting), as of the day. They are not stored:
	// what was found about them stands in the act's flags.
	Named []Person `json:"-"`
	// Demonstration says that the log is one of invented persons; its clock is
	// in the log's first record.
	Demonstration bool `json:"-"`
}

// Generated says whether it was made with a demonstration county, whose files are
// as they are, and not entered by anybody since. In a real log nothing is.
func (a Act) Generated() bool { return a.Demonstration && a.Channel == GeneratedChannel }

// GeneratedChannel is the channel of the acts that come with a demonstration county.
const GeneratedChannel = "demonstration"

// HasCapacity says whether one of those who did it acted in one of the
// capacities, at the level, for a region that covers the household.
func (a Act) HasCapacity(level code.Level, capacities []code.Capacity) bool {
	for _, p := range a.DoneBy {
		if p.Covers && (level == "" || p.Level == level) {
			for _, c := range capacities {
				if p.Capacity == c {
					return true
				}
			}
		}
	}
	return false
}
