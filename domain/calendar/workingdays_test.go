package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Days that people remember, from the notices themselves: what the office does
// on each day of the run, w for working and . for off.
func TestOfficesWorkAsTheNoticesSay(t *testing.T) {
	t.Parallel()
	h := Announced()
	for _, c := range []struct{ what, from, days string }{
		{"2020: New Year's Day, a Wednesday by itself", "2019-12-31", "?.ww.."},
		{"2020: Spring Festival, extended to 2 February, with its Sunday before and without its Saturday after", "2020-01-18", ".wwwww..........wwwww.."},
		{"2020: Labour Day between two weekends that lose a day", "2020-04-25", ".wwwww.....wwww."},
		{"2020: Dragon Boat Festival and its Sunday", "2020-06-24", "w...www"},
		{"2020: National Day and Mid-Autumn together", "2020-09-26", ".wwww........ww."},
		{"2021: Spring Festival", "2021-02-06", ".wwww.......www."},
		{"2021: Qingming costs no weekend", "2021-04-02", "w...ww"},
		{"2021: Mid-Autumn from a Saturday at work", "2021-09-17", "ww...www."},
		{"2021: National Day", "2021-09-25", ".wwwww.......ww."},
		{"2022: a whole weekend worked before the Spring Festival", "2022-01-28", "www.......wwwww.."},
		{"2022: Qingming", "2022-04-01", "ww...www.."},
		{"2022: Labour Day", "2022-04-23", ".wwwwww.....www."},
		{"2022: a whole weekend worked after National Day", "2022-09-30", "w.......wwwwwww.."},
		{"2023: New Year's Day begins the year before", "2022-12-30", "w...wwww.."},
		{"2023: Spring Festival", "2023-01-20", "w.......wwwwwww.."},
		{"2023: Qingming, one Wednesday", "2023-04-04", "w.ww.."},
		{"2023: Dragon Boat Festival", "2023-06-21", "w...wwwwww.."},
		{"2023: Mid-Autumn and National Day, then a weekend worked", "2023-09-28", "w........wwwwwww."},
		{"2024: Spring Festival; its eve is no day off", "2024-02-03", ".wwwwww........wwwwww."},
		{"2024: Qingming", "2024-04-03", "w...wwwwww.."},
		{"2024: Labour Day", "2024-04-27", ".www.....wwwwww."},
		{"2024: Mid-Autumn", "2024-09-13", "ww...www.."},
		{"2024: National Day", "2024-09-28", ".ww.......wwwww."},
		{"2025: New Year's Day, a Wednesday by itself", "2024-12-31", "w.ww.."},
		{"2025: Spring Festival from its eve", "2025-01-25", ".ww........wwww."},
		{"2025: Labour Day", "2025-04-26", ".wwww.....wwww.."},
		{"2025: National Day and Mid-Autumn together", "2025-09-27", ".www........www."},
		{"2026: New Year's Day", "2025-12-31", "w...wwwwww.."},
		{"2026: Spring Festival, nine days", "2026-02-13", "ww.........wwwww."},
		{"2026: Labour Day", "2026-04-30", "w.....wwww."},
		{"2026: Mid-Autumn, National Day and both their weekends", "2026-09-19", ".wwwww...www.......www."},
		{"2027 is not announced", "2026-12-30", "ww??????"},
	} {
		for i, want := range c.days {
			d := MustDay(c.from) + Day(i)
			got := '?'
			if working, ok := h.IsWorkingDay(d); working {
				got = 'w'
			} else if ok {
				got = '.'
			}
			if got != want {
				t.Errorf("%s: %s is %c, want %c", c.what, d, got, want)
			}
		}
	}
}

// Whatever is moved about, a year has as many days off as the law gives it: 11
// until 2024, 13 since (全国年节及纪念日放假办法), and in 2020 two more by the
// extended Spring Festival (a Friday, and a Saturday that was to be worked).
func TestAYearsDaysOffAreThoseOfTheLaw(t *testing.T) {
	t.Parallel()
	h := Announced()
	for _, c := range []struct{ year, named, off, worked, free, working int }{
		{2020, 36, 30, 6, 13, 249},
		{2021, 38, 31, 7, 11, 250},
		{2022, 39, 32, 7, 11, 249}, // with 31 December, of the next notice
		{2023, 33, 26, 7, 11, 249},
		{2024, 36, 28, 8, 11, 251},
		{2025, 33, 28, 5, 13, 248},
		{2026, 39, 33, 6, 13, 248},
	} {
		var off, worked, free, working int
		first, last := Date(c.year, time.January, 1), Date(c.year, time.December, 31)
		for d := first; d <= last; d++ {
			if is, _ := h.IsWorkingDay(d); is {
				working++
			}
			switch s, named := h.Special(d); {
			case !named:
			case s.Name == "":
				t.Errorf("%s has no name", d)
			case s.Off:
				off++
				if !d.weekend() {
					free++
				}
			default:
				worked++
				free--
			}
		}
		if off != c.off || worked != c.worked || off+worked != c.named || free != c.free || working != c.working {
			t.Errorf("%d: %d off, %d worked, %d free days in all, %d working days; want %+v", c.year, off, worked, free, working, c)
		}
		if n, ok := h.WorkingDaysBetween(first-1, last); n != c.working || !ok {
			t.Errorf("%d counts %d working days, %v", c.year, n, ok)
		}
	}
}

