package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/domain/paper"
)

// The county's discipline inspector appoints somebody to inquire into one objection:
// he finds it on his own pages and reads who raised it, for a reason, until the last
// day; nobody else does, and nobody below the county can appoint.
func TestAnInquirerIsAppointedAndReads(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	sheet := p.fileAway()[0]
	p.shown()
	object := func(name string) string {
		return objectionOf(typedCode(codeIn(t, p.browser().post("/board/"+village+"/objections", "notice", sheet, "household", p.own, "content", name+"说家里有小车",
			"name", name, "contact", "13912345678", "key", uuid.NewString()))))
	}
	one, other := object("柳举报"), object("柳二举")
	p.shown()
	clear := func(body string) bool {
		return strings.Contains(strings.ReplaceAll(body, "柳举报说", ""), "柳举报") || strings.Contains(strings.ReplaceAll(body, "柳二举说", ""), "柳二举") || strings.Contains(body, "13912345678")
	}
	page, to := "/notices/"+sheet, "/notices/"+sheet+"/objections/"+one+"/inquirers"
	if got := p.as("township").get(page).body; !strings.Contains(got, to) {
		t.Error("the township cannot appoint while only the village is concerned")
	}
	must(p.handler.Paper(t.Context(), p.request("township"), sheet, paper.InvestigateSheetObjection{Objection: other, Household: p.own, Findings: "走访"}))(t)
	for login, sees := range map[string]bool{"village": false, "township": false, "county": false, "notice_inspector": false, "discipline": true} {
		if got := p.as(login).get(page); got.status != http.StatusOK || strings.Contains(got.body, to) != sees {
			t.Errorf("%s is offered to appoint: %d", login, got.status)
		}
	}
	for _, login := range []string{"township", "county"} {
		if got := p.as(login).post(to, "person", "paired", "from", "2023-04-03", "key", uuid.NewString()); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "委派") {
			t.Errorf("%s appoints: %d", login, got.status)
		}
	}
	b := p.as("discipline")
	if got := b.get(page); strings.Contains(got.body, `<option value="village"`) || strings.Contains(got.body, `<option value="discipline"`) || !strings.Contains(got.body, `<option value="paired"`) {
		t.Error("he may choose from the wrong people")
	}
	for reason, pairs := range map[string][]string{
		"属于经办": {"person", "village", "from", "2023-04-03"}, "没有任职": {"person", "nobody", "from", "2023-04-03"}, "请填写自何日起": {"person", "paired"},
		"至何日止": {"person", "paired", "from", "2023-04-03", "to", "soon"}, "早于起始日期": {"person", "paired", "from", "2023-04-03", "to", "2023-04-02"},
	} {
		if got := b.post(to, append([]string{"key", uuid.NewString(), "number", "守纪〔2023〕7号"}, pairs...)...); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, reason) || !strings.Contains(got.body, `value="守纪〔2023〕7号"`) {
			t.Errorf("refused because %s: %d", reason, got.status)
		}
	}
	key := uuid.NewString()
	for range 2 { // sent twice, entered once
		if got := b.post(to, "person", "paired", "from", "2023-04-03", "to", "2023-04-05", "number", "守纪〔2023〕7号", "key", key); got.status != http.StatusSeeOther {
			t.Fatalf("appointed: %d %s", got.status, got.body)
		}
	}
	p.shown()
	if got := b.get(page).body; strings.Count(got, "委派调查：") != 1 || !strings.Contains(got, "守纪〔2023〕7号") {
		t.Error("the sheet does not tell its inspector who inquires")
	}
	if got := p.as("village").get(page).body; strings.Contains(got, "委派调查：") {
		t.Error("the sheet tells the village who inquires")
	}

	his := p.as("paired")
	if got := his.get("/work").body; !strings.Contains(got, `href="/inquiries"`) {
		t.Error("his work does not lead there")
	}
	at := func(objection string) string { return "/inquiries/" + sheet + "/" + objection + "/objector" }
	if got := his.get("/inquiries").body; !strings.Contains(got, at(one)) || strings.Contains(got, at(other)) || !strings.Contains(got, "柳举报说家里有小车") || clear(got) {
		t.Error("he does not find the one inquiry")
	}
	for login := range people {
		if login == "paired" || login == "discipline" {
			continue
		}
		if got := p.as(login).post(at(one), "reason", "约谈异议人"); got.status != http.StatusUnprocessableEntity || clear(got.body) {
			t.Errorf("shown to %s: %d", login, got.status)
		}
		if got := p.as(login).get("/inquiries").body; strings.Contains(got, at(one)) {
			t.Errorf("listed for %s", login)
		}
	}
	for login := range administrators {
		if got := p.as(login).post(at(one), "reason", "约谈异议人"); got.status != http.StatusForbidden || clear(got.body) {
			t.Errorf("shown to %s: %d", login, got.status)
		}
	}
	readings := func() int {
		types, _ := p.stream("account-" + p.account("paired"))
		return strings.Count(types, "personal.shown")
	}
	for _, reason := range []string{"", "本人13912345678要求"} {
		if got := his.post(at(one), "reason", reason); got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "13912345678</div>") || readings() != 0 {
			t.Errorf("for the reason %q: %d", reason, got.status)
		}
	}
	if got := his.post(at(other), "reason", "约谈异议人"); got.status != http.StatusUnprocessableEntity || clear(got.body) || readings() != 0 {
		t.Errorf("another objection: %d", got.status)
	}
	got := his.post(at(one), "reason", "约谈异议人")
	if got.status != http.StatusOK || !clear(got.body) || got.header.Get("Cache-Control") != "no-store" || readings() != 1 {
		t.Errorf("for a reason: %d, %d readings", got.status, readings())
	}
	types, bytes := p.stream("account-" + p.account("paired"))
	if !strings.HasSuffix(types, "personal.shown") || !strings.Contains(bytes, `"sheet":"`+sheet+`","objection":"`+one+`","appointment":"`) {
		t.Errorf("the reading in the record: %s", types)
	}
	if got := his.get("/inquiries"); clear(got.body) {
		t.Error("it goes on being shown")
	}

	// He enters what he found himself; his office is no office concerned by that.
	entering := "/inquiries/" + sheet + "/" + one + "/findings"
	if got := p.as("auditor").post(entering, "findings", "走访邻居", "key", uuid.NewString()); got.status != http.StatusForbidden {
		t.Errorf("the auditor, who is not appointed, enters: %d", got.status)
	}
	if got := his.post("/inquiries/"+sheet+"/"+other+"/findings", "findings", "走访邻居", "key", uuid.NewString()); got.status != http.StatusForbidden {
		t.Errorf("he enters of another objection: %d", got.status)
	}
	if got := his.post(entering, "findings", "本人电话13912345679", "key", uuid.NewString()); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "本人电话13912345679</textarea>") {
		t.Errorf("with a number: %d", got.status)
	}
	if got := his.post(entering, "findings", "走访邻居两户", "key", uuid.NewString()); got.status != http.StatusSeeOther {
		t.Errorf("he enters: %d %s", got.status, got.body)
	}
	p.shown()
	if got := p.as("village").get("/sheets/" + sheet).body; !strings.Contains(got, "走访邻居两户") {
		t.Error("the sheet does not tell what he found")
	}
	if got := his.post(at(one), "reason", "再次约谈异议人"); got.status != http.StatusOK || !clear(got.body) {
		t.Errorf("after he inquired: %d", got.status)
	}
	if got := p.as("discipline").get(page).body; !strings.Contains(got, to) {
		t.Error("that he inquired takes the appointing from the county")
	}
	p.passes(72 * time.Hour) // to the day after the last
	his = p.as("paired")
	if got := his.post(at(one), "reason", "约谈异议人"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "2023年4月5日") || clear(got.body) || readings() != 2 {
		t.Errorf("after the end: %d", got.status)
	}
	if got := his.get("/inquiries").body; strings.Contains(got, at(one)) || !strings.Contains(got, "委派已止") {
		t.Error("what is over is not told as over")
	}

	// A wrong appointment is marked void by whoever might have made it.
	b = p.as("discipline")
	if got := b.post(to, "person", "auditor", "from", "2023-04-06", "key", uuid.NewString()); got.status != http.StatusSeeOther {
		t.Fatalf("appointed: %d", got.status)
	}
	all := must(p.handler.Inquirers(t.Context(), sheet))(t)
	voiding := "/notices/" + sheet + "/inquirers/" + all[len(all)-1].Event + "/voiding"
	if got := p.as("county").post(voiding, "reason", "委派有误"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the county's officer voids it: %d", got.status)
	}
	if got := b.post(voiding, "reason", ""); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "更正须写明原因") {
		t.Errorf("void for no reason: %d", got.status)
	}
	if got := b.post(voiding, "reason", "委派有误"); got.status != http.StatusSeeOther {
		t.Errorf("void: %d", got.status)
	}
	p.shown()
	if got := b.get(page).body; !strings.Contains(got, "已作废：委派有误") {
		t.Error("what is void does not stay visible")
	}
	auditor := p.as("auditor")
	if got := auditor.get("/inquiries"); got.status != http.StatusOK || !strings.Contains(got.body, "没有委派给您的异议调查") {
		t.Errorf("it is still listed: %d", got.status)
	}
	if got := auditor.post(at(one), "reason", "约谈异议人"); got.status != http.StatusUnprocessableEntity || clear(got.body) {
		t.Errorf("void, and read: %d", got.status)
	}
}
