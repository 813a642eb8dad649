package api

import (
	"context"
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/projections"
)

// OwedDay is the day for which it is told what is owed.
type OwedDay struct {
	AsOf    string `query:"as_of" doc:"按现在的档案，截至哪一天应办的；不填为今天"`
	KnownAt string `query:"known_at" doc:"只按现在所知：只能不填"`
}

func (o OwedDay) day(today calendar.Day) (calendar.Day, error) { return OnDay(o).day(today) }

func (s *server) owed() {
	g := s.about("待办")
	get(g, "/owed", "list-owed", "应办而未办的环节和材料：村、乡镇、县各级", s.listOwed)
	get(g, "/owed/counts", "count-owed", "应办而未办的合计", s.countOwed)
}

func (s *server) listOwed(ctx context.Context, in *struct {
	Area
	OwedDay
	Level     string `query:"level"`
	Kind      string `query:"kind"`
	Household string `query:"household" maxLength:"64"`
	Overdue   bool   `query:"overdue" doc:"只列已逾期的"`
	Paging
	Waiting
}) (*answer[page[projections.OwedItem]], error) {
	if s.Reads.Owed == nil {
		return nil, unavailable()
	}
	if err := in.shown(ctx, s, projections.OwedName); err != nil {
		return nil, err
	}
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, day)
	if err != nil {
		return nil, err
	}
	f := projections.OwedFilter{Regions: regions, Level: code.Level(in.Level), Kind: projections.OwedKind(in.Kind), Household: in.Household, Overdue: in.Overdue, Today: day}
	name := fmt.Sprintf("owed|%q|%q|%s|%q|%q|%q|%t", in.Region, in.RegionOn, day, in.Level, in.Kind, in.Household, in.Overdue)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.OwedItem, string, error) {
		return s.Reads.Owed.List(ctx, f, p)
	})
}

func (s *server) countOwed(ctx context.Context, in *struct {
	Area
	OwedDay
	Waiting
}) (*answer[list[projections.OwedCount]], error) {
	if s.Reads.Owed == nil {
		return nil, unavailable()
	}
	if err := in.shown(ctx, s, projections.OwedName); err != nil {
		return nil, err
	}
	day, err := in.day(s.today())
	if err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, day)
	if err != nil {
		return nil, err
	}
	counts, err := s.Reads.Owed.Counts(ctx, regions, day)
	return answerOf(list[projections.OwedCount]{counts}), err
}
