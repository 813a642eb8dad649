package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shouwang/commands/accounts"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy/packs"
	"shouwang/projections"
)

func TestPlacesAreThoseOfTheDay(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	enter := func(e office.Event) {
		t.Helper()
		must(p.handler.Office(t.Context(), p.request("province"), e))(t)
	}
	enter(office.RegionEstablished{Code: "629900101299", Name: "老柳村", Level: code.Village, Parent: township, From: calendar.MustDay("2021-01-01")})
	enter(office.RegionMerged{Code: "629900101299", Successor: village, From: calendar.MustDay("2022-12-01")})
	p.appoint("gone", code.TownshipCadre, "t")
	enter(office.AppointmentEnded{Appointment: "a-gone", Office: "t", To: calendar.MustDay("2022-06-30")})
	b := p.as("county")
	for path, want := range map[string][]string{
		"/places":                    {"县乡村振兴局", "柳河镇", township},
		"/places?region=" + township: {"柳河镇人民政府", "gone", "至2022年6月30日", "老柳村", "并入柳湾村"},
		"/places?region=" + township + "&on=2022-06-01":   {"gone", "老柳村"},
		"/places?region=" + township + "&on=2020-06-01":   {"那一天还没有这个区划"},
		"/places?region=" + township + "&on=yesterday":    {"日期写法有误", "柳河镇人民政府"},
		"/places?region=" + village + "&on=2023-04-03":    {"柳湾村村民委员会", "/handovers/new?person=village"},
		"/places?region=" + township + "&on=2022-11-30":   {"老柳村"},
		"/places?region=" + township + "&on=2022-12-01#x": {"并入柳湾村"},
	} {
		got := b.get(path)
		for _, text := range want {
			if got.status != http.StatusOK || !strings.Contains(got.body, text) {
				t.Errorf("%s: %d, without %s", path, got.status, text)
			}
		}
	}
	if got := b.get("/places?region=" + township + "&on=2022-11-30"); strings.Contains(got.body, "并入") {
		t.Error("the merger shows before its day")
	}
	if got := p.as("auditor").get("/places?region=" + township); strings.Contains(got.body, "/handovers/") {
		t.Error("who only looks is offered the handover")
	}
	if got := p.site.joined([]projections.Compliance{{Region: village, Sheets: 2, Short: 1}, {Region: "629900101299", Sheets: 3}, {Region: foreignVillage, Sheets: 5}}); len(got) != 2 || got[0].Sheets != 5 || got[0].Short != 1 || got[1].Sheets != 5 {
		t.Errorf("a merged village's sheets stand apart: %+v", got)
	}
	for _, path := range []string{"/applications/new", "/poster"} { // a merged village is its successor, once
		if got := p.as("township").get(path).body; strings.Count(got, ">柳湾村</option>") != 1 || strings.Contains(got, `value="629900101299"`) {
			t.Errorf("%s offers a village that was merged", path)
		}
	}
}

