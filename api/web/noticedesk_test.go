package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/inspection"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

var (
	anyTag    = regexp.MustCompile(`<[^>]*>`)
	anySpace  = regexp.MustCompile(`\s+`)
	tableRow  = regexp.MustCompile(`(?s)<tr\b[^>]*>.*?</tr>`)
	tableCell = regexp.MustCompile(`(?s)<t[dh]\b([^>]*)>(.*?)</t[dh]>`)
	cellLabel = regexp.MustCompile(`data-label="([^"]*)"`)
	gridItem  = regexp.MustCompile(`(?s)<div class="datagrid-title">(.*?)</div><div class="datagrid-content">(.*?)</div>`)
)

// readable is what somebody reads of a piece of a page.
func readable(piece string) string {
	return strings.TrimSpace(anySpace.ReplaceAllString(html.UnescapeString(anyTag.ReplaceAllString(piece, " ")), " "))
}

// cellsOf are the cells of the table's row that holds the mark, by the names of
// their columns; the first column has none.
func cellsOf(t *testing.T, body, mark string) map[string]string {
	t.Helper()
	for _, row := range tableRow.FindAllString(body, -1) {
		if !strings.Contains(row, mark) || strings.Contains(row, "</th><th>") {
			continue
		}
		cells := map[string]string{}
		for _, cell := range tableCell.FindAllStringSubmatch(row, -1) {
			name := ""
			if label := cellLabel.FindStringSubmatch(cell[1]); label != nil {
				name = label[1]
			}
			if text := readable(cell[2]); name != "" || text != "" { // of none nothing is written
				cells[name] = text
			}
		}
		return cells
	}
	t.Fatalf("no row with %s", mark)
	return nil
}

// gridOf is what the head of a page tells, by its names.
func gridOf(body string) map[string]string {
	told := map[string]string{}
	for _, item := range gridItem.FindAllStringSubmatch(body, -1) {
		told[readable(item[1])] = readable(item[2])
	}
	return told
}

// walls is a village with sheets in every state, as on 3 May 2023: done, by the ids.
type walls struct {
	done, hurried, ended, up string
	second, third, fourth    string // households beside the town's own
}

// papered enters, from paper, what happened on a day.
func (p *town) papered(day, by, id string, c paper.Command) {
	p.t.Helper()
	r := p.request(by)
	r.Happened, r.Mode, r.DoneBy = calendar.MustDay(day), act.Transcribed, []commands.DoneBy{{Person: by}}
	must(p.handler.Paper(p.t.Context(), r, id, c))(p.t)
}

