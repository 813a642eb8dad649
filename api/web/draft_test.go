package web

import (
	"context"
	"fmt"
	"html"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"shouwang/domain/code"
	"shouwang/domain/household"
)

// reopened opens a browser with a profile of its own, which a second one opened
// after it finds again, as when a telephone was switched off.
func reopened(t *testing.T, profile string) (ctx context.Context, closes func()) {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: nothing was looked at in a real browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(390, 844), chromedp.UserDataDir(profile))
	patient, enough := context.WithTimeout(t.Context(), 2*time.Minute) // a step that never comes is told
	t.Cleanup(enough)
	allocated, stop := chromedp.NewExecAllocator(patient, options...)
	ctx, leave := chromedp.NewContext(allocated)
	return ctx, func() {
		_ = chromedp.Cancel(ctx) // as a person closes it: what pages keep is written down
		leave()
		stop()
	}
}

// draftsKept is how many drafts the browser keeps.
const draftsKept = `Object.keys(localStorage).filter(k => k.startsWith('shouwang-draft:')).length`

// Weak network: what was typed survives a lost connection and a closed browser,
// and is sent once; nothing of it stays on the device.
func TestADraftSurvivesAndIsSentOnce(t *testing.T) {
	p := newTown(t)
	profile := t.TempDir()
	address := p.http.URL + "/households/" + p.own
	enter := func(ctx context.Context) func(...chromedp.Action[chromedp.Void]) {
		return func(steps ...chromedp.Action[chromedp.Void]) {
			t.Helper()
			if err := chromedp.Do(ctx, steps...); err != nil {
				t.Fatal(err)
			}
		}
	}
	login := []chromedp.Action[chromedp.Void]{chromedp.Navigate(p.http.URL + "/login"), chromedp.SendKeys("#login", "village"), chromedp.SendKeys("#password", secret),
		chromedp.Click("button.btn-primary"), chromedp.WaitVisible(".sw-menu")}

	first, closes := reopened(t, profile)
	do := enter(first)
	do(login...)
	do(chromedp.Navigate(address), chromedp.Click("#visits summary"), chromedp.SendKeys("#visits textarea", "山里没有信号"))
	if _, err := chromedp.Call(first, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}}}); err != nil {
		t.Fatal(err)
	}
	do(chromedp.Click("#visits form button[type=submit]"), chromedp.WaitVisible("#visits form [role=status]"))
	if told := must(chromedp.Run(first, chromedp.Text("#visits form [role=status]")))(t); !strings.Contains(told, "已保存在本机") {
		t.Errorf("offline he is told: %s", told)
	}
	closes()
	if got := p.entries(p.own); got != "household.registered" {
		t.Fatalf("entered without a connection: %s", got)
	}

	second, closes := reopened(t, profile)
	defer closes()
	do = enter(second)
	wait := func(until string) {
		t.Helper()
		must(chromedp.Run(second, chromedp.Poll[bool](until, chromedp.WithPollingTimeout(0))))(t)
	}
	do(chromedp.Navigate(p.http.URL + "/me"))
	if must(chromedp.Run(second, chromedp.Evaluate[bool](`location.pathname === '/login'`)))(t) {
		do(login...)
	}
	do(chromedp.Navigate(address), chromedp.WaitVisible("#visits form [role=status]"))
	if typed := must(chromedp.Run(second, chromedp.Evaluate[string](`document.querySelector('#visits textarea').value`)))(t); typed != "山里没有信号" {
		t.Fatalf("after the browser was opened again there is %q", typed)
	}
	do(chromedp.Click("#visits form button[type=submit]"), chromedp.WaitVisible("#visits strong"))
	if got := p.entries(p.own); got != "household.registered visit.recorded" {
		t.Errorf("sent once: %s", got)
	}
	wait(draftsKept + ` === 0 && !location.search`)
	wait(`document.querySelector('form[data-draft=visit]').closest('details').open = true`)
	do(chromedp.SendKeys("form[data-draft=visit] textarea", "还没写完"))
	wait(draftsKept + ` === 1`)
	// Clicked by the page itself: what others changed may move it under a pointer.
	wait(`(document.querySelector('form[action="/logout"] button').click(), true)`)
	do(chromedp.WaitVisible("#login"))
	wait(draftsKept + ` === 0`)
}

