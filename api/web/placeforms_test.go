package web

import (
	"net/http"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
)

// Every form about a place opens for whoever may fill it in, in both languages, and
// for nobody else.
func TestEveryFormAboutAPlaceOpens(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.fileAway()
	p.shown()
	county, village := p.as("county"), p.as("village")
	for _, spoken := range []string{"zh-CN", "en"} {
		county.post("/language", "language", spoken)
		for _, f := range placeForms() {
			about := ""
			if f.under == "/funds" && f.name != "fund" {
				about = "?of=" + p.fund
			}
			if strings.HasPrefix(f.name, "check-") {
				about = "?check=" + p.check
			}
			got := county.get("/forms/" + f.name + about)
			if got.status != http.StatusOK || strings.Contains(got.body, `name="mode"`) == f.plain {
				t.Errorf("%s: %d", f.name, got.status)
			}
			if got := village.get("/forms/" + f.name + about); (got.status == http.StatusForbidden) != (f.who != nil) {
				t.Errorf("%s for the village: %d", f.name, got.status)
			}
		}
	}
}

// Money is raised, approved and paid to households by list, and taken back from one:
// the book shows it, and each household's file has its line.
func TestMoneyIsPaidThroughTheForms(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("county")
	at := b.entered("/forms/fund", form("f", "place", village, "name", "防贫救助基金", "kind", "relief", "rules", "先审批后发放"), nil)
	id := strings.TrimSuffix(strings.TrimPrefix(at, "/funds/"), "?sent=f")
	if got := b.upload("/forms/raising?of="+id, form("r0", "source", "fiscal", "amount", "一万"), nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `value="一万"`) {
		t.Errorf("no amount: %d", got.status)
	}
	b.entered("/forms/raising?of="+id, form("r1", "source", "fiscal", "amount", "10000"), nil)
	b.entered("/forms/raising?of="+id, form("r2", "source", "donation", "amount", "5"), nil)
	list := form("a", "household", p.own, "persons_"+p.own, "1", "amount_"+p.own, "三千", "reason_"+p.own, "大病")
	got := b.upload("/funds/"+id+"/approvals", list, nil)
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "最多两位小数") || !strings.Contains(got.body, `value="三千"`) {
		t.Errorf("no amount on a line: %d", got.status)
	}
	list.Set("amount_"+p.own, "3000")
	b.entered("/funds/"+id+"/approvals", list, nil)
	if got := b.get("/funds/" + id + "/payments/new?region=" + village).body; !strings.Contains(got, p.own) {
		t.Error("who was approved is not offered for the payment")
	}
	if got := b.get("/funds/" + id + "/payments/new?go=1&household=" + p.own).body; !strings.Contains(got, `value="3000.00"`) {
		t.Error("what was approved does not stand in the payment")
	}
	pay := form("p", "household", p.own, "persons_"+p.own, "1", "amount_"+p.own, "3000")
	for range 2 { // the button was pressed twice
		b.entered("/funds/"+id+"/payments", pay, map[string][]byte{"photo": picture()})
	}
	reversal := b.get("/forms/reversal?of=" + id).body
	if !strings.Contains(reversal, "p|"+p.own) {
		t.Fatal("the payment is not offered")
	}
	b.entered("/forms/reversal?of="+id, form("v", "line", "p|"+p.own, "why", "returned", "note", "账户有误退回"), nil)
	correction := b.get("/forms/fund-correction?of=" + id).body
	correction = correction[:strings.Index(correction, "社会捐赠")]
	event, _, _ := strings.Cut(correction[strings.LastIndex(correction, `<option value="`)+len(`<option value="`):], `"`)
	b.entered("/forms/fund-correction?of="+id, form("c", "event", event, "reason", "多记一笔"), nil)
	book := b.get("/funds/" + id).body
	for _, want := range []string{"10,000.00元", "3,000.00元", "冲销", "<s>"} {
		if !strings.Contains(book, want) {
			t.Errorf("the book lacks %s", want)
		}
	}
	// The gift that was struck is in nobody's file.
	if got := p.entries(p.own); strings.Join(without(strings.Fields(got), "guard.flag_raised"), " ") != "household.registered payment.approved payment.made payment.reversed" {
		t.Error(got)
	}
	if got := p.as("village").get("/funds/" + id); got.status != http.StatusOK || strings.Contains(got.body, "/payments/new") {
		t.Errorf("the village: %d", got.status)
	}
}

