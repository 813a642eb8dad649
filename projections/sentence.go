package projections

import (
	"fmt"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// teller puts the facts of one household into Chinese sentences, in the words
// of the procedure. It learns the members' names as the file goes on.
type teller struct {
	names    map[string]string // member id → name
	called   []string          // every name that a member ever had, void entries' too
	measures map[string]string // measure id → content
	hits     map[string]string // hit id → kind
	papers   map[string]string // paper id → what it is called
	office   func(id string, on calendar.Day) string
}

func newTeller(office func(id string, on calendar.Day) string) *teller {
	return &teller{names: map[string]string{}, measures: map[string]string{}, hits: map[string]string{}, papers: map[string]string{}, office: office}
}

// officeOf names an office as it was called when the fact happened, or by its id.
func (t *teller) officeOf(f household.Fact, id string) string {
	if name := t.office(id, f.Happened()); name != "" {
		return name
	}
	return id
}

// learn remembers names. It is given every fact, void or not: a later sentence
// may speak of them.
func (t *teller) learn(e household.Event) {
	switch e := e.(type) {
	case household.HouseholdRegistered:
		t.meet(e.Members...)
	case household.MembersReceived:
		t.meet(e.Members...)
	case household.MemberAdded:
		t.meet(e.Member)
	case household.MeasureStarted:
		t.measures[e.Measure] = string(e.Content)
	case household.ComparisonReturned:
		for _, h := range e.Hits {
			t.hits[h.ID] = code.HitKinds.ZH(h.Kind)
		}
	default: // the others name nobody
	}
}

func (t *teller) meet(members ...household.Member) {
	for _, m := range members {
		t.names[m.ID] = m.Name
		t.called = append(t.called, m.Name)
	}
}

// name is a member's name, or his id where the file does not know him.
func (t *teller) name(member string) string {
	if n := t.names[member]; n != "" {
		return n
	}
	return member
}

func (t *teller) namesOf(members []string) string {
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = t.name(m)
	}
	return strings.Join(names, "、")
}

// tell is the sentence of a fact.
func (t *teller) tell(f household.Fact) string {
	parts := t.untilReport(f)
	if parts == nil {
		parts = t.sinceReport(f)
	}
	return sentence(parts...)
}

// sentence joins what is not empty with commas and ends it.
func sentence(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.TrimRight(strings.Join(said, "，"), "。") + "。"
}

// with is label and text, or nothing without a text.
func with[T ~string](label string, text T) string {
	if text == "" {
		return ""
	}
	return label + string(text)
}

// of names the procedure in which a step was taken.
func of(p policy.Procedure) string {
	if p == "" {
		return ""
	}
	return "（" + policy.Procedures.ZH(string(p)) + "）"
}

func by(day calendar.Day, label string) string {
	if day.IsZero() {
		return ""
	}
	return day.Chinese() + label
}

// yuan writes an amount of fen in yuan.
func yuan(f code.Fen) string {
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	if f%100 == 0 {
		return fmt.Sprintf("%s%d元", sign, f/100)
	}
	return fmt.Sprintf("%s%d.%02d元", sign, f/100, f%100)
}

func listOf[T ~string](list code.List, codes []T) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = list.ZH(string(c))
	}
	return strings.Join(names, "、")
}

// item points to a paper and the line on it, by the paper's name where the log
// has it.
func (t *teller) item(document string, n int) string {
	if document == "" {
		return ""
	}
	name := t.papers[document]
	if name == "" {
		name = "材料" + document
	}
	if n == 0 {
		return "见" + name
	}
	return fmt.Sprintf("见%s第%d项", name, n)
}

func officer(label string, r household.Responsible) string {
	if r.Person == "" {
		return ""
	}
	name := r.Name
	if name == "" {
		name = r.Person
	}
	return label + name
}
