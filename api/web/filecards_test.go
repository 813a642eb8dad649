package web

import (
	"net/http"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// vetted takes the town's household from a clue to its appraisal, with a paper and
// a photograph, and returns the two.
func (p *town) vetted() (letter, photo code.Attachment) {
	p.t.Helper()
	letter, photo = p.handsIn("village", 9), p.handsIn("village", 10)
	enter := func(by string, c household.Command) {
		p.t.Helper()
		must(p.handler.Household(p.t.Context(), p.request(by), p.own, c))(p.t)
	}
	enter("village", household.RecordClue{Clue: "c1", Channel: code.CadreCheck, Via: "routine_check", Content: "柳桂芳摔伤住院，自付较高", FoundBy: household.Finder{As: "grid_worker", Name: "崔守田"}})
	enter("village", household.VerifyClue{Clue: "c1", Result: "risk", Reason: "入户查看病历属实"})
	enter("village", household.FeedBackClue{Clue: "c1", To: "网格员", Text: "已启动识别"})
	enter("village", household.RecordClue{Clue: "c2", Channel: code.DepartmentWarning, Department: "medical_insurance", Content: "医疗费用预警"})
	enter("village", household.FileApplication{Application: "a1", Form: "written", Content: "因病支出大", WrittenBy: "田春来"})
	enter("village", household.SignLetter{Letter: "l1", Scope: []string{"tax", "civil_affairs"}, Members: []string{"m1"}, Signer: "m1", Signature: "fingerprint",
		ProxyWriter: "田春来", ProxyRelation: "邻居", ReadOut: true, Paper: letter})
	enter("county", household.ReturnComparison{Comparison: "x1", Procedure: policy.Inclusion, Sources: []string{"tax", "civil_affairs"},
		Hits: []household.Hit{{ID: "h1", Member: "m1", Source: "tax", Kind: "company", Detail: "注册号620001"}, {ID: "h2", Member: "m1", Source: "tax", Kind: "deposits"}}})
	enter("village", household.ExplainHit{Hit: "h1", Explanation: "柳桂芳的小卖部已注销", Accepted: true})
	enter("village", household.RecordVisit{Visit: "v1", Kind: "routine", Note: "正常", Photos: []code.Attachment{photo}})
	meeting := commands.NewID("village", "vetted")
	must(p.handler.Paper(p.t.Context(), p.request("village"), meeting, paper.HoldMeeting{Region: village, Procedure: policy.Inclusion, Place: "村委会", Entitled: 5,
		Attendees: []paper.Attendee{{Name: "甲", Capacity: "representative"}, {Name: "乙", Capacity: "representative"}, {Name: "丙", Capacity: "village_committee"}, {Name: "柳长水", Capacity: "representative"}},
		Items:     []paper.MeetingItem{{Household: p.own, For: 2, Against: 1, Recused: []string{"柳长水"}, Result: code.Pass, Opinion: "同意纳入"}}}))(p.t)
	p.shown()
	return letter, photo
}

// sectionOf is one card of a page.
func sectionOf(t *testing.T, body, id string) string {
	t.Helper()
	_, body, found := strings.Cut(body, `<section class="card mb-3" id="`+id+`">`)
	if !found {
		t.Fatalf("no card %s", id)
	}
	body, _, _ = strings.Cut(body, "</section>")
	return body
}

// The file has a card for each part of the way to the decision, and says so where
// there is nothing yet; who does not work with these people reads no names.
func TestTheFileTellsTheWayToTheDecision(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	empty := p.as("village").get("/households/" + p.own).body
	for id, want := range map[string]string{"clues": "还没有线索，也没有申请。", "letter": "还没有签署承诺授权书。", "comparison": "还没有信息比对。", "appraisal": "还没有民主评议。", "notices": "还没有公示。", "attached": "还没有照片和材料。"} {
		if !strings.Contains(sectionOf(t, empty, id), want) {
			t.Errorf("the empty card %s lacks %s", id, want)
		}
	}
	letter, photo := p.vetted()
	for _, c := range []struct {
		login, id, language string
		want, never         []string
	}{
		{"village", "clues", "zh-CN", []string{"2023年4月3日", "干部走访排查", "常态化排查", "发现人", "网格员 崔守田", "柳桂芳摔伤住院", "存在风险", "理由：入户查看病历属实", "向网格员反馈：已启动识别", "部门筛查预警", "医保", "尚未核实", "农户申请", "书面申请", "田春来", "村文书"}, nil},
		{"village", "letter", "zh-CN", []string{"柳桂芳 按手印", "税务、民政", "涉及成员", "田春来，与签署人关系：邻居", "已当面宣读", "至本次监测结束"}, nil},
		{"village", "comparison", "zh-CN", []string{"股长", "税务、民政", "柳桂芳 工商注册", "已说明，不影响识别", "柳桂芳的小卖部已注销", "大额存款", "待核实"}, []string{"注册号620001"}},
		{"village", "appraisal", "zh-CN", []string{"识别纳入", "赞成2票、反对1票、弃权0票", "柳长水", "村委会", "应到5人，实到4人", "村民代表3人", "同意纳入", "/meetings/"}, nil},
		{"village", "attached", "zh-CN", []string{"/photos/" + string(photo) + "?size=small", "照片 2023年4月3日", "/papers/" + string(letter), "为什么需要查看"}, []string{"/photos/" + string(letter)}},
		{"village", "clues", "en", []string{"Clues and applications", "Found by", "grid worker 崔守田", "risk found", "Reason: ", "not verified yet"}, []string{"线索和申请"}},
		{"village", "letter", "en", []string{"May be queried", "tax, civil affairs", "Members covered", "read out to the signer"}, []string{"有效期"}},
		{"village", "comparison", "en", []string{"Points to explain", "to be explained", "explained, stands against nothing"}, []string{"疑点"}},
		{"village", "appraisal", "en", []string{"entitled 5, present 4", "for 2, against 1, abstained 0", "Recused"}, []string{"到会"}},
		{"village", "attached", "en", []string{"Photographs and papers", "photograph 2023-04-03"}, []string{"照片"}},
		{"auditor", "clues", "zh-CN", []string{"柳*芳摔伤住院", "崔*田", "田*来"}, []string{"柳桂芳", "崔守田", "田春来"}},
		{"auditor", "letter", "zh-CN", []string{"柳*芳 按手印", "田*来"}, []string{"柳桂芳", "田春来"}},
		{"auditor", "comparison", "zh-CN", []string{"柳*芳 工商注册", "柳*芳的小卖部"}, []string{"柳桂芳"}},
		{"auditor", "appraisal", "zh-CN", []string{"柳*水", "/meetings/"}, []string{"柳长水"}},
		{"auditor", "attached", "zh-CN", []string{"照片 2023年4月3日", "只供办理和监督此户的人员查看"}, []string{"/photos/", "/papers/"}},
		{"paired", "appraisal", "zh-CN", []string{"柳长水"}, []string{"/meetings/"}},
	} {
		b := p.as(c.login)
		b.post("/language", "language", c.language, "back", "/me")
		card := sectionOf(t, b.get("/households/"+p.own).body, c.id)
		for _, want := range c.want {
			if !strings.Contains(card, want) {
				t.Errorf("%s for %s in %s lacks %s: %s", c.id, c.login, c.language, want, plainText(card))
			}
		}
		for _, never := range c.never {
			if strings.Contains(card, never) {
				t.Errorf("%s for %s in %s has %s", c.id, c.login, c.language, never)
			}
		}
	}
	if got := p.as("village").post("/households/"+p.own+"/papers/"+string(letter), "reason", "核对签名"); got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "image/") {
		t.Errorf("the letter is not shown to whoever says why: %d", got.status)
	}
}

