package demonstration

import (
	"slices"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
)

// told returns a story's file as "day name" lines, with "typed day" where it
// was entered later.
func (l *loading) told(t *testing.T, story string) (string, []string, household.State) {
	t.Helper()
	id := HouseholdID(Seed, story)
	if len(l.files[id]) == 0 {
		t.Fatalf("%s has no file", story)
	}
	var lines []string
	for _, f := range l.files[id] {
		name, err := wire.Name(f.Event)
		if err != nil {
			t.Fatal(err)
		}
		line := f.Happened().String() + " " + strings.TrimSuffix(name, ".v1")
		if recorded := calendar.Of(f.Recorded); recorded != f.Happened() {
			line += " typed " + recorded.String()
		}
		lines = append(lines, line)
	}
	return id, lines, l.state(id)
}

// tells checks that the lines come in this order, others between them.
func tells(t *testing.T, story string, lines []string, want ...string) {
	t.Helper()
	rest := lines
	for _, w := range want {
		i := slices.Index(rest, w)
		if i < 0 {
			t.Errorf("%s does not tell %q at its place:\n%s", story, w, strings.Join(lines, "\n"))
			return
		}
		rest = rest[i+1:]
	}
}

func TestStoriesOfInclusion(t *testing.T) {
	t.Parallel()
	l := county(t)
	_, lines, s := l.told(t, "D01")
	tells(t, "D01", lines, "2023-03-06 clue.recorded", "2023-03-06 application.filed", "2023-03-07 survey.recorded", "2023-03-07 income.recorded",
		"2023-03-07 authorisation.signed", "2023-03-08 comparison.returned", "2023-03-09 comparison.hit_explained", "2023-03-10 appraisal.recorded", "2023-03-10 notice.posted",
		"2023-03-15 notice.removed", "2023-03-15 village.reported", "2023-03-16 survey.recorded", "2023-03-16 township.reviewed", "2023-03-20 inclusion.decided",
		"2023-03-21 list.handed_down", "2023-03-22 decision.announced", "2023-03-23 system.entered", "2023-03-27 plan.made", "2023-03-29 measure.started")
	if s.Stage() != household.StageMonitored {
		t.Errorf("D01 is %s", s.Stage())
	}
	_, lines, s = l.told(t, "D02")
	tells(t, "D02", lines, "2023-05-25 township.reviewed", "2023-05-29 elimination.decided")
	if c, _ := s.Count(asOf); c.Eliminated.Year() != 2023 || c.Announced != 0 || c.Marked != 0 {
		t.Errorf("D02: %+v", c)
	}
	_, lines, _ = l.told(t, "D03")
	tells(t, "D03", lines, "2023-04-20 township.reviewed", "2023-04-10 appraisal.recorded typed 2023-05-09", "2023-05-11 inclusion.decided")

	_, lines, s = l.told(t, "D04")
	tells(t, "D04", lines, "2023-05-09 notice.posted", "2023-05-11 notice.objected", "2023-05-12 notice.objection_investigated", "2023-05-15 notice.objection_answered", "2023-05-15 notice.line_struck",
		"2023-05-17 notice.posted", "2023-05-23 notice.removed", "2023-05-29 inclusion.decided")
	if c, ok := s.Count(asOf); !ok || c.AtInclusion != 4 {
		t.Errorf("D04 counts %+v", c)
	}
	for _, story := range []string{"D04-1", "D04-2", "D04-3", "D04-4"} {
		_, lines, _ := l.told(t, story)
		tells(t, story, lines, "2023-05-09 notice.posted", "2023-05-16 notice.removed", "2023-05-18 inclusion.decided")
	}
	_, lines, _ = l.told(t, "D05")
	tells(t, "D05", lines, "2023-03-15 case.returned", "2023-03-17 survey.recorded", "2023-03-29 township.reviewed", "2023-03-31 case.returned", "2023-04-04 township.reviewed", "2023-04-07 inclusion.decided")
}

