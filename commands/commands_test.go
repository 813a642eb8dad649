package commands_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/eventlog"
)

func wantRule(t *testing.T, err error, rule policy.Rule) {
	t.Helper()
	var refusal *policy.Refusal
	if !errors.As(err, &refusal) || refusal.Rule != rule {
		t.Errorf("got %v, want a refusal by %s", err, rule)
	}
}

var visit = household.RecordVisit{Visit: "w1", Kind: "routine", Note: "家中一切正常"}

func TestARepeatedRequestIsTheFirstResult(t *testing.T) {
	p := newPlace(t)
	id := p.register("柳一")
	r := p.by("cadre")
	first := p.must(p.Household(t.Context(), r, id, visit))
	again := p.must(p.Household(t.Context(), r, id, visit))
	if !again.Repeated || again.Version != first.Version || again.Events[0] != first.Events[0] {
		t.Errorf("first %+v, again %+v", first, again)
	}
	other := visit
	other.Note = "另一段情况"
	_, err := p.Household(t.Context(), r, id, other)
	wantRule(t, err, policy.KeyReused)
}

func TestAStaleVersionIsRefused(t *testing.T) {
	p := newPlace(t)
	id := p.register("柳一")
	old := eventlog.Version(1)
	p.must(p.Household(t.Context(), p.by("cadre"), id, visit))
	r := p.by("cadre")
	r.IfMatch = &old
	_, err := p.Household(t.Context(), r, id, visit)
	var stale *commands.StaleError
	if !errors.As(err, &stale) || stale.Have <= old {
		t.Errorf("got %v", err)
	}
}

func TestWhoMayRecord(t *testing.T) {
	p := newPlace(t)
	id := p.register("柳一")
	_, err := p.Household(t.Context(), p.by("nobody"), id, visit)
	wantRule(t, err, policy.RecorderUnknown)
	_, err = p.Household(t.Context(), p.by("stranger"), id, visit)
	wantRule(t, err, policy.RecorderOutside)

	// What is done in the system is done by whoever records it, alone or with others;
	// separation of duties looks at him.
	r := p.by("cadre")
	r.DoneBy = []commands.DoneBy{{Person: "reviewer"}}
	_, err = p.Household(t.Context(), r, id, visit)
	wantRule(t, err, policy.Malformed)
	r.DoneBy = []commands.DoneBy{{Person: "nobody"}, {Person: "cadre"}}
	_, err = p.Household(t.Context(), r, id, visit)
	wantRule(t, err, policy.RecorderUnknown)

	r = p.by("cadre")
	r.Mode, r.Happened = act.Transcribed, calendar.MustDay("2023-03-01")
	_, err = p.Household(t.Context(), r, id, visit)
	wantRule(t, err, policy.DoneByMissing)
	r.DoneBy = []commands.DoneBy{{Person: "stranger"}}
	result, err := p.Household(t.Context(), r, id, visit)
	if err != nil || len(result.Flags) != 1 || result.Flags[0].Rule != policy.OutsideRegion {
		t.Errorf("what somebody from elsewhere did must be recorded and flagged: %+v %v", result, err)
	}
}

func TestWhatNoCommandMayCarry(t *testing.T) {
	p := newPlace(t)
	id := p.register("柳一")
	for note, rule := range map[code.Text]policy.Rule{
		"电话13812341234":                      policy.PersonalInText,
		code.Text(strings.Repeat("长", 2001)): policy.Malformed,
		"看不见\u202e的字":                        policy.Malformed,
		"坏字节\xff":                            policy.Malformed,
	} {
		c := visit
		c.Note = note
		_, err := p.Household(t.Context(), p.by("cadre"), id, c)
		wantRule(t, err, rule)
	}
	r := p.by("cadre")
	r.Key = ""
	_, err := p.Household(t.Context(), r, id, visit)
	wantRule(t, err, policy.KeyMissing)
	facts, err := p.Facts(t.Context(), id)
	if err != nil || len(facts) != 2 { // registered, and the flag on its area prefix
		t.Errorf("%d facts, %v: something refused was written", len(facts), err)
	}
}

func TestPersonalFieldsNeverReachTheLogInClear(t *testing.T) {
	p := newPlace(t)
	id := p.register("柳一")
	number := code.MakeIDNumber("990101", calendar.MustDay("1970-05-06"), 0)[:14]
	for rec, err := range p.Log.ReadStream(t.Context(), commands.HouseholdStream(id), eventlog.NoStream) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(rec.Data)+string(rec.Meta), number) {
			t.Errorf("version %d shows an ID number: %s", rec.Version, rec.Data)
		}
	}
	sealer, err := p.Keys.Existing(t.Context(), commands.HouseholdStream(id))
	if err != nil {
		t.Fatal(err)
	}
	for rec, err := range p.Log.ReadStream(t.Context(), commands.HouseholdStream(id), eventlog.NoStream) {
		if err != nil {
			t.Fatal(err)
		}
		f, err := commands.Fact(rec, sealer)
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := f.Event.(household.HouseholdRegistered); ok && !strings.HasPrefix(string(e.Members[0].IDNumber), number) {
			t.Error("the ID number does not open again")
		}
	}
}

