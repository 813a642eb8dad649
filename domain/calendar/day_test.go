package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
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

func TestDaysAreThoseOfTheCivilCalendar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(MustDay("1801-01-01").Start().Unix(), MustDay("2199-12-31").Start().Unix()).Draw(t, "instant"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
		d, local := Of(at), at.In(Beijing)
		if d.String() != local.Format(time.DateOnly) || d.Year() != local.Year() || d.Weekday() != local.Weekday() || d.Chinese() != local.Format("2006年1月2日") {
			t.Fatalf("%s is %s", local, d)
		}
		if y, m := d.YearMonth(); y != local.Year() || m != local.Month() {
			t.Fatalf("%s is in %d-%d", local, y, m)
		}
		if at.Before(d.Start()) || !at.Before(d.End()) || Of(d.End()) != d+1 || Of(d.End().Add(-1)) != d {
			t.Fatalf("%s does not lie in %s", local, d)
		}
		var back Day
		text, err := d.MarshalText()
		if err == nil {
			err = back.UnmarshalText(text)
		}
		if err != nil || back != d {
			t.Fatalf("%s reads back as %s: %v", text, back, err)
		}
		n := rapid.IntRange(-60, 60).Draw(t, "months")
		moved := d.AddMonths(n)
		y, m := d.YearMonth()
		want := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		if my, mm := moved.YearMonth(); my != want.Year() || mm != want.Month() || moved > d.AddMonths(n+1) {
			t.Fatalf("%s + %d months = %s", d, n, moved)
		}
	})
}

func TestNoDay(t *testing.T) {
	t.Parallel()
	var none Day
	if !none.IsZero() || none.String() != "" || none.Chinese() != "" {
		t.Errorf("no day reads %q, %q", none, none.Chinese())
	}
	d := MustDay("2023-04-10")
	if err := d.UnmarshalText(nil); err != nil || d != 0 {
		t.Errorf("nothing was read as %s: %v", d, err)
	}
	d = MustDay("2023-04-10")
	if err := d.UnmarshalText([]byte("2023-02-30")); err == nil || d != MustDay("2023-04-10") {
		t.Errorf("a day that does not exist left %s: %v", d, err)
	}
	defer func() {
		if recover() == nil {
			t.Error("source code may write what is no day")
		}
	}()
	MustDay("yesterday")
}
