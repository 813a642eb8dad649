package web

import (
	"net/http"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// A son splits off, a household merges into another, and what tells to whom
// attention is owed is recorded: each from its form, in both files that it reaches.
func TestHouseholdsAreSplitAndMergedThroughTheForms(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	at := "/households/" + p.own
	b.entered(at+"/forms/member", form("m", "name_1", "柳小山", "sex_1", "1", "number_1", code.MakeIDNumber("990101", calendar.MustDay("1994-05-06"), 21), "relation_1", "son", "labour_1", "ordinary", "lives_1", "both", "why", "return"), nil)
	split := form("s", "reason", "结婚另立门户", "kind", "ordinary", "group", "一组")
	if got := b.upload(at+"/forms/split", split, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "须有且只有一人为新户主") {
		t.Errorf("nobody leaves: %d", got.status)
	}
	split.Set("relation_m-m", "head")
	b.entered(at+"/forms/split", split, nil)
	var split1 household.HouseholdSplit
	for _, f := range must(p.handler.Facts(t.Context(), p.own))(t) {
		if e, is := f.Event.(household.HouseholdSplit); is {
			split1 = e
		}
	}
	if got := p.entries(split1.Household); got != "household.registered" {
		t.Fatalf("the new household's file: %q", got)
	}
	own := must(p.site.Reads.Register.Get(t.Context(), p.own))(t)
	merge := form("g", "reason", "父母年老，合并共同生活", "file", "没有的编号", "relation_m-m", "son")
	new := "/households/" + split1.Household
	if got := b.upload(new+"/forms/merge", merge, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "没有查到这个档案编号") || !strings.Contains(got.body, "父母年老") {
		t.Errorf("into no household: %d", got.status)
	}
	merge.Set("file", own.FileNo)
	b.entered(new+"/forms/merge", merge, nil)
	if got := p.entries(split1.Household); got != "household.registered household.merged" {
		t.Errorf("the file that ends: %s", got)
	}
	if got := p.entries(p.own); !strings.HasSuffix(got, "member.received") {
		t.Errorf("the file that goes on: %s", got)
	}
	if got := b.get(at + "/forms/split").body; !strings.Contains(got, "柳小山") || strings.Contains(got, `name="relation_m1"`) {
		t.Error("who may split off: not the head, and whoever came back")
	}
}

// Health is sealed, the special group and the study stand in the file; a case from
// before is taken over, and its elimination and inclusion are taken back by a
// document with its number and a scan.
func TestWhatElseIsEnteredOfAHousehold(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("decider", code.CountyDecider, "c")
	b := p.as("village")
	forms := "/households/" + p.own + "/forms/"
	if got := b.upload(forms+"health", form("h0", "member", "m1", "health", "serious", "disability", "4"), nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "残疾须同时写明类别和等级") {
		t.Errorf("half a disability: %d", got.status)
	}
	b.entered(forms+"health", form("h1", "member", "m1", "health", "serious", "disability", "4", "level", "2", "detail", "尿毒症"), nil)
	b.entered(forms+"special-group", form("g1", "group", "left_behind", "belongs", "yes", "reason", "子女外出务工"), nil)
	if got := b.get("/households/" + p.own).body; strings.Contains(got, "尿毒症") {
		t.Error("the health stands in the file for everybody")
	}
	c := p.as("county")
	brought := form("f1", "source", "全国防返贫监测系统", "class", "sudden", "risks", "illness", "included", "2022-06-01", "eliminated", "2023-01-10", "monitoring", "village")
	brought.Set("mode", "transcribed")
	brought.Set("done_by", "county")
	c.entered(forms+"brought-forward", brought, nil)
	study := form("s1", "kind", "periodic", "situation", "收入稳定", "conclusion", "stable", "do_1", "按月回访", "by_1", "medical_insurance", "until_1", "2023-06-30")
	b.entered(forms+"case-study", study, nil)
	d := p.as("decider")
	back := form("r1", "region", county, "procedure", "elimination", "title", "关于风险消除回退的通知", "number", "守乡振发〔2023〕9号", "household", p.own)
	if got := d.upload("/lists/elimination_roll_back?region="+county, back, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "须写明原因") {
		t.Errorf("without a reason: %d", got.status)
	}
	back.Set("opinion_"+p.own, "收入不实，消除不牢")
	document := d.entered("/lists/elimination_roll_back?region="+county, back, map[string][]byte{"photo": picture()})
	if got := d.get(document).body; !strings.Contains(got, "守乡振发〔2023〕9号") || !strings.Contains(got, "收入不实") || !strings.Contains(got, "/photos/") {
		t.Error("the document of the roll-back")
	}
	d.entered("/lists/inclusion_revocation?region="+county, form("r2", "region", county, "procedure", "inclusion", "title", "撤销认定", "number", "守乡振发〔2023〕10号", "household", p.own, "opinion_"+p.own, "重名误认"), nil)
	got := strings.Join(without(strings.Fields(p.entries(p.own)), "guard.flag_raised"), " ")
	want := "household.registered member.health_recorded household.group_found household.brought_forward case.studied elimination.rolled_back inclusion.revoked"
	if got != want {
		t.Error(got)
	}
}

// Once a higher level acted on an entry it consents before the entry is struck.
func TestAHigherLevelConsentsToACorrection(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	b.entered("/households/"+p.own+"/forms/clue", form("c", "channel", "cadre_check", "content", "大病花费高"), nil)
	page := p.as("township").get("/households/" + p.own + "/forms/consent").body
	_, rest, found := strings.Cut(page, `<select class="form-select" name="event"`)
	_, rest, _ = strings.Cut(rest, `<option value="`)
	event, _, _ := strings.Cut(rest, `"`)
	if !found || event == "" {
		t.Fatal("no entry is offered")
	}
	p.as("township").entered("/households/"+p.own+"/forms/consent", form("k", "event", event, "reason", "核对属实"), nil)
	if got := b.upload("/households/"+p.own+"/forms/consent", form("k2", "event", event, "reason", "自己同意"), nil); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the village consents itself: %d", got.status)
	}
	if got := p.entries(p.own); !strings.HasSuffix(got, "fact.correction_consented") {
		t.Error(got)
	}
}
