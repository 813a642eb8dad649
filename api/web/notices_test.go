package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// shown waits until the lists have what stands in the log.
func (p *town) shown() {
	p.t.Helper()
	p.seen(p.t.Context(), must(p.handler.Log.End(p.t.Context()))(p.t))
}

// Screen 6, the inspector's desk: his sheets, and what he saw himself, which
// changes no case.
func TestAnInspectorLooksForHimself(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	sheet := p.fileAway()[0]
	p.shown()
	before := p.entries(p.own)
	b := p.as("notice_inspector")
	if got := b.get("/"); got.header.Get("Location") != "/notices" {
		t.Errorf("his work begins at %s", got.header.Get("Location"))
	}
	for path, wants := range map[string][]string{
		"/notices":               {"公示检查", "/notices/" + sheet, "柳湾村", "公示中", "张贴无"},
		"/notices?state=removed": {"没有公示单"},
		"/notices/tomorrow":      {"2023年4月4日", "公示栏"},
		"/notices/compliance":    {"合规情况表", "张贴无照片"},
		"/notices/" + sheet:      {"未发现个人号码", "还没有人到现场核查", "登记核查", "0天"},
	} {
		got := b.get(path)
		for _, want := range wants {
			if got.status != http.StatusOK || !strings.Contains(got.body, want) {
				t.Errorf("%s: %d lacks %s", path, got.status, want)
			}
		}
	}
	check := func(pairs ...string) url.Values {
		q := url.Values{"happened": {"2023-04-03"}, "place": {"村务公开栏"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		return q
	}
	refused := b.upload("/notices/"+sheet+"/inspections", check("key", "i-0", "result", "different", "note", "电话13812341234"), nil)
	if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, `role="alert"`) || !strings.Contains(refused.body, "value=\"different\" required checked") {
		t.Errorf("a telephone number in the note: %d", refused.status)
	}
	for range 2 { // the button was pressed twice
		got := b.upload("/notices/"+sheet+"/inspections", check("key", "i-1", "result", "missing", "note", "公示栏空白"), map[string][]byte{"photo": picture()})
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	page := b.get("/notices/" + sheet)
	for _, want := range []string{"未见", "公示栏空白", "/photos/"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
	photo := regexp.MustCompile(`/notices/[^"]+/photos/[0-9a-f]{64}`).FindString(page.body)
	if got := b.get(photo); got.status != http.StatusOK || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("the photograph: %d", got.status)
	}
	if got := b.get("/notices/" + sheet + "/photos/" + strings.Repeat("0", 64)); got.status != http.StatusNotFound {
		t.Errorf("a photograph of something else: %d", got.status)
	}
	if p.entries(p.own) != before {
		t.Error("a check on the spot changed a household's file")
	}
	withdrawal := regexp.MustCompile(`/notices/[^"]+/withdrawal`).FindString(page.body)
	if strings.Contains(p.as("discipline").get("/notices/"+sheet).body, "/withdrawal") {
		t.Error("another's check is offered to be withdrawn")
	}
	if got := b.post(withdrawal, "reason", "看错了公示栏"); got.status != http.StatusSeeOther {
		t.Errorf("withdrawn: %d %s", got.status, got.body)
	}
	if after := b.get("/notices/" + sheet).body; !strings.Contains(after, "<s>未见</s>") || !strings.Contains(after, "看错了公示栏") {
		t.Error("the withdrawn check is not struck through")
	}
	p.passes(7 * 24 * time.Hour)
	if got := p.as("notice_inspector").get("/notices/tomorrow").body; !strings.Contains(got, "期满未登记撤下") {
		t.Error("who forgot to take it down is not seen")
	}
}
