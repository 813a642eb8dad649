package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
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
