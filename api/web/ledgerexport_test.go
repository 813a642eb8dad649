package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// An export has the official columns, masks as the page does, bears who took it
// out, and is recorded with its filter and its rows.
func TestAnExportIsMarkedAndRecorded(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	for login, name := range map[string]string{"village": "柳桂芳", "auditor": "柳*芳"} {
		got := p.as(login).post("/ledger/export?region=" + village + "&text=lgf&column=kind")
		if got.status != http.StatusOK || got.header.Get("Content-Type") != excelType || !strings.Contains(got.header.Get("Content-Disposition"), ".xlsx") {
			t.Fatalf("%s: %d %v", login, got.status, got.header)
		}
		f, err := excelize.OpenReader(bytes.NewReader([]byte(got.body)))
		if err != nil {
			t.Fatal(err)
		}
		rows := must(f.GetRows("监测对象"))(t)
		if len(rows) != 3 || len(rows[1]) != len(householdHeads) || !strings.Contains(rows[0][0], "编号") {
			t.Fatalf("%s: %q", login, rows)
		}
		line := strings.Join(rows[2], "|")
		for _, want := range []string{"1|柳河镇|柳湾村|一组|", name + "|女|9901**********0154|138****1234|1|"} {
			if !strings.Contains(line, want) {
				t.Errorf("%s lacks %s: %s", login, want, line)
			}
		}
		if people := must(f.GetRows("家庭成员"))(t); len(people) != 3 || !slices.Contains(people[2], name) || !slices.Contains(people[2], "9901**********0154") {
			t.Errorf("%s: %q", login, people)
		}
		told := must(f.GetRows("说明"))(t)
		if all := strings.Join(slices.Concat(told...), "|"); !strings.Contains(all, "查找|lgf") || !strings.Contains(all, "区域|柳湾村") || !strings.Contains(all, "户数|1") {
			t.Error(all)
		}
		footer := must(f.GetHeaderFooter("监测对象"))(t)
		if footer == nil || !strings.Contains(footer.OddFooter, "编号") {
			t.Errorf("%+v", footer)
		}
		if !strings.Contains(got.body, "xl/media/image1.png") {
			t.Error("no watermark behind the cells")
		}
		if types := p.types(login); strings.Count(types, "copy.made") != 1 {
			t.Errorf("%s: %s", login, types)
		}
	}
	trail := p.as("audit_administrator").get("/admin/accounts/" + p.idOf("village") + "/trail").body
	if !strings.Contains(trail, "/ledger/export") || !strings.Contains(trail, "编号") {
		t.Error("the trail does not tell of the export")
	}
	if got := p.as("county").post("/ledger/export?stage=monitored"); got.status != http.StatusUnprocessableEntity || strings.Contains(p.types("county"), "copy.made") {
		t.Errorf("an empty export: %d", got.status)
	}
}

func TestViewsOfTheLedger(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	got := b.post("/ledger/views?stage=none&column=kind&column=persons&after=x", "name", "本村未监测")
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/ledger?column=kind&column=persons&stage=none" {
		t.Fatalf("%d %v", got.status, got.header)
	}
	shown := b.get(got.header.Get("Location"))
	if !strings.Contains(shown.body, "本村未监测") || !strings.Contains(shown.body, `aria-current="page">本村未监测`) {
		t.Error("the view is not shown as the one at hand")
	}
	if strings.Contains(p.as("township").get("/ledger").body, "本村未监测") {
		t.Error("somebody else's view is shown")
	}
	if got := b.post("/ledger/views?text=990101196804120153", "name", "某人"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a view with an ID number: %d", got.status)
	}
	_, rest, _ := strings.Cut(shown.body, "/ledger/views/")
	view, _, _ := strings.Cut(rest, "/removal")
	if got := b.post("/ledger/views/" + view + "/removal"); got.status != http.StatusSeeOther {
		t.Errorf("%d", got.status)
	}
	if strings.Contains(b.get("/ledger").body, "本村未监测") {
		t.Error("the view is still there")
	}
}

// A village is found by its name too, beside the people of that name.
func TestTheLedgerKnowsVillagesByName(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	if got := p.as("county").get("/ledger?text=柳湾"); !strings.Contains(got.body, "region="+village) || strings.Contains(got.body, `aria-current="page">柳桂芳`) {
		t.Error("the village is not offered")
	}
	if got := p.as("county").get("/ledger?text=邻村"); strings.Contains(got.body, "sw-called") {
		t.Error("another county's village is offered")
	}
}