// The check of all households, a report of a duty, a risk of scale and a system that
// is shut: entered, seen, corrected.
func TestDutiesAndChecksAreEnteredThroughTheForms(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("county")
	check, _, _ := strings.Cut(b.entered("/forms/check", form("k", "title", "上半年集中排查", "place", county, "from", "2023-04-01", "to", "2023-04-20", "duty", "check_of_all"), nil), "?")
	id := strings.TrimPrefix(check, "/checks/")
	own := must(p.site.Reads.Register.Get(t.Context(), p.own))(t)
	v := p.as("village")
	report := form("v", "place", village, "households", "120", "checked", "130", "groups", "4", "groups_checked", "4", "found", own.FileNo)
	if got := v.upload("/forms/check-village?check="+id, report, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `value="130"`) {
		t.Errorf("more than there are: %d", got.status)
	}
	report.Set("checked", "119")
	v.entered("/forms/check-village?check="+id, report, nil)
	if got := v.get(check).body; !strings.Contains(got, "119／120") {
		t.Error("the village's report is not seen")
	}
	b.entered("/forms/check-end?check="+id, form("e", "summary", "一户未遇"), nil)
	b.entered("/forms/duty-done", form("d", "duty", "quick_report_bulletin", "place", county, "for", "2023-03-31", "summary", "通报一季度使用情况"), map[string][]byte{"photo": picture()})
	b.entered("/forms/scale-risk", form("s", "place", township, "kind", "hail", "since", "2023-04-02", "households", "30", "content", "冰雹打坏果树"), nil)
	b.entered("/forms/scale-risk-follow", form("w", "risk", "s|"+township, "households", "12", "measures", "理赔到位"), nil)
	b.entered("/forms/scale-risk-end", form("o", "risk", "s|"+township, "reason", "已恢复生产"), nil)
	b.entered("/forms/system-closure", form("y", "place", county, "system", "national_monitoring", "from", "2023-04-01", "reason", "系统升级"), nil)
	b.entered("/forms/system-opening", form("n", "shut", "y|"+county, "on", "2023-04-03"), nil)
	page := b.get("/duties").body
	for _, want := range []string{"上半年集中排查", "冰雹灾害", "已恢复生产", "通报一季度使用情况", "系统升级", "理赔到位"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	_, rest, _ := strings.Cut(page, "/forms/duty-correction?event=")
	event, _, _ := strings.Cut(rest, `"`)
	b.entered("/forms/duty-correction?event="+event, form("c", "event", event, "reason", "日期登记有误"), nil)
	if !strings.Contains(b.get("/duties").body, "<s>") {
		t.Error("the entry is not struck through")
	}
}

// The township's study of its households, and one about the place as a whole.
func TestAStudyMeetingIsEntered(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("township")
	if got := b.get("/studies/new?region=" + township + "&text=" + "柳桂芳").body; !strings.Contains(got, p.own) {
		t.Error("the household is not found")
	}
	q := form("s", "region", township, "kind", "township", "subject", "四月研判", "here", "township", "name_0", "周医生", "unit_0", "卫生院", "department_0", "health",
		"household", p.own, "conclusion_"+p.own, "verify", "situation_"+p.own, "住院花费高", "do_1_"+p.own, "入户核实医疗支出", "until_1_"+p.own, "2023-04-20")
	at := b.entered("/studies?region="+township, q, map[string][]byte{"photo": picture()})
	page := b.get(at).body
	for _, want := range []string{"四月研判", "周医生（卫生院）", "入户核实医疗支出", "/photos/"} {
		if !strings.Contains(page, want) {
			t.Errorf("the study lacks %s", want)
		}
	}
	if got := strings.Join(without(strings.Fields(p.entries(p.own)), "guard.flag_raised"), " "); got != "household.registered case.studied" {
		t.Error(got)
	}
	whole := form("w", "region", township, "kind", "township", "subject", "一季度总体研判", "name_0", "李镇长", "unit_0", "镇政府")
	if got := b.upload("/studies?region="+township, whole, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "李镇长") {
		t.Errorf("neither households nor an outcome: %d", got.status)
	}
	whole.Set("outcome", "总体平稳")
	b.entered("/studies?region="+township, whole, nil)
}

// Regions, offices, posts and kinships by their days, and a year's income line.
func TestOfficesAndPostsAreEnteredThroughTheForms(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("county")
	own := must(p.site.Reads.Register.Get(t.Context(), p.own))(t)
	enter := func(name string, pairs ...string) {
		t.Helper()
		b.entered("/forms/"+name, form(append([]string{name}, pairs...)...), nil)
	}
	enter("region", "place", township, "code", "629900101209", "name", "新柳村", "level", "village", "from", "2023-04-01")
	enter("region-name", "place", "629900101209", "name", "新湾村", "from", "2023-04-02")
	enter("office", "place", "629900101209", "name", "新湾村村民委员会", "level", "village", "from", "2023-04-01")
	enter("office-name", "office", "o-office", "name", "新湾村委会", "from", "2023-04-02")
	enter("appointment", "office", "o-office", "name", "石小满", "post", "村文书", "capacity", "village_cadre", "from", "2023-04-01")
	enter("assignment", "office", "c", "place", "629900101209", "from", "2023-04-01")
	enter("assignment-ending", "assignment", "v-assignment|c", "to", "2023-04-03")
	enter("kinship", "person", "village", "file", own.FileNo, "member", own.Head, "relation", "lineal", "from", "2023-04-01")
	enter("kinship-ending", "kinship", "k-kinship|village", "to", "2023-04-03", "reason", "登记错人")
	enter("appointment-ending", "appointment", "a-appointment|o-office", "to", "2023-04-03")
	enter("region-merger", "place", "629900101209", "into", village, "from", "2023-04-03")
	enter("income-line", "place", county, "year", "2024", "yuan", "8000", "level", "province", "document", "省乡振发〔2023〕3号")
	_ = p.handler.Directory.View(func(d *office.Directory) error {
		on := calendar.MustDay("2023-04-02")
		if held := d.Holders("o-office", on); len(held) != 1 || held[0].Capacity != code.VillageCadre || held[0].Name != "石小满" {
			t.Errorf("held %v", held)
		}
		if o, _ := d.Office("o-office", on); o.Name != "新湾村委会" {
			t.Errorf("the office is %s", o.Name)
		}
		if d.Kin("village", p.own, on) != "lineal" || d.Current("629900101209", calendar.MustDay("2023-04-03")) != village {
			t.Error("the kinship or the merger is not there")
		}
		return nil
	})
	page := b.get("/forms/place-correction?region=" + village).body
	_, page, _ = strings.Cut(page, `name="event"`)
	at := strings.LastIndex(page[:strings.Index(page, "村文书</option>")], `value="`)
	event, _, _ := strings.Cut(page[at+len(`value="`):], `"`)
	b.entered("/forms/place-correction?region="+village, form("z", "event", event, "reason", "人员写错"), nil)
	_ = p.handler.Directory.View(func(d *office.Directory) error {
		if held := d.Holders("v", calendar.MustDay("2023-04-02")); len(held) != 0 {
			t.Errorf("still held: %v", held)
		}
		return nil
	})
	if got := b.upload("/forms/kinship", form("x", "person", "village", "file", own.FileNo, "member", "没有这个人", "relation", "lineal", "from", "2023-04-01"), nil); got.status != http.StatusUnprocessableEntity ||
		!strings.Contains(got.body, `id="fault-member"`) {
		t.Errorf("nobody's kin: %d", got.status)
	}
	if got := p.as("township").upload("/forms/office", form("y"), nil); got.status != http.StatusForbidden {
		t.Errorf("the township establishes offices: %d", got.status)
	}
}
