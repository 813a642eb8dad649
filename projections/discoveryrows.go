package projections

import (
	"fmt"
	"slices"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// head is the name the household goes by.
func (s *found) head() string {
	for _, m := range s.Members {
		if m.ID == s.Head {
			return m.Name
		}
	}
	return s.clueName
}

// place orders rows by day and tells those of one day apart.
func (s *found) place(on calendar.Day, n int) string { return fmt.Sprintf("%s %s %04d", on, s.ID, n) }

func (s *found) clueRows(w *Rows) {
	for i, c := range s.Clues {
		w.Row()
		w.Text(s.place(c.On, i))
		w.Text("clue")
		s.household(w)
		w.Text(c.ID)
		w.Text(string(c.Channel))
		w.Text(c.Via)
		w.Text(s.came[c.ID].department)
		w.Text(s.came[c.ID].office)
		w.Day(c.On)
		w.Text(c.Office)
		w.Day(c.Due)
		w.Day(c.Verified)
		w.Text(c.Result)
		w.Text(c.Same)
		w.Text(c.JoinedTo)
		w.Bool(s.FeedbackDue(c))
		w.Bool(c.FedBack)
	}
	for i, a := range s.applied {
		w.Row()
		w.Text(s.place(a.on, len(s.Clues)+i))
		w.Text("application")
		s.household(w)
		w.Text(a.id)
		w.Text(string(code.SelfApplication))
		w.Text(a.form)
		w.Text("")
		w.Text(a.office)
		w.Day(a.on)
		w.Text("")
		w.Null()
		w.Null()
		w.Text("")
		w.Text("")
		w.Text("")
		told := s.applicant(a.id)
		w.Bool(told != nil && s.Untold(*told) != 0)
		w.Bool(told != nil && told.FedBack)
	}
}

// applicant is whoever filed an application.
func (s *found) applicant(id string) *household.Applicant {
	for i := range s.Applicants {
		if s.Applicants[i].ID == id {
			return &s.Applicants[i]
		}
	}
	return nil
}

func (s *found) household(w *Rows) {
	w.Text(s.Region)
	w.Text(s.FileNo)
	w.Text(s.head())
}

func (s *found) visitRows(w *Rows) {
	for i, v := range s.visits {
		w.Row()
		w.Text(s.place(v.on, i))
		s.household(w)
		w.Text(v.id)
		w.Text(v.kind)
		w.Day(v.on)
		w.Text(v.by)
		w.Texts(v.groups)
	}
}

// groupRows: a household that is closed, or is none yet, is on no list.
func (s *found) groupRows(w *Rows) {
	if s.Closed != 0 || s.Unconfirmed || s.FileNo == "" {
		return
	}
	for i, g := range s.belonging() {
		w.Row()
		w.Text(s.place(g.On, i))
		s.household(w)
		w.Text(g.Group)
		w.Day(g.On)
		w.Day(s.LastVisit)
	}
}

// belonging are the groups of the state, and those that the health of members who
// are there leads to, each once, in the order of the list.
func (s *found) belonging() []household.GroupState {
	groups := s.Belonging()
	over := map[string]calendar.Day{} // recorded as not belonging, from that day
	for _, g := range s.Groups {
		if !g.Belongs {
			over[g.Group] = g.On
		}
	}
	for _, m := range s.Members {
		h, ok := s.health[m.ID]
		if !ok || m.Left != 0 {
			continue
		}
		for _, group := range h.groups {
			at := slices.IndexFunc(groups, func(g household.GroupState) bool { return g.Group == group })
			switch {
			case at >= 0:
				groups[at].On = min(groups[at].On, h.on)
			case over[group] < h.on:
				groups = append(groups, household.GroupState{Group: group, Belongs: true, On: h.on})
			}
		}
	}
	slices.SortFunc(groups, func(a, b household.GroupState) int { return strings.Compare(a.Group, b.Group) })
	return groups
}