// hangs fills the walls of the village: a sheet that hung as it must, with a line
// struck; one that came down early, for which nobody waited; one past its end; and
// one that hangs.
func (p *town) hangs() (w walls) {
	p.t.Helper()
	p.joins("secretary", code.VillageSecretary, "v")
	p.joins("decider", code.CountyDecider, "c")
	w.second, w.third, w.fourth = p.register("village", village, "石大山"), p.register("village", village, "石小山"), p.register("village", village, "石长河")
	p.passes(30 * 24 * time.Hour)
	w.done, w.hurried, w.ended, w.up = commands.NewID("sheet", "1"), commands.NewID("sheet", "2"), commands.NewID("sheet", "3"), commands.NewID("sheet", "4")
	first, last := p.handsIn("village", 30), p.handsIn("village", 31)
	inclusion := policy.Inclusion
	meeting := paper.HoldMeeting{Region: village, Procedure: inclusion, Place: "村委会", Entitled: 3, Attendees: []paper.Attendee{{Name: "甲", Capacity: "representative"}}}
	for _, h := range []string{p.own, w.second, w.third, w.fourth} {
		meeting.Items = append(meeting.Items, paper.MeetingItem{Household: h, For: 1, Result: code.Pass})
	}
	sheet := func(day, id, title string, photo code.Attachment, lines ...paper.SheetLine) {
		p.t.Helper()
		p.papered(day, "secretary", id, paper.PostSheet{Region: village, Procedure: inclusion, Title: title, Place: title + "处", Phone: "0931-1234567", Photo: photo, Lines: lines})
	}
	list := func(day, by string, d paper.IssueDocument) {
		p.t.Helper()
		d.Procedure, d.Title, d.Number = inclusion, "名单", "守乡振发〔2023〕5号"
		p.papered(day, by, commands.NewID(by, day+string(d.Kind)), d)
	}
	p.papered("2023-04-03", "secretary", commands.NewID("meeting", "1"), meeting)
	sheet("2023-04-03", w.done, "甲榜", first, paper.SheetLine{Household: p.own, Head: "柳桂芳", Persons: 1, Class: code.Sudden}, paper.SheetLine{Household: w.second, Head: "石大山", Persons: 2, Class: code.Marginal})
	sheet("2023-04-10", w.hurried, "乙榜", "", paper.SheetLine{Household: w.third, Head: "石小山", Persons: 3})
	p.papered("2023-04-04", "secretary", w.done, paper.RaiseSheetObjection{Objection: "o1", Household: w.second, Content: "家里有车"})
	p.papered("2023-04-05", "secretary", w.done, paper.InvestigateSheetObjection{Objection: "o1", Household: w.second, Findings: "登记在其名下"})
	p.papered("2023-04-06", "secretary", w.done, paper.AnswerSheetObjection{Objection: "o1", Household: w.second, Upheld: true, Findings: "异议成立，已告知"})
	p.papered("2023-04-06", "secretary", w.done, paper.StrikeSheetLine{Household: w.second, Reason: "有车"})
	p.papered("2023-04-09", "secretary", w.done, paper.RemoveSheet{Photo: last})
	list("2023-04-10", "secretary", paper.IssueDocument{Region: village, Kind: paper.VillageReport, Lines: []paper.DocumentLine{{Household: p.own}}})
	list("2023-04-11", "secretary", paper.IssueDocument{Region: village, Kind: paper.VillageReport, Lines: []paper.DocumentLine{{Household: w.third}}})
	p.papered("2023-04-12", "secretary", w.hurried, paper.RemoveSheet{Photo: first})
	list("2023-04-14", "township", paper.IssueDocument{Region: township, Kind: paper.TownshipReview, Lines: []paper.DocumentLine{
		{Household: p.own, Result: code.Pass, Opinion: "同意"}, {Household: w.third, Result: code.Pass, Opinion: "同意"}}})
	list("2023-04-18", "decider", paper.IssueDocument{Region: county, Kind: paper.CountyDecision, Lines: []paper.DocumentLine{
		{Household: p.own, Result: code.Pass, Class: code.Marginal}, {Household: w.second, Result: code.Pass, Class: code.Marginal}, {Household: w.third, Result: code.Reject, Opinion: "收入较高"}}})
	sheet("2023-04-20", w.ended, "丙榜", p.handsIn("village", 32), paper.SheetLine{Household: w.second, Head: "石大山", Persons: 2})
	sheet("2023-04-30", w.up, "丁榜", p.handsIn("village", 33), paper.SheetLine{Household: w.third, Head: "石小山", Persons: 3})
	p.shown()
	return w
}

func (p *town) sees(b *browser, at string) string {
	p.t.Helper()
	got := b.get(at)
	if got.status != http.StatusOK {
		p.t.Fatalf("%s: %d", at, got.status)
	}
	return got.body
}

