package web

import (
	"context"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// signal is how a household came to notice: a clue or its own application, with
// what became of it.
type signal struct {
	household.Clue                  // of an application: only its day and what became of it
	form           string           // in which the household applied; "": it is a clue
	name           string           // of whom it told, while there was no household
	department     string           // that warned
	foundBy        household.Finder // of the grid
	content        code.Text
	writer         string         // who wrote the application for the household
	by             string         // who took it up
	checked        household.Fact // what verifying it found
	answers        []household.Fact
}

// signals are the clues and applications of the file, the latest first.
func (d dossier) signals() (all []signal) {
	at := map[string]int{}
	for i := len(d.Clues) - 1; i >= 0; i-- {
		at[d.Clues[i].ID] = len(all)
		all = append(all, signal{Clue: d.Clues[i]})
	}
	for _, f := range d.facts {
		if !d.stands[f.ID] {
			continue
		}
		switch e := f.Event.(type) {
		case household.ClueRecorded:
			if i, ok := at[e.Clue]; ok {
				all[i].name, all[i].department, all[i].foundBy, all[i].content, all[i].by = e.Name, e.Department, e.FoundBy, e.Content, doers(f)
			}
		case household.CluesJoined:
			for _, c := range e.Clues {
				if i, ok := at[household.JoinedID(e.From, c.Clue)]; ok {
					all[i].department, all[i].foundBy, all[i].content, all[i].by = c.Department, c.FoundBy, c.Content, doers(f)
				}
			}
		case household.ApplicationFiled:
			at[e.Application] = len(all)
			all = append(all, signal{Clue: household.Clue{ID: e.Application, On: f.Happened()}, form: e.Form, content: e.Content, writer: e.WrittenBy, by: doers(f)})
		case household.ClueVerified:
			if i, ok := at[e.Clue]; ok {
				all[i].checked = f
			}
		case household.ClueFedBack:
			if i, ok := at[e.Clue]; ok {
				all[i].answers = append(all[i].answers, f)
			}
		default: // is about none
		}
	}
	return all
}

// finding is what verifying the clue found, and why.
func (s signal) finding() household.ClueVerified {
	e, _ := s.checked.Event.(household.ClueVerified) // none, where it was found elsewhere
	return e
}

// answered is who was told what.
func answered(f household.Fact) household.ClueFedBack {
	e, _ := f.Event.(household.ClueFedBack) // it is nothing else
	return e
}

// unanswered says whether somebody is still to be told what became of it.
func (d dossier) unanswered(s signal) bool {
	if s.form != "" {
		return d.Untold(household.Applicant{ID: s.ID, On: s.On, Form: s.form, FedBack: len(s.answers) > 0}) != 0
	}
	return d.FeedbackDue(s.Clue)
}

// sentTo are the names of the offices that clues were sent to.
func (s *site) sentTo(clues []household.Clue) map[string]string {
	names := map[string]string{}
	for _, c := range clues {
		if c.Office != "" {
			names[c.Office] = s.officeName(c.Office, c.On, c.Office)
		}
	}
	return names
}

// toldTo is whom an answer was given to: a department, or somebody whose name is
// for whoever sees names.
func (d dossier) toldTo(ctx context.Context, to code.Text) string {
	if _, is := code.Departments.Find(string(to)); is {
		return term(ctx, code.Departments, to)
	}
	return d.said(to)
}

// period is a length of time as people say it.
func period(ctx context.Context, p calendar.Period) string {
	switch {
	case p.Days == 0:
		return ""
	case p.Count == calendar.Working:
		return say(ctx, p.Chinese(), count(p.Days)+" working days")
	}
	return say(ctx, p.Chinese(), count(p.Days)+" days")
}
