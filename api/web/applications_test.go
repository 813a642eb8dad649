package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// What somebody sent by the code of his village comes to the office as he sent it:
// with its photographs, who wrote it, and the contact masked until somebody says
// why. It is taken up from there, or refused in words that the applicant reads.
func TestAnApplicationIsTakenUpOrRefused(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	public := p.browser()
	send := func(name string) (tracking, at string) {
		t.Helper()
		q := url.Values{"key": {uuid.NewString()}, "name": {name}, "content": {"住院三个月，自费四万多"}, "contact": {"13912345678"}, "writer": {"邻居柳大姐"}}
		tracking = codeIn(t, public.upload("/apply/"+village, q, map[string][]byte{"photo": picture()}))
		return tracking, "/households/" + applicationOf(typedCode(tracking)) + "/application"
	}
	tracking, at := send("柳长福")
	b := p.as("village")
	list := b.get("/applications").body
	if !strings.Contains(list, at) || !strings.Contains(list, "扫码申报") || !strings.Contains(list, "待核实") {
		t.Error("the list lacks the application")
	}
	page := b.get(at).body
	for _, want := range []string{"住院三个月，自费四万多", "邻居柳大姐", "139****5678", "农户本人（扫码申报）", "/forms/link", "name_1=%E6%9F%B3%E9%95%BF%E7%A6%8F"} {
		if !strings.Contains(page, want) {
			t.Errorf("the application lacks %s", want)
		}
	}
	photo := regexp.MustCompile(at + `/photos/[0-9a-f]+`).FindString(page)
	if got := b.get(photo); photo == "" || got.status != http.StatusOK || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("its photograph %q: %d", photo, got.status)
	}
	if got := p.as("department").get(photo); got.status != http.StatusForbidden {
		t.Errorf("a department sees the photograph: %d", got.status)
	}
	if got := b.post(at+"/contact", "reason", ""); got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "13912345678") {
		t.Errorf("shown without a reason: %d", got.status)
	}
	if got := b.post(at+"/contact", "reason", "约定入户时间"); got.status != http.StatusOK || !strings.Contains(got.body, "13912345678") {
		t.Errorf("the contact: %d", got.status)
	}
	account := ""
	for _, a := range p.site.Accounts.All() {
		if a.Login == "village" {
			account = a.Account
		}
	}
	if types, bytes := p.stream("account-" + account); !strings.HasSuffix(types, "personal.shown") || !strings.Contains(bytes, "约定入户时间") {
		t.Errorf("that it was shown is not recorded: %s", types)
	}

	refusal := form("r", "result", "single_measure", "reason", "请找13912345678")
	if got := b.upload(at+"/refusal", refusal, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="fault-reason"`) || !strings.Contains(got.body, ">请找13912345678</textarea>") {
		t.Errorf("a number among the words: %d", got.status)
	}
	refusal.Set("reason", "医保二次报销后自付不多，已帮助申请临时救助")
	for range 2 { // the button was pressed twice
		if got := b.upload(at+"/refusal", refusal, nil); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, plainText(got.body))
		}
	}
	if types, _ := p.stream("household-" + strings.Split(at, "/")[2]); types != "clue.recorded application.sent clue.verified household.unconfirmed_closed" {
		t.Error(types)
	}
	if got := public.post("/track", "code", tracking); !strings.Contains(got.body, "已帮助申请临时救助") {
		t.Error("the applicant does not read why")
	}
	if got := b.get(at).body; strings.Contains(got, "/refusal\"") || !strings.Contains(got, "单项措施即可") {
		t.Error("what was refused can be refused again")
	}

	_, at = send("石长根")
	file := strings.TrimSuffix(at, "/application")
	register := b.get(file + "/forms/register?name_1=" + url.QueryEscape("石长根")).body
	if !strings.Contains(register, `value="石长根"`) {
		t.Error("the name does not stand in the form")
	}
	b.entered(file+"/forms/register", form("n", "kind", "ordinary", "name_1", "石长根", "sex_1", "1", "without_1", "lost", "birth_1", "1960-01-02", "relation_1", "head", "labour_1", "ordinary", "lives_1", "both"), nil)
	if got := b.get(at).body; !strings.Contains(got, "已登记建档") || !strings.Contains(got, "/photos/") {
		t.Error("what was taken up keeps its application")
	}
	if got := b.get("/households/" + p.own + "/application"); got.status != http.StatusNotFound {
		t.Errorf("a household that did not apply: %d", got.status)
	}
}
