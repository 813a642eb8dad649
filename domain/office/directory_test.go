package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

var day = calendar.MustDay

func directory() *Directory {
	d := NewDirectory()
	for _, e := range []Event{
		RegionEstablished{Code: "629900", Name: "守望县", Level: code.County, From: day("2019-01-01")},
		RegionEstablished{Code: "629900101", Name: "柳河镇", Level: code.Township, Parent: "629900", From: day("2019-01-01")},
		RegionEstablished{Code: "629900101201", Name: "柳湾村", Level: code.Village, Parent: "629900101", From: day("2019-01-01")},
		RegionEstablished{Code: "629900101202", Name: "上坪村", Level: code.Village, Parent: "629900101", From: day("2019-01-01")},
		RegionMerged{Code: "629900101202", Successor: "629900101201", From: day("2022-12-01")},
		Established{Office: "county", Region: "629900", Level: code.County, Name: "县扶贫办", From: day("2019-01-01")},
		Renamed{Office: "county", Name: "县乡村振兴局", From: day("2021-06-01")},
		Appointed{Appointment: "a1", Office: "county", Person: "p1", Name: "周某", Post: "主任", Capacity: code.CountyDecider, From: day("2021-01-01")},
		AppointmentEnded{Appointment: "a1", Office: "county", To: day("2022-06-30")},
	} {
		d.Apply(e)
	}
	return d
}

func TestTheAuthorityIsNamedAsOfTheDay(t *testing.T) {
	d := directory()
	for on, want := range map[string]string{"2021-05-31": "县扶贫办", "2021-06-01": "县乡村振兴局"} {
		if o, _ := d.Office("county", day(on)); o.Name != want {
			t.Errorf("%s: %s", on, o.Name)
		}
	}
	if _, ok := d.Office("county", day("2018-12-31")); ok {
		t.Error("an office exists before it was established")
	}
}

func TestAMergedVillageIsFoundUnderItsSuccessor(t *testing.T) {
	d := directory()
	before, after := day("2022-11-30"), day("2022-12-01")
	if d.Contains("629900101201", "629900101202", before) || !d.Contains("629900101201", "629900101202", after) {
		t.Error("the tree of the day is not followed")
	}
	if got := cmp.Diff([]string{"629900101201", "629900101202"}, d.Regions("629900101201", after)); got != "" {
		t.Error(got)
	}
	if !d.Contains("629900", "629900101202", before) || d.Ancestor("629900101202", code.Township, after) != "629900101" {
		t.Error("the county does not contain its village")
	}
	if n := len(d.Children("629900101", before)); n != 2 {
		t.Errorf("%d villages before the merger", n)
	}
	if n := len(d.Children("629900101", after)); n != 1 {
		t.Errorf("%d villages after the merger", n)
	}
}

func TestAppointmentsHoldFromDayToDay(t *testing.T) {
	d := directory()
	for on, want := range map[string]int{"2020-12-31": 0, "2021-01-01": 1, "2022-06-30": 1, "2022-07-01": 0} {
		if got := d.Appointments("p1", day(on)); len(got) != want {
			t.Errorf("%s: %d appointments", on, len(got))
		}
	}
	p := d.Person(d.Appointments("p1", day("2022-01-01"))[0], "629900101201", day("2022-01-01"))
	if !p.Covers || p.Level != code.County || p.Post != "主任" {
		t.Errorf("%+v", p)
	}
}

func TestAPostIsToldOnce(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{{"县纪委监委", "县纪委监委第三室干部", "县纪委监委第三室干部"}, {"县乡村振兴局", "局长", "县乡村振兴局局长"}, {"", "村文书", "村文书"}} {
		if got := (Office{Name: c[0]}).Title(c[1]); got != c[2] {
			t.Errorf("%s, %s: %s", c[0], c[1], got)
		}
	}
}
