package paper

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// official is somebody in a post of an office that covers the village.
func official(id, office string, level code.Level, capacity code.Capacity) act.Person {
	return act.Person{ID: id, Name: "某" + id, Office: office, Level: level, Capacity: capacity, Post: "干部", Covers: true}
}

var (
	clerk       = official("clerk", "v", code.Village, code.VillageCadre)
	reviewer    = official("reviewer", "t", code.Township, code.TownshipReviewer)
	decider     = official("decider", "c", code.County, code.CountyDecider)
	discipline  = official("discipline", "ccdi", code.County, code.Inspector)
	appointee   = official("appointee", "audit", code.County, code.Auditor)
	anybodyElse = act.Person{ID: act.Public, Name: "群众（公示异议）", Covers: true}
)

// actBy is an act by some, typed by the last of them.
func actBy(day string, people ...act.Person) act.Act {
	a := actOn(act.Performed, day, day)
	a.DoneBy, a.RecordedBy = people, people[len(people)-1]
	return a
}

// naming is the act with the posts of whom it names.
func naming(a act.Act, posts ...act.Person) act.Act {
	a.Named = posts
	return a
}

// did is a fact of the sheet.
func did(id string, e Event, a act.Act) Fact { return Fact{ID: id, Event: e, Act: a} }

// answeredSheet: the village posted it, somebody objected twice, the township answered.
func answeredSheet() []Fact {
	objected := SheetObjected{Objection: "o1", Household: "h2", Content: "有车", Objector: "k1.sealed"}
	second := objected
	second.Objection, second.Objector = "o2", "k1.other"
	return []Fact{did("e1", SheetPosted(sheet()), actBy("2023-04-10", clerk)), did("e2", objected, actBy("2023-04-11", anybodyElse)), did("e3", second, actBy("2023-04-11", anybodyElse)),
		did("e4", SheetObjectionAnswered{Objection: "o2", Household: "h2", Findings: "x"}, actBy("2023-04-12", reviewer))}
}

func appointment(from, to string) AppointInquirer {
	c := AppointInquirer{Objection: "o1", Person: "appointee", From: calendar.MustDay(from), Number: "守纪〔2023〕7号"}
	if to != "" {
		c.To = calendar.MustDay(to)
	}
	return c
}

