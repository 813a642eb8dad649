package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/office"
	"shouwang/projections"
)

// dutyBook is the page of what offices owe whatever happens in the cases (职责), of
// the concentrated checks, and of the risks of scale that are watched.
type dutyBook struct {
	turns   []projections.DutyTurn
	checks  []projections.Check
	risks   []projections.ScaleRisk
	entries []dutyEntry // of the visitor's own office
	names   map[string]string
	found   []string
	mine    string // the visitor's office
}

// dutyEntry is a line of what an office recorded.
type dutyEntry struct {
	id, told string
	on       calendar.Day
	voidable bool
	void     bool
	by       string
}

// shownTurns bounds the turns that the page lists: a county's of half a year.
const shownTurns = 200

func (s *site) duties(w http.ResponseWriter, r *http.Request, v *visitor) error {
	b := dutyBook{found: s.recall(r), mine: v.post.Office}
	regions := s.area(v, r.URL.Query().Get("region"))
	var err error
	if b.turns, err = s.Reads.Owed.Turns(r.Context(), s.Handler.Directory.Owings(regions, v.today), v.today); err != nil {
		return err
	}
	slices.SortStableFunc(b.turns, func(one, other projections.DutyTurn) int { // what is owed first, then the latest
		return cmp.Or(cmp.Compare(min(1, int(one.Done)), min(1, int(other.Done))), cmp.Compare(other.Turn.Due, one.Turn.Due))
	})
	b.turns = b.turns[:min(len(b.turns), shownTurns)]
	if b.checks, err = s.Reads.Owed.Checks(r.Context(), append(s.above(v), regions...), 0, ""); err != nil {
		return err
	}
	if b.risks, err = s.Reads.Owed.ScaleRisks(r.Context(), regions, "", false); err != nil {
		return err
	}
	if b.entries, err = s.dutyEntries(r.Context(), commands.DutyStream(v.post.Office)); err != nil {
		return err
	}
	b.names = s.names(v, func(yield func(string)) {
		for _, t := range b.turns {
			yield(t.Region)
		}
		for _, c := range b.checks {
			yield(c.Region)
		}
		for _, risk := range b.risks {
			yield(risk.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, dutiesPage(b))
}

// above are the regions in which the visitor's lies: a check that the county holds
// is his, too.
func (s *site) above(v *visitor) (regions []string) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		for _, level := range code.Levels {
			if up := d.Ancestor(v.region, code.Level(level.Code), v.today); up != "" && up != v.region {
				regions = append(regions, up)
			}
		}
		return nil
	})
	return regions
}

// dutyEntries are the lines of a stream of duties, the latest first, the void ones
// struck through.
func (s *site) dutyEntries(ctx context.Context, stream string) (all []dutyEntry, err error) {
	facts, err := s.dutyFacts(ctx, stream)
	if err != nil {
		return nil, err
	}
	void := voided(facts)
	for _, f := range slices.Backward(facts) {
		e := dutyEntry{id: f.ID, on: f.Act.Happened, void: void[f.ID], by: personNames(f.Act.DoneBy)}
		e.told, e.voidable = tellDuty(ctx, f.Event)
		e.voidable = e.voidable && !e.void
		if e.told != "" {
			all = append(all, e)
		}
	}
	return all, nil
}

// dutyEntries are those that the form may correct: of the check that it is about,
// else of the visitor's own office.
func (f filling) dutyEntries(ctx context.Context) []dutyEntry {
	stream := commands.DutyStream(f.v.post.Office)
	if f.check != "" {
		stream = commands.CheckStream(f.check)
	}
	all, err := f.site.dutyEntries(ctx, stream)
	if err != nil {
		return nil // the form then offers none
	}
	return all
}

// tellDuty says an entry in a sentence, and whether it may be struck through.
func tellDuty(ctx context.Context, e duty.Event) (told string, voidable bool) {
	switch e := e.(type) {
	case duty.Done:
		return say(ctx, "履职：", "done: ") + e.Name + "（" + date(ctx, e.To) + say(ctx, "止", "") + "）：" + string(e.Summary), true
	case duty.SystemShut:
		return term(ctx, code.Systems, e.System) + say(ctx, "未开放：", " is shut: ") + string(e.Reason), true
	case duty.SystemOpened:
		return say(ctx, "系统开放", "the system is open again"), true
	case duty.ScaleRiskWatched:
		return say(ctx, "规模性返贫风险列入清单：", "risk of scale: ") + term(ctx, code.ScaleRisks, e.Kind) + "：" + string(e.Content), true
	case duty.ScaleRiskFollowed:
		return say(ctx, "规模性返贫风险跟踪：", "risk of scale followed: ") + string(e.Measures), true
	case duty.ScaleRiskEnded:
		return say(ctx, "规模性返贫风险解除：", "risk of scale over: ") + string(e.Reason), true
	case duty.CheckOrganised:
		return say(ctx, "组织集中排查：", "check organised: ") + e.Title, true
	case duty.VillageChecked:
		return say(ctx, "村级报告：", "village reported: ") + e.Village, true
	case duty.CheckEnded:
		return say(ctx, "集中排查结束：", "check ended: ") + string(e.Summary), true
	case duty.FactVoided:
	}
	return "", false
}

// checked is the page of one concentrated check, village by village (不少一村、不漏一户).
type checked struct {
	projections.CheckWithVillages
	place   string
	entries []dutyEntry
	found   []string
	whole   bool // the visitor's region covers all of it
}

// villagesIn are the villages that stand within a region on a day.
func (s *site) villagesIn(region string, on calendar.Day) (villages []projections.CheckVillage) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		for _, id := range d.Regions(region, on) {
			if r, ok := d.Region(id, on); ok && r.Level == code.Village && d.Current(id, on) == id {
				villages = append(villages, projections.CheckVillage{Village: id, Name: r.Name})
			}
		}
		return nil
	})
	return villages
}

func (s *site) check(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id := chi.URLParam(r, "check")
	if len(id) > maxID {
		return errNoPage
	}
	c, err := s.Reads.Owed.Check(r.Context(), id, s.villagesIn)
	if err != nil {
		return err
	}
	if !s.covers(v, c.Region) && !s.Handler.Directory.Contains(c.Region, v.region, v.today) {
		return errOutside
	}
	if !s.covers(v, c.Region) {
		c.Only(func(village string) bool { return s.covers(v, village) })
	}
	page := checked{CheckWithVillages: c, place: s.regionName(c.Region, v.today), found: s.recall(r), whole: s.covers(v, c.Region)}
	if page.entries, err = s.dutyEntries(r.Context(), commands.CheckStream(id)); err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, checkPage(page))
}