func sheet(households ...string) paper.PostSheet {
	c := paper.PostSheet{Region: village, Procedure: policy.Inclusion, Title: "公示", Place: "村务公开栏", Phone: "0930-1234567"}
	for _, h := range households {
		c.Lines = append(c.Lines, paper.SheetLine{Household: h, Head: "柳某", Persons: 2})
	}
	return c
}

func TestAPaperWritesItsLines(t *testing.T) {
	p := newPlace(t)
	a, b := p.register("柳一"), p.register("柳二")
	posted := p.mustPaper(p.Paper(t.Context(), p.by("cadre"), "n1", sheet(a, b)))
	if len(posted.Lines) != 2 || posted.Version != 1 {
		t.Fatalf("%+v", posted)
	}
	p.mustPaper(p.Paper(t.Context(), p.by("cadre"), "n1", paper.RaiseSheetObjection{Objection: "o1", Household: b, Content: "家有小车", Objector: "某人"}))
	_, err := p.Paper(t.Context(), p.by("cadre"), "n1", paper.RaiseSheetObjection{Objection: "o2", Household: "elsewhere", Content: "不在名单"})
	wantRule(t, err, policy.PaperLineUnknown)
	p.days(6)
	p.mustPaper(p.Paper(t.Context(), p.by("cadre"), "n1", paper.StrikeSheetLine{Household: b, Reason: "异议成立"}))
	removed := p.mustPaper(p.Paper(t.Context(), p.by("cadre"), "n1", paper.RemoveSheet{}))
	if len(removed.Lines) != 1 || removed.Lines[0].Household != a {
		t.Errorf("a struck line came down with the others: %+v", removed.Lines)
	}
	for rec, err := range p.Log.ReadStream(t.Context(), commands.PaperStream("notice", "n1"), eventlog.NoStream) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(rec.Data), "某人") {
			t.Error("the objector's name stands in clear")
		}
	}
}

// One meeting may treat a household twice: both lines stand in its file, the
// second decided on what the first made of it, and repeating enters neither again.
func TestAMeetingTreatsAHouseholdTwice(t *testing.T) {
	p := newPlace(t)
	a, b := p.register("柳一"), p.register("柳二")
	m := paper.HoldMeeting{Region: village, Procedure: policy.Inclusion, Place: "村部", Entitled: 3,
		Attendees: []paper.Attendee{{Name: "罗村干", Capacity: "village_committee"}, {Name: "柳长贵", Capacity: "representative"}},
		// Help is appraised where a case is open: the first line opens it.
		Items: []paper.MeetingItem{{Household: a, For: 2, Result: code.Pass}, {Household: b, For: 2, Result: code.Pass}, {Household: a, For: 2, Result: code.Reject, Procedure: policy.Assistance}}}
	r := p.by("cadre")
	r.Mode, r.Happened, r.DoneBy = act.Transcribed, calendar.MustDay("2023-04-01"), []commands.DoneBy{{Person: "cadre"}}
	held := p.mustPaper(p.Paper(t.Context(), r, "m1", m))
	again := p.mustPaper(p.Paper(t.Context(), r, "m1", m))
	if len(held.Lines) != 3 || held.Lines[2].Household != a || held.Lines[2].Version <= held.Lines[0].Version || again.Lines[2].Version != held.Lines[2].Version {
		t.Fatalf("%+v\n%+v", held.Lines, again.Lines)
	}
	facts, err := p.Facts(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	var found []policy.Procedure
	for _, f := range facts {
		if e, ok := f.Event.(household.Appraised); ok {
			found = append(found, e.Procedure)
		}
	}
	if !slices.Equal(found, []policy.Procedure{policy.Inclusion, policy.Assistance}) {
		t.Errorf("the file has %v", found)
	}
	// Without the first, the second has no case, and that refuses the whole.
	c := p.register("柳三")
	m.Items = []paper.MeetingItem{{Household: c, For: 2, Result: code.Pass, Procedure: policy.Assistance}, {Household: c, For: 2, Result: code.Pass}}
	r = p.by("cadre")
	r.Mode, r.Happened, r.DoneBy = act.Transcribed, calendar.MustDay("2023-04-01"), []commands.DoneBy{{Person: "cadre"}}
	_, err = p.Paper(t.Context(), r, "m2", m)
	var lines *commands.LinesRefused
	if !errors.As(err, &lines) || len(lines.Lines) != 1 || lines.Lines[0].Rule != policy.CaseNotMonitored {
		t.Errorf("got %v", err)
	}
}

func TestARefusedLineRefusesThePaper(t *testing.T) {
	p := newPlace(t)
	a := p.register("柳一")
	_, err := p.Paper(t.Context(), p.by("cadre"), "n1", sheet(a, "no-such-household"))
	var lines *commands.LinesRefused
	if !errors.As(err, &lines) || len(lines.Lines) != 1 || lines.Lines[0].Household != "no-such-household" {
		t.Fatalf("got %v", err)
	}
	for range p.Log.ReadStream(t.Context(), commands.PaperStream("notice", "n1"), eventlog.NoStream) {
		t.Error("a refused paper was written")
	}
}

// broken refuses to append to one household's stream, once a paper is written.
type broken struct {
	eventlog.Log
	stream string
}

var errDown = errors.New("down")

func (b *broken) Append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	if stream == b.stream {
		return eventlog.Appended{}, errDown
	}
	return b.Log.Append(ctx, stream, expected, events)
}

