package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// Every form opens for a household, in both languages, whatever its file holds.
func TestEveryFormOfAHouseholdOpens(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	for _, language := range []string{"zh-CN", "en"} {
		b.post("/language", "language", language)
		for _, f := range caseForms() {
			got := b.get("/households/" + p.own + "/forms/" + f.name)
			if got.status != http.StatusOK || !strings.Contains(got.body, `name="done_by"`) || !strings.Contains(got.body, `value="transcribed"`) {
				t.Errorf("%s: %d", f.name, got.status)
			}
		}
	}
	if got := b.get("/households/" + p.own + "/forms/nothing"); got.status != http.StatusNotFound {
		t.Errorf("a form that is none: %d", got.status)
	}
	if got := b.get("/households/forms/plan?region=" + village); got.status != http.StatusNotFound {
		t.Errorf("a plan of nobody: %d", got.status)
	}
}

// A household is registered, and everything found out about it is entered
// through the forms, now and from paper; what is typed wrong is told beside its
// field, and nothing typed is lost.
func TestAHouseholdIsLookedIntoThroughTheForms(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("secretary", code.VillageSecretary, "v")
	b := p.as("village")
	number := code.MakeIDNumber("990101", calendar.MustDay("1971-02-03"), 11)
	q := form("new", "group", "二组", "kind", "ordinary", "name_1", "柳成林", "sex_1", "1", "number_1", number, "relation_1", "head", "labour_1", "ordinary", "lives_1", "both",
		"name_2", "柳小溪", "sex_2", "2", "without_2", "newborn", "birth_2", "2023-01-02", "relation_2", "daughter", "labour_2", "none", "lives_2", "both")
	wrong := url.Values{}
	for name, values := range q {
		wrong[name] = values
	}
	wrong.Set("number_1", number[:17]+"0")
	if got := b.upload("/households/forms/register?region="+village, wrong, nil); number[17] != '0' && (got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `value="柳小溪"`)) {
		t.Errorf("a wrong ID number: %d", got.status)
	}
	at := b.entered("/households/forms/register?region="+village, q, nil)
	forms := at + "/forms/"
	enter := func(name string, q url.Values) { t.Helper(); b.entered(forms+name, q, nil) }
	enter("clue", form("k1", "channel", "cadre_check", "content", "家中失火"))
	enter("application", form("k2", "form", "written", "content", "申请纳入监测"))
	survey := form("k3", "procedure", "inclusion", "found_housing", "open", "found_water", "ok", "note", "房屋受损", "done_by", "village", "done_by", "secretary")
	survey.Set("mode", "transcribed")
	survey.Set("happened", "2023-03-30")
	enter("survey", survey)
	income := form("k4", "procedure", "inclusion", "from", "2022-04-03", "to", "2023-04-02", "persons", "2", "item_wage.away", "12,000.50", "rigid_accident", "abc")
	got := b.upload(forms+"income", income, nil)
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "最多两位小数") || !strings.Contains(got.body, `value="12,000.50"`) {
		t.Errorf("a wrong amount: %d", got.status)
	}
	if _, after, _ := strings.Cut(got.body, "最多两位小数"); !strings.Contains(after[:min(len(after), 300)], `name="rigid_accident"`) {
		t.Error("the refusal does not stand beside its field")
	}
	income.Set("rigid_accident", "30000")
	enter("income", income)
	enter("letter", form("k5", "members", "m1", "scope", "public_security", "signer", "m1", "signature", "signed"))
	b = p.as("county")
	enter("comparison", form("k6", "procedure", "inclusion", "sources", "public_security", "kind_1", "car", "member_1", "m1", "source_1", "public_security"))
	b = p.as("village")
	enter("explanation", form("k7", "hit", "k6-1", "explanation", "三轮车", "accepted", "yes"))
	want := "household.registered clue.recorded application.filed survey.recorded income.recorded authorisation.signed comparison.returned comparison.hit_explained"
	id := strings.TrimPrefix(at, "/households/")
	if got := strings.Join(without(strings.Fields(p.entries(id)), "guard.flag_raised"), " "); got != want {
		t.Error(got)
	}
	if got := b.get(at).body; !strings.Contains(got, "补录") || !strings.Contains(got, "晚录4天") {
		t.Error("the survey does not show that it was entered from paper")
	}
	work := b.get("/work").body
	if !strings.Contains(work, "/meetings/new?household="+id) {
		t.Error("the list of work does not open the appraisal")
	}
}

// What is owed opens the form that does it: no kind is forgotten, and no duty.
func TestWhatIsOwedOpensItsForm(t *testing.T) {
	t.Parallel()
	for _, e := range projections.OwedKinds {
		kind := projections.OwedKind(e.Code)
		o := projections.OwedItem{Kind: kind, Household: "h", Paper: "p", Region: village, Step: map[projections.OwedKind]string{
			projections.OwedNextStep: "appraisal", projections.OwedEarlierPaper: "home_survey", projections.OwedReturned: "notice",
			projections.OwedAnnouncement: "announcement", projections.OwedEntry: "system_entry", projections.OwedMark: "system_mark"}[kind]}
		if kind != projections.OwedNoticeDown && kind != projections.OwedObjection {
			o.Paper = ""
		}
		if openedBy(o) == "" {
			t.Errorf("%s opens nothing", kind)
		}
	}
	for act, want := range map[policy.DutyAct][2]string{
		policy.ByVisit: {"/households/h#visits", "/forms/duty-done?"}, policy.ByComparison: {"/households/h/forms/comparison", "/forms/duty-done?"},
		policy.ByMeasure: {"/households/h/forms/measure", "/forms/duty-done?"}, policy.ByStudy: {"/households/h/forms/case-study", "/studies/new?"},
		policy.ByCheck: {"/households/h#forms", "/forms/check?"}, policy.ByReport: {"/households/h#forms", "/forms/duty-done?"},
	} {
		o := projections.OwedItem{Kind: projections.OwedDuty, Region: village, Duty: "d", Act: act}
		if at := openedBy(o); !strings.HasPrefix(at, want[1]) || !strings.Contains(at, "region="+village) {
			t.Errorf("the duty of a place by %s opens %s", act, at)
		}
		if o.Household = "h"; openedBy(o) != want[0] {
			t.Errorf("a household's duty by %s opens %s", act, openedBy(o))
		}
	}
	for _, step := range []string{"clue", "poverty_analysis", "application", "home_survey", "income_sheet", "platform_entry", "authorisation", "comparison", "committee_study", "proposal",
		"appraisal", "notice", "village_report", "township_verification", "township_review", "county_decision", "list_handed_down", "announcement", "system_entry", "plan",
		"measure_started", "measure_delivered", "system_mark"} {
		if openedBy(projections.OwedItem{Kind: projections.OwedNextStep, Household: "h", Step: step}) == "" {
			t.Errorf("the step %s has no form", step)
		}
	}
}
