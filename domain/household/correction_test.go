package household

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func void(on string, who act.Person, event string) deed {
	return deed{on, by(who), VoidFact{Event: event, Reason: "录入有误"}}
}

// D12: 4,500 yuan typed as 45,000; what relied on it is listed.
func TestAWrongEntryIsMarkedVoid(t *testing.T) {
	t.Parallel()
	f := life.before(RecordIncome{}, 1).play(t, strict())
	f = given(t, strict(), f).when(deed{"2022-03-03", by(cadre), income("i1", policy.Inclusion, "2021-03-01", "2022-02-28", 45000)}).done()
	wrong := f.id(IncomeRecorded{})
	never(t, f, void("2022-03-04", cadre, "e99"), policy.EventUnknown)
	never(t, f, void("2022-03-04", cadre, wrong).doing(VoidFact{Event: wrong}), policy.Malformed)

	f = given(t, strict(), f).when(void("2022-03-04", cadre, wrong)).done()
	s := f.state()
	if _, ok := s.IncomeOf(2022); ok || s.Episode().Inclusion.Find(policy.IncomeSheet) != nil {
		t.Error("the void sheet still counts")
	}
	never(t, f, void("2022-03-05", cadre, wrong), policy.EventVoided)
	never(t, f, void("2022-03-05", cadre, f.id(FactVoided{})), policy.EventNotVoidable)
	// The step is due again.
	breaks(t, f, life.the(SignLetter{}, 1).on("2022-03-05"), policy.OrderMissingStep)
	f = given(t, strict(), f).when(deed{"2022-03-05", by(cadre), income("i2", policy.Inclusion, "2021-03-01", "2022-02-28", 4500)}).done()
	if s := f.state(); s.Sheets[0].PerCapita != code.Yuan(4500) {
		t.Errorf("%+v", s.Sheets)
	}
	given(t, strict(), f).when(life.the(SignLetter{}, 1).on("2022-03-05")).done()
	// It was void from when that was recorded, for all days.
	before := Fold("h1", f, Times{KnownAt: calendar.MustDay("2022-03-03").End()})
	if income, _ := before.IncomeOf(2022); income != code.Yuan(45000) {
		t.Errorf("as known on 3 March: %d", income)
	}
	after := Fold("h1", f, Times{AsOf: calendar.MustDay("2022-03-03")})
	if _, ok := after.IncomeOf(2022); ok {
		t.Error("as of 3 March, known now, the sheet never stood")
	}
}

func TestAfterTheNextLevelActedACorrectionNeedsItsConsent(t *testing.T) {
	t.Parallel()
	at := func(c Command, n int) (file, string) {
		f := life.through(c, n).play(t, strict())
		return f, life.through(RecordIncome{}, 1).play(t, strict()).id(IncomeRecorded{})
	}
	consent := func(on string, who act.Person, event string) deed {
		return deed{on, by(who), ConsentToCorrection{Event: event, Reason: "同意更正"}}
	}
	f, sheet := at(ReportByVillage{}, 1)
	given(t, strict(), f).when(void("2022-03-17", cadre, sheet)).done()

	f, sheet = at(ReviewByTownship{}, 1)
	never(t, f, void("2022-03-22", cadre, sheet), policy.ConsentMissing)
	given(t, strict(), f).when(void("2022-03-22", reviewer, sheet)).done() // the level itself
	breaks(t, f, consent("2022-03-22", cadre, sheet), policy.WrongCapacity)
	never(t, f, consent("2022-03-22", reviewer, "e99"), policy.EventUnknown)
	g := given(t, strict(), f).when(consent("2022-03-22", reviewer, sheet)).done()
	given(t, strict(), g).when(void("2022-03-23", cadre, sheet)).done()
	other := g.id(HomeSurveyed{})
	never(t, g, void("2022-03-23", cadre, other), policy.ConsentMissing) // consent is to one entry

	f, sheet = at(DecideInclusion{}, 1)
	g = given(t, strict(), f).when(consent("2022-03-25", reviewer, sheet)).done()
	never(t, g, void("2022-03-26", cadre, sheet), policy.ConsentMissing) // the county has acted
	g = given(t, strict(), g).when(consent("2022-03-26", decider, sheet)).done()
	g = given(t, strict(), g).when(void("2022-03-26", cadre, sheet)).done()
	if s := g.state(); len(s.Sheets) != 0 || s.Stage() != StageMonitored {
		t.Errorf("the decision stands: %s, %+v", s.Stage(), s.Sheets)
	}
	// What the decision does not rest on needs nobody's consent.
	g = given(t, strict(), f).when(life.the(RecordVisit{}, 1)).done()
	given(t, strict(), g).when(void("2022-06-16", cadre, g.id(Visited{}))).done()

	t.Run("an office that covers nothing here adds nothing", func(t *testing.T) {
		foreign := decider
		foreign.Covers = false
		given(t, lenient(), f).when(void("2022-03-26", foreign, sheet)).refused(policy.ConsentMissing)
	})
}