func TestStoriesOutsideTheCumulative(t *testing.T) {
	t.Parallel()
	l := county(t)
	_, lines, _ := l.told(t, "D06")
	tells(t, "D06", lines, "2023-05-15 clue.recorded", "2023-05-16 clue.dispatched", "2023-05-18 clue.verified", "2023-05-19 clue.fed_back")
	_, lines, s := l.told(t, "D07")
	tells(t, "D07", lines, "2023-06-05 green_channel.opened", "2023-06-05 measure.started", "2023-06-12 measure.started")
	if s.Green == nil || s.Green.OwedBy != date(2023, 7, 5) {
		t.Errorf("D07: %+v", s.Green)
	}
	for _, story := range []string{"D06", "D07", "D13-2", "L11", "L12", "L21", "L22", "L23", "L31", "L32", "P11", "P12", "P21", "P31", "P41"} {
		_, _, s := l.told(t, story)
		if c, ok := s.Count(asOf); ok {
			t.Errorf("%s counts: %+v", story, c)
		}
	}
}

func TestStoriesAfterInclusion(t *testing.T) {
	t.Parallel()
	l := county(t)
	for story, want := range map[string][]string{
		"D08": {"2022-11-16 elimination.decided", "2022-11-18 decision.announced", "2023-02-15 elimination.rolled_back"},
		"D09": {"2021-12-06 elimination.decided", "2023-03-02 clue.recorded", "2023-03-16 inclusion.decided"},
		"D10": {"2022-12-05 elimination.deferred", "2023-01-10 officer.assigned", "2023-03-07 measure.started"},
		"D11": {"2022-03-08 measure.started", "2022-12-06 elimination.mark_withheld"},
		"D12": {"2023-05-16 income.recorded", "2023-05-18 elimination.proposed", "2023-05-29 township.reviewed", "2023-06-01 fact.correction_consented", "2023-06-02 fact.voided", "2023-05-16 income.recorded typed 2023-06-02", "2023-06-05 elimination.decided"},
		"D13": {"2022-05-10 member.residence_found", "2023-05-18 household.split"},
		"D14": {"2023-07-02 member.left typed 2023-07-03", "2023-07-02 household.closed typed 2023-07-03"},
		"D15": {"2022-04-20 inclusion.decided", "2022-06-20 measure.delivered", "2022-06-24 risk.ended", "2022-07-11 elimination.decided", "2022-07-13 decision.announced", "2022-07-15 system.marked"},
	} {
		_, lines, s := l.told(t, story)
		tells(t, story, lines, want...)
		c, ok := s.Count(asOf)
		if open := story != "D15"; !ok || c.Open() != open || c.Included.Year() == 2023 {
			t.Errorf("%s counts %v: %+v", story, ok, c)
		}
		if unable := story == "D11" || story == "D14"; c.NoLabour != unable {
			t.Errorf("%s without labour: %v", story, c.NoLabour)
		}
	}
	_, _, s := l.told(t, "D09")
	if len(s.Episodes) != 2 || s.Episodes[1].Number != 2 {
		t.Errorf("D09 has %d episodes", len(s.Episodes))
	}
}

// What relied on the slip of D12, and what it looks like afterwards.
func TestTheDigitThatSlipped(t *testing.T) {
	t.Parallel()
	l := county(t)
	id, _, s := l.told(t, "D12")
	var slip string
	for _, f := range l.files[id] {
		if e, ok := f.Event.(household.IncomeRecorded); ok && e.PerCapita == 45_000_00 {
			slip = f.ID
		}
	}
	relied := map[string]bool{}
	for _, f := range household.Impact(l.files[id], slip) {
		name, _ := wire.Name(f.Event)
		relied[name] = true
	}
	for _, want := range []string{"elimination.proposed.v1", "appraisal.recorded.v1", "notice.posted.v1", "village.reported.v1", "township.reviewed.v1"} {
		if !relied[want] {
			t.Errorf("%s did not rely on it: %v", want, relied)
		}
	}
	if fen, _ := s.IncomeOf(2023); fen != 4500_00 {
		t.Errorf("after the correction the income is %d fen", fen)
	}
	before := household.Fold(id, l.files[id], household.Times{AsOf: asOf, KnownAt: date(2023, 5, 31).End()})
	if fen, _ := before.IncomeOf(2023); fen != 45_000_00 {
		t.Errorf("as known on 31 May the income is %d fen", fen)
	}
}

