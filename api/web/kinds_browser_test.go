package web

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Everybody who has no part in an inclusion goes his main path in a real browser,
// from the login to what comes of it; the others do in
// TestThreeHouseholdsAreIncludedThroughThePages.
func TestEveryKindOfUserGetsWhatHeComesFor(t *testing.T) {
	p := newTown(t)
	sheet := p.fileAway()[0]
	p.shown()
	h := &hand{town: p, ctx: chromium(t, 1366, 768), file: filepath.Join(t.TempDir(), "photo.png"), seen: map[string]bool{}}
	if err := os.WriteFile(h.file, picture(), 0o600); err != nil {
		t.Fatal(err)
	}
	complaints := h.listens()
	h.do(chromedp.EmulateViewport(1366, 768))
	sees := func(where string, wants ...string) {
		t.Helper()
		text := evaluated[string](h, `document.querySelector('`+where+`').innerText`)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s at %s lacks %s", where, h.at(), want)
			}
		}
	}

	h.comes("department")
	h.fillsIn(p.own, "clue", "channel", "department_warning", "via", "data_sharing", "department", "medical_insurance", "content", "住院自付费用较高")
	if got := p.entries(p.own); !strings.HasSuffix(got, " clue.recorded") {
		t.Errorf("the department's warning: %s", got)
	}

	h.comes("paired")
	h.opensPage("/households/" + p.own)
	h.do(chromedp.Click("#visits summary"))
	h.enters("#visits form", "note", "家中一切正常")
	sees("#visits", "家中一切正常")

	h.comes("notice_inspector")
	h.opensPage("/notices/" + sheet)
	h.attaches("photo")
	h.enters("#inspect", "result", "missing", "note", "公示栏空白")
	sees("#inspections", "未见", "公示栏空白")

	h.comes("discipline")
	h.opensPage("/ledger?text=LGF")
	sees("#found", "柳桂芳")
	h.opensPage("/households/" + p.own + "/replay")
	sees("main", "走访", "录入人（当日岗位）", "结对帮扶干部", "没有附照片或扫描件")
	h.plays("/households/" + p.own + "/replay")
	h.opensPage("/replay/person?person=village")
	sees("main", "经办", "录入")

	h.comes("auditor")
	h.opensPage("/dashboard")
	h.opensPage("/households/" + p.own)
	sees("main", "柳*芳")

	h.comes("system_administrator")
	h.opensPage("/admin/accounts")
	h.enters("form[method=post][action='/admin/accounts']", "login", "newcomer", "name", "新人")
	link := evaluated[string](h, `(document.querySelector('main').innerHTML.match(/\/link\/[A-Za-z0-9._-]+/) || [''])[0]`)
	if link == "" {
		t.Fatal("no one-time link is shown")
	}

	h.comes("security_administrator")
	h.opensPage("/admin/accounts")
	closing := "form[action='/admin/accounts/" + p.victim + "/closing']"
	evaluated[bool](h, `(f => { const d = f.closest('details'); if (d) d.open = true; return true })(document.querySelector("`+closing+`"))`)
	h.enters(closing, "reason", "已调离")
	sees("main", "停用")

	h.comes("audit_administrator")
	h.opensPage("/admin/accounts/" + p.victim + "/trail")
	sees("main", "已调离")

	// The newcomer's link lets him in once, with a password of his own.
	h.presses("form[action='/logout'] button")
	h.opensPage(link)
	h.enters("main form", "password", "Yizhi-hongxing-2023", "again", "Yizhi-hongxing-2023")
	h.do(chromedp.Navigate(p.http.URL+"/login"), chromedp.SendKeys("#login", "newcomer"), chromedp.SendKeys("#password", "Yizhi-hongxing-2023"), chromedp.Click("main button[type=submit]"), chromedp.WaitVisible(".sw-menu"))
	for _, c := range complaints() {
		t.Errorf("the browser complains: %s", c)
	}
}

// plays steps through a replay, slides to its beginning and lets it play to its end:
// each shows another moment.
func (h *hand) plays(path string) {
	h.t.Helper()
	h.opensPage(path)
	last := evaluated[int](h, `+document.querySelector('#at').max`)
	if last < 4 {
		h.t.Fatalf("%d entries are too few to play", last)
	}
	seen := map[string]bool{}
	moment := func(want int) {
		h.t.Helper()
		if got := evaluated[int](h, `+document.querySelector('.sw-sum strong').textContent`); got != want || evaluated[int](h, `+document.querySelector('#at').value`) != want {
			h.t.Fatalf("it stands at entry %d, want %d", got, want)
		}
		shown := evaluated[string](h, `[...document.querySelectorAll('.sw-moment, #step')].map(e => e.innerText).join(' ')`)
		if seen[shown] {
			h.t.Errorf("at entry %d nothing has changed: %s", want, shown)
		}
		seen[shown] = true
	}
	goes := func(step chromedp.Action[chromedp.Void]) {
		h.t.Helper()
		ctx, cancel := context.WithTimeout(h.ctx, 30*time.Second)
		defer cancel()
		if _, err := chromedp.RunResponse(ctx, step); err != nil {
			h.t.Fatal(err)
		}
	}
	moment(last)
	goes(chromedp.Click(`.sw-player [rel=prev]`))
	moment(last - 1)
	goes(chromedp.SendKeys("#at", kb.Home))
	moment(0)
	goes(chromedp.Click(`.sw-player [rel=next]`))
	moment(1)
	h.opensPage(path + "?at=" + strconv.Itoa(last-2))
	moment(last - 2)
	h.do(chromedp.Click("[data-play]"), chromedp.WaitVisible(`[data-player][data-end=true]`))
	if got := evaluated[int](h, `+document.querySelector('.sw-sum strong').textContent`); got != last || !evaluated[bool](h, `document.querySelector('[data-play]').hidden && !sessionStorage.getItem('shouwang-playing')`) {
		h.t.Errorf("it played to entry %d of %d, or plays on", got, last)
	}
}