// visits enters a visit of the household, by somebody.
func (p *town) visits(by, note string) {
	p.t.Helper()
	p.n++
	must(p.handler.Household(p.t.Context(), p.request(by), p.own, household.RecordVisit{Visit: fmt.Sprint("visit-", p.n), Kind: "routine", Place: "家中", Note: code.Text(note)}))(p.t)
}

// What others entered meanwhile is shown beside what one wrote oneself; what one
// entered oneself, on another device, is not.
func TestAConflictShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	visit := func(key, seen, note string) page {
		return b.post("/households/"+p.own+"/visits", "key", key, "seen", seen, "happened", "2023-04-03", "kind", "routine", "place", "家中", "note", note)
	}
	first := b.seenOn("/households/"+p.own, "/households/{household}/visits")
	if got := visit("k-0", first, "本人先记一次"); got.status != 303 {
		t.Fatalf("%d", got.status)
	}
	p.visits("township", "母羊产羔")
	got := visit("k-1", first, "羊圈漏雨")
	f, _ := formAt(got.body, "/households/{household}/visits")
	if got.status != 409 || !strings.Contains(got.body, "母羊产羔") || !strings.Contains(f, ">羊圈漏雨</textarea>") || strings.Contains(f, "本人先记一次") {
		t.Errorf("both versions: %d", got.status)
	}
	if again := visit("k-0", first, "本人先记一次"); again.status != 303 { // his own, sent again
		t.Errorf("sent again: %d", again.status)
	}
	seen := html.UnescapeString(seenInIt.FindStringSubmatch(f)[1])
	if got := visit("k-1", seen, "羊圈漏雨"); got.status != 303 || p.entries(p.own) != "household.registered visit.recorded visit.recorded visit.recorded" {
		t.Errorf("all the same: %d %s", got.status, p.entries(p.own))
	}
	// What others did is told to nobody who was not shown the page.
	if got := p.as("township").post("/households/"+p.own+"/visits", "key", "k-2", "seen", first, "happened", "2023-04-03", "kind", "routine", "note", "x"); got.status != 422 {
		t.Errorf("somebody else's form: %d", got.status)
	}
}

// A draft of a list brings back what was typed, and leaves the households that the
// page has; a paper that was entered leaves none.
func TestADraftOfAListKeepsItsHouseholds(t *testing.T) {
	p := newTown(t)
	other := p.register("village", village, "石大山")
	p.shown()
	ctx := chromium(t, 390, 844)
	p.comesIn(ctx, "village")
	page := p.http.URL + "/lists/village_report/new?go=1&household=" + p.own + "&household=" + other
	do(ctx, t, chromedp.Navigate(page), chromedp.SendKeys("input[name=number]", "柳湾〔2023〕1号"))
	must(chromedp.Run(ctx, chromedp.Poll[bool](draftsKept+` === 1`, chromedp.WithPollingTimeout(0))))(t)
	do(ctx, t, chromedp.Navigate(p.http.URL+"/work"), chromedp.Navigate(page), chromedp.WaitVisible("form [role=status]"))
	got := must(chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector('input[name=number]').value + ' ' + [...document.querySelectorAll('input[name=household]')].map(e => e.value).join(' ')`)))(t)
	if want := "柳湾〔2023〕1号 " + p.own + " " + other; got != want {
		t.Errorf("restored: %s, want %s", got, want)
	}
}

// Somebody who wrote a form for a household while others entered things in its file
// sees both, and what he wrote is entered when he sends it again.
func TestAConflictOfAFormShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	at := "/households/" + p.own + "/forms/clue"
	p.conflict("village", at, at, at, map[string]string{"channel": "cadre_check", "content": "大病花费高"},
		func() {
			p.as("township").entered(at, form("other", "channel", "cadre_check", "content", "房屋漏雨"), nil)
		}, "房屋漏雨")
	if got := p.entries(p.own); got != "household.registered clue.recorded clue.recorded" {
		t.Error(got)
	}
}