// The new household of D13 and the old one name each other in one act.
func TestASplitIsOneAct(t *testing.T) {
	t.Parallel()
	l := county(t)
	id, _, s := l.told(t, "D13")
	other, _, young := l.told(t, "D13-2")
	joined := func(file []household.Fact, want func(household.Event) bool) string {
		i := slices.IndexFunc(file, func(f household.Fact) bool { return want(f.Event) })
		return file[i].Act.Correlation
	}
	a := joined(l.files[id], func(e household.Event) bool { _, ok := e.(household.HouseholdSplit); return ok })
	b := joined(l.files[other], func(e household.Event) bool { _, ok := e.(household.HouseholdRegistered); return ok })
	if a != b || a == "" {
		t.Errorf("correlations %q and %q", a, b)
	}
	if c, _ := s.Count(asOf); c.AtInclusion != 6 || c.Current != 5 || young.CountedOn(asOf) != 2 {
		t.Errorf("%+v, the new one has %d", c, young.CountedOn(asOf))
	}
}

// As of 2 July D14 is closed; the report of 30 June still has it.
func TestNaturalClosing(t *testing.T) {
	t.Parallel()
	l := county(t)
	id := HouseholdID(Seed, "D14")
	s := household.Fold(id, l.files[id], household.Times{AsOf: date(2023, 7, 2)})
	if c, ok := s.Count(date(2023, 7, 2)); !ok || c.Open() || c.Closed != date(2023, 7, 2) || s.Stage() != household.StageClosed {
		t.Errorf("%+v", c)
	}
}

// The merged village is found under its heir, the authority under its name of
// the day.
func TestTheCountyChanges(t *testing.T) {
	t.Parallel()
	l := county(t)
	info := l.handler.Directory.Info()
	if info.Loaded == nil || info.Loaded.Today != lastDay.Start().Add(9*60*60*1e9) || info.Loaded.Events != l.summary.Total {
		t.Errorf("loaded: %+v", info.Loaded)
	}
	var authority []string
	err := l.handler.Directory.View(func(d *office.Directory) error {
		if heir := d.Current(mergedCode, asOf); heir != Showcase || d.Current(mergedCode, mergedOn-1) != mergedCode {
			t.Errorf("%s lies in %s", mergedCode, heir)
		}
		if d.Ancestor(mergedCode, code.County, asOf) != County || len(d.Children(County, asOf)) != 18 {
			t.Error("the county is not whole")
		}
		for _, day := range []calendar.Day{renamedOn - 1, renamedOn} {
			o, _ := d.Office(County, day)
			authority = append(authority, o.Name)
		}
		return nil
	})
	if err != nil || !slices.Equal(authority, []string{"县扶贫办", "县乡村振兴局"}) {
		t.Errorf("the authority is called %v, %v", authority, err)
	}
	if pack, ok := l.handler.Directory.Pack(mergedCode, asOf); !ok || pack.Name != "county-2023" {
		t.Errorf("the pack in force is %v", pack.Name)
	}
	if line, _ := mustPack(l).LineOf(2023); line != 7200_00 {
		t.Errorf("the line is %d fen", line)
	}
	for _, file := range l.files {
		for _, f := range file {
			if f.Recorded.After(info.Loaded.Today) || calendar.Of(f.Recorded) < f.Happened() {
				t.Fatalf("%s happened %s, recorded %s", f.ID, f.Happened(), f.Recorded)
			}
		}
	}
}

func mustPack(l *loading) policy.Pack {
	pack, _ := l.handler.Directory.Pack(County, asOf)
	return pack
}
