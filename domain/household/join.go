package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// MaxJoined bounds the clues that one file hands over: a 待确认 file has one, or a
// few that tell the same.
const MaxJoined = 50

// JoinClues takes the clues of a 待确认 file over into the household that they turned
// out to be about. The file they came in says so too (UnconfirmedLinked), and
// both keep their history.
type JoinClues struct {
	From  string       `json:"from"` // id of the file they came in
	Clues []JoinedClue `json:"clues"`
}

// JoinedClue is a clue as it stood when it was taken over.
type JoinedClue struct {
	Clue       string       `json:"clue"`
	On         calendar.Day `json:"on"` // on which it came in
	Channel    code.Channel `json:"channel"`
	Via        string       `json:"via,omitzero"`
	Department string       `json:"department,omitzero"`
	FoundBy    Finder       `json:"found_by,omitzero"`
	Content    code.Text    `json:"content"`
	Result     string       `json:"result,omitzero"`
	Verified   calendar.Day `json:"verified,omitzero"`
	FedBack    bool         `json:"fed_back,omitzero"`
	// Within is how soon it was to be verified, from the day on which it came in.
	Within calendar.Period `json:"within,omitzero"`
}

// CluesJoined: clues that came in elsewhere are this household's.
type CluesJoined JoinClues

func (JoinClues) isCommand() {}
func (CluesJoined) isEvent() {}

// CluesOf composes what a 待确认 file hands over when it is linked: its clues as
// they stand.
func CluesOf(id string, facts []Fact) JoinClues {
	join := JoinClues{From: id}
	state := Fold(id, facts, Times{})
	for _, f := range Standing(facts, Times{}) {
		e, ok := f.Event.(ClueRecorded)
		if !ok {
			continue
		}
		c := state.clue(e.Clue)
		join.Clues = append(join.Clues, JoinedClue{Clue: e.Clue, On: f.Happened(), Channel: e.Channel, Via: e.Via, Department: e.Department,
			FoundBy: e.FoundBy, Content: e.Content, Result: c.Result, Verified: c.Verified, FedBack: c.FedBack, Within: e.Within})
	}
	return join
}

func (r *ruling) joinClues(c JoinClues) []Event {
	switch {
	case c.From == "" || c.From == r.s.ID:
		return r.refuse(policy.HouseholdUnknown, "未写明线索来自哪一份档案")
	case len(c.Clues) == 0 || len(c.Clues) > MaxJoined:
		return r.refuse(policy.Malformed, "并入的线索应为1至%d条", MaxJoined)
	}
	for _, j := range c.Clues {
		r.known(code.Channels, string(j.Channel), "发现渠道")
		if j.Clue == "" || j.On > r.act.Happened {
			return r.refuse(policy.Malformed, "并入的线索须有编号和收到日期")
		}
		if s := r.s.clue(JoinedID(c.From, j.Clue)); s != nil {
			return r.refuse(policy.Malformed, "这份档案的线索已经并入")
		}
	}
	return []Event{CluesJoined(c)}
}

// JoinedID tells a clue that came from elsewhere from those of the file's own.
func JoinedID(from, clue string) string { return clue + "@" + from }

func (s *State) cluesJoined(e CluesJoined) {
	for _, j := range e.Clues {
		s.Clues = append(s.Clues, Clue{ID: JoinedID(e.From, j.Clue), On: j.On, Channel: j.Channel, Via: j.Via, Finder: j.FoundBy.As,
			Result: j.Result, Verified: j.Verified, FedBack: j.FedBack, From: e.From, Within: j.Within})
	}
}

// linked: from now on the clues are the other household's to answer.
func (s *State) linked(f Fact, e UnconfirmedLinked) {
	s.Closed = f.Happened()
	for i := range s.Clues {
		s.Clues[i].JoinedTo = e.Household
	}
}
