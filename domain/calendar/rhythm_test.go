package calendar

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func (t Turn) told() string { return fmt.Sprintf("%s..%s in %s..%s", t.From, t.To, t.Opens, t.Due) }

func TestWhenDutiesFallDue(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		rhythm    Rhythm
		after, by string
		want      []string
	}{
		"every week (S0.21)": {Rhythm{Every: Weekly}, "2020-06-01", "2020-06-16",
			[]string{"2020-06-08..2020-06-14 in 2020-06-08..2020-06-14", "2020-06-15..2020-06-21 in 2020-06-15..2020-06-21"}},
		"on the 5th to 10th of each month, the month before (S0.22)": {Rhythm{Every: Monthly, Following: true, FirstDay: 5, LastDay: 10}, "2020-05-05", "2020-07-04",
			[]string{"2020-05-01..2020-05-31 in 2020-06-05..2020-06-10"}},
		"by the 3rd, over the end of a year (S1.9)": {Rhythm{Every: Monthly, Following: true, LastDay: 3}, "2020-11-30", "2021-01-31",
			[]string{"2020-11-01..2020-11-30 in 2020-12-01..2020-12-03", "2020-12-01..2020-12-31 in 2021-01-01..2021-01-03"}},
		"in April and October (S2.15)": {Rhythm{Every: Monthly, Months: []int{4, 10}}, "2022-01-01", "2022-12-31",
			[]string{"2022-04-01..2022-04-30 in 2022-04-01..2022-04-30", "2022-10-01..2022-10-31 in 2022-10-01..2022-10-31"}},
		"every quarter (S2.16)": {Rhythm{Every: Quarterly}, "2022-01-01", "2022-07-31",
			[]string{"2022-04-01..2022-06-30 in 2022-04-01..2022-06-30", "2022-07-01..2022-09-30 in 2022-07-01..2022-09-30"}},
		"every half year (S2.37)": {Rhythm{Every: HalfYearly}, "2022-06-30", "2022-07-31", []string{"2022-07-01..2022-12-31 in 2022-07-01..2022-12-31"}},
		"every year (S2.38)":      {Rhythm{Every: Yearly}, "2021-12-31", "2022-07-31", []string{"2022-01-01..2022-12-31 in 2022-01-01..2022-12-31"}},
		"once, by 30 June (S1.37)": {Rhythm{Every: Once, On: MustDay("2020-06-30")}, "2020-06-01", "2020-06-02",
			[]string{"..2020-06-30 in ..2020-06-30"}},
		"a last day that the month does not have": {Rhythm{Every: Monthly, LastDay: 31}, "2021-01-31", "2021-02-28", []string{"2021-02-01..2021-02-28 in 2021-02-01..2021-02-28"}},
	} {
		var got []string
		for _, turn := range c.rhythm.Turns(MustDay(c.after), MustDay(c.by)) {
			got = append(got, turn.told())
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func TestWhichTurnADayIsAbout(t *testing.T) {
	t.Parallel()
	twice := Rhythm{Every: Monthly, Months: []int{4, 10}}
	if _, ok := twice.TurnAbout(MustDay("2022-05-03")); ok {
		t.Error("nothing is due about May")
	}
	if turn, ok := twice.TurnAbout(MustDay("2022-10-03")); !ok || turn.Due != MustDay("2022-10-31") {
		t.Errorf("%+v", turn)
	}
	report := Rhythm{Every: Monthly, Following: true, LastDay: 3}
	if turn, ok := report.TurnAbout(MustDay("2020-05-20")); !ok || turn.told() != "2020-05-01..2020-05-31 in 2020-06-01..2020-06-03" {
		t.Errorf("%+v", turn)
	}
}

// Whatever the rhythm, its turns come in order, none is left out or told twice,
// and each is the one that its own days are about.
func TestTurnsFollowEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := Rhythm{Every: rapid.SampledFrom([]Cadence{Weekly, Monthly, Quarterly, HalfYearly, Yearly}).Draw(t, "every"), Following: rapid.Bool().Draw(t, "following"),
			FirstDay: rapid.IntRange(0, 7).Draw(t, "first")}
		if rapid.Bool().Draw(t, "last") {
			r.LastDay = max(1, r.FirstDay)
		}
		from := MustDay("2020-01-01") + Day(rapid.IntRange(0, 800).Draw(t, "from"))
		mid := from + Day(rapid.IntRange(0, 400).Draw(t, "mid"))
		to := mid + Day(rapid.IntRange(0, 400).Draw(t, "to"))
		whole := r.Turns(from, to)
		parts := append(r.Turns(from, mid), r.Turns(mid, to)...)
		if fmt.Sprint(whole) != fmt.Sprint(parts) {
			t.Fatalf("%v, in two parts %v", whole, parts)
		}
		for i, turn := range whole {
			if about, ok := r.TurnAbout(turn.From); !ok || about != turn {
				t.Fatalf("%v is about %v", turn, about)
			}
			if turn.Opens > turn.Due || turn.From > turn.To || i > 0 && whole[i-1].To+1 != turn.From {
				t.Fatalf("%v after %v", turn, whole[max(0, i-1)])
			}
		}
	})
}
