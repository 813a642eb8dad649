package web

import (
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

var (
	drillDown = regexp.MustCompile(`<a href="(/ledger\?[^"]+)">(?:<strong>)?(\d+)(?:</strong>)?\s*户</a>\s*<(?:span|small)[^>]*>(\d+)\s*人`)
	inLedger  = regexp.MustCompile(`id="sum"><strong>(\d+)</strong>\s*户\s*<strong>(\d+)</strong>\s*人`)
	inQueue   = regexp.MustCompile(`href="(/dashboard/waiting\?[^"]+)">(\d+)户`)
	queued    = regexp.MustCompile(`id="sum"><strong>(\d+)</strong>户`)
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
			if list.status != http.StatusOK || counted == nil || counted[1] != f[2] || counted[2] != f[3] {
				t.Errorf("%s: %s says %s households and %s persons, the list %q", login, f[1], f[2], f[3], counted)
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
}

// Every figure of the funnel is the list that it opens, each household once: three
// wait for one sheet to come down, which is overdue, and one of them twice.
func TestEveryWaitingHouseholdIsInTheList(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	ids := []string{p.own, p.register("village", village, "石小山"), p.register("village", village, "田大川")}
	meeting := paper.HoldMeeting{Region: village, Procedure: policy.Inclusion, Place: "村委会", Entitled: 3, Attendees: []paper.Attendee{{Name: "甲", Capacity: "representative"}}}
	sheet := paper.PostSheet{Region: village, Procedure: policy.Inclusion, Title: "公示", Place: "公示栏", Phone: "0931-1234567"}
	for _, id := range ids {
		meeting.Items = append(meeting.Items, paper.MeetingItem{Household: id, For: 1, Result: code.Pass})
		sheet.Lines = append(sheet.Lines, paper.SheetLine{Household: id, Head: "甲", Persons: 1})
	}
	for _, c := range []paper.Command{meeting, sheet, paper.RaiseSheetObjection{Objection: "o", Household: p.own, Content: "家里有车"}} {
		must(p.handler.Paper(t.Context(), p.request("village"), commands.NewID("papers", village), c))(t)
	}
	p.passes(30 * 24 * time.Hour)
	p.shown()
	for _, login := range []string{"county", "township", "village"} {
		b := p.as(login)
		body := b.get("/dashboard").body
		figures := inQueue.FindAllStringSubmatch(body, -1)
		most, overdue := 0, 0
		for _, f := range figures {
			list := b.get(html.UnescapeString(f[1]))
			counted := queued.FindStringSubmatch(list.body)
			rows := strings.Count(list.body, `<td data-label="户主">`)
			if list.status != http.StatusOK || counted == nil || counted[1] != f[2] || strconv.Itoa(rows) != f[2] {
				t.Errorf("%s: %s says %s, the list %q with %d rows", login, f[1], f[2], counted, rows)
			}
			most = max(most, rows)
			if strings.Contains(f[1], "overdue=1") {
				overdue++
				if strings.Count(list.body, "sw-overdue") != rows {
					t.Errorf("%s: %s lists what is not overdue", login, f[1])
				}
			}
		}
		if len(figures) < 2 || most != 3 || overdue == 0 {
			t.Errorf("%s: %d figures, at most %d households, %d overdue", login, len(figures), most, overdue)
		}
	}
	if got := p.as("county").get("/dashboard/waiting?step=township_review&procedure=inclusion"); got.status != http.StatusOK || !strings.Contains(got.body, "乡镇审核") || !strings.Contains(got.body, "现在没有等待这一环节的户") {
		t.Errorf("nobody waits: %d", got.status)
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