// Screen 6, the inspector's desk, column by column: every sheet, the days that it
// hung and must hang by both counts, its photographs at start and end, how many
// stand on it, where it stands; and, of those that hang tomorrow, where to go.
func TestEveryColumnOfTheDesk(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	w := p.hangs()
	b := p.as("notice_inspector")
	desk := p.sees(b, "/notices")
	for id, want := range map[string]map[string]string{
		w.done:    {"": "甲榜 识别纳入", "村": "柳湾村 甲榜处", "起止": "2023年4月3日 – 2023年4月9日", "天数": "6天（3个工作日）／须5天", "照片": "张贴 ✓ 撤下 ✓", "户": "2 划去1", "状态": "已撤下"},
		w.hurried: {"": "乙榜 识别纳入", "村": "柳湾村 乙榜处", "起止": "2023年4月10日 – 2023年4月12日", "天数": "2天（2个工作日）／须5天 （不足）", "照片": "张贴无 撤下 ✓", "户": "1", "状态": "已撤下"},
		w.ended:   {"": "丙榜 识别纳入", "村": "柳湾村 丙榜处", "起止": "2023年4月20日 – 应挂至2023年4月25日", "天数": "13天（7个工作日）／须5天", "照片": "张贴 ✓", "户": "1", "状态": "公示期满，待撤下并拍照"},
		w.up:      {"": "丁榜 识别纳入", "村": "柳湾村 丁榜处", "起止": "2023年4月30日 – 应挂至2023年5月5日", "天数": "3天（0个工作日）／须5天", "照片": "张贴 ✓", "户": "1", "状态": "公示中"},
	} {
		if diff := cmp.Diff(want, cellsOf(t, desk, "/notices/"+id)); diff != "" {
			t.Errorf("%s", diff)
		}
	}
	for state, only := range map[string]string{"up": w.up, "ended": w.ended, "objected": ""} {
		got := p.sees(b, "/notices?state="+state)
		for _, id := range []string{w.done, w.hurried, w.ended, w.up} {
			if strings.Contains(got, `href="/notices/`+id+`"`) != (id == only) {
				t.Errorf("%s: %s", state, readable(got))
			}
		}
	}
	tomorrow := p.sees(b, "/notices/tomorrow")
	for id, want := range map[string]map[string]string{
		w.ended: {"": "柳湾村", "张贴地点": "丙榜处", "公示单": "丙榜", "户": "1", "挂至": "期满未登记撤下 2023年4月25日"},
		w.up:    {"": "柳湾村", "张贴地点": "丁榜处", "公示单": "丁榜", "户": "1", "挂至": "2023年5月5日"},
	} {
		if diff := cmp.Diff(want, cellsOf(t, tomorrow, "/notices/"+id)); diff != "" {
			t.Errorf("tomorrow: %s", diff)
		}
	}
	if strings.Contains(tomorrow, w.done) || !strings.Contains(tomorrow, "2023年5月4日") {
		t.Error("what came down hangs tomorrow, or it is another day")
	}
}

// Screen 6, one sheet: its head, and line by line the frozen list beside the
// appraised and the decided one, what waited and what did not.
func TestEveryColumnOfASheet(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	w := p.hangs()
	b := p.as("notice_inspector")
	done := p.sees(b, "/notices/"+w.done)
	if diff := cmp.Diff(map[string]string{"村": "柳湾村", "张贴地点": "甲榜处", "程序": "识别纳入", "张贴": "2023年4月3日", "撤下": "2023年4月9日", "天数": "6天（3个工作日）／须5天",
		"最早可撤": "2023年4月8日", "张贴录入于": "2023-05-03 09:00", "隐私检查": "未发现个人号码"}, gridOf(done)); diff != "" {
		t.Error(diff)
	}
	for head, want := range map[string]map[string]string{
		"柳桂芳": {"": "1. 柳桂芳 1人", "公示类别": "突发严重困难户", "民主评议": "通过 2023年4月3日", "县级审定": "通过 2023年4月18日 类别与公示不同：边缘易致贫户", "下一环节": "村级上报 2023年4月10日", "是否等候": "已等候"},
		"石大山": {"": "2. 石大山 2人 划去：有车", "公示类别": "边缘易致贫户", "民主评议": "通过 2023年4月3日", "县级审定": "通过 2023年4月18日 已划去仍审定", "下一环节": "县级审定 2023年4月18日", "是否等候": "已等候"},
	} {
		if diff := cmp.Diff(want, cellsOf(t, done, ". "+head)); diff != "" {
			t.Error(diff)
		}
	}
	if !regexp.MustCompile(`没有公示的户：\s*石长河\s*（\s*2023年4月3日\s*）`).MatchString(readable(done)) {
		t.Error("who passed and was never posted is not told")
	}
	hurried := p.sees(b, "/notices/"+w.hurried)
	if diff := cmp.Diff(map[string]string{"": "1. 石小山 3人", "公示类别": "", "民主评议": "通过 2023年4月3日", "县级审定": "不予通过 2023年4月18日", "下一环节": "村级上报 2023年4月11日", "是否等候": "未等候"},
		cellsOf(t, hurried, ". 石小山")); diff != "" {
		t.Error(diff)
	}
	for _, want := range []string{"公示天数不足。", "无照片", "照片在别处也用过：1处"} {
		if !strings.Contains(readable(hurried), want) {
			t.Errorf("the hurried sheet lacks %s", want)
		}
	}
	if text := readable(done); strings.Contains(text, "公示天数不足") || strings.Contains(text, "无照片") || !strings.Contains(text, "张贴时") || !strings.Contains(text, "撤下时") {
		t.Error("the sheet that hung as it must")
	}
	objection := regexp.MustCompile(`(?s)家里有车.*?</li>`).FindString(done)
	if got := readable(objection); !strings.HasPrefix(got, "家里有车 提出 2023年4月4日 调查 2023年4月5日 答复 2023年4月6日 异议成立： 异议成立，已告知") {
		t.Error(got)
	}
}

