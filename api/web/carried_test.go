package web

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// opens is who finds a form where.
type opens struct{ by, page string }

// The exceptions to what every form carries, with the reasons.
const (
	looks   = "none: it shows something, which is recorded each time, and enters nothing"
	ownUse  = "none: of the visitor's own login, sessions or lists; nothing that anybody else works on"
	secrets = "none: a password, a code or a token is typed or shown, which no device keeps"
	prepare = "none: it only prepares the form that follows it, which carries all"
)

// formsOpened is where the form of each route that takes one is found, or why the
// form carries nothing. {own}, {sheet} and the like are the town's.
func formsOpened() map[string]any {
	return map[string]any{
		"POST /login": secrets, "POST /link/{link}": secrets, "POST /password": secrets, "POST /me/factor": secrets, "POST /me/tokens": secrets,
		"POST /language": ownUse, "POST /logout": ownUse, "POST /me/post": ownUse, "POST /me/sessions": ownUse, "POST /me/tokens/{token}/revocation": ownUse,
		"POST /ledger/views": ownUse, "POST /ledger/views/{view}/removal": ownUse, "POST /me/factor/removal": "none: whoever has codes is not in this town; the form is the one of all reasons",
		"POST /prints": looks, "POST /ledger/export": looks, "POST /households/{household}/personal": looks, "POST /households/{household}/prints/{form}": looks,
		"POST /households/{household}/papers/{hash}": looks, "POST /households/{household}/application/contact": looks,
		"POST /notices/{sheet}/objections/{objection}/objector": looks, "POST /admin/check": looks, "POST /track": looks,
		"POST /admin/accounts/{account}/subject": "none: there is no unified login in this town; see the test of it", "POST /admin/accounts/{account}/subject/removal": "none: the same",
		"POST /admin/accounts/{account}/reopening": "none: no account is closed here; the form is the one of all reasons",

		"POST /meetings": opens{"village", "/meetings/new?go=1&household={own}"}, "POST /sheets/preview": opens{"village", "/sheets/new?go=1&household={own}"},
		"POST /sheets":  "none: its page answers the one before, see TestAConflictOfASheetShowsBothVersions",
		"POST /studies": opens{"township", "/studies/new?go=1&household={own}"}, "POST /screenings": opens{"county", "/screenings/new"}, "POST /handovers": opens{"township", "/handovers/new?person=village"},
		"POST /sheets/{sheet}/objections": opens{"village", "/sheets/{sheet}"}, "POST /sheets/{sheet}/inquiries": opens{"village", "/sheets/{sheet}"},
		"POST /sheets/{sheet}/answers": opens{"village", "/sheets/{sheet}"}, "POST /sheets/{sheet}/struck-lines": opens{"village", "/sheets/{sheet}"},
		"POST /sheets/{sheet}/removal": opens{"village", "/sheets/{sheet}"},
		"POST /lists/{kind}":           opens{"township", "/lists/township_review/new?go=1&household={own}"},
		"POST /funds/{fund}/approvals": opens{"county", "/funds/{fund}/approvals/new?go=1&household={own}"}, "POST /funds/{fund}/payments": opens{"county", "/funds/{fund}/payments/new?go=1&household={own}"},
		"POST /households/{household}/visits": opens{"village", "/households/{own}"}, "POST /households/{household}/corrections": opens{"village", "/households/{own}"},
		"POST /households/{household}/forms/{form}": opens{"village", "/households/{own}/forms/{form}"},
		"POST /households/forms/{form}":             opens{"village", "/households/forms/{form}?region=" + village},
		"POST /forms/{form}":                        opens{"county", "/forms/{form}{about}"},
		"POST /packs/preview":                       opens{"county", "/packs"}, "POST /packs": "none: its page answers the one before, see TestAConflictOfAPackShowsBothVersions",
		"POST /admin/accounts": opens{"system_administrator", "/admin/accounts"}, "POST /admin/accounts/{account}/link": opens{"system_administrator", "/admin/accounts"},
		"POST /admin/accounts/{account}/closing": opens{"security_administrator", "/admin/accounts"}, "POST /admin/accounts/{account}/sessions": opens{"security_administrator", "/admin/accounts"},
		"POST /notices/{sheet}/objections/{objection}/inquirers": opens{"township", "/notices/{sheet}"}, "POST /notices/{sheet}/inquirers/{appointment}/voiding": "none: nobody inquires in this town; the form is the one of all reasons",
		"POST /inquiries/{notice}/{objection}/findings":             "none: nobody inquires in this town",
		"POST /inquiries/{notice}/{objection}/objector":             looks,
		"POST /notices/{sheet}/inspections":                         opens{"notice_inspector", "/notices/{sheet}"},
		"POST /notices/{sheet}/inspections/{inspection}/withdrawal": opens{"notice_inspector", "/notices/{sheet}"},
		"POST /board/{village}/objections":                          opens{"", "/board/" + village}, "POST /apply/{village}": opens{"", "/apply/" + village},
		"POST /applications": opens{"village", "/applications/new"}, "POST /households/{household}/application/refusal": opens{"village", "/households/{applied}/application"},
	}
}