func TestAnInquirerIsAppointedFromAbove(t *testing.T) {
	t.Parallel()
	facts, c := answeredSheet(), appointment("2023-04-13", "2023-04-30")
	appointed := SheetInquirerAppointed{Objection: "o1", Person: "appointee", Name: "某appointee", Post: "干部", From: c.From, To: c.To, Number: c.Number}
	for name, by := range map[string]act.Person{"the county's discipline inspector": discipline, "who decides for the county": decider} {
		if got := given(t, facts...).whenAct(naming(actBy("2023-04-13", by), appointee), c).then(appointed); lines(t, got) != nil {
			t.Errorf("%s: it stands in a household's file", name)
		}
	}
	// The village's own sheet, that nobody else touched: the township is above it.
	given(t, facts[:2]...).whenAct(naming(actBy("2023-04-13", reviewer), appointee), c).then(appointed)

	elsewhere, low, high := discipline, official("tcdi", "tcdi", code.Township, code.Inspector), official("pcdi", "pcdi", code.Prefecture, code.Inspector)
	elsewhere.Covers = false
	village := official("other", "v", code.Village, code.GridWorker)
	byCounty := append(answeredSheet(), did("e5", SheetLineStruck{Household: "h2", Reason: "x"}, actBy("2023-04-12", decider)))
	typedThere := naming(actBy("2023-04-13", discipline, clerk), appointee)
	for name, c := range map[string]struct {
		facts []Fact
		act   act.Act
		c     AppointInquirer
		rule  policy.Rule
	}{
		"by the township, which answered":      {facts, naming(actBy("2023-04-13", reviewer), appointee), c, policy.InquiryNotAbove},
		"by the township's inspector":          {facts, naming(actBy("2023-04-13", low), appointee), c, policy.InquiryNotAbove},
		"by the village":                       {facts, naming(actBy("2023-04-13", clerk), appointee), c, policy.InquiryNotAbove},
		"by another county":                    {facts, naming(actBy("2023-04-13", elsewhere, discipline), appointee), c, policy.InquiryNotAbove},
		"typed in another county":              {facts, naming(actBy("2023-04-13", discipline, elsewhere), appointee), c, policy.RecorderOutside},
		"by the county of what it did itself":  {byCounty, naming(actBy("2023-04-13", discipline), appointee), c, policy.InquiryNotAbove},
		"by a county officer who only deals":   {facts, naming(actBy("2023-04-13", official("x", "c", code.County, code.CountyOfficer)), appointee), c, policy.InquiryNotAbove},
		"by an auditor":                        {facts, naming(actBy("2023-04-13", official("x", "a", code.County, code.Auditor)), appointee), c, policy.InquiryNotAbove},
		"from above, typed by the village":     {facts, typedThere, c, policy.InquiryNotAbove},
		"somebody of the village":              {facts, naming(actBy("2023-04-13", discipline), village), c, policy.InquirerConcerned},
		"somebody of the village in one post":  {facts, naming(actBy("2023-04-13", discipline), appointee, village), c, policy.InquirerConcerned},
		"the clerk, who is elsewhere now":      {facts, naming(actBy("2023-04-13", discipline), appointee), AppointInquirer{Objection: "o1", Person: "clerk", From: c.From}, policy.InquirerConcerned},
		"himself":                              {facts, naming(actBy("2023-04-13", discipline), discipline), AppointInquirer{Objection: "o1", Person: "discipline", From: c.From}, policy.InquirerConcerned},
		"somebody without a post":              {facts, actBy("2023-04-13", discipline), c, policy.InquirerUnknown},
		"to no objection":                      {facts, naming(actBy("2023-04-13", discipline), appointee), AppointInquirer{Objection: "o9", Person: "appointee", From: c.From}, policy.ObjectionUnknown},
		"on no sheet":                          {nil, naming(actBy("2023-04-13", discipline), appointee), c, policy.PaperUnknown},
		"from no day":                          {facts, naming(actBy("2023-04-13", discipline), appointee), AppointInquirer{Objection: "o1", Person: "appointee"}, policy.Malformed},
		"from before it was ordered":           {facts, naming(actBy("2023-04-13", discipline), appointee), appointment("2023-04-12", ""), policy.Malformed},
		"to an end before its beginning":       {facts, naming(actBy("2023-04-13", discipline), appointee), appointment("2023-04-14", "2023-04-13"), policy.Malformed},
		"by a number that is somebody's phone": {facts, naming(actBy("2023-04-13", discipline), appointee), AppointInquirer{Objection: "o1", Person: "appointee", From: c.From, Number: "13900000001"}, policy.Malformed},
		"by an endless number":                 {facts, naming(actBy("2023-04-13", discipline), appointee), AppointInquirer{Objection: "o1", Person: "appointee", From: c.From, Number: string(make([]rune, 101))}, policy.Malformed},
	} {
		t.Run(name, func(t *testing.T) { given(t, c.facts...).whenAct(c.act, c.c).refused(c.rule) })
	}
	given(t, byCounty...).whenAct(naming(actBy("2023-04-13", high), appointee), c).then(appointed)
}

