package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/commands"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/eventlog"
)

var code12 = regexp.MustCompile(`class="sw-code"><strong>([0-9A-Z ]+)</strong>`)

func codeIn(t *testing.T, p page) string {
	t.Helper()
	found := code12.FindStringSubmatch(p.body)
	if p.status != http.StatusOK || found == nil {
		t.Fatalf("no code: %d %s", p.status, p.body)
	}
	return found[1]
}

// stream tells the types of a stream's records, and all their bytes together.
func (p *town) stream(name string) (types, bytes string) {
	p.t.Helper()
	for rec, err := range p.handler.Log.ReadStream(p.t.Context(), name, eventlog.NoStream) {
		if err != nil {
			p.t.Fatal(err)
		}
		types += strings.TrimSuffix(rec.Type, ".v1") + " "
		bytes += string(rec.Data) + string(rec.Meta)
	}
	return strings.TrimSpace(types), bytes
}

// Screen 6: anybody sees what hangs, without logging in, until its period ends,
// and may object; who he is stands nowhere in clear.
func TestAnybodySeesTheBoardAndObjects(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	sheet := p.fileAway()[0]
	p.shown()
	b := p.browser()
	board := b.get("/board/" + village)
	for _, want := range []string{"公示栏", "柳湾村", "甲", "0931-1234567", "我有异议"} {
		if board.status != http.StatusOK || !strings.Contains(board.body, want) {
			t.Errorf("%d: the board lacks %s", board.status, want)
		}
	}
	if board.header.Get("X-Robots-Tag") == "" {
		t.Error("the board is to be found by searching")
	}
	for _, path := range []string{"/board/" + county, "/board/999", "/apply/" + county} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	object := func(pairs ...string) page {
		return b.post("/board/"+village+"/objections", append([]string{"notice", sheet, "household", p.own, "content", "家里有小车", "name", "柳举报", "contact", "13912345678"}, pairs...)...)
	}
	if got := object("key", "no-uuid"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "柳举报") {
		t.Errorf("a key of one's own: %d", got.status)
	}
	key := uuid.NewString()
	first := codeIn(t, object("key", key))
	if again := codeIn(t, object("key", key)); again != first { // the button was pressed twice
		t.Errorf("codes %s and %s", first, again)
	}
	types, bytes := p.stream("notice-" + sheet)
	if types != "sheet.posted sheet.objected" {
		t.Error(types)
	}
	if strings.Contains(bytes, "柳举报") || strings.Contains(bytes, "13912345678") || strings.Contains(bytes, strings.ReplaceAll(first, " ", "")) {
		t.Error("who objected, or his code, stands in the record")
	}
	if _, bytes := p.stream(commands.HouseholdStream(p.own)); strings.Contains(bytes, "柳举报") || !strings.Contains(bytes, "群众（公示异议）") {
		t.Error("the household's file says who objected, or not that it was the public")
	}
	if got := b.post("/track", "code", first); !strings.Contains(got.body, "已收到异议") || strings.Contains(got.body, "小车") {
		t.Errorf("the objection's progress: %d %s", got.status, got.body)
	}
	if got := object("key", uuid.NewString()); got.status != http.StatusTooManyRequests {
		t.Errorf("the fourth at once: %d", got.status)
	}
	for _, c := range []paper.Command{
		paper.InvestigateSheetObjection{Objection: objectionOf(strings.ReplaceAll(first, " ", "")), Household: p.own, Findings: "走访"},
		paper.AnswerSheetObjection{Objection: objectionOf(strings.ReplaceAll(first, " ", "")), Household: p.own, Findings: "经查为他人车辆"},
	} {
		must(p.handler.Paper(t.Context(), p.request("village"), sheet, c))(t)
	}
	p.shown()
	if got := b.post("/track", "code", strings.ToLower(first)); !strings.Contains(got.body, "异议不成立") || !strings.Contains(got.body, "经查为他人车辆") {
		t.Errorf("the answer: %s", got.body)
	}
	p.passes(5 * 24 * time.Hour)
	if got := b.get("/board/" + village).body; strings.Contains(got, "甲") || !strings.Contains(got, "现在没有公示") {
		t.Error("the list is shown although its period has ended")
	}
}

