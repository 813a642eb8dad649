package inspection

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

var sheet = Sheet{Exists: true, Region: "629900101201", Posted: calendar.MustDay("2023-04-10")}

func by(capacity code.Capacity, mode act.Mode, day, today string) act.Act {
	p := act.Person{ID: "p1", Name: "陶映川", Capacity: capacity, Covers: true}
	return act.Act{Happened: calendar.MustDay(day), Today: calendar.MustDay(today), Mode: mode, DoneBy: []act.Person{p}, RecordedBy: p}
}

func refused(t *testing.T, what string, rule policy.Rule, err error) {
	t.Helper()
	var refusal *policy.Refusal
	if !errors.As(err, &refusal) || refusal.Rule != rule || refusal.Reason == "" {
		t.Errorf("%s: %v, want refused by %s", what, err, rule)
	}
}

// DOMAIN 5.3, 6: he writes down what he saw, whatever the record says.
func TestWhatWasSeenOnTheSpot(t *testing.T) {
	t.Parallel()
	inspector := by(code.NoticeInspector, act.Performed, "2023-04-12", "2023-04-12")
	seen := RecordCheck{Notice: "n1", Result: Present, Place: "村务公开栏", Note: "字迹清楚", Photo: "aa"}
	want := []Event{Checked{Notice: "n1", Region: "629900101201", Result: Present, Place: "村务公开栏", Note: "字迹清楚", Photo: "aa"}}
	got, err := Decide(State{}, seen, inspector, sheet)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Fatalf("%v\n%s", err, diff)
	}
	for result, note := range map[string]code.Text{Missing: "", Different: "名单少一户"} {
		c := seen
		c.Result, c.Note, c.Photo = result, note, ""
		if _, err := Decide(State{}, c, by(code.Inspector, act.Transcribed, "2023-04-11", "2023-04-12"), sheet); err != nil {
			t.Errorf("%s: %v", result, err)
		}
	}
	change := func(f func(*RecordCheck)) RecordCheck { c := seen; f(&c); return c }
	for what, c := range map[string]struct {
		do    RecordCheck
		act   act.Act
		sheet Sheet
		rule  policy.Rule
	}{
		"no sheet":         {seen, inspector, Sheet{}, policy.PaperUnknown},
		"no result":        {change(func(c *RecordCheck) { c.Result = "" }), inspector, sheet, policy.Malformed},
		"no place":         {change(func(c *RecordCheck) { c.Place = "" }), inspector, sheet, policy.Malformed},
		"differs, but how": {change(func(c *RecordCheck) { c.Result, c.Note = Different, "" }), inspector, sheet, policy.Malformed},
		"before it hung":   {seen, by(code.NoticeInspector, act.Transcribed, "2023-04-09", "2023-04-12"), sheet, policy.Malformed},
		"tomorrow":         {seen, by(code.NoticeInspector, act.Transcribed, "2023-04-13", "2023-04-12"), sheet, policy.FutureDay},
		"whoever posts":    {seen, by(code.VillageCadre, act.Performed, "2023-04-12", "2023-04-12"), sheet, policy.WrongCapacity},
	} {
		_, err := Decide(State{}, c.do, c.act, c.sheet)
		refused(t, what, c.rule, err)
	}
	away := inspector
	away.RecordedBy.Covers = false
	_, err = Decide(State{}, seen, away, sheet)
	refused(t, "another county's", policy.RecorderOutside, err)
}

func TestAMistakenCheckIsWithdrawnByWhoeverMadeIt(t *testing.T) {
	t.Parallel()
	today := by(code.NoticeInspector, act.Performed, "2023-04-12", "2023-04-12")
	first := Fact{Version: 1, Act: today, Event: Checked{Notice: "n1", Region: "629900101201", Result: Missing, Place: "村口"}}
	s := Fold("i1", []Fact{first})
	withdrawn := WithdrawCheck{Reason: "看错了公示栏"}
	got, err := Decide(s, withdrawn, today, Sheet{})
	if diff := cmp.Diff([]Event{Withdrawn(withdrawn)}, got); diff != "" || err != nil {
		t.Fatalf("%v\n%s", err, diff)
	}
	other := today
	other.DoneBy = []act.Person{{ID: "p2", Capacity: code.NoticeInspector, Covers: true}}
	_, err = Decide(s, withdrawn, other, Sheet{})
	refused(t, "another's", policy.WrongCapacity, err)
	_, err = Decide(s, WithdrawCheck{}, today, Sheet{})
	refused(t, "no reason", policy.Malformed, err)
	_, err = Decide(State{}, withdrawn, today, Sheet{})
	refused(t, "nothing", policy.CheckUnknown, err)
	_, err = Decide(Evolve(s, Fact{Version: 2, Act: today, Event: Withdrawn(withdrawn)}), withdrawn, today, Sheet{})
	refused(t, "twice", policy.CheckOver, err)
	_, err = Decide(s, RecordCheck{Notice: "n1", Result: Present, Place: "村口"}, today, sheet)
	refused(t, "the same again", policy.PaperExists, err)
}