// Whoever is appointed to one inquiry reads who raised that one objection, from the
// first day to the last, as long as he is of none of the offices concerned.
func TestAnInquirerReadsOneObjector(t *testing.T) {
	t.Parallel()
	inquirer := func(facts []Fact, id string, c AppointInquirer, day string) []Fact {
		got := given(t, facts...).whenAct(naming(actBy(day, discipline), appointee), c).then(SheetInquirerAppointed{Objection: c.Objection, Person: c.Person, Name: "某appointee", Post: "干部", From: c.From, To: c.To, Number: c.Number})
		got[len(got)-1].ID = id
		return got
	}
	facts := inquirer(answeredSheet(), "a1", appointment("2023-04-13", "2023-04-20"), "2023-04-13")
	inquiry := SheetObjectionInvestigated{Objection: "o1", Household: "h2", Findings: "x"}
	byHim := append(facts[:5:5], did("e6", inquiry, actBy("2023-04-14", appointee)))
	longer := inquirer(byHim, "a2", appointment("2023-04-21", ""), "2023-04-18")
	shorter := inquirer(facts, "a2", appointment("2023-04-15", "2023-04-15"), "2023-04-15")
	void := func(facts []Fact, event string) []Fact {
		v := VoidInquirer{Event: event, Reason: "委派有误"}
		return given(t, facts...).whenAct(actBy("2023-04-15", discipline), v).then(FactVoided(v))
	}
	colleague, moved := official("colleague", "audit", code.County, code.Auditor), official("appointee", "t", code.Township, code.TownshipCadre)
	second := official("appointee", "v", code.Village, code.PairedCadre)
	outside := appointee
	outside.Covers = false
	for name, c := range map[string]struct {
		facts     []Fact
		objection string
		who       Reader
		day       string
		by        string // the appointment he reads it by; "": he does not
	}{
		"the appointee":   {facts, "o1", Reader{Person: appointee}, "2023-04-13", "a1"},
		"on the last day": {facts, "o1", Reader{Person: appointee}, "2023-04-20", "a1"},
		"from an office that covers nothing here": {facts, "o1", Reader{Person: outside}, "2023-04-20", "a1"},
		"the day before":                              {facts, "o1", Reader{Person: appointee}, "2023-04-12", ""},
		"after the end":                               {facts, "o1", Reader{Person: appointee}, "2023-04-21", ""},
		"another objection":                           {facts, "o2", Reader{Person: appointee}, "2023-04-13", ""},
		"no objection":                                {facts, "o9", Reader{Person: appointee}, "2023-04-13", ""},
		"a colleague of his":                          {facts, "o1", Reader{Person: colleague}, "2023-04-13", ""},
		"in another post, of the township by now":     {facts, "o1", Reader{Person: moved}, "2023-04-13", ""},
		"with a second post, of the village":          {facts, "o1", Reader{Person: appointee, Posts: []act.Person{appointee, second}}, "2023-04-13", ""},
		"after he inquired":                           {byHim, "o1", Reader{Person: appointee}, "2023-04-20", "a1"},
		"a colleague inquired, without appointment":   {append(facts[:5:5], did("e6", inquiry, actBy("2023-04-14", colleague))), "o1", Reader{Person: appointee}, "2023-04-14", ""},
		"he typed the answer himself":                 {append(facts[:5:5], did("e6", SheetObjectionAnswered{Objection: "o1", Household: "h2", Findings: "x"}, actBy("2023-04-14", appointee))), "o1", Reader{Person: appointee}, "2023-04-14", ""},
		"he had inquired before he was appointed":     {append(facts[:5:5], did("e6", inquiry, actBy("2023-04-12", appointee))), "o1", Reader{Person: appointee}, "2023-04-14", ""},
		"it is to be prolonged":                       {longer, "o1", Reader{Person: appointee}, "2023-04-20", "a1"},
		"it was prolonged":                            {longer, "o1", Reader{Person: appointee}, "2023-05-20", "a2"},
		"it was cut short":                            {shorter, "o1", Reader{Person: appointee}, "2023-04-16", ""},
		"it is void":                                  {void(facts, "a1"), "o1", Reader{Person: appointee}, "2023-04-16", ""},
		"its cutting short is void":                   {void(shorter, "a2"), "o1", Reader{Person: appointee}, "2023-04-16", "a1"},
		"the county's inspector, who appointed him":   {facts, "o1", Reader{Person: discipline}, "2023-04-16", "-"},
		"the county's inspector, after the inquiry":   {byHim, "o1", Reader{Person: discipline}, "2023-04-16", "-"},
		"the inspector, when the appointment is void": {void(byHim, "a1"), "o1", Reader{Person: discipline}, "2023-04-16", ""},
		"the county decider, who might have":          {facts, "o1", Reader{Person: decider}, "2023-04-16", ""},
		"the township":                                {facts, "o1", Reader{Person: reviewer}, "2023-04-16", ""},
		"the village":                                 {facts, "o1", Reader{Person: clerk}, "2023-04-16", ""},
		"an administrator, who has no post":           {facts, "o1", Reader{Person: act.Person{ID: "system"}}, "2023-04-16", ""},
	} {
		c.who.Today = calendar.MustDay(c.day)
		if c.who.Posts == nil {
			c.who.Posts = []act.Person{c.who.Person}
		}
		got, by, err := Objector(c.facts, c.objection, c.who)
		var refusal *policy.Refusal
		switch {
		case c.by == "" && (!errors.As(err, &refusal) || refusal.Rule != policy.ObjectorSealed || refusal.Reason == "" || got != SheetObjected{} || by != ""):
			t.Errorf("%s: %+v by %q, %v", name, got, by, err)
		case c.by != "" && (err != nil || got.Objector != "k1.sealed" || by != c.by && c.by != "-" || by != "" && c.by == "-"):
			t.Errorf("%s: %+v by %q, %v", name, got, by, err)
		}
	}
	// Neither who ordered the inquiry nor who conducts it is an office concerned.
	if diff := cmp.Diff(Concerned{Offices: []string{"v", "t"}, Level: code.Township}, Fold("", longer).Concerned()); diff != "" {
		t.Error(diff)
	}
	given(t, facts...).whenAct(actBy("2023-04-15", discipline), VoidInquirer{Event: "e4", Reason: "x"}).refused(policy.EventUnknown)
	given(t, facts...).whenAct(actBy("2023-04-15", discipline), VoidInquirer{Event: "a1"}).refused(policy.Malformed)
	given(t, void(facts, "a1")...).whenAct(actBy("2023-04-15", discipline), VoidInquirer{Event: "a1", Reason: "x"}).refused(policy.EventVoided)
	given(t, facts...).whenAct(actBy("2023-04-15", reviewer), VoidInquirer{Event: "a1", Reason: "x"}).refused(policy.InquiryNotAbove)
	given(t, facts...).whenAct(actBy("2023-04-15", appointee), VoidInquirer{Event: "a1", Reason: "x"}).refused(policy.InquiryNotAbove)
}