// unseen are the forms that need not say what their page had read.
var unseen = map[string]string{
	"POST /admin/accounts": "it opens a new account: of two with one name the record lets in one", "POST /applications": "it opens a new file",
	"POST /apply/{village}": "it opens a new file", "POST /households/forms/{form}": "it opens a new file",
	"POST /screenings":                 "it opens a new paper, and names its households when it is sent",
	"POST /board/{village}/objections": "whoever objects is told nothing of what others enter; a sheet that came down takes none",
}

// undrafted are the forms in which nothing is typed.
var undrafted = map[string]string{"POST /admin/accounts/{account}/link": "it is a button"}

var (
	formIn   = regexp.MustCompile(`(?s)<form[^>]*method="post".*?</form>`)
	actionIn = regexp.MustCompile(`action="([^"]*)"`)
	keyInIt  = regexp.MustCompile(`name="key" value="[^"]{30,}"`)
	seenInIt = regexp.MustCompile(`name="seen" value="([^"]+)"`)
)

// formAt is the first form on the page that is sent to the address.
func formAt(body, address string) (string, bool) {
	for _, f := range formIn.FindAllString(body, -1) {
		to := html.UnescapeString(actionIn.FindStringSubmatch(f)[1])
		if at, _, _ := strings.Cut(to, "?"); matches(address, at) {
			return f, true
		}
	}
	return "", false
}

// matches says whether an address is one of the route's.
func matches(route, address string) bool {
	want, have := strings.Split(route, "/"), strings.Split(address, "/")
	if len(want) != len(have) {
		return false
	}
	for i := range want {
		if want[i] != have[i] && !strings.HasPrefix(want[i], "{") {
			return false
		}
	}
	return true
}

// seenOn is what the form on the page had seen.
func (b *browser) seenOn(page, route string) string {
	b.t.Helper()
	f, ok := formAt(b.get(page).body, route)
	if !ok {
		b.t.Fatalf("%s: no form for %s", page, route)
	}
	return html.UnescapeString(seenInIt.FindStringSubmatch(f)[1])
}

