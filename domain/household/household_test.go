package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

func TestALifeAsItShouldBe(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	s := f.state()
	if s.Stage() != StageEliminated || s.Version != int64(len(f)) {
		t.Errorf("stage %s, version %d of %d", s.Stage(), s.Version, len(f))
	}
	e := s.Episode()
	day := calendar.MustDay
	if e.Number != 1 || e.Class != code.Marginal || e.Included != day("2022-03-24") || e.Announced != day("2022-03-26") || e.Entered != day("2022-03-28") ||
		e.Eliminated != day("2022-11-30") || e.ElimAnnounced != day("2022-12-02") || e.Marked != day("2022-12-05") {
		t.Errorf("%+v", e)
	}
	count, ok := s.Count(day("2022-12-31"))
	if want := (Count{Class: code.Marginal, Included: e.Included, AtInclusion: 4, Current: 4, Eliminated: e.Eliminated,
		Announced: e.ElimAnnounced, Marked: e.Marked, Measures: 1}); !ok || count != want {
		t.Errorf("counts as %+v, want %+v", count, want)
	}
}
