package office

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// A cadre has left a village when no appointment of his covers it any more,
// whether he went elsewhere or retired.
func TestWhoLeftARegion(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	d := NewDirectory()
	from := day("2021-01-01")
	for _, e := range []Event{
		RegionEstablished{Code: "629900", Name: "守望县", Level: code.County, From: from},
		RegionEstablished{Code: "629900101", Name: "柳河镇", Level: code.Township, Parent: "629900", From: from},
		RegionEstablished{Code: "629900102", Name: "上坪乡", Level: code.Township, Parent: "629900", From: from},
		Established{Office: "t1", Region: "629900101", Level: code.Township, Name: "柳河镇人民政府", From: from},
		Established{Office: "t2", Region: "629900102", Level: code.Township, Name: "上坪乡人民政府", From: from},
		Appointed{Appointment: "a1", Person: "moved", Name: "甲", Office: "t1", Capacity: code.TownshipCadre, From: from},
		AppointmentEnded{Appointment: "a1", To: day("2023-03-31")},
		Appointed{Appointment: "a2", Person: "moved", Name: "甲", Office: "t2", Capacity: code.TownshipCadre, From: day("2023-04-01")},
		Appointed{Appointment: "a3", Person: "stays", Name: "乙", Office: "t1", Capacity: code.TownshipCadre, From: from},
		AppointmentEnded{Appointment: "a3", To: day("2022-12-31")},
		Appointed{Appointment: "a4", Person: "stays", Name: "乙", Office: "t1", Capacity: code.TownshipReviewer, From: day("2023-01-01")},
	} {
		d.Apply(e)
	}
	for _, c := range []struct {
		person, region, on string
		since              string
	}{
		{"moved", "629900101", "2023-03-31", ""}, {"moved", "629900101", "2023-04-01", "2023-04-01"}, {"moved", "629900101", "2023-06-30", "2023-04-01"},
		{"moved", "629900102", "2023-06-30", ""}, {"stays", "629900101", "2023-06-30", ""}, {"nobody", "629900101", "2023-06-30", ""},
		{"moved", "629900102", "2022-06-30", ""},
	} {
		since, left := d.Gone(c.person, c.region, day(c.on))
		if left != (c.since != "") || left && since != day(c.since) {
			t.Errorf("%s of %s on %s: %v since %s, want %q", c.person, c.region, c.on, left, since, c.since)
		}
	}
}