func TestAYearWithoutItsNoticeIsNotGuessed(t *testing.T) {
	t.Parallel()
	h := Announced()
	last := MustDay("2026-12-31") // a Thursday
	for _, d := range []Day{MustDay("2019-12-29"), MustDay("2019-10-01"), last + 1, last + 3, MustDay("2027-06-16")} {
		if working, ok := h.IsWorkingDay(d); working || ok {
			t.Errorf("%s: %v, %v", d, working, ok)
		}
	}
	if d, ok := h.AddWorkingDays(last-1, 1); d != last || !ok {
		t.Errorf("the last known working day: %s, %v", d, ok)
	}
	if d, ok := h.AddWorkingDays(last-1, 2); d != 0 || ok {
		t.Errorf("past the last known day: %s, %v", d, ok)
	}
	if n, ok := h.WorkingDaysBetween(last-2, last+1); n != 0 || ok {
		t.Errorf("into 2027: %d, %v", n, ok)
	}
	if n, ok := h.WorkingDaysBetween(MustDay("2019-12-31"), MustDay("2020-01-02")); n != 1 || !ok {
		t.Errorf("the first day is not counted and need not be known: %d, %v", n, ok)
	}
	span := h.Span(last-2, last+3)
	if want := (Span{Calendar: 5, Working: 2, Unknown: 3}); span != want {
		t.Errorf("%+v, want %+v", span, want)
	}
	if got := span.Chinese(); got != "5天（放假安排未录入，工作日数不详）" {
		t.Error(got)
	}
	if got := h.Missing(MustDay("2018-12-31"), MustDay("2028-01-01")); len(got) != 3 || got[0] != 2019 || got[1] != 2027 || got[2] != 2028 {
		t.Errorf("missing %v", got)
	}
	if got := h.Missing(last, last); got != nil {
		t.Errorf("missing %v between a day and itself", got)
	}
}

// The convention of the notices: removal day less posting day.
func TestBothCounts(t *testing.T) {
	t.Parallel()
	h := Announced()
	for _, c := range []struct {
		from, to string
		want     Span
		chinese  string
	}{
		{"2022-03-10", "2022-03-16", Span{6, 4, 0, true}, "6天（4个工作日）"},
		{"2022-03-10", "2022-03-17", Span{7, 5, 0, true}, "7天（5个工作日）"},
		{"2022-03-10", "2022-03-10", Span{0, 0, 0, true}, "0天（0个工作日）"},
		{"2022-03-11", "2022-03-13", Span{2, 0, 0, true}, "2天（0个工作日）"},
		{"2022-09-30", "2022-10-12", Span{12, 5, 0, true}, "12天（5个工作日）"},
		{"2022-03-16", "2022-03-10", Span{-6, -4, 0, true}, "-6天（-4个工作日）"},
	} {
		got := h.Span(MustDay(c.from), MustDay(c.to))
		if got != c.want || got.Chinese() != c.chinese {
			t.Errorf("%s to %s: %+v %s, want %+v %s", c.from, c.to, got, got.Chinese(), c.want, c.chinese)
		}
	}
	if d, ok := h.AddWorkingDays(MustDay("2022-03-12"), 0); d != MustDay("2022-03-12") || !ok {
		t.Errorf("no working day on: %s, %v", d, ok)
	}
}

func TestCountsAgree(t *testing.T) {
	t.Parallel()
	h := Announced()
	day := rapid.Int32Range(int32(MustDay("2019-06-01")), int32(MustDay("2027-06-30")))
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := Day(day.Draw(t, "a")), Day(day.Draw(t, "b")), Day(day.Draw(t, "c"))
		ab, bc, ac := h.Span(a, b), h.Span(b, c), h.Span(a, c)
		if ab.Calendar+bc.Calendar != ac.Calendar || ab.Working+bc.Working != ac.Working || ab.Unknown+bc.Unknown != ac.Unknown {
			t.Fatalf("%s %s %s: %+v and %+v are not %+v", a, b, c, ab, bc, ac)
		}
		if ba := h.Span(b, a); ba.Calendar != -ab.Calendar || ba.Working != -ab.Working || ba.Unknown != -ab.Unknown || ba.WorkingKnown != ab.WorkingKnown {
			t.Fatalf("%s %s: %+v, backwards %+v", a, b, ab, ba)
		}
		if a > b {
			a, b, ab = b, a, h.Span(b, a)
		}
		if ab.Working < 0 || ab.Unknown < 0 || ab.Working+ab.Unknown > ab.Calendar || ab.WorkingKnown != (len(h.Missing(a, b)) == 0) {
			t.Fatalf("%s %s: %+v", a, b, ab)
		}
		n := rapid.IntRange(0, 400).Draw(t, "n")
		on, ok := h.AddWorkingDays(a, n)
		if !ok {
			if count, known := h.WorkingDaysBetween(a, MustDay("2026-12-31")); known && a >= MustDay("2019-12-31") && count >= n {
				t.Fatalf("%s + %d is known", a, n)
			}
			return
		}
		if count, known := h.WorkingDaysBetween(a, on); count != n || !known {
			t.Fatalf("%s + %d = %s, which counts %d, %v", a, n, on, count, known)
		}
		if working, _ := h.IsWorkingDay(on); n > 0 && !working {
			t.Fatalf("%s + %d = %s, a day off", a, n, on)
		}
	})
}
