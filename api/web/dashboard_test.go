package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

var (
	drillDown = regexp.MustCompile(`<a href="(/ledger\?[^"]+)">(?:<strong>)?(\d+)(?:</strong>)?\s*户`)
	inLedger  = regexp.MustCompile(`id="sum"><strong>(\d+)</strong>`)
)

// carried is a household that was taken over as a case of before.
func (p *town) carried(head string, b household.BringForward) string {
	p.t.Helper()
	id := p.register("village", village, head)
	b.Source = "全国防返贫监测信息系统"
	must(p.handler.Household(p.t.Context(), p.request("village"), id, b))(p.t)
	return id
}

// monitored are two households that are monitored and one whose risk is gone.
func (p *town) monitored() {
	p.t.Helper()
	day := calendar.MustDay
	grower := p.carried("石小山", household.BringForward{Class: code.Marginal, Risks: []code.Risk{"illness", "schooling"}, Included: day("2021-05-10")})
	patient := p.carried("田大川", household.BringForward{Class: code.Sudden, Risks: []code.Risk{"illness"}, Included: day("2023-02-20")})
	p.carried("谷有余", household.BringForward{Class: code.Unstable, Risks: []code.Risk{"disability"}, Included: day("2021-06-01"), Eliminated: day("2022-11-30")})
	for id, class := range map[string]code.MeasureClass{grower: "industry", patient: "health"} {
		must(p.handler.Household(p.t.Context(), p.request("village"), id, household.StartMeasure{Measure: "m", Class: class, Content: "帮扶", Department: "medical_insurance"}))(p.t)
	}
	p.seen(p.t.Context(), must(p.handler.Log.End(p.t.Context()))(p.t))
}

// Every figure of the dashboard is what the ledger counts at the address that
// it opens, for the county, a township and a village.
func TestEveryFigureIsItsList(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.monitored()
	for _, login := range []string{"county", "township", "village", "auditor"} {
		b := p.as(login)
		page := b.get("/dashboard")
		if page.status != http.StatusOK {
			t.Fatalf("%s: %d %s", login, page.status, page.body)
		}
		figures := drillDown.FindAllStringSubmatch(page.body, -1)
		if len(figures) < 12 {
			t.Errorf("%s: only %d figures open a list", login, len(figures))
		}
		for _, f := range figures {
			list := b.get(html.UnescapeString(f[1]))
			counted := inLedger.FindStringSubmatch(list.body)
			if list.status != http.StatusOK || counted == nil || counted[1] != f[2] {
				t.Errorf("%s: %s says %s, the list %q", login, f[1], f[2], counted)
			}
		}
		if definitions, figures := strings.Count(page.body, "口径</summary>"), strings.Count(page.body, "sw-figure\""); definitions < figures {
			t.Errorf("%s: %d figures, %d definitions", login, figures, definitions)
		}
		for _, want := range []string{">3</strong> 户", "33.33%", "2023-02", "口径", "有开发式帮扶措施", "<strong>50.00%</strong> 按户"} {
			if !strings.Contains(page.body, want) {
				t.Errorf("%s: the dashboard lacks %s", login, want)
			}
		}
	}
	if got := p.as("county").get("/dashboard?region=" + foreignVillage); got.status != http.StatusForbidden {
		t.Errorf("another county's: %d", got.status)
	}
	if got := p.as("county").get("/dashboard/waiting?step=township_review&procedure=inclusion"); got.status != http.StatusOK || !strings.Contains(got.body, "乡镇审核") {
		t.Errorf("who waits: %d", got.status)
	}
}

// The pictures are drawn at both sizes without asking for more than the policy
// of the page allows; without the script the tables say the same.
func TestTheDashboardIsDrawn(t *testing.T) {
	p := newTown(t)
	p.monitored()
	for _, size := range [][2]int64{{1366, 768}, {390, 844}} {
		ctx := chromium(t, int(size[0]), int(size[1]))
		do := func(steps ...chromedp.Action[chromedp.Void]) {
			t.Helper()
			if err := chromedp.Do(ctx, steps...); err != nil {
				t.Fatal(err)
			}
		}
		do(chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(p.http.URL+"/login"))
		do(chromedp.SendKeys("#login", "county"), chromedp.SendKeys("#password", secret), chromedp.Click("button.btn-primary"), chromedp.WaitVisible(".sw-menu"))
		do(chromedp.Navigate(p.http.URL+"/dashboard"), chromedp.WaitVisible("#months canvas"), chromedp.WaitVisible("#risks canvas"))
		if over := must(chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`)))(t); over > 0 {
			t.Errorf("%d pixels wider than %d", over, size[0])
		}
	}
}