// Every form that enters an act is known again by its key, says what its page had
// read of what it is about, and keeps a draft; whichever does not has its reason
// here. A route without a line fails.
func TestEveryFormIsSentOnceAndSaysWhatItHadSeen(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("secretary", "village_secretary", "v")
	sheet := p.fileAway()[0]
	must(p.handler.Paper(t.Context(), p.request("village"), sheet, paper.RaiseSheetObjection{Objection: "o-1", Household: p.own, Content: "收入不实"}))(t)
	must(p.handler.Household(t.Context(), p.request("township"), p.own, household.AssignOfficer{Role: code.MonitoringOfficer, Officer: household.Responsible{Person: "village", Name: "village"}}))(t)
	p.shown()
	applied := p.applied()
	browsers := map[string]*browser{"": p.browser()}
	for _, by := range []string{"village", "township", "county", "notice_inspector", "system_administrator", "security_administrator"} {
		browsers[by] = p.as(by)
	}
	inspector := browsers["notice_inspector"]
	inspector.entered("/notices/"+sheet+"/inspections", form("i-1", "result", "missing", "place", "公示栏", "note", "空白"), nil)
	table := formsOpened()
	looked := func(route string, at opens, address string) {
		t.Helper()
		body := browsers[at.by].get(at.page)
		f, ok := formAt(body.body, address)
		switch {
		case body.status != http.StatusOK || !ok:
			t.Errorf("%s: %s has no such form for %s (%d)", route, at.page, at.by, body.status)
			return
		case !keyInIt.MatchString(f):
			t.Errorf("%s at %s has no key", route, at.page)
		case !strings.Contains(f, "data-draft=") && undrafted[route] == "":
			t.Errorf("%s at %s keeps no draft", route, at.page)
		}
		if (seenInIt.FindString(f) == "") != (unseen[route] != "") {
			t.Errorf("%s at %s says what it had seen, or does not, and the table knows otherwise", route, at.page)
		}
		for _, secret := range []string{`type="password"`, `name="secret"`, `one-time-code`} {
			if strings.Contains(f, secret) {
				t.Errorf("%s at %s keeps a secret: %s", route, at.page, secret)
			}
		}
	}
	for _, e := range p.site.entries() {
		route := e.method + " " + e.path
		if e.method == http.MethodGet {
			continue
		}
		listed, ok := table[route]
		delete(table, route)
		at, opened := listed.(opens)
		switch {
		case !ok:
			t.Errorf("%s is in no table", route)
			continue
		case !opened:
			continue // it says why
		}
		at.page = strings.NewReplacer("{own}", p.own, "{sheet}", sheet, "{fund}", p.fund, "{applied}", applied).Replace(at.page)
		switch e.path {
		case "/households/{household}/forms/{form}", "/households/forms/{form}":
			for _, f := range caseForms() {
				if f.opens || strings.Contains(e.path, "{household}") {
					looked(route, opens{at.by, strings.ReplaceAll(at.page, "{form}", f.name)}, strings.ReplaceAll(e.path, "{form}", f.name))
				}
			}
		case "/forms/{form}":
			for _, f := range placeForms() {
				about := ""
				if f.under == "/funds" && f.name != "fund" {
					about = "?of=" + p.fund
				}
				if strings.HasPrefix(f.name, "check-") {
					about = "?check=" + p.check
				}
				looked(route, opens{at.by, strings.NewReplacer("{form}", f.name, "{about}", about).Replace(at.page)}, "/forms/"+f.name)
			}
		default:
			looked(route, at, e.path)
		}
	}
	for route := range table {
		t.Errorf("there is no %s any more", route)
	}
	if f, _ := formAt(p.browser().get("/board/"+village).body, "/board/{village}/objections"); strings.Count(f, "data-undrafted") != 2 {
		t.Error("who objects is kept on the device")
	}
}

// applied is the file of an application that waits to be taken up.
func (p *town) applied() string {
	p.t.Helper()
	b := p.browser()
	f, _ := formAt(b.get("/apply/"+village).body, "/apply/{village}")
	key := html.UnescapeString(regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(f)[1])
	q := form(key, "name", "石小山", "content", "房屋漏雨")
	if got := b.upload("/apply/"+village, q, nil); got.status != http.StatusOK {
		p.t.Fatalf("%d %s", got.status, plainText(got.body))
	}
	return applicationOf(p.site.codeFor(key))
}