// Whatever the county decided on an entry, a correction of it needs the county's
// consent: not only what it took in and eliminated.
func TestEveryActOfTheCountyAsksForItsConsent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		f    file
		on   string
		done Command
	}{
		"revoked":     {assisted(t), "2022-07-01", RevokeInclusion{Reason: "隐瞒收入"}},
		"rolled back": {eliminated(t), "2023-02-10", RollBackElimination{Reason: "收入不稳"}},
		"deferred":    {assisted(t), "2022-07-01", DeferElimination{Reason: "收入不稳"}},
		"withheld":    {unable(t), "2022-07-01", WithholdMark{Reason: "整户无劳动力"}},
	} {
		t.Run(name, func(t *testing.T) {
			day := calendar.MustDay(c.on)
			f := given(t, strict(), c.f).whenTyped(c.on, deed{(day - 3).String(), by(cadre), income("i9", "", "2021-06-01", "2022-05-31", 5000)}).stands()
			sheet := f.id(IncomeRecorded{})
			given(t, strict(), f).when(void(c.on, cadre, sheet)).done() // nobody has acted on it yet
			f = given(t, strict(), f).when(deed{c.on, by(decider), c.done}).done()
			never(t, f, void((day+1).String(), cadre, sheet), policy.ConsentMissing)
			given(t, strict(), f).when(void((day + 1).String(), decider, sheet)).done()
		})
	}
}

func TestDecisionsAreChangedOnlyByDecisions(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	f = given(t, lenient(), f).when(life.the(SurveyHome{}, 1).on("2022-12-20").from(cadre).doing(SurveyHome{Survey: "s9", Level: code.Village})).flagged(policy.SurveyAlone)
	for _, kind := range []Event{HouseholdRegistered{}, Appraised{}, NoticePosted{}, NoticeRemoved{}, TownshipReviewed{}, InclusionDecided{}, ListHandedDown{}, Announced{}, EliminationDecided{}, FlagRaised{}} {
		never(t, f, void("2022-12-21", decider, f.id(kind)), policy.EventNotVoidable)
		if Voidable(kind) {
			t.Errorf("%T may be voided", kind)
		}
	}
}

func TestAFlagGoesWithTheEntryItFlagged(t *testing.T) {
	t.Parallel()
	f := registered(t)
	alone := life.the(SurveyHome{}, 1).on("2022-04-01").from(cadre).doing(SurveyHome{Survey: "s1", Procedure: policy.Inclusion, Level: code.Village})
	f = given(t, lenient(), f).when(alone).flagged(policy.SurveyAlone, policy.OrderMissingStep)
	f = given(t, lenient(), f).when(void("2022-04-02", cadre, f.id(HomeSurveyed{}))).done()
	for _, fact := range Standing(f, Times{}) {
		if flag, ok := fact.Event.(FlagRaised); ok && flag.Rule != policy.IDAreaUnknown {
			t.Errorf("%s still flags a void entry", flag.Rule)
		}
	}
	known := Standing(f, Times{KnownAt: calendar.MustDay("2022-04-01").End()})
	flags := 0
	for _, fact := range known {
		if flag, ok := fact.Event.(FlagRaised); ok && flag.Rule != policy.IDAreaUnknown {
			flags++
		}
	}
	if flags != 2 {
		t.Errorf("the day before, %d flags were known", flags)
	}
}

func TestACaseThatBeganWithAVoidedEntry(t *testing.T) {
	t.Parallel()
	f := life.through(SurveyHome{}, 1).play(t, strict())
	f = given(t, strict(), f).when(void("2022-03-04", cadre, f.id(HomeSurveyed{}))).done()
	f = given(t, strict(), f).when(void("2022-03-04", cadre, f.id(ApplicationFiled{}))).done()
	if s := f.state(); len(s.Episodes) != 0 || s.Stage() != StageNone {
		t.Errorf("stage %s", s.Stage())
	}
}

// What an approved list meant for the household goes with the list, once; a payment
// stays.
func TestALineGoesWithItsApproval(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	line := PaymentLine{Fund: "f1", Kind: "relief", Name: "救助", List: "a1", Persons: 1, Fen: 100}
	f = given(t, strict(), f).when(deed{"2022-05-10", by(officer), ApprovePayment(line)}).done()
	approved := &f[len(f)-1]
	approved.Act.Causation = "list"
	approvedID := approved.ID
	f = given(t, strict(), f).when(deed{"2022-05-11", by(officer), RecordPayment(line)}).done()
	f[len(f)-1].Act.Causation = "paid"
	for _, entry := range []string{"", "paid", "other"} {
		never(t, f, deed{"2022-05-12", by(officer), VoidLine{Entry: entry, Reason: "误批"}}, policy.EventUnknown)
	}
	never(t, f, deed{"2022-05-12", by(officer), VoidFact{Event: approvedID, Reason: "误批"}}, policy.EventNotVoidable)
	f = given(t, strict(), f).when(deed{"2022-05-12", by(officer), VoidLine{Entry: "list", Reason: "误批"}}).then(FactVoided{Event: approvedID, Reason: "误批"})
	never(t, f, deed{"2022-05-12", by(officer), VoidLine{Entry: "list", Reason: "误批"}}, policy.EventUnknown)
	if hit := Impact(f, approvedID); len(hit) != 1 || hit[0].Kind() != ReliedPayment {
		t.Errorf("the payment made on it: %+v", hit)
	}
}
