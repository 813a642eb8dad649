package paper

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Concerned are the offices that an objection to a sheet concerns: those whose
// people put the sheet up, took the objection in, inquired into it, answered it,
// struck a line or took the sheet down, and those who typed any of it. Whoever
// sent the objection himself, without an office, concerns none. Nor does whoever
// orders an inquiry, or conducts one that he was appointed to.
type Concerned struct {
	Offices []string   // ids, each once
	Level   code.Level // of the highest of them; the village's, whose notice it is, at least
}

// hand is somebody who had a hand in a sheet: he did it or typed it.
type hand struct {
	person, office string
	level          code.Level
	on             calendar.Day
	inquiry        string // the objection that he inquired into; "" where he did something else
}

// handled notes who did and who typed a fact.
func (s *State) handled(f Fact, inquiry string) {
	for _, p := range append(slices.Clip(f.Act.DoneBy), f.Act.RecordedBy) {
		if p.ID != "" && p.ID != act.Public {
			s.hands = append(s.hands, hand{p.ID, p.Office, p.Level, f.Act.Happened, inquiry})
		}
	}
}

// inquired says whether the hand was his who conducted an inquiry that he was
// appointed to.
func (s State) inquired(h hand) bool {
	i, ever := s.Appointed(h.inquiry, h.person, h.on)
	return h.inquiry != "" && ever && i.On(h.on)
}

// Concerned returns the offices that the facts of a sheet concern.
func (s State) Concerned() Concerned {
	c := Concerned{Level: code.Village}
	for _, h := range s.hands {
		if h.office == "" || s.inquired(h) {
			continue
		}
		if !slices.Contains(c.Offices, h.office) {
			c.Offices = append(c.Offices, h.office)
		}
		if h.level.AtLeast(c.Level) {
			c.Level = h.level
		}
	}
	return c
}

// below says whether the person's office is of a level above every office concerned
// and covers the village.
func (c Concerned) below(p act.Person) bool {
	return p.Covers && !slices.Contains(c.Offices, p.Office) && !c.Level.AtLeast(p.Level) && p.Level.AtLeast(c.Level)
}

// Reader is who asks who raised an objection: in the post in which he works, with
// all that he holds on the day.
type Reader struct {
	act.Person
	Posts []act.Person
	Today calendar.Day
}

// Objector returns the objection as it was raised, sealed as it stands in the
// record, if the person may read who raised it: a discipline inspector (纪检监察)
// of a level above every office concerned, whose office covers the village, or
// whoever is appointed that day to conduct the inquiry into this one objection and
// is of none of these offices; then appointment is the entry that appointed him. The
// offices concerned cannot, at whatever level, nor can their inspectors of the
// same level. The error is a *policy.Refusal.
func Objector(facts []Fact, objection string, reader Reader) (objected SheetObjected, appointment string, err error) {
	if len(facts) == 0 {
		return SheetObjected{}, "", policy.Refuse(policy.ObjectionUnknown, "没有这条异议")
	}
	if appointment, err = Fold("", facts).unseals(objection, reader); err != nil {
		return SheetObjected{}, "", err
	}
	for _, f := range facts {
		if o, is := f.Event.(SheetObjected); is && o.Objection == objection {
			if o.Objector == "" && o.Contact == "" {
				return SheetObjected{}, "", policy.Refuse(policy.ObjectorUnnamed, "异议人没有留下姓名和联系方式")
			}
			return o, appointment, nil
		}
	}
	return SheetObjected{}, "", policy.Refuse(policy.ObjectionUnknown, "没有这条异议")
}

// unseals says by what the reader may know who objected: "" is his own post.
func (s State) unseals(objection string, r Reader) (appointment string, err error) {
	concerned := s.Concerned()
	if r.Capacity == code.Inspector && concerned.below(r.Person) {
		return "", nil
	}
	i, ever := s.Appointed(objection, r.ID, r.Today)
	switch {
	case ever && i.On(r.Today):
		if s.impartial(r.ID, r.Posts) != nil {
			return "", policy.Refuse(policy.ObjectorSealed, "您或者您所在机构经办过该公示或异议，不能查看异议人的身份")
		}
		return i.Event, nil
	case ever && r.Today < i.From:
		return "", policy.Refuse(policy.ObjectorSealed, "对您的异议调查委派自%s起，此前不能查看异议人的身份", i.From.Chinese())
	case ever:
		return "", policy.Refuse(policy.ObjectorSealed, "对您的异议调查委派已于%s止，不能再查看异议人的身份", i.To.Chinese())
	case r.Capacity != code.Inspector:
		return "", policy.Refuse(policy.ObjectorSealed, "异议人的身份只供上级纪检监察机构和受委派调查该异议的人查看")
	case !r.Covers:
		return "", policy.Refuse(policy.ObjectorSealed, "您所在机构不管辖该地，不能查看异议人的身份")
	}
	return "", policy.Refuse(policy.ObjectorSealed, "该公示由%s机构经办，异议人的身份只供其上级纪检监察机构和受委派的调查人查看", code.Levels.ZH(string(concerned.Level)))
}