// conflict opens a form as one person, lets another enter something, and sends the
// form: both versions are shown, everything typed stands there still, and sent once
// more it is taken.
func (p *town) conflict(by, page, route, to string, typed map[string]string, others func(), sentence string) {
	p.t.Helper()
	b := p.as(by)
	q := form("conflict-" + fmt.Sprint(len(typed)))
	for name, value := range typed {
		q.Set(name, value)
	}
	q.Set("seen", b.seenOn(page, route))
	others()
	got := b.upload(to, q, nil)
	alert, _, _ := strings.Cut(strings.SplitN(got.body+`id="meanwhile"`, `id="meanwhile"`, 2)[1], "</div>")
	if got.status != http.StatusConflict || !strings.Contains(alert, sentence) {
		p.t.Fatalf("%s: %d, others' entry is not shown: %s", to, got.status, plainText(got.body))
	}
	for name, value := range typed {
		if !strings.Contains(got.body, value) {
			p.t.Errorf("%s: what was typed into %s is lost", to, name)
		}
	}
	f, _ := formAt(got.body, route)
	if !strings.Contains(f, `value="`+q.Get("key")+`"`) {
		p.t.Errorf("%s: it is another form now", to)
	}
	q.Set("seen", html.UnescapeString(seenInIt.FindStringSubmatch(f)[1]))
	for range 2 { // sent again, and the button was pressed twice
		b.entered(to, q, nil)
	}
	q.Set("seen", q.Get("seen")+"x")
	if got := b.upload(to, q, nil); got.status != http.StatusUnprocessableEntity {
		p.t.Errorf("%s: what was seen was altered: %d", to, got.status)
	}
}

// Others visit a household while its meeting is typed.
func TestAConflictOfAMeetingShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.conflict("village", "/meetings/new?go=1&household="+p.own, "/meetings", "/meetings?region="+village,
		map[string]string{"region": village, "procedure": "inclusion", "place": "村委会二楼", "entitled": "30", "seat_0": "named", "name_0": "石大山", "capacity_0": "representative", "here_0": "1",
			"household": p.own, "for_" + p.own: "1", "against_" + p.own: "0", "abstained_" + p.own: "0", "result_" + p.own: "pass", "done_by": "village"},
		func() { p.visits("township", "羊圈漏雨") }, "羊圈漏雨")
}

// Others object to a sheet while somebody enters that it came down; and visit a
// household while the sheet is printed that it is to stand on.
func TestAConflictOfASheetShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	sheet := p.fileAway()[0]
	p.shown()
	p.conflict("village", "/sheets/"+sheet, "/sheets/{sheet}/struck-lines", "/sheets/"+sheet+"/struck-lines",
		map[string]string{"household": p.own, "reason": "异议成立", "done_by": "village"}, func() {
			must(p.handler.Paper(t.Context(), p.request("township"), sheet, paper.RaiseSheetObjection{Objection: "o-1", Household: p.own, Content: "收入不实"}))(t)
		}, "异议")

	b, list := p.as("village"), form("posting", "region", village, "procedure", "inclusion", "title", "第二次公示", "phone", "0931-1234567", "household", p.own, "head_"+p.own, "柳桂芳", "persons_"+p.own, "1", "done_by", "village")
	list.Set("seen", b.seenOn("/sheets/new?go=1&household="+p.own, "/sheets/preview"))
	p.visits("township", "羊圈漏雨")
	frozen := b.upload("/sheets/preview?region="+village, list, nil).body
	f, ok := formAt(frozen, "/sheets")
	if seen := seenInIt.FindStringSubmatch(f); !ok || len(seen) < 2 || html.UnescapeString(seen[1]) != list.Get("seen") || !strings.Contains(f, "data-draft=") {
		t.Fatal("the printed sheet forgets what its list had seen")
	}
	list.Set("place", "村委会公示栏")
	if got := b.upload("/sheets?region="+village, list, map[string][]byte{"photo": picture()}); got.status != http.StatusConflict || !strings.Contains(got.body, "羊圈漏雨") ||
		!strings.Contains(got.body, "村委会公示栏") || !strings.Contains(got.body, "photo_kept") {
		t.Errorf("both versions: %d", got.status)
	}
}

// Others visit a household while the township's review is typed.
func TestAConflictOfAListShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.conflict("village", "/lists/village_report/new?go=1&household="+p.own, "/lists/village_report", "/lists/village_report?region="+village,
		map[string]string{"region": village, "procedure": "inclusion", "title": "关于纳入监测的报告", "household": p.own, "done_by": "village", "mode": "transcribed"},
		func() { p.visits("township", "羊圈漏雨") }, "羊圈漏雨")
}