// Screen 6, a village's compliance sheet: each figure of it is the one that its
// name says.
func TestEveryFigureOfTheComplianceSheet(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	w := p.hangs()
	look := func(id, result string) {
		t.Helper()
		must(p.handler.Inspection(t.Context(), p.request("notice_inspector"), commands.NewID("check", result), inspection.RecordCheck{Notice: id, Result: result, Place: "公示栏", Note: "所见"}))(t)
	}
	look(w.up, inspection.Present)
	look(w.ended, inspection.Missing)
	p.papered("2023-05-02", "secretary", w.up, paper.RaiseSheetObjection{Objection: "o2", Household: w.third, Content: "收入高"})
	p.shown()
	own := map[string]string{"": "柳湾村", "公示单": "4", "涉及户": "5", "在墙": "2", "天数不足": "1", "期满未撤": "1", "张贴无照片": "1", "照片重复": "2", "未等候即办理（户）": "1",
		"异议": "2", "异议未答复": "1", "现场核查": "2", "现场未见": "1"}
	b := p.as("notice_inspector")
	alone := p.sees(b, "/notices/compliance")
	for _, f := range complianceFigures {
		if !strings.Contains(readable(alone), f.zh+" "+orFirst(own[f.zh], "0")+" ") {
			t.Errorf("%s is not %q", f.zh, own[f.zh])
		}
	}
	must(p.handler.Office(t.Context(), p.request("province"), office.RegionEstablished{Code: "629900101202", Name: "上坪村", Level: code.Village, Parent: township, From: calendar.MustDay("2021-01-01")}))(t)
	there := p.register("township", "629900101202", "石上坪")
	p.papered("2023-04-20", "township", commands.NewID("sheet", "5"), paper.PostSheet{Region: "629900101202", Procedure: policy.Inclusion, Title: "戊榜", Place: "村口", Phone: "0931-1234567",
		Lines: []paper.SheetLine{{Household: there, Head: "石上坪", Persons: 1}}})
	p.papered("2023-04-26", "township", commands.NewID("sheet", "5"), paper.RemoveSheet{})
	p.shown()
	both := p.sees(b, "/notices/compliance")
	other := map[string]string{"": "上坪村", "公示单": "1", "涉及户": "1", "张贴无照片": "1", "撤下无照片": "1"}
	for village, want := range map[string]map[string]string{village: own, "629900101202": other} {
		if diff := cmp.Diff(want, cellsOf(t, both, "region="+village)); diff != "" {
			t.Error(diff)
		}
	}
	if got := readable(both); !strings.Contains(got, "合计 5 6 2 1 1 2 1 2 1 2 1 0 0 2 1 0") {
		t.Error(got)
	}
}
