package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shouwang/domain/paper"
)

// Who objected is shown to the county's discipline inspector, once he said why and
// that he reads it is recorded, and to nobody of the offices concerned; when the
// county itself inquires, its inspector is of no level above it any more.
func TestWhoObjectedIsShownForAReason(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	sheet := p.fileAway()[0]
	p.shown()
	objection := objectionOf(typedCode(codeIn(t, p.browser().post("/board/"+village+"/objections", "notice", sheet, "household", p.own, "content", "家里有小车",
		"name", "柳举报", "contact", "13912345678", "key", uuid.NewString()))))
	p.shown()
	clear := func(body string) bool {
		return strings.Contains(body, "柳举报") || strings.Contains(body, "13912345678")
	}
	at := "/notices/" + sheet + "/objections/" + objection + "/objector"
	for login := range people {
		b := p.as(login)
		if got := b.get("/notices/" + sheet); clear(got.body) || strings.Contains(got.body, at) != (login == "discipline") {
			t.Errorf("the sheet as %s sees it: %d", login, got.status)
		}
		if got := b.post(at, "reason", "核查打击报复"); login != "discipline" && (got.status != http.StatusForbidden || clear(got.body)) {
			t.Errorf("shown to %s: %d", login, got.status)
		}
	}
	for login := range administrators {
		if got := p.as(login).post(at, "reason", "核查打击报复"); got.status != http.StatusForbidden || clear(got.body) {
			t.Errorf("shown to %s: %d", login, got.status)
		}
	}
	readings := func() int {
		types, _ := p.stream("account-" + p.account("discipline"))
		return strings.Count(types, "personal.shown")
	}
	b, before := p.as("discipline"), readings() // that of the round above
	for _, reason := range []string{"", "查", "本人13912345678要求"} {
		if got := b.post(at, "reason", reason); got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "柳举报") || readings() != before {
			t.Errorf("for the reason %q: %d", reason, got.status)
		}
	}
	if got := b.post("/notices/"+sheet+"/objections/none/objector", "reason", "核查打击报复"); got.status == http.StatusOK || readings() != before {
		t.Errorf("an objection that is none: %d", got.status)
	}
	got := b.post(at, "reason", "核查异议人是否受到打击")
	for _, want := range []string{"柳举报", "13912345678", "只显示这一次"} {
		if got.status != http.StatusOK || got.header.Get("Cache-Control") != "no-store" || !strings.Contains(got.body, want) {
			t.Errorf("%d lacks %s", got.status, want)
		}
	}
	types, bytes := p.stream("account-" + p.account("discipline"))
	if readings() != before+1 || !strings.HasSuffix(types, "personal.shown") || clear(bytes) || !strings.Contains(bytes, `"reason":"核查异议人是否受到打击","sheet":"`+sheet+`","objection":"`+objection+`"`) {
		t.Errorf("the reading in the record: %s", types)
	}
	for _, stream := range []string{"notice-" + sheet, "household-" + p.own} {
		if _, bytes := p.stream(stream); clear(bytes) {
			t.Errorf("%s says who objected", stream)
		}
	}
	if got := b.get("/notices/" + sheet); clear(got.body) {
		t.Error("it goes on being shown")
	}
	must(p.handler.Paper(t.Context(), p.request("county"), sheet, paper.InvestigateSheetObjection{Objection: objection, Household: p.own, Findings: "走访"}))(t)
	if got := b.post(at, "reason", "核查打击报复"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "由县级机构经办") || clear(got.body) || readings() != before+1 {
		t.Errorf("the county inquired itself: %d", got.status)
	}
}
