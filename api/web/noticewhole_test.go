package web

import (
	"net/http"
	"strings"
	"testing"

	"shouwang/domain/code"
)

// Screen 6: beside the frozen list the inspector sees what was appraised and
// decided and whether the next step waited, the photographs at start and end, the
// days it hung and must hang, the objection and its inquiry; and enters, through
// the page, each of the three things he may find.
func TestTheDeskShowsASheetWhole(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("secretary", code.VillageSecretary, "v")
	b := p.as("secretary")
	b.entered("/meetings?region="+village, form("m", "region", village, "procedure", "inclusion", "place", "村委会", "entitled", "3", "household", p.own,
		"seat_0", "named", "name_0", "village", "capacity_0", "village_committee", "person_0", "village", "here_0", "1",
		"for_"+p.own, "1", "result_"+p.own, "pass", "opinion_"+p.own, "情况属实"), map[string][]byte{"photo": picture()})
	sheet := b.entered("/sheets?region="+village, form("s", "region", village, "procedure", "inclusion", "household", p.own, "head_"+p.own, "柳桂芳", "persons_"+p.own, "1", "class_"+p.own, "sudden",
		"title", "柳湾村公示", "place", "村委会公示栏", "phone", "0931-1234567"), map[string][]byte{"photo": picture()})
	at := "/notices" + strings.TrimPrefix(sheet, "/sheets")
	b.entered(sheet+"/objections", form("o", "household", p.own, "content", "家里有车", "objector", "某人"), nil)
	b.entered(sheet+"/inquiries", form("i", "household", p.own, "objection", "o", "findings", "车系借用"), nil)
	b.entered(sheet+"/answers", form("a", "household", p.own, "objection", "o", "findings", "不成立，已告知", "upheld", "no"), nil)
	looks := func(wants ...string) {
		t.Helper()
		p.shown()
		got := p.as("notice_inspector").get(at)
		for _, want := range wants {
			if got.status != http.StatusOK || !strings.Contains(got.body, want) {
				t.Errorf("%d: the sheet lacks %s", got.status, want)
			}
		}
	}
	looks("柳桂芳", "突发严重困难户", "通过 2023年4月3日", "0天", "家里有车", "不成立，已告知")
	for key, result := range map[string]string{"c1": "present", "c2": "missing", "c3": "different"} {
		q := form(key, "result", result, "place", "村委会公示栏", "note", "所见"+result)
		p.as("notice_inspector").entered(at+"/inspections", q, map[string][]byte{"photo": picture()})
	}
	looks("在位", "未见", "不符", "所见present", "所见missing", "所见different")
	p.passes(6 * 24 * 3600e9)
	later := func(pairs ...string) (q map[string][]string) {
		q = form(pairs...)
		q["happened"] = []string{"2023-04-09"}
		return q
	}
	b = p.as("secretary")
	b.entered(sheet+"/removal", later("r"), map[string][]byte{"photo": picture()})
	b.entered("/lists/village_report?region="+village, later("v", "region", village, "procedure", "inclusion", "title", "上报", "household", p.own), nil)
	looks("撤下时", "张贴时", "6天", "已等候", "2023年4月9日")
	if body := p.as("notice_inspector").get(at).body; strings.Contains(body, "某人") || strings.Contains(body, "无照片") {
		t.Error("who objected is shown, or a photograph is not")
	}
}