// Two offices at once: an appointment in an office that was renamed meanwhile; one in
// an office that nobody touched is taken at once.
func TestAConflictOfAnOfficeShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	rename := func() {
		must(p.handler.Office(t.Context(), p.request("province"), office.Renamed{Office: "t", Name: "柳河镇政府", From: calendar.MustDay("2023-04-01")}))(t)
	}
	untouched := p.as("county").seenOn("/forms/appointment", "/forms/appointment")
	p.conflict("county", "/forms/appointment", "/forms/appointment", "/forms/appointment",
		map[string]string{"office": "t", "name": "石小满", "post": "副镇长", "capacity": "township_reviewer", "from": "2023-04-01"}, rename, "机构更名")
	other := form("other", "office", "v", "name", "石小山", "post", "村文书", "capacity", "village_cadre", "from", "2023-04-01")
	other.Set("seen", untouched)
	p.as("county").entered("/forms/appointment", other, nil)
}

// Two people adopt a pack.
func TestAConflictOfAPackShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("county")
	q := form("mine", "pack", "county-2023", "from", "2023-04-10", "document", "示县发〔2023〕7号")
	q.Set("seen", b.seenOn("/packs", "/packs/preview"))
	must(p.handler.Policy(t.Context(), p.request("province"), policy.LineSet{Region: county, Year: 2024, Yuan: 8000, Level: code.Province, Document: "省乡振发〔2023〕3号"}))(t)
	ready, ok := formAt(b.upload("/packs/preview", q, nil).body, "/packs")
	if !ok {
		t.Fatal("it cannot be adopted")
	}
	q.Set("seen", html.UnescapeString(seenInIt.FindStringSubmatch(ready)[1]))
	q.Set("text", regexp.MustCompile(`name="text" value="([^"]+)"`).FindStringSubmatch(ready)[1])
	got := b.post("/packs", "key", "mine", "seen", q.Get("seen"), "text", html.UnescapeString(q.Get("text")), "from", "2023-04-10", "document", "示县发〔2023〕7号")
	again, ok := formAt(got.body, "/packs")
	if got.status != http.StatusConflict || !strings.Contains(got.body, `id="meanwhile"`) || !ok || !strings.Contains(again, "示县发〔2023〕7号") {
		t.Fatalf("both versions: %d", got.status)
	}
	seen := html.UnescapeString(seenInIt.FindStringSubmatch(again)[1])
	for range 2 {
		if got := b.post("/packs", "key", "mine", "seen", seen, "text", html.UnescapeString(q.Get("text")), "from", "2023-04-10", "document", "示县发〔2023〕7号"); got.status != http.StatusSeeOther {
			t.Errorf("sent again: %d %s", got.status, plainText(got.body))
		}
	}
}

// Two administrators and one account: the second sees that it was closed, by whom and
// why; the same form sent twice is one act, and whoever logs in disturbs nobody.
func TestAConflictOfAnAccountShowsBothVersions(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.opens(accounts.Opening{Login: "second", Name: "第二位", Duty: account.Security})
	b, route := p.as("security_administrator"), "/admin/accounts/"+p.victim+"/sessions"
	seen := b.seenOn("/admin/accounts", route)
	p.as("victim")
	logsOut := func(key, seen string) page { return b.post(route, "key", key, "seen", seen, "reason", "设备遗失") }
	for range 2 {
		if got := logsOut("k-1", seen); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, plainText(got.body))
		}
	}
	if got := strings.Count(p.types("victim"), "sessions_revoked"); got != 1 {
		t.Errorf("one form is %d acts", got)
	}
	seen = b.seenOn("/admin/accounts", route)
	other := p.as("second")
	if got := other.post("/admin/accounts/"+p.victim+"/closing", "key", "k-2", "seen", other.seenOn("/admin/accounts", "/admin/accounts/{account}/closing"), "reason", "已调离"); got.status != http.StatusSeeOther {
		t.Fatalf("%d", got.status)
	}
	if got := logsOut("k-3", seen); got.status != http.StatusConflict || !strings.Contains(got.body, "停用：已调离") {
		t.Errorf("both versions: %d", got.status)
	}
}
