package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"shouwang/domain/calendar"
	"shouwang/domain/office"
	"shouwang/projections"
)

// noticeRows is a list of sheets for whoever inspects them (公示检查).
type noticeRows struct {
	asked   url.Values
	items   []projections.Notice
	next    string
	names   map[string]string
	on      calendar.Day
	checked []projections.SpotInspection
}

// noticeDesk lists every sheet of the region.
func (s *site) noticeDesk(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.Reads.Notices == nil {
		return errNoPage
	}
	q := r.URL.Query()
	regions := s.area(v, q.Get("region"))
	d := noticeRows{asked: q, on: v.today}
	f := projections.NoticeFilter{Regions: regions, State: projections.NoticeState(q.Get("state")), Today: v.today}
	var err error
	if d.items, d.next, err = s.Reads.Notices.List(r.Context(), f, projections.Page{After: q.Get("after")}); err != nil {
		return err
	}
	if d.checked, err = s.Reads.Notices.Inspections(r.Context(), regions); err != nil {
		return err
	}
	d.checked = d.checked[:min(len(d.checked), recentChecks)]
	s.nameNotices(v, &d)
	return s.show(w, r, v, http.StatusOK, noticeDeskPage(d))
}

// recentChecks are how many checks on the spot the desk shows.
const recentChecks = 10

// noticeRounds lists what hangs on walls tomorrow: where to go (明日在墙公示).
func (s *site) noticeRounds(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.Reads.Notices == nil {
		return errNoPage
	}
	d := noticeRows{asked: r.URL.Query(), on: v.today + 1}
	var err error
	f := projections.NoticeFilter{Regions: s.area(v, d.asked.Get("region")), Today: d.on, Hanging: true}
	if d.items, d.next, err = s.Reads.Notices.List(r.Context(), f, projections.Page{After: d.asked.Get("after")}); err != nil {
		return err
	}
	s.nameNotices(v, &d)
	return s.show(w, r, v, http.StatusOK, noticeRoundsPage(d))
}

func (s *site) nameNotices(v *visitor, d *noticeRows) {
	d.names = s.names(v, func(yield func(string)) {
		for _, n := range d.items {
			yield(n.Region)
		}
		for _, c := range d.checked {
			yield(c.Region)
		}
	})
}

// complianceSheet is what the sheets of each village amount to (合规情况表).
type complianceSheet struct {
	asked     url.Values
	rows      []projections.Compliance
	total     projections.Compliance
	uncovered []projections.UncoveredCase
	names     map[string]string
	village   string // the one asked for, "" all
}

func (s *site) noticeCompliance(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.Reads.Notices == nil {
		return errNoPage
	}
	c := complianceSheet{asked: r.URL.Query()}
	regions := s.area(v, c.asked.Get("region"))
	var err error
	if c.rows, err = s.Reads.Notices.Compliance(r.Context(), regions, v.today); err != nil {
		return err
	}
	c.rows = s.joined(c.rows)
	if c.uncovered, err = s.Reads.Notices.Uncovered(r.Context(), regions); err != nil {
		return err
	}
	c.uncovered = s.owingNotice(c.uncovered)
	for _, row := range c.rows {
		c.total = c.total.Plus(row)
	}
	c.names = s.names(v, func(yield func(string)) {
		for _, row := range c.rows {
			yield(row.Region)
		}
		for _, u := range c.uncovered {
			yield(u.Region)
		}
	})
	if len(c.rows) == 1 {
		c.village = c.rows[0].Region
	}
	return s.show(w, r, v, http.StatusOK, compliancePage(c))
}

// joined counts the sheets of a village that was merged with those of the village
// by whose name it goes today.
func (s *site) joined(rows []projections.Compliance) (all []projections.Compliance) {
	place := map[string]int{}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		for _, row := range rows {
			row.Region = d.Current(row.Region, s.Handler.Today())
			if i, seen := place[row.Region]; seen {
				all[i] = all[i].Plus(row)
				continue
			}
			place[row.Region] = len(all)
			all = append(all, row)
		}
		return nil
	})
	return all
}

// owingNotice are the decisions for which the pack of that day asked for a notice.
func (s *site) owingNotice(all []projections.UncoveredCase) (owing []projections.UncoveredCase) {
	for _, u := range all {
		if pack, ok := s.Handler.Directory.Pack(u.Region, u.Decided); !ok || pack.NoticeDue(u.Procedure) {
			owing = append(owing, u)
		}
	}
	return owing
}

// hangs tells how long a sheet hung, by both counts.
func hangs(ctx context.Context, n projections.Notice) string {
	if n.Days == 0 {
		return span(ctx, n.Hung)
	}
	need := calendar.Period{Days: n.Days, Count: n.Count}.Chinese()
	return span(ctx, n.Hung) + say(ctx, "／须"+need, fmt.Sprintf(" of %d required", n.Days))
}

// noticeTone is how a sheet's state is coloured.
func noticeTone(n projections.Notice) string {
	switch {
	case n.Short, n.State == projections.NoticeEnded:
		return "bg-red-lt"
	case n.State == projections.NoticeObjected:
		return "bg-orange-lt"
	case n.State == projections.NoticeUp:
		return "bg-green-lt"
	}
	return "bg-secondary-lt"
}

// regionName is what a region is called on the day.
func (s *site) regionName(region string, on calendar.Day) (name string) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		found, _ := d.Region(d.Current(region, on), on)
		name = found.Name
		return nil
	})
	return name
}

// isVillage says whether the region is a village today.
func (s *site) isVillage(region string) (is bool) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		_, err := d.Village(region, s.Handler.Today())
		is = err == nil
		return nil
	})
	return is
}

// merged says whether the region is another's today, whose name it goes by.
func (s *site) merged(region string) (is bool) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		is = d.Current(region, s.Handler.Today()) != region
		return nil
	})
	return is
}
