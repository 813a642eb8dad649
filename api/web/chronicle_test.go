package web

import (
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

func TestAVillageIsReplayed(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.as("village").post("/households/"+p.own+"/visits", "kind", "routine", "place", "家中", "key", "k-1", "happened", "2023-03-30", "note", "母羊长势良好")
	p.shown() // somebody else looks, who has no receipt
	for query, want := range map[string]string{
		"": "请选择一个村", "?region=" + village: "母羊长势良好", "?region=" + village + "&as_of=2023-03-31": "母羊长势良好", "?region=" + village + "&known_at=2023-04-02": "还没有记录的村",
		"?region=" + village + "&known_at=soon": "日期应写作", "?region=" + village + "&from=first": "柳桂芳",
	} {
		if got := p.as("discipline").get("/replay/village" + query); got.status != http.StatusOK || !strings.Contains(got.body, want) {
			t.Errorf("%s: %d, want %s", query, got.status, want)
		}
	}
	if got := p.as("auditor").get("/replay/village?region=" + village); strings.Contains(got.body, "柳桂芳") || !strings.Contains(got.body, "柳*芳") {
		t.Error("an auditor sees names")
	}
}

// What a person did and what he typed are told apart; of another county's people
// nothing.
func TestAPersonIsReplayed(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.as("village").post("/households/"+p.own+"/visits", "kind", "routine", "place", "家中", "key", "k-1", "happened", "2023-04-03", "note", "母羊长势良好")
	p.fileAway()
	p.shown()
	b := p.as("discipline")
	for query, want := range map[string][]string{
		"?region=" + village:               {`value="village"`, "先选地区"},
		"?person=village":                  {"母羊长势良好", "本人经办", "本人录入", "评议会议", "公示表", "柳桂芳"},
		"?person=village&as=typed":         {"母羊长势良好"},
		"?person=village&as=done":          {"母羊长势良好"},
		"?person=township":                 {"没有记录"},
		"?person=village&as_of=2023-04-02": {"没有记录"},
	} {
		got := b.get("/replay/person" + query)
		for _, w := range want {
			if got.status != http.StatusOK || !strings.Contains(got.body, w) {
				t.Errorf("%s: %d, want %s", query, got.status, w)
			}
		}
	}
	if got := b.get("/replay/person?person=neighbour"); got.status != http.StatusForbidden {
		t.Errorf("another county's: %d", got.status)
	}
	if got := b.get("/replay/person?person=nobody"); got.status == http.StatusOK {
		t.Errorf("nobody: %d", got.status)
	}
}

// What was corrected is struck through in a village's replay and in a person's,
// from when it was corrected on, and so is a check on the spot that was withdrawn.
func TestCorrectionsAreStruckThroughInEveryReplay(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.aged()
	check := func(e any) {
		t.Helper()
		meta := must(wire.EncodeMeta(act.Act{Happened: p.handler.Today(), DoneBy: []act.Person{{ID: "village"}}, RecordedBy: act.Person{ID: "village"}}))(t)
		name, data, err := wire.Encode(e, nil)
		if err != nil {
			t.Fatal(err)
		}
		version := eventlog.NoStream
		for rec, err := range p.handler.Log.ReadStream(t.Context(), "inspection-i", eventlog.NoStream) {
			if err != nil {
				t.Fatal(err)
			}
			version = rec.Version
		}
		done := must(p.handler.Log.Append(t.Context(), "inspection-i", version, []eventlog.Event{{ID: eventlog.DeriveID("inspection-i", name, 0), Type: name, Data: data, Meta: meta}}))(t)
		p.seen(t.Context(), done.Position)
	}
	check(inspection.Checked{Notice: "n", Region: village, Result: inspection.Missing, Place: "村口"})
	check(inspection.Withdrawn{Reason: "看错了"})
	b := p.as("discipline")
	visit, spot := regexp.MustCompile(`<s>[^<]*母羊长势良好`), regexp.MustCompile(`<s>现场核查公示`)
	for _, path := range []string{"/replay/village?region=" + village, "/replay/person?person=village"} {
		if body := b.get(path).body; !visit.MatchString(body) || !strings.Contains(body, "记错了户") {
			t.Errorf("%s: the visit is not struck through", path)
		}
		if body := b.get(path + "&known_at=2023-04-11").body; visit.MatchString(body) || !strings.Contains(body, "母羊长势良好") {
			t.Errorf("%s: struck through before it was", path)
		}
	}
	if body := b.get("/replay/person?person=village").body; !spot.MatchString(body) || !strings.Contains(body, "撤回现场核查") {
		t.Error("the check withdrawn is not struck through")
	}
}

// Pages of what a person did, and of what was recorded of a village, are turned by
// cursors, to the first and the last.
func TestPagesOfAChronicleAreTurned(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	var at eventlog.Position
	for i := range chroniclePage + 3 {
		r := p.request("village")
		at = must(p.handler.Household(t.Context(), r, p.own, household.RecordVisit{Visit: "w" + strconv.Itoa(i), Kind: "routine", Place: "家中", Note: code.Text("第" + strconv.Itoa(i) + "回")}))(t).Position
	}
	p.seen(t.Context(), at)
	b := p.as("discipline")
	link := func(body, name string) string {
		t.Helper()
		found := regexp.MustCompile(`href="([^"]+)">` + name + `<`).FindStringSubmatch(body)
		if found == nil {
			return ""
		}
		return html.UnescapeString(found[1])
	}
	for _, path := range []string{"/replay/person?person=village", "/replay/village?region=" + village} {
		last := b.get(path).body
		if !strings.Contains(last, "第52回") || strings.Contains(last, "第1回") || link(last, "往后") != "" {
			t.Errorf("%s: not the last page", path)
		}
		earlier := b.get(link(last, "往前")).body
		if !strings.Contains(earlier, "第1回") || strings.Contains(earlier, "第52回") || link(earlier, "往前") != "" {
			t.Errorf("%s: not the page before", path)
		}
		if again := b.get(link(earlier, "往后")).body; !strings.Contains(again, "第52回") || strings.Contains(again, "第1回") {
			t.Errorf("%s: not the page after", path)
		}
		first := b.get(link(last, "开头")).body
		if !strings.Contains(first, "第1回") || strings.Contains(first, "第52回") {
			t.Errorf("%s: not the first page", path)
		}
		if got := b.get(path + "&after=x"); got.status == http.StatusOK {
			t.Errorf("%s: a made-up cursor was taken", path)
		}
	}
	if body := b.get("/replay/village?region=" + village).body; !strings.Contains(body, "<strong>5–54</strong>条，共54条") {
		t.Error("which entries stand on the last page is not told")
	}
}
