package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// RightShortfall records that what fell short in the work itself was put right
// (S2.11: 工作、责任、政策落实不到位的整改). It was named where a clue was verified, or
// with an actual fall.
type RightShortfall struct {
	Clue      string    `json:"clue,omitzero"` // none: the actual fall
	Shortfall string    `json:"shortfall"`     // code.Shortfalls
	Done      code.Text `json:"done"`          // what was done about it
	Document  string    `json:"document,omitzero"`
}

// ShortfallRighted: it was put right; until then it is owed.
type ShortfallRighted RightShortfall

func (RightShortfall) isCommand() {}
func (ShortfallRighted) isEvent() {}

// ShortfallState is something in the work that fell short.
type ShortfallState struct {
	Clue      string // none: the actual fall
	Shortfall string // code.Shortfalls
	On        calendar.Day
	Righted   calendar.Day
}

// fellShort takes in what a clue's verification or a fall says of the work; said
// again, it is one.
func (s *State) fellShort(clue string, shortfalls []string, on calendar.Day) {
	for _, cause := range shortfalls {
		if have := s.shortfall(clue, cause); have != nil {
			have.On = min(have.On, on)
			continue
		}
		s.Shortfalls = append(s.Shortfalls, ShortfallState{Clue: clue, Shortfall: cause, On: on})
	}
}

// shortfall returns what is not put right yet, or nil.
func (s *State) shortfall(clue, cause string) *ShortfallState {
	for i := range s.Shortfalls {
		if have := &s.Shortfalls[i]; have.Clue == clue && have.Shortfall == cause && have.Righted == 0 {
			return have
		}
	}
	return nil
}

func (r *ruling) rightShortfall(c RightShortfall) []Event {
	r.known(code.Shortfalls, c.Shortfall, "落实不到位的方面")
	have := r.s.shortfall(c.Clue, c.Shortfall)
	switch {
	case c.Done == "":
		return r.refuse(policy.Malformed, "整改须写明做了什么")
	case have == nil:
		return r.refuse(policy.ShortfallUnknown, "该户没有这项待整改的落实不到位")
	case r.act.Happened < have.On:
		r.fails(policy.OrderDates, "整改早于%s指出", have.On.Chinese())
	}
	return []Event{ShortfallRighted(c)}
}

func (s *State) shortfallRighted(f Fact, e ShortfallRighted) {
	if have := s.shortfall(e.Clue, e.Shortfall); have != nil {
		have.Righted = max(f.Happened(), 1)
	}
}