// Screen 8: by the code of the village, with a photograph and a proxy writer; a
// code shows how far it is and why it was refused, and nothing else.
func TestAHouseholdAppliesByCode(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.browser()
	if got := b.get("/apply/" + village); got.status != http.StatusOK || !strings.Contains(got.body, "代写人") {
		t.Fatalf("%d %s", got.status, got.body)
	}
	key := uuid.NewString()
	form := func(pairs ...string) url.Values {
		q := url.Values{"key": {key}, "name": {"柳长福"}, "content": {"妻子住院，花了两万多"}, "contact": {"13912345678"}, "writer": {"柳小明"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		return q
	}
	for what, q := range map[string]url.Values{
		"no name": form("name", ""), "nothing said": form("content", " "), "a number in the text": form("content", "电话13912345678"), "a key of one's own": form("key", "k"),
	} {
		if got := b.upload("/apply/"+village, q, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `role="alert"`) {
			t.Errorf("%s: %d", what, got.status)
		}
	}
	p.site.gates = newGates()
	if got := b.upload("/apply/"+village, form(), map[string][]byte{"photo": []byte("no picture")}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("no picture: %d", got.status)
	}
	tracking := codeIn(t, b.upload("/apply/"+village, form(), map[string][]byte{"photo": picture()}))
	if again := codeIn(t, b.upload("/apply/"+village, form(), map[string][]byte{"photo": picture()})); again != tracking {
		t.Errorf("sent twice: %s and %s", tracking, again)
	}
	id := applicationOf(strings.ReplaceAll(tracking, " ", ""))
	types, bytes := p.stream(commands.HouseholdStream(id))
	if types != "clue.recorded application.sent" {
		t.Error(types)
	}
	if strings.Contains(bytes, "13912345678") || !strings.Contains(bytes, "农户本人（扫码申报）") || strings.Contains(bytes, strings.ReplaceAll(tracking, " ", "")) {
		t.Error("the telephone or the code stands in clear, or nobody says that it was the household itself")
	}
	if got := b.post("/track", "code", tracking); !strings.Contains(got.body, "已收到申报") || strings.Contains(got.body, "柳长福") || strings.Contains(got.body, "住院") {
		t.Errorf("its progress: %s", got.body)
	}
	must(p.handler.Household(t.Context(), p.request("village"), id, household.VerifyClue{Clue: "c1", Result: "no_risk", Reason: "医保已全额报销"}))(t)
	if got := b.post("/track", "code", tracking); !strings.Contains(got.body, "核实无风险") || !strings.Contains(got.body, "医保已全额报销") {
		t.Errorf("the refusal's reason: %s", got.body)
	}
	for _, wrong := range []string{"2222 2222 2222", "", "x", "柳长福"} {
		if got := b.post("/track", "code", wrong); got.status != http.StatusNotFound {
			t.Errorf("code %q: %d", wrong, got.status)
		}
	}
	for range 10 {
		b.post("/track", "code", "2222 2222 2222")
	}
	if got := b.post("/track", "code", "2222 2222 2222"); got.status != http.StatusTooManyRequests {
		t.Errorf("guessing codes: %d", got.status)
	}
}

// The assisted route, for people without a telephone, and the poster.
func TestACadreAppliesForSomebody(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	form := url.Values{"key": {uuid.NewString()}, "village": {village}, "via": {"oral"}, "name": {"柳长福"}, "content": {"房屋漏雨"}}
	tracking := codeIn(t, b.upload("/applications", form, nil))
	types, bytes := p.stream(commands.HouseholdStream(applicationOf(strings.ReplaceAll(tracking, " ", ""))))
	if types != "clue.recorded" || !strings.Contains(bytes, `"id":"village"`) || !strings.Contains(bytes, `"via":"oral"`) {
		t.Errorf("%s %s", types, bytes)
	}
	form.Set("key", uuid.NewString())
	form.Set("village", foreignVillage)
	if got := b.upload("/applications", form, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "请选择所在村") {
		t.Errorf("for another county: %d", got.status)
	}
	poster := b.get("/poster")
	for _, want := range []string{"家里有困难，扫码告诉我们", "/apply/" + village, "<svg", "sw-qr"} {
		if poster.status != http.StatusOK || !strings.Contains(poster.body, want) {
			t.Errorf("%d: the poster lacks %s", poster.status, want)
		}
	}
	if got := p.as("county").get("/poster"); !strings.Contains(got.body, "<option value=\""+village) {
		t.Error("the county cannot choose a village")
	}
}
