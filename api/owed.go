package api

import (
	"context"
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// OwedDay is the day for which it is told what is owed.
type OwedDay struct {
	AsOf    string `query:"as_of" doc:"按现在的档案，截至哪一天应办的；不填为今天"`
	KnownAt string `query:"known_at" doc:"只按现在所知：只能不填"`
}

func (o OwedDay) day(today calendar.Day) (calendar.Day, error) { return OnDay(o).day(today) }

// Whose is whose worklist is asked for.
type Whose struct {
	Office string `query:"office" maxLength:"64" doc:"只列该机构应办的"`
	Person string `query:"person" maxLength:"64" doc:"只列此人按其任职应办的，及以责任人身份应办的"`
}

func (s *server) owed() {
	g := s.about("待办")
	get(g, "/owed", "list-owed", "应办而未办的环节、材料和职责：各级、各机构、各人", s.listOwed)
	get(g, "/notifications", "list-notifications", "通知：线索到来、公示结束、环节逾期、案卷退回", s.listNotifications)
	get(g, "/owed/counts", "count-owed", "应办而未办的合计", s.countOwed)
}

func (s *server) listOwed(ctx context.Context, in *struct {
	Area
	OwedDay
	Whose
	Level     string `query:"level"`
	Kind      string `query:"kind"`
	Household string `query:"household" maxLength:"64"`
	Overdue   bool   `query:"overdue" doc:"只列已逾期的"`
	Paging
	Waiting
}) (*answer[page[projections.OwedItem]], error) {
	f, err := s.owedFilter(ctx, in.Area, in.OwedDay, in.Whose, in.Waiting)
	if err != nil {
		return nil, err
	}
	f.Level, f.Kind, f.Household, f.Overdue = code.Level(in.Level), projections.OwedKind(in.Kind), in.Household, in.Overdue
	name := fmt.Sprintf("owed|%q|%q|%s|%q|%q|%q|%t|%q|%q", in.Region, in.RegionOn, f.Today, in.Level, in.Kind, in.Household, in.Overdue, in.Office, in.Person)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.OwedItem, string, error) {
		return s.Reads.Owed.List(ctx, f, p)
	})
}

func (s *server) countOwed(ctx context.Context, in *struct {
	Area
	OwedDay
	Whose
	Waiting
}) (*answer[list[projections.OwedCount]], error) {
	f, err := s.owedFilter(ctx, in.Area, in.OwedDay, in.Whose, in.Waiting)
	if err != nil {
		return nil, err
	}
	counts, err := s.Reads.Owed.Counts(ctx, f)
	return answerOf(list[projections.OwedCount]{counts}), err
}

// owedFilter says where, on which day and whose, with the duties that the packs
// lay there.
func (s *server) owedFilter(ctx context.Context, area Area, on OwedDay, whose Whose, waiting Waiting) (projections.OwedFilter, error) {
	f := projections.OwedFilter{Person: whose.Person}
	if s.Reads.Owed == nil {
		return f, unavailable()
	}
	if err := waiting.shown(ctx, s, projections.OwedName); err != nil {
		return f, err
	}
	var err error
	if f.Today, err = on.day(s.today()); err != nil {
		return f, err
	}
	if f.Regions, err = area.codes(s, f.Today); err != nil {
		return f, err
	}
	f.Owings = s.Handler.Directory.Owings(f.Regions, f.Today)
	f.Leaving = s.Handler.Directory.Leaving(f.Today)
	f.Within = func(ancestor, region string) bool { return s.Handler.Directory.Contains(ancestor, region, f.Today) }
	err = s.Handler.Directory.View(func(d *office.Directory) error { return whose.workers(d, &f) })
	return f, err
}

// workers finds the office, or the appointments the person holds on the day.
func (w Whose) workers(d *office.Directory, f *projections.OwedFilter) error {
	if w.Office == "" && w.Person == "" {
		return nil
	}
	f.Workers = []projections.Worker{}
	add := func(id string, capacity code.Capacity) bool {
		o, ok := d.Office(id, f.Today)
		if !ok {
			return false
		}
		region, _ := d.Region(o.Region, f.Today)
		f.Workers = append(f.Workers, projections.Worker{Office: o.ID, Level: o.Level, Top: region.Parent == "", Capacity: capacity, Department: o.Department,
			Regions: d.Regions(o.Region, f.Today)})
		return true
	}
	if w.Office != "" && !add(w.Office, "") {
		return newProblem(policy.OfficeUnknown, "当日没有这个机构").at("query/office", "no such office on that day")
	}
	if w.Person != "" && !d.Known(w.Person) {
		return newProblem(readNotFound, "没有这个人的任职").at("query/person", "nobody was ever appointed under this name")
	}
	for _, a := range d.Appointments(w.Person, f.Today) {
		add(a.Office, a.Capacity)
	}
	return nil
}
