package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestAVillageIsReplayed(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.as("village").post("/households/"+p.own+"/visits", "kind", "routine", "place", "家中", "key", "k-1", "happened", "2023-03-30", "note", "母羊长势良好")
	for query, want := range map[string]string{
		"": "请选择一个村", "?region=" + village: "母羊长势良好", "?region=" + village + "&as_of=2023-03-31": "母羊长势良好", "?region=" + village + "&known_at=2023-04-02": "还没有记录的村",
		"?region=" + village + "&known_at=soon": "日期应写作", "?region=" + village + "&at=0": "柳桂芳",
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
