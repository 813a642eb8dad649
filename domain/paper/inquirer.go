package paper

import (
	"slices"
	"unicode/utf8"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// AppointInquirer appoints somebody to conduct the inquiry into one objection
// (委派异议调查人). While he is appointed he may read who raised that objection, and no
// other. Who appointed him is the act's own; whom, its Named: his posts of the day.
// From the day for which he is appointed to the same inquiry again, that takes the
// place of the earlier appointment, so that it may end sooner or go on.
type AppointInquirer struct {
	Objection string          `json:"objection"`
	Person    string          `json:"person"`
	From      calendar.Day    `json:"from"`
	To        calendar.Day    `json:"to,omitzero"`     // the last day; none: until further notice
	Number    string          `json:"number,omitzero"` // of the paper (文号)
	Paper     code.Attachment `json:"paper,omitzero"`
}

// SheetInquirerAppointed: the person was to conduct the inquiry.
type SheetInquirerAppointed struct {
	Objection string          `json:"objection"`
	Person    string          `json:"person"`
	Name      string          `json:"name"`
	Post      string          `json:"post,omitzero"`
	From      calendar.Day    `json:"from"`
	To        calendar.Day    `json:"to,omitzero"`
	Number    string          `json:"number,omitzero"`
	Paper     code.Attachment `json:"paper,omitzero"`
}

// VoidInquirer marks an appointment to an inquiry void (更正: 作废). What he read while
// it stood stays in the record.
type VoidInquirer struct {
	Event  string    `json:"event"`
	Reason code.Text `json:"reason"`
}

// FactVoided: the named entry of the paper does not stand, from the moment this was
// recorded, for all days.
type FactVoided VoidInquirer

func (AppointInquirer) isPaperCommand()      {}
func (VoidInquirer) isPaperCommand()         {}
func (SheetInquirerAppointed) isPaperEvent() {}
func (FactVoided) isPaperEvent()             {}

// Inquirer is an appointment to an inquiry as the sheet's facts tell it.
type Inquirer struct {
	Event string // that appointed him
	SheetInquirerAppointed
	By   []act.Person
	Made calendar.Day
	Void bool
	Why  code.Text // it is void
}

// On says whether the appointment is for the day.
func (i Inquirer) On(day calendar.Day) bool { return i.From <= day && (i.To == 0 || day <= i.To) }

// maxNumber bounds a document's number: the longest have some thirty characters.
const maxNumber = 100

// commissioners are those in whose capacity an office orders an inquiry: whoever
// reviews or decides at its level, and its discipline inspectors.
var commissioners = []code.Capacity{code.Inspector, code.CountyDecider, code.TownshipReviewer}

// Commissions refuses whoever cannot order an inquiry into an objection to the
// sheet: only an office of a level above every office concerned, which covers the
// village, can. The error is a *policy.Refusal.
func (s State) Commissions(p act.Person) error {
	concerned := s.Concerned()
	switch {
	case !slices.Contains(commissioners, p.Capacity):
		return policy.Refuse(policy.InquiryNotAbove, "%s不能委派异议调查：由上级机构的审核人、审定人或者纪检监察人员委派", p.Name)
	case !concerned.below(p):
		return policy.Refuse(policy.InquiryNotAbove, "该公示由%s机构经办，异议调查须由其上级机构委派", code.Levels.ZH(string(concerned.Level)))
	}
	return nil
}

func (s State) ordered(a act.Act) error {
	for _, p := range append(slices.Clip(a.DoneBy), a.RecordedBy) {
		if err := s.Commissions(p); err != nil {
			return err
		}
	}
	return nil
}

func (s State) appointInquirer(c AppointInquirer, a act.Act) ([]Event, error) {
	switch {
	case !s.Exists || s.Kind != "notice":
		return refuse(policy.PaperUnknown, "没有这张公示单")
	case !s.Known[c.Objection]:
		return refuse(policy.ObjectionUnknown, "没有这条异议")
	case len(a.Named) == 0:
		return refuse(policy.InquirerUnknown, "被委派人当日没有任职")
	case c.From == 0:
		return refuse(policy.Malformed, "须写明自何日起委派")
	case c.From < a.Happened:
		return refuse(policy.Malformed, "委派不能早于决定委派之日%s", a.Happened.Chinese())
	case c.To != 0 && c.To < c.From:
		return refuse(policy.Malformed, "委派截止日期早于起始日期%s", c.From.Chinese())
	case utf8.RuneCountInString(c.Number) > maxNumber || code.PersonalNumber(c.Number) != "":
		return refuse(policy.Malformed, "文号不应超过%d字，也不应是个人号码", maxNumber)
	}
	if err := s.ordered(a); err != nil {
		return nil, err
	}
	if c.Person == a.RecordedBy.ID || slices.ContainsFunc(a.DoneBy, func(p act.Person) bool { return p.ID == c.Person }) {
		return refuse(policy.InquirerConcerned, "不能委派自己")
	}
	if err := s.impartial(c.Person, a.Named); err != nil {
		return nil, err
	}
	return []Event{SheetInquirerAppointed{Objection: c.Objection, Person: c.Person, Name: a.Named[0].Name, Post: a.Named[0].Post,
		From: c.From, To: c.To, Number: c.Number, Paper: c.Paper}}, nil
}

// impartial refuses whoever is of an office concerned, in any of his posts, or had a
// hand in the sheet himself, whatever his office is now.
func (s State) impartial(person string, posts []act.Person) error {
	concerned := s.Concerned()
	if slices.ContainsFunc(posts, func(p act.Person) bool { return slices.Contains(concerned.Offices, p.Office) }) {
		return policy.Refuse(policy.InquirerConcerned, "被委派人属于经办该公示或异议的机构")
	}
	if slices.ContainsFunc(s.hands, func(h hand) bool { return h.person == person && !s.inquired(h) }) {
		return policy.Refuse(policy.InquirerConcerned, "被委派人经办过该公示或异议")
	}
	return nil
}

func (s State) voidInquirer(c VoidInquirer, a act.Act) ([]Event, error) {
	i := slices.IndexFunc(s.Inquirers, func(i Inquirer) bool { return i.Event == c.Event })
	if i < 0 {
		return refuse(policy.EventUnknown, "这张公示单没有这项异议调查委派")
	}
	if err := policy.Voidable(false, s.Inquirers[i].Void, c.Reason); err != nil {
		return nil, err
	}
	if err := s.ordered(a); err != nil {
		return nil, err
	}
	return []Event{FactVoided(c)}, nil
}

// strike marks the appointment that a void names.
func (s *State) strike(v FactVoided) {
	for i := range s.Inquirers {
		if s.Inquirers[i].Event == v.Event {
			s.Inquirers[i].Void, s.Inquirers[i].Why = true, v.Reason
		}
	}
}

// Appointed is the person's appointment to the inquiry into the objection that
// counts on the day: of those that stand the last made that has begun, or else one
// that is to begin.
func (s State) Appointed(objection, person string, day calendar.Day) (counts Inquirer, ever bool) {
	for _, i := range s.Inquirers {
		if i.Objection == objection && i.Person == person && !i.Void && (!ever || i.From <= day) {
			counts, ever = i, true
		}
	}
	return counts, ever
}
