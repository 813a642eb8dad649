package web

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/commands"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

var article = regexp.MustCompile(`(?s)<article .*?</article>`)

// wallNow is what hangs on the village's page, sheet by sheet, up to its form.
func (p *town) wallNow() (sheets []string) {
	p.t.Helper()
	for _, sheet := range article.FindAllString(p.sees(p.browser(), "/board/"+village), -1) {
		told, _, _ := strings.Cut(readable(sheet), " 我有异议")
		sheets = append(sheets, told)
	}
	return sheets
}

// Screen 6, the public page: what hangs now and nothing else of it, to the last day
// of its period; not what was struck, taken down or is over. Neither is an objection
// taken to it then.
func TestTheWallShowsWhatHangsAndNoMore(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	w := p.hangs()
	struck := commands.NewID("sheet", "6")
	p.papered("2023-05-01", "secretary", struck, paper.PostSheet{Region: village, Procedure: policy.Inclusion, Title: "己榜", Place: "村口", Phone: "13900000001",
		Lines: []paper.SheetLine{{Household: p.own, Head: "柳桂芳", Persons: 1, Class: "sudden"}, {Household: w.fourth, Head: "石长河", Persons: 4}}})
	p.papered("2023-05-01", "secretary", struck, paper.RaiseSheetObjection{Objection: "o6", Household: w.fourth, Content: "家里有车"})
	p.papered("2023-05-02", "secretary", struck, paper.AnswerSheetObjection{Objection: "o6", Household: w.fourth, Upheld: true, Findings: "属实"})
	p.papered("2023-05-02", "secretary", struck, paper.StrikeSheetLine{Household: w.fourth, Reason: "有车"})
	p.shown()
	const head = " 序号 户主 人数 类别 "
	own := "己榜 识别纳入 · 公示期 2023年5月1日 至 2023年5月6日 · 张贴于村口" + head + "1 柳桂芳 1 突发严重困难户 也可打电话反映： 13900000001"
	other := "丁榜 识别纳入 · 公示期 2023年4月30日 至 2023年5月5日 · 张贴于丁榜处" + head + "1 石小山 3 也可打电话反映： 0931-1234567"
	hangs := func(wants ...string) {
		t.Helper()
		if got := p.wallNow(); strings.Join(got, "\n") != strings.Join(wants, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", p.handler.Today(), strings.Join(got, "\n"), strings.Join(wants, "\n"))
		}
	}
	tomorrow := func(want string) {
		t.Helper()
		if got := cellsOf(t, p.sees(p.as("notice_inspector"), "/notices/tomorrow"), "/notices/"+w.up)["挂至"]; got != want {
			t.Errorf("tomorrow: %s", got)
		}
	}
	objects := func(content string) page {
		return p.browser().post("/board/"+village+"/objections", "notice", w.up, "household", w.third, "content", content, "key", uuid.NewString())
	}
	hangs(own, other)
	if got := objects("他的电话是13912345678"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "手机号码") {
		t.Errorf("a telephone number in an objection: %d", got.status)
	}
	p.passes(24 * time.Hour)
	hangs(own, other) // the last day
	tomorrow("当日期满")
	p.passes(24 * time.Hour)
	hangs(own)
	tomorrow("期满未登记撤下 2023年5月5日")
	if got := objects("收入高"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "已期满或撤下") {
		t.Errorf("after its period: %d", got.status)
	}
	p.papered("2023-05-05", "secretary", struck, paper.RemoveSheet{})
	p.shown()
	hangs()
}

