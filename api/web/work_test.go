package web

import (
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
)

// An office sees what it owes and everybody what falls to him; who belongs to no
// such office sees only the latter.
func TestWorkIsTheOfficesAndOnesOwn(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("decider", code.CountyDecider, "c")
	from := calendar.MustDay("2021-01-01")
	must(p.handler.Office(t.Context(), p.request("province"), office.Established{Office: "audit", Region: county, Level: code.County, Name: "县审计局", From: from}))(t)
	r := p.request("village")
	unknown := commands.NewID("village", r.Key)
	must(p.handler.Household(t.Context(), r, unknown, household.RecordClue{Clue: r.Key, Channel: code.PublicSupervision, Name: "何德民", Region: village, Content: "来电反映有困难"}))(t)
	p.shown()
	for _, c := range []struct {
		login, path   string
		has, hasNot   string
		confirms, all bool
	}{
		{"village", "/work", "线索对象待确认", "轮到本人", true, true},
		{"village", "/work?mine=1", "轮到本人", "线索待核实</strong>", true, true},
		{"county", "/work", "线索待核实</strong>", "线索对象待确认</strong>", false, true},
		{"paired", "/work", "轮到本人", "本机构的", false, false},
		{"department", "/work", "轮到本人", "本机构的", false, false},
	} {
		body := p.as(c.login).get(c.path).body
		if !strings.Contains(body, c.has) || strings.Contains(body, c.hasNot) || strings.Contains(body, "/households/"+unknown+"/forms/register") != c.confirms ||
			strings.Contains(body, "本机构的") != c.all {
			t.Errorf("%s at %s", c.login, c.path)
		}
	}
	b := p.as("village")
	if got := b.get("/households/" + unknown).body; !strings.Contains(got, `<h1 class="h2 mb-1">何德民`) || !strings.Contains(got, "还没有登记家庭成员") {
		t.Error("a file that nobody matched has no name over it")
	}
	if got := b.get("/households/" + unknown + "/forms/close").body; !strings.Contains(got, "何德民") {
		t.Error("its form does not say whom it is about")
	}
	if got := b.get("/lists/announcement/new?go=1&procedure=inclusion&region=" + village + "&household=" + p.own).body; !strings.Contains(got, `<option value="c" selected>`) {
		t.Error("the office that decides does not issue the announcement")
	}
}
