package web

import (
	"fmt"
	"net/url"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// refusedForms are forms as they are refused: what is sent, and to where. Each is
// opened, emptied of what it needs, and sent from the browser.
func (p *town) refusedForms() map[string]struct{ login, page string } {
	one := url.Values{"go": {"1"}, "household": {p.own}}.Encode()
	file := "/households/" + p.own + "/forms/"
	return map[string]struct{ login, page string }{
		"meeting":     {"village", "/meetings/new?" + one},
		"report":      {"village", "/lists/village_report/new?" + one},
		"review":      {"township", "/lists/township_review/new?region=" + township + "&" + one},
		"decision":    {"county", "/lists/county_decision/new?region=" + county + "&" + one},
		"roll-back":   {"county", "/lists/elimination_roll_back/new?region=" + county + "&" + one},
		"study":       {"township", "/studies/new?region=" + township + "&" + one},
		"approval":    {"county", "/funds/" + p.fund + "/approvals/new?" + one},
		"survey":      {"village", file + "survey"},
		"income":      {"village", file + "income"},
		"register":    {"village", "/households/forms/register?region=" + village},
		"split":       {"village", file + "merge"},
		"health":      {"village", file + "health"},
		"plan":        {"village", file + "plan"},
		"fund":        {"county", "/forms/fund"},
		"appointment": {"county", "/forms/appointment"},
		"duty":        {"county", "/forms/duty-done"},
		"assist":      {"village", "/applications/new"},
	}
}

// emptied sends the page's form as somebody does whose browser checks nothing: no
// field is filled in.
const emptied = `(() => { const f = document.querySelector('main form[method=post]'); f.noValidate = true;
	for (const e of f.elements) { if (['text', 'date', 'number', 'textarea'].includes(e.type)) e.value = ''; if (e.name === 'done_by' || e.name === 'here') e.checked = false; }
	HTMLFormElement.prototype.submit.call(f); return true })()`

// A form that was refused is for everybody, too: axe-core finds nothing serious in
// it, in both languages and at both sizes, and it tells why.
func TestEveryRefusedFormIsForEverybody(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed (scripts/clients.sh): nobody examined the pages")
	}
	p := newTown(t)
	p.fileAway()
	p.shown()
	ctx := chromium(t, int(screens[0][0]), int(screens[0][1]))
	for _, login := range []string{"village", "township", "county"} {
		p.comesIn(ctx, login)
		for _, spoken := range []language{chinese, english} {
			do(ctx, t, chromedp.Navigate(p.http.URL+"/me"))
			must(chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`document.cookie = '%s=%s; path=/'`, languageCookie, spoken))))(t)
			for name, form := range p.refusedForms() {
				if form.login != login {
					continue
				}
				do(ctx, t, chromedp.Navigate(p.http.URL+form.page))
				must(chromedp.Run(ctx, chromedp.Evaluate[bool](emptied)))(t)
				do(ctx, t, chromedp.WaitVisible("main [role=alert]"))
				must(chromedp.Run(ctx, chromedp.Evaluate[bool](string(axe)+"; true")))(t)
				for _, size := range screens {
					do(ctx, t, chromedp.EmulateViewport(size[0], size[1]))
					p.looksWell(ctx, name+" refused, as "+login, spoken, size)
				}
			}
		}
		must(chromedp.Run(ctx, chromedp.Evaluate[bool](`fetch('/logout', {method: 'POST'}).then(() => true)`, chromedp.EvalAwaitPromise)))(t)
	}
}
