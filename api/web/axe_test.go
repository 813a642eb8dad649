package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"shouwang/commands/accounts"
)

// screens are the sizes at which pages are looked at: a desk's and a phone's.
var screens = [][2]int64{{1366, 768}, {390, 844}}

// examined is what a page is: whether it fits the screen, and what axe-core finds
// serious or critical in it, beside the element.
const examined = `axe.run(document).then(r => JSON.stringify({
	passed: r.passes.length, over: document.documentElement.scrollWidth - innerWidth, lang: document.documentElement.lang,
	found: r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))}))`

// Every page of the routes, in both languages and at both sizes: axe-core finds
// nothing serious or critical, nothing is wider than the screen, and the content
// policy is kept. A new route is a new page here by itself.
func TestEveryPageIsForEverybody(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed (scripts/clients.sh): nobody examined the pages")
	}
	p := newTown(t)
	ctx := chromium(t, int(screens[0][0]), int(screens[0][1]))
	for _, kind := range []string{"clue.recorded.v1", "clue.dispatched.v1", "notice.removed.v1"} { // one for each level
		p.tell(kind, p.own, map[string]string{"region": village})
	}
	pages := p.pagesByVisitor()
	visitors := []string{""} // those who are not logged in first
	for login := range pages {
		if login != "" {
			visitors = append(visitors, login)
		}
	}
	slices.Sort(visitors)
	for _, login := range visitors {
		if login != "" {
			p.comesIn(ctx, login)
		}
		for _, spoken := range []language{chinese, english} {
			do(ctx, t, chromedp.Navigate(p.http.URL+"/login"))
			must(chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`document.cookie = '%s=%s; path=/'`, languageCookie, spoken))))(t)
			for _, path := range pages[login] {
				do(ctx, t, chromedp.Navigate(p.http.URL+path))
				must(chromedp.Run(ctx, chromedp.Evaluate[bool](string(axe)+"; true")))(t)
				for _, size := range screens {
					do(ctx, t, chromedp.EmulateViewport(size[0], size[1]))
					p.looksWell(ctx, fmt.Sprintf("%s as %q", path, login), spoken, size)
				}
			}
		}
		must(chromedp.Run(ctx, chromedp.Evaluate[bool](`fetch('/logout', {method: 'POST'}).then(() => true)`, chromedp.EvalAwaitPromise)))(t)
	}
}

// looksWell examines what the browser shows now.
func (p *town) looksWell(ctx context.Context, what string, spoken language, size [2]int64) {
	p.t.Helper()
	text := must(chromedp.Run(ctx, chromedp.Evaluate[string](examined, chromedp.EvalAwaitPromise)))(p.t)
	var found struct {
		Passed int
		Over   int
		Lang   language
		Found  []string
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		p.t.Fatal(err)
	}
	if found.Passed == 0 || found.Over > 0 || found.Lang != spoken || len(found.Found) > 0 {
		p.t.Errorf("%s in %s at %v: %d pixels too wide, in %s\n\t%s", what, spoken, size, found.Over, found.Lang, strings.Join(found.Found, "\n\t"))
	}
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// comesIn logs somebody in with the browser.
func (p *town) comesIn(ctx context.Context, login string) {
	p.t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(p.http.URL+"/login"), chromedp.SendKeys("#login", login), chromedp.SendKeys("#password", secret),
		chromedp.Click("main button[type=submit]"), chromedp.WaitVisible(".sw-menu")); err != nil {
		p.t.Fatal(err)
	}
}

// pagesByVisitor are the addresses of all pages, each by somebody who may come to
// it: of few visitors as many as possible.
func (p *town) pagesByVisitor() map[string][]string {
	p.t.Helper()
	link := must(p.site.Accounts.IssueLink(p.t.Context(), accounts.By{Channel: "cli"}, p.victim))(p.t)
	papers := p.fileAway()
	pages := map[string][]string{}
	for _, e := range p.site.routes {
		if e.method != http.MethodGet || e.path == "/" || e.path == livePath { // the last is heard, not seen
			continue
		}
		own, _ := p.addresses(papers, e)
		own = strings.Replace(own, "/link/x.y", "/link/"+link, 1)
		who := strings.Fields(mayCome["GET "+e.path])
		visitor := "village"
		switch {
		case e.scope == anybody:
			visitor = ""
		case len(e.who) > 0 && !slices.Contains(who, visitor):
			visitor = who[0]
		}
		pages[visitor] = append(pages[visitor], own)
	}
	return pages
}
