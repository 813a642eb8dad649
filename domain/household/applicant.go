package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Applicant is an application as the state keeps it: whoever applied and was not
// included is told so, with the reason.
type Applicant struct {
	ID      string
	On      calendar.Day
	Form    string // code.ApplicationForms
	FedBack bool
}

func (s *State) applied(f Fact, e ApplicationFiled) {
	s.Applicants = append(s.Applicants, Applicant{ID: e.Application, On: f.Happened(), Form: e.Form})
}

func (s *State) applicant(id string) *Applicant {
	for i := range s.Applicants {
		if s.Applicants[i].ID == id {
			return &s.Applicants[i]
		}
	}
	return nil
}

// Untold returns the day on which the case that an application began was refused
// or ended, while the applicant is still to be told of it; none where he was, or
// where a clue of the same case has told that he applies: then its sender is.
func (s *State) Untold(a Applicant) (refused calendar.Day) {
	if a.FedBack {
		return 0
	}
	var ended calendar.Day
	for i := range s.Episodes {
		e := &s.Episodes[i]
		if e.Included == 0 && e.Rejected != 0 && a.On > ended && a.On <= e.Rejected && !s.selfReported(ended, e.Rejected) {
			return e.Rejected
		}
		ended = max(ended, e.Eliminated, e.Rejected, e.Revoked)
	}
	return 0
}

// selfReported says whether a clue of those days told that the household applies.
func (s *State) selfReported(after, by calendar.Day) bool {
	for _, c := range s.Clues {
		if c.Channel == code.SelfApplication && c.On > after && c.On <= by {
			return true
		}
	}
	return false
}
