package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// hall is how many households one village appraises at a sitting in these tests.
const hall = 60

// What the work and its forms look like with nothing to do, with something refused,
// and with a whole village on them.
func TestGoldenForms(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	pages := map[string]page{
		"work-empty":         b.get("/work"),
		"applications-empty": b.get("/applications"),
		"choice-empty":       b.get("/meetings/new"),
		"login-refused":      p.browser().post("/login", "login", "village", "password", "wrong"),
		"password-refused":   b.post("/password", "old", "wrong", "password", "Kx8-quiet-river", "again", "Kx8-quiet-river"),
		"clue-refused":       b.upload("/households/"+p.own+"/forms/clue", form("k", "channel", "cadre_check", "content", "号码990101196804120154"), nil),
	}
	ids := p.crowd()
	meeting := form("m", "region", village, "procedure", "inclusion", "place", "村委会", "entitled", "3", "household", p.own,
		"seat_0", "named", "name_0", "village", "capacity_0", "village_committee", "person_0", "village", "here_0", "1", "for_"+p.own, "9", "result_"+p.own, "pass")
	of := url.Values{"go": {"1"}, "region": {village}, "procedure": {"inclusion"}, "household": ids}
	sheet, document := p.papersOf(ids)
	for name, got := range map[string]page{
		"work-long":       b.get("/work"),
		"meeting-refused": b.upload("/meetings?region="+village, meeting, nil),
		"meeting-long":    b.get("/meetings/new?" + of.Encode()),
		"list-refused":    b.upload("/lists/village_report?region="+village, form("v", "region", village, "procedure", "inclusion", "title", "上报"), nil),
		"hung-refused":    b.upload("/sheets/"+sheet+"/struck-lines", form("s", "household", ids[0], "reason", "查990101196804120154"), nil),
		"hung-long":       b.get("/sheets/" + sheet),
		"document-long":   b.get("/lists/" + document),
		"applications-long": func() page {
			p.applyMany()
			return b.get("/applications")
		}(),
	} {
		pages[name] = got
	}
	for name, got := range pages {
		refused := got.status == http.StatusUnprocessableEntity || got.status == http.StatusUnauthorized
		if strings.HasSuffix(name, "refused") != refused || got.status >= 500 {
			t.Errorf("%s: %d", name, got.status)
		}
		golden(t, name, thinly(got.body))
	}
}

// thinly leaves of what a form repeats for every person and household the first and
// the last.
func thinly(body string) string {
	for _, repeated := range []string{`<div class="sw-seat"`, `<input type="hidden" name="household"`, `<label class="form-check mb-0"`} {
		body = thinned(body, repeated, 8)
	}
	return body
}

// crowd enters sixty households with a clue each.
func (p *town) crowd() (ids []string) {
	p.t.Helper()
	for i := range hall {
		r := p.request("village")
		id := commands.NewID("village", r.Key)
		born := calendar.MustDay("1960-01-01") + calendar.Day(i)
		must(p.handler.Household(p.t.Context(), r, id, household.RegisterHousehold{Region: village, Group: "二组", Kind: code.Ordinary, Members: []household.Member{{
			ID: "m1", Name: fmt.Sprintf("户主%02d", i+1), Sex: "1", IDNumber: code.Personal(code.MakeIDNumber("990101", born, 10+i)), Birth: born, Relation: "head", Labour: "ordinary",
			Registered: true, Living: true, Counted: true}}}))(p.t)
		r = p.request("village")
		must(p.handler.Household(p.t.Context(), r, id, household.RecordClue{Clue: r.Key, Channel: code.CadreCheck, Content: "遭遇冰雹，收成减半"}))(p.t)
		ids = append(ids, id)
	}
	p.shown()
	return ids
}

// papersOf enters, from paper, a sheet and a document over the households.
func (p *town) papersOf(ids []string) (sheet, document string) {
	p.t.Helper()
	c := paper.PostSheet{Region: village, Procedure: policy.Inclusion, Title: "拟纳入名单公示", Place: "公示栏", Phone: "0931-1234567"}
	d := paper.IssueDocument{Region: village, Kind: paper.VillageReport, Procedure: policy.Inclusion, Title: "上报名单"}
	for i, id := range ids {
		c.Lines = append(c.Lines, paper.SheetLine{Household: id, Head: fmt.Sprintf("户主%02d", i+1), Persons: 1, Class: code.Sudden})
		d.Lines = append(d.Lines, paper.DocumentLine{Household: id})
	}
	enter := func(id string, c paper.Command) {
		r := p.request("village")
		r.Mode, r.Happened, r.DoneBy = act.Transcribed, calendar.MustDay("2023-03-20"), []commands.DoneBy{{Person: "village"}}
		must(p.handler.Paper(p.t.Context(), r, id, c))(p.t)
	}
	sheet, document = commands.NewID("golden", "sheet"), commands.NewID("golden", "document")
	enter(sheet, c)
	enter(document, d)
	p.shown()
	return sheet, document
}

// applyMany sends applications by the village's code.
func (p *town) applyMany() {
	p.t.Helper()
	for i := range 12 {
		r := p.request("village")
		must(p.handler.Household(p.t.Context(), r, commands.NewID("village", r.Key), household.RecordClue{Clue: r.Key, Channel: code.SelfApplication, Via: "",
			Name: fmt.Sprintf("申报人%02d", i+1), Region: village, Content: "住院自付较多"}))(p.t)
	}
	p.shown()
}
