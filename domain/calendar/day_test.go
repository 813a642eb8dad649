package calendar

import (
	"testing"
	"time"
)

func TestDay(t *testing.T) {
	for _, s := range []string{"1899-12-31", "1949-10-01", "1970-01-01", "2000-02-29", "2023-06-30", "2024-12-31"} {
		if d := MustDay(s); d.String() != s {
			t.Errorf("%s reads back as %s", s, d)
		}
	}
	for _, s := range []string{"", "2023-02-29", "2023-13-01", "23-01-01", "2023/01/01", "0001-01-01", "9999-12-31"} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("%q was read as %s", s, d)
		}
	}
}

func TestDayOfInstantIsBeijings(t *testing.T) {
	late := time.Date(2023, 6, 30, 16, 0, 0, 0, time.UTC) // midnight in Beijing
	if got := Of(late); got != MustDay("2023-07-01") {
		t.Errorf("got %s", got)
	}
	if got := Of(late.Add(-time.Microsecond)); got != MustDay("2023-06-30") {
		t.Errorf("got %s", got)
	}
	d := MustDay("2023-06-30")
	if !d.End().Equal(late) || Of(d.Start()) != d {
		t.Errorf("start %s, end %s", d.Start(), d.End())
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2022-08-31", 6, "2023-02-28"},
		{"2023-01-15", 6, "2023-07-15"},
		{"2023-03-31", -1, "2023-02-28"},
		{"2023-12-01", 1, "2024-01-01"},
	} {
		if got := MustDay(c.from).AddMonths(c.months); got != MustDay(c.want) {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
}