func TestACadreHandsHisHouseholdsOver(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.appoint("successor", code.PairedCadre, "c")
	for _, role := range []code.OfficerRole{code.MonitoringOfficer, code.AssistanceOfficer} {
		must(p.handler.Household(t.Context(), p.request("county"), p.own, household.AssignOfficer{Role: role, Officer: household.Responsible{Person: "paired", Name: "paired", Post: "结对干部"}}))(t)
	}
	p.seen(t.Context(), must(p.handler.Log.End(t.Context()))(t))
	b := p.as("county")
	if got := b.get("/handovers/new?person=nobody"); got.status != http.StatusNotFound {
		t.Errorf("a stranger's households: %d", got.status)
	}
	asked := b.get("/handovers/new?person=paired").body
	for _, want := range []string{"柳桂芳", "监测责任人", "帮扶责任人", "successor"} {
		if !strings.Contains(asked, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	q := form("h", "person", "paired", "to", "paired", "reason", "调离", "line", p.own+"/assistance")
	if got := b.upload("/handovers", q, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "移交人和接收人为同一人") || !strings.Contains(got.body, "调离") {
		t.Errorf("handed over to himself: %d", got.status)
	}
	q.Set("to", "successor")
	left := b.entered("/handovers", q, map[string][]byte{"photo": picture()})
	got := b.get(left).body
	if !strings.Contains(got, "监测责任人") || strings.Contains(got, p.own+"/assistance") {
		t.Error("after the handover the list is not what is left")
	}
	if got := p.entries(p.own); !strings.HasSuffix(got, " officer.handed_over") {
		t.Errorf("the file says %s", got)
	}
}

func TestTheInstallationIsChecked(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("system_administrator")
	if got := b.send(http.MethodPost, "/admin/check", ""); got.status != http.StatusNotFound {
		t.Errorf("with nothing to ask: %d", got.status)
	}
	for state, want := range map[CheckState]string{CheckFine: "一切正常", CheckNote: "请留意", CheckWrong: "有问题需要处理"} {
		p.site.SelfCheck = func(context.Context) ([]Check, error) {
			return []Check{{CheckFine, "记录连续", "no gap"}, {state, "第二句", "second"}}, nil
		}
		got := b.send(http.MethodPost, "/admin/check", "")
		if got.status != http.StatusOK || !strings.Contains(got.body, want) || !strings.Contains(got.body, "第二句") {
			t.Errorf("%s: %d", state, got.status)
		}
	}
}

func TestAPackIsCheckedComparedAndAdopted(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("county")
	text := must(packs.Text("county-2023"))(t)
	if got := b.get("/packs").body; !strings.Contains(got, "公示") || !strings.Contains(got, "守望县") || !strings.Contains(got, "采用记录") {
		t.Error("the pack in force is not told")
	}
	if got := b.get("/packs?a=mile-2020&b=jiaohe-2022"); got.status != http.StatusOK || !strings.Contains(got.body, "<ins>") {
		t.Errorf("two packs compared: %d", got.status)
	}
	if got := b.get("/packs?a=mile-2020&b=nonsense"); got.status != http.StatusNotFound {
		t.Errorf("compared with nothing: %d", got.status)
	}
	preview := func(text string) page {
		return b.upload("/packs/preview", url.Values{"from": {"2023-04-03"}, "document": {"守乡振发〔2023〕9号"}}, map[string][]byte{"file": []byte(text)})
	}
	if got := preview("nonsense: true\n"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "不能采用") {
		t.Errorf("nonsense: %d", got.status)
	}
	changed := strings.Replace(string(text), "days: 5", "days: 7", 1)
	if changed == string(text) {
		t.Fatal("the pack says other days")
	}
	got := preview(changed)
	if got.status != http.StatusOK || !strings.Contains(got.body, "不少于7天") || !strings.Contains(got.body, "不少于5天") {
		t.Errorf("what would change: %d", got.status)
	}
	carried := regexp.MustCompile(`name="text" value="([^"]+)"`).FindStringSubmatch(got.body)
	if carried == nil {
		t.Fatal("the text is not carried along")
	}
	for range 2 { // the button was pressed twice
		if got := b.post("/packs", "key", "k", "text", html.UnescapeString(carried[1]), "from", "2023-04-03", "document", "守乡振发〔2023〕9号"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	pack, _ := p.handler.Directory.Pack(village, calendar.MustDay("2023-04-03"))
	if sum := sha256.Sum256([]byte(changed)); pack.Notice.Days != 7 || pack.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("in force: %d days, %s", pack.Notice.Days, pack.SHA256)
	}
	if got := b.get("/packs?on=2023-04-02").body; !strings.Contains(got, "不少于5天") || strings.Contains(got, "不少于7天") {
		t.Error("the day before, the old one was in force")
	}
	if n := len(p.handler.Directory.Adoptions(village, calendar.MustDay("2023-04-03"))); n != 2 {
		t.Errorf("%d adoptions", n)
	}
}

// An account is found by name, login, post or duty, whatever the case, and a long
// list is turned page by page: none is left out and none stands twice.
func TestAccountsAreFound(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	for i := range maxRoster + 20 {
		must(p.site.Accounts.Open(t.Context(), accounts.By{Channel: "cli"}, accounts.Opening{Login: fmt.Sprintf("many-%03d", i), Name: "众人"}))(t)
	}
	b := p.as("security_administrator")
	logins := regexp.MustCompile(`<td data-label="用户名">([^<]+)</td>`)
	found := func(query string) (all []string) {
		t.Helper()
		got := b.get("/admin/accounts?" + query)
		if got.status != http.StatusOK {
			t.Fatalf("%s: %d", query, got.status)
		}
		for _, l := range logins.FindAllStringSubmatch(got.body, -1) {
			all = append(all, l[1])
		}
		return all
	}
	for query, want := range map[string]string{"text=AUDITOR": "auditor", "text=%E5%89%AF%E9%95%87%E9%95%BF": "township", "text=%E5%AE%89%E5%85%A8%E7%AE%A1%E7%90%86%E5%91%98": "security_administrator", "text=nobody": ""} {
		if got := strings.Join(found(query), " "); got != want {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
	}
	pages := append(found("text=many"), found("text=many&at=100")...)
	slices.Sort(pages)
	if len(pages) != maxRoster+20 || len(slices.Compact(pages)) != maxRoster+20 {
		t.Errorf("%d on two pages", len(pages))
	}
	if got := found("text=many&at=9999"); len(got) != 20 || len(found("text=many&at=-5")) != maxRoster || len(found("text=many&at=x")) != maxRoster {
		t.Errorf("beyond the end %d", len(got))
	}
}

// A post whose own name begins with its office's is not told twice.