// Screen 6, the privacy guard: a full ID, telephone or card number in a text that
// hangs on a wall, or in a caption, is refused before the sheet is printed and when
// it is entered; the sheet itself is then not shown to be printed.
func TestNothingPersonalIsPublished(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("secretary", "village_secretary", "v")
	b := p.as("secretary")
	const number, card, phone = "990101196804120154", "6222021001116245702", "13900000001"
	sheet := func() url.Values {
		return form("s", "region", village, "procedure", "inclusion", "household", p.own, "head_"+p.own, "柳桂芳", "persons_"+p.own, "1", "title", "柳湾村公示", "place", "公示栏", "phone", "0931-1234567")
	}
	for what, c := range map[string]struct{ field, text string }{
		"an ID number in the title":        {"title", "公示" + number},
		"a telephone number in the title":  {"title", "公示" + phone},
		"a card number at the place":       {"place", card},
		"an ID number beside the name":     {"head_" + p.own, "柳桂芳" + number},
		"an ID number for a telephone":     {"phone", number},
		"a type of risk beside the name":   {"head_" + p.own, "柳桂芳（因病）"},
		"an ID number in groups":           {"title", "公示990101 19680412 0154"},
		"a telephone number beside a name": {"head_" + p.own, "柳桂芳139-0000-0001"},
	} {
		q := sheet()
		q.Set(c.field, c.text)
		for _, at := range []string{"/sheets/preview", "/sheets"} {
			got := b.upload(at+"?region="+village, q, nil)
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "不得公开") || strings.Contains(got.body, "sw-a4") || !strings.Contains(got.body, `value="`+c.text+`"`) {
				t.Errorf("%s at %s: %d", what, at, got.status)
			}
		}
	}
	if got := p.entries(p.own); got != "household.registered" {
		t.Error(got)
	}
	if got := b.upload("/sheets/preview?region="+village, sheet(), nil); got.status != http.StatusOK || !strings.Contains(got.body, "sw-a4") {
		t.Errorf("with nothing of that kind: %d", got.status)
	}
	at := b.entered("/sheets?region="+village, sheet(), map[string][]byte{"photo": picture()})
	p.shown()
	check := form("i", "result", "present", "place", "村口"+phone, "note", "")
	if got := p.as("notice_inspector").upload("/notices"+strings.TrimPrefix(at, "/sheets")+"/inspections", check, map[string][]byte{"photo": picture()}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a telephone number in a photograph's caption: %d", got.status)
	}
}

// Screen 8, its limits: who sends how often and how much, and to which village.
func TestAnApplicationHasItsLimits(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.browser()
	apply := func(files map[string][]byte) page {
		return b.upload("/apply/"+village, url.Values{"key": {uuid.NewString()}, "name": {"柳长福"}, "content": {"住院"}, "writer": {"柳小明"}}, files)
	}
	if got := apply(pictures(household.MaxSentPhotos + 1)); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "照片最多3张") {
		t.Errorf("four photographs: %d", got.status)
	}
	tracking := codeIn(t, apply(pictures(household.MaxSentPhotos)))
	_, bytes := p.stream(commands.HouseholdStream(applicationOf(typedCode(tracking))))
	if !strings.Contains(bytes, `"written_by":"柳小明"`) || len(regexp.MustCompile(`[0-9a-f]{64}`).FindAllString(strings.Split(bytes, `"photos":`)[1], household.MaxSentPhotos)) != household.MaxSentPhotos {
		t.Error("the writer or a photograph is lost")
	}
	for range 3 {
		codeIn(t, apply(nil))
	}
	if got := apply(nil); got.status != http.StatusTooManyRequests || !strings.Contains(got.body, "太频繁") || !strings.Contains(got.body, "柳长福") {
		t.Errorf("the sixth at once: %d", got.status)
	}
	p.site.gates = newGates()
	for _, place := range []string{county, township, "629900101999"} {
		if got := b.upload("/apply/"+place, url.Values{"key": {uuid.NewString()}, "name": {"柳长福"}, "content": {"住院"}}, nil); got.status != http.StatusNotFound {
			t.Errorf("to %s: %d", place, got.status)
		}
		_, err := p.handler.ApplyByCode(t.Context(), uuid.NewString(), uuid.NewString(), household.SendApplication{Clue: "c1", Region: place, Name: "柳长福", Content: "住院"})
		var refusal *policy.Refusal
		if !errors.As(err, &refusal) || refusal.Rule != policy.RegionUnknown {
			t.Errorf("to %s past the page: %v", place, err)
		}
	}
}

// The poster's code is that of its own village, as somebody types it who cannot
// scan it.
func TestAPosterLeadsToItsVillage(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	address := p.http.URL + "/apply/" + village
	side, drawn, err := modules(address)
	if err != nil {
		t.Fatal(err)
	}
	_, another, _ := modules(p.http.URL + "/apply/" + foreignVillage)
	poster := p.sees(p.as("county"), "/poster?region="+village)
	if !strings.Contains(poster, `d="`+drawn+`"`) || !strings.Contains(poster, ">"+address+"<") || drawn == another || side < 21+2*quiet {
		t.Error("the poster leads elsewhere")
	}
	if got := p.browser().get("/apply/" + village); got.status != http.StatusOK {
		t.Errorf("%d", got.status)
	}
}
