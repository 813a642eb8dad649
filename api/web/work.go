package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// desk is what an office owes (待办), or what its visitor himself does.
type desk struct {
	level  code.Level // whose turn it is; none: all of them that are the visitor's own
	mine   bool       // only what he may do in his post, or owes as somebody's officer
	office bool       // his office owes steps of the procedure by itself
	asked  url.Values
	counts []projections.OwedCount // of the level
	below  []projections.OwedCount // of the other levels in the area
	items  []projections.OwedItem
	next   string
	names  map[string]string // of regions
	told   []notification
	// inquiries that the visitor is appointed to today.
	inquiries int
}

// totals are the items of the level and how many of them are overdue.
func (d desk) totals() (items, overdue int) {
	for _, c := range d.counts {
		items, overdue = items+c.Items, overdue+c.Overdue
	}
	return items, overdue
}

// narrowed says whether the list asked for leaves something out.
func (d desk) narrowed() bool {
	return d.asked.Get("kind") != "" || d.asked.Get("overdue") != "" || d.asked.Get("level") != "" || d.mine && d.office
}

// levelOf is whose turn the visitor sees first.
func levelOf(v *visitor) code.Level {
	switch v.role {
	case account.Village:
		return code.Village
	case account.Township:
		return code.Township
	default:
		return code.County
	}
}

func (s *site) work(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	d := desk{level: levelOf(v), asked: q, office: mayEnter(v)}
	if l := q.Get("level"); l != "" {
		d.level = code.Level(l)
	} else if d.mine = q.Get("mine") != "" || !d.office; d.mine {
		d.level = ""
	}
	regions := s.area(v, q.Get("region"))
	filter := projections.OwedFilter{Regions: regions, Today: v.today, Owings: s.Handler.Directory.Owings(regions, v.today),
		Leaving: s.Handler.Directory.Leaving(v.today), ByDue: true,
		Within: s.within(v)}
	if d.mine {
		s.narrowToVisitor(v, &filter)
	}
	counts, err := s.Reads.Owed.Counts(r.Context(), filter)
	if err != nil {
		return err
	}
	for _, c := range counts {
		if d.mine || c.Level == d.level {
			d.counts = append(d.counts, c)
		} else {
			d.below = append(d.below, c)
		}
	}
	filter.Level, filter.Kind, filter.Overdue = d.level, projections.OwedKind(q.Get("kind")), q.Get("overdue") != ""
	if d.items, d.next, err = s.Reads.Owed.List(r.Context(), filter, projections.Page{After: q.Get("after")}); err != nil {
		return err
	}
	if (d.mine || d.level == levelOf(v)) && q.Get("after") == "" {
		if d.told, err = s.notified(r.Context(), v, regions); err != nil {
			return err
		}
		if d.inquiries, err = s.inquiriesToday(r.Context(), v); err != nil {
			return err
		}
	}
	d.names = s.names(v, func(yield func(string)) {
		for _, n := range d.told {
			yield(n.Region)
		}
		for _, item := range d.items {
			yield(item.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, workPage(d))
}

// narrowToVisitor leaves what the visitor may do in the post he works in, and what
// he owes as a household's officer.
func (s *site) narrowToVisitor(v *visitor, f *projections.OwedFilter) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		region, _ := d.Region(v.post.at.Region, v.today) // else nothing lies above it
		f.Person = v.Person
		f.Workers = []projections.Worker{{Office: v.post.Office, Level: v.post.at.Level, Top: region.Parent == "", Capacity: v.post.Capacity, Department: v.post.at.Department,
			Regions: d.Regions(v.post.at.Region, v.today)}}
		return nil
	})
}

// area is every region within the one asked for, or the visitor's own.
func (s *site) area(v *visitor, region string) (regions []string) {
	if region == "" {
		region = v.region
	}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { regions = d.Regions(region, v.today); return nil }) // never fails
	return regions
}

// names are what regions are called today.
func (s *site) names(v *visitor, each func(yield func(string))) map[string]string {
	names := map[string]string{}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		each(func(code string) {
			if _, known := names[code]; !known {
				region, _ := d.Region(d.Current(code, v.today), v.today) // an unknown one has no name
				names[code] = region.Name
			}
		})
		return nil
	})
	return names
}

// with is the page's address with another value for one parameter, from the
// first page on; an empty value takes it away.
func with(asked url.Values, path string, pairs ...string) string {
	q := url.Values{}
	for name, values := range asked {
		if name != "after" && len(values) > 0 && values[0] != "" {
			q.Set(name, values[0])
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// owedTerm is what is owed, in the language of the page.
func owedTerm(ctx context.Context, kind projections.OwedKind) string {
	return term(ctx, projections.OwedKinds, kind)
}

// dueWords tells how long there is still time, or how long it is over, by both
// counts.
func dueWords(ctx context.Context, o projections.OwedItem) string {
	switch {
	case o.Left == nil:
		return ""
	case o.Overdue:
		late := *o.Left
		late.Calendar, late.Working = -late.Calendar, -late.Working
		return say(ctx, "逾期"+span(ctx, late), span(ctx, late)+" late")
	case o.Left.Calendar == 0:
		return say(ctx, "今天到期", "due today")
	}
	return say(ctx, "剩"+span(ctx, *o.Left), span(ctx, *o.Left)+" left")
}

// detailed is what an item says beyond its kind; entries of a code list are told in
// the language of the page, the rest in that of the record.
func detailed(ctx context.Context, o projections.OwedItem) string {
	if o.Kind == projections.OwedDuty || o.Detail == policy.Steps.ZH(o.Step) {
		return ""
	}
	for _, e := range code.ClueResults {
		if e.ZH == o.Detail {
			return say(ctx, e.ZH, e.EN)
		}
	}
	return o.Detail
}

// span tells days by both counts, in the language of the page.
func span(ctx context.Context, s calendar.Span) string {
	if !s.WorkingKnown {
		return say(ctx, s.Chinese(), fmt.Sprintf("%d days (working days not known)", s.Calendar))
	}
	return say(ctx, s.Chinese(), fmt.Sprintf("%d days (%d working)", s.Calendar, s.Working))
}