// A clue that was corrected is no longer among them.
func TestAVoidClueLeavesTheCard(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.vetted()
	var wrong string
	for _, f := range must(p.handler.Facts(t.Context(), p.own))(t) {
		if e, is := f.Event.(household.ClueRecorded); is && e.Clue == "c2" {
			wrong = f.ID
		}
	}
	must(p.handler.Household(t.Context(), p.request("village"), p.own, household.VoidFact{Event: wrong, Reason: "误录"}))(t)
	card := sectionOf(t, p.as("village").get("/households/"+p.own).body, "clues")
	if strings.Contains(card, "医疗费用预警") || !strings.Contains(card, "柳桂芳摔伤住院") {
		t.Errorf("%s", plainText(card))
	}
}

// What a visit's form is refused for stands beside the field, in plain words, and
// what was typed stays.
func TestARefusedVisitSaysBesideWhichField(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	for field, change := range map[string]string{"happened": "2023-04-04", "kind": "holiday", "place": "电话13812341234", "note": "号码990101196804120154"} {
		q := form("visit-"+field, "happened", "2023-04-03", "kind", "routine", "place", "家中", "note", "正常")
		q.Set(field, change)
		got := b.send("POST", "/households/"+p.own+"/visits", q.Encode())
		visit := sectionOf(t, got.body, "visits")
		if got.status != http.StatusUnprocessableEntity || strings.Count(visit, `id="fault-`) != 1 || !strings.Contains(visit, `id="fault-`+field+`"`) ||
			!strings.Contains(visit, `aria-describedby="fault-`+field+`"`) || strings.Contains(visit, "alert-danger") || field != "kind" && !strings.Contains(visit, change) {
			t.Errorf("%s: %d %s", field, got.status, plainText(visit))
		}
	}
	q := form("visit-empty", "happened", "2023-04-03", "kind", "routine", "note", "")
	if got := b.send("POST", "/households/"+p.own+"/visits", q.Encode()); !strings.Contains(got.body, `id="fault-note"`) {
		t.Errorf("without a note: %d", got.status)
	}
}
