package demonstration

import (
	"strings"
	"sync"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// deedsOf calls f with every deed of the diary and the day it is entered on.
func deedsOf(b *builder, f func(on calendar.Day, d deed)) {
	for _, day := range b.diary.days() {
		p := b.diary.pages[day]
		for _, jobs := range [][]*job{p.own, p.papers} {
			for _, j := range jobs {
				for _, d := range j.deeds {
					f(day, d)
				}
			}
		}
		for _, t := range p.told {
			f(day, t.deed)
		}
	}
}

// composed is the standard county's diary, shared by the tests that read it.
var composed = sync.OnceValue(func() *builder { return compose(Seed, 0) })

func TestNobodyInItExists(t *testing.T) {
	t.Parallel()
	numbers := 0
	check := func(n code.Personal) {
		if numbers++; n != "" && (!strings.HasPrefix(string(n), "99") || code.CheckIDNumber(string(n), lastDay) != nil) {
			t.Errorf("%s is not a well-formed number of nobody", n)
		}
	}
	deedsOf(composed(), func(_ calendar.Day, d deed) {
		switch c := d.on.(type) {
		case household.RegisterHousehold:
			for _, m := range c.Members {
				check(m.IDNumber)
				if m.Phone != "" && !strings.HasPrefix(string(m.Phone), "100") {
					t.Errorf("%s might be somebody's phone", m.Phone)
				}
			}
		case household.AddMember:
			check(c.Member.IDNumber)
		case household.SupplyDocument:
			check(c.IDNumber)
		default:
		}
	})
	if numbers < 20_000 {
		t.Errorf("only %d persons", numbers)
	}
}

func TestOfficesActOnWorkingDays(t *testing.T) {
	t.Parallel()
	typed, all := 0, 0
	deedsOf(composed(), func(on calendar.Day, d deed) {
		all++
		if d.happened != 0 {
			typed++
		}
		if !working(on) {
			t.Errorf("%s is entered on %s, a day off", d.key, on)
		}
		if d.happened > on {
			t.Errorf("%s is entered on %s and happens on %s", d.key, on, d.happened)
		}
	})
	if share := 100 * typed / all; share < 10 || share > 30 {
		t.Errorf("%d%% are typed after they happened", share)
	}
}

func TestTimetables(t *testing.T) {
	t.Parallel()
	b := newBuilder(Seed)
	rounds := []*round{}
	for _, list := range b.inclusions {
		rounds = append(rounds, list...)
	}
	for _, r := range b.eliminations {
		rounds = append(rounds, r)
	}
	for _, r := range rounds {
		for _, town := range b.towns {
			w := r.times(town)
			order := []calendar.Day{w.clue, w.survey, w.comparison, w.appraisal, w.removal, w.review, w.decision, w.handedDown, w.announcement, w.entry}
			for i := 1; i < len(order); i++ {
				if order[i] <= order[i-1] {
					t.Errorf("%s in %s: %v", r.name, town.name, order)
				}
			}
			if w.removal < w.appraisal+5 {
				t.Errorf("%s in %s: a sheet hangs from %s to %s", r.name, town.name, w.appraisal, w.removal)
			}
			if w.decision > w.clue+17 {
				t.Errorf("%s in %s: %d days from clue to decision", r.name, town.name, w.decision-w.clue)
			}
		}
	}
}

func TestScaling(t *testing.T) {
	t.Parallel()
	standard := composed()
	for _, n := range []int{standard.homes + len(standard.stories), 10_000} {
		if b := compose(Seed, n); b.homes+len(b.stories) != n {
			t.Errorf("%d households, want %d", b.homes+len(b.stories), n)
		}
	}
	if small := compose(Seed, 10); small.homes != standard.homes {
		t.Errorf("fewer than the standard county: %d", small.homes)
	}
}

func TestStoriesAreListed(t *testing.T) {
	t.Parallel()
	listed := map[string]Story{}
	for _, s := range Stories(Seed) {
		if listed[s.Code] != (Story{}) || s.Title == "" || s.FileNo != household.FileNo(Showcase, s.Household) || s.Household != HouseholdID(Seed, s.Code) {
			t.Errorf("%+v", s)
		}
		listed[s.Code] = s
	}
	for _, want := range []string{"D01", "D02", "D03", "D04", "D04-1", "D04-4", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D13", "D14", "D15"} {
		if listed[want] == (Story{}) {
			t.Errorf("%s is not told", want)
		}
	}
}