func TestAnInterruptedFanOutIsFinishedLater(t *testing.T) {
	p := newPlace(t)
	a, b := p.register("柳一"), p.register("柳二")
	whole := p.Log
	down := &broken{whole, commands.HouseholdStream(b)}
	p.Log = down
	p.Handler = commands.New(p.Config)
	p.Log = down
	r := p.by("cadre")
	result, err := p.Paper(t.Context(), r, "n1", sheet(a, b))
	if !errors.Is(err, errDown) || result.Version != 1 {
		t.Fatalf("%+v %v", result, err)
	}
	down.stream = ""
	p.days(1) // somebody else finishes it, another day
	lines, err := p.Resume(t.Context(), commands.PaperStream("notice", "n1"), "n1", result.Events[0])
	if err != nil || len(lines) != 2 {
		t.Fatalf("%+v %v", lines, err)
	}
	for _, id := range []string{a, b} {
		facts, err := p.Facts(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		posted := 0
		for _, f := range facts {
			if _, ok := f.Event.(household.NoticePosted); ok {
				posted++
				if f.Act.Causation != result.Events[0] || f.Happened() != calendar.MustDay("2023-04-03") {
					t.Errorf("the line is not the paper's: %+v", f.Act)
				}
			}
		}
		if posted != 1 {
			t.Errorf("%s was posted %d times", id, posted)
		}
	}
	again := p.mustPaper(p.Paper(t.Context(), r, "n1", sheet(a, b)))
	if !again.Repeated {
		t.Error("repeating the request wrote it again")
	}
}

func TestACaseOpenedUnderANewPackFollowsItsOrder(t *testing.T) {
	p := newPlace(t)
	id := p.register("柳一")
	p.must(p.Household(t.Context(), p.by("cadre"), id, household.BringForward{Source: "全国系统", Class: code.Marginal, Risks: []code.Risk{"illness"},
		Included: calendar.MustDay("2021-05-01"), Eliminated: calendar.MustDay("2022-05-01")}))
	report := household.ReportByVillage{Procedure: policy.Inclusion}
	text, err := packs.Text("jiaohe-2022")
	if err != nil {
		t.Fatal(err)
	}
	p.must(p.Policy(t.Context(), p.by("officer"), policy.Adopted{Region: county, Text: string(text), From: calendar.MustDay("2023-04-03")}))
	// county-2023, under which the first episode stands, would only flag it.
	_, err = p.Household(t.Context(), p.by("cadre"), id, report)
	wantRule(t, err, policy.OrderMissingStep)
}

func TestAnInterruptedPaymentListIsFinishedLater(t *testing.T) {
	p := newPlace(t)
	a, b := p.register("柳一"), p.register("柳二")
	for _, c := range []fund.Command{
		fund.Establish{Region: county, Kind: "relief", Name: "防贫救助资金", Rules: "县级审批"}, fund.Raise{Source: "fiscal", Fen: code.Yuan(9000)},
	} {
		if _, err := p.Fund(t.Context(), p.by("decider"), "f1", c); err != nil {
			t.Fatal(err)
		}
	}
	down := &broken{p.Log, commands.HouseholdStream(b)}
	p.Log = down
	p.Handler = commands.New(p.Config)
	p.Log = down
	r := p.by("officer")
	list := fund.Pay{List: "p1", Lines: []fund.Line{{Household: a, Persons: 1, Fen: code.Yuan(100)}, {Household: b, Persons: 1, Fen: code.Yuan(100)}}}
	result, err := p.Fund(t.Context(), r, "f1", list)
	if !errors.Is(err, errDown) || len(result.Events) != 3 {
		t.Fatalf("%+v %v", result, err)
	}
	down.stream = ""
	lines, err := p.Resume(t.Context(), commands.FundStream("f1"), "f1", result.Events[0])
	if err != nil || len(lines) != 2 {
		t.Fatalf("%+v %v", lines, err)
	}
	again, err := p.Fund(t.Context(), r, "f1", list)
	if err != nil || !again.Repeated || len(again.Flags) != 4 {
		t.Errorf("the same request again: %+v, %v", again, err)
	}
	for _, id := range []string{a, b} {
		facts, err := p.Facts(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		paid := 0
		for _, f := range facts {
			if _, ok := f.Event.(household.PaymentMade); ok {
				paid++
			}
		}
		if paid != 1 {
			t.Errorf("%s was paid %d times", id, paid)
		}
	}
}
