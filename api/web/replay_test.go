package web

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

func TestTheReplayGoesStepByStep(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("discipline")
	address := "/households/" + p.own + "/replay"
	for query, want := range map[string]string{
		"": "此刻所知", "?at=0": "建档之前", "?at=1": "此刻所知", "?at=99": "此刻所知", "?known_at=2023-04-02": "建档之前", "?known_at=2023-04-03": "此刻所知",
		"?as_of=2023-04-02": "此刻所知", "?at=1&compare=0": "两个时刻的差别", "?known_at=yesterday": "日期应写作", "?compare_as_of=x": "日期应写作", "?known_at=2023-04-03&known_time=25:99": "日期应写作",
	} {
		if got := b.get(address + query); got.status != http.StatusOK || !strings.Contains(got.body, want) {
			t.Errorf("%s: %d, want %s", query, got.status, want)
		}
	}
	if got := b.get("/households/none/replay"); got.status != http.StatusNotFound {
		t.Errorf("%d", got.status)
	}
}

// aged is a file in which something was typed late, and something struck through:
// visits of 3 and 4 April, the second typed on the 10th; the first void since the
// 12th.
func (p *town) aged() (photo, paper code.Attachment) {
	p.t.Helper()
	keep := func(content []byte) code.Attachment {
		kept := must(p.site.Files.Put(p.t.Context(), attachments.Statement{By: "village"}, bytes.NewReader(content)))(p.t)
		return code.Attachment(kept.Hash.String())
	}
	photo, paper = keep(picture()), keep([]byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"))
	does := func(day string, c household.Command) string {
		r := p.request("village")
		r.Happened, r.Mode = calendar.MustDay(day), act.Performed
		if r.Happened != p.handler.Today() {
			r.Mode, r.DoneBy = act.Transcribed, []commands.DoneBy{{Person: "village"}}
		}
		done := must(p.handler.Household(p.t.Context(), r, p.own, c))(p.t)
		return done.Events[0]
	}
	first := does("2023-04-03", household.RecordVisit{Visit: "w1", Kind: "routine", Place: "家中", Note: "母羊长势良好", Photos: []code.Attachment{photo}})
	does("2023-04-03", household.SignLetter{Letter: "l1", Paper: paper, Scope: []string{"market"}, Members: []string{"m1"}, Signer: "m1", Signature: "fingerprint"})
	p.passes(7 * 24 * time.Hour)
	does("2023-04-04", household.RecordVisit{Visit: "w2", Kind: "routine", Place: "家中", Note: "屋顶漏雨"})
	p.passes(2 * 24 * time.Hour)
	does("2023-04-12", household.VoidFact{Event: first, Reason: "记错了户"})
	return photo, paper
}

// Two moments of the two clocks are laid side by side: what differs, and only
// that, comes first.
func TestTwoMomentsAreComparedByTheTwoClocks(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.aged()
	b := p.as("discipline")
	compared := func(query string) string {
		t.Helper()
		got := b.get("/households/" + p.own + "/replay?" + query)
		_, card, _ := strings.Cut(got.body, `id="compared"`)
		card, _, _ = strings.Cut(card, "</section>")
		if got.status != http.StatusOK || card == "" {
			t.Fatalf("%s: %d", query, got.status)
		}
		return card
	}
	// On 4 April he had been there twice; on the evening of the 3rd nobody knew but of once.
	card := compared("as_of=2023-04-04&known_at=2023-04-10&compare_as_of=2023-04-04&compare_known_at=2023-04-03")
	for _, want := range []string{"1次，最近2023年4月3日", "2次，最近2023年4月4日", "截至2023年4月4日，按2023-04-03 23:59所知", "按2023-04-10 23:59所知"} {
		if !strings.Contains(card, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(card, "户主") || strings.Count(card, "sw-changed") != 1 {
		t.Errorf("what is alike is told as different:\n%s", card)
	}
	// True on the 3rd, it is the same whenever it was asked, until the visit was struck through.
	if card := compared("as_of=2023-04-03&known_at=2023-04-10&compare_as_of=2023-04-03&compare_known_at=2023-04-03"); !strings.Contains(card, "两个时刻所知相同") {
		t.Error(card)
	}
	if card := compared("as_of=2023-04-03&compare_as_of=2023-04-03&compare_known_at=2023-04-10"); !strings.Contains(card, "1次，最近2023年4月3日") || !strings.Contains(card, "无") {
		t.Error(card)
	}
	// A minute counts, and so does an entry.
	if card := compared("known_at=2023-04-03&known_time=08:59&compare_known_at=2023-04-03&compare_known_time=09:00"); !strings.Contains(card, "户主") {
		t.Error(card)
	}
	if card := compared("at=1&compare=4"); !strings.Contains(card, "第4条时") || !strings.Contains(card, "第1条时") {
		t.Error(card)
	}
}

// At each step: who did it and typed it, as what, on what evidence, under which
// rule; what is struck through later stands until then.
func TestAStepSaysWhoAsWhatOnWhatUnderWhichRule(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	photo, paper := p.aged()
	b := p.as("discipline")
	address := "/households/" + p.own
	stepAt := func(at, whole string) string {
		t.Helper()
		got := b.get(address + "/replay?at=" + at)
		_, card, _ := strings.Cut(got.body, `id="step"`)
		card, _, _ = strings.Cut(card, "</section>")
		if card == "" || !strings.Contains(got.body, whole) {
			t.Fatalf("%s: %d, or not %s", at, got.status, whole)
		}
		return card
	}
	for at, wants := range map[string][]string{
		"1": {"经办人", "录入人", "没有附照片或扫描件", "没有单独的规定"},
		"2": {"母羊长势良好", "村“两委”干部", string(photo), "2023-04-03"},
		"3": {"识别纳入", "承诺授权", "/papers/" + string(paper), "为什么需要查看", "第", "由村“两委”干部", "要守的规则", "代签未注明代书人"},
		"4": {"屋顶漏雨", "补录", "晚录6天"},
		"5": {"划去的是第2条", "记错了户"},
	} {
		card := stepAt(at, "此刻所知")
		for _, want := range wants {
			if !strings.Contains(card, want) {
				t.Errorf("entry %s lacks %s:\n%s", at, want, card)
			}
		}
	}
	struck := regexp.MustCompile(`<s>[^<]*母羊长势良好`)
	if body := b.get(address + "/replay?at=4").body; struck.MatchString(body) || !strings.Contains(body, "此后划去") {
		t.Error("struck through before it was")
	}
	if body := b.get(address + "/replay?at=5").body; !struck.MatchString(body) || strings.Contains(body, "此后划去") {
		t.Error("not struck through")
	}
	if got := b.get(address + "/photos/" + string(photo) + "?size=small"); got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "image/") {
		t.Errorf("the photograph: %d", got.status)
	}
	if got := b.get(address + "/photos/" + string(paper)); got.status != http.StatusNotFound {
		t.Errorf("a letter without a reason: %d", got.status)
	}
	if got := b.get("/households/" + p.foreign + "/photos/" + string(photo)); got.status == http.StatusOK {
		t.Error("from another file")
	}
	if got := b.post(address+"/papers/"+string(paper), "reason", ""); got.status == http.StatusOK {
		t.Error("no reason")
	}
	if got := b.post(address+"/papers/"+string(paper), "reason", "核对签名"); got.status != http.StatusOK || got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("with a reason: %d", got.status)
	}
	if types := p.types("discipline"); strings.Count(types, "personal.shown") != 1 {
		t.Error(types)
	}
	auditor := p.as("auditor").get(address + "/replay?at=2").body
	if strings.Contains(auditor, "/photos/") || !strings.Contains(auditor, "照片") || strings.Contains(auditor, "柳桂芳") {
		t.Error("an auditor is shown too much, or too little")
	}
}

// What stands on a paper leads to it and to its photographs, and is told with the
// flags it raised.
func TestAStepLeadsToItsPaper(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	ids := p.fileAway()
	got := p.as("discipline").get("/households/" + p.own + "/replay")
	_, card, _ := strings.Cut(got.body, `id="step"`)
	if !strings.Contains(card, "/lists/"+ids[0]) || !strings.Contains(card, string(policy.VillageReport)) && !strings.Contains(card, "村级上报") || !strings.Contains(card, "⚑") {
		t.Error(card[:min(len(card), 3000)])
	}
}
