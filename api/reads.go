package api

import (
	"context"

	"shouwang/api/web"
	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/projections"
)

// Reads are the readers of the read models, as the API asks them. A nil one is
// answered with 503.
type Reads struct {
	Register interface {
		List(ctx context.Context, f projections.Filter, p projections.Page) ([]projections.Household, string, error)
		Get(ctx context.Context, id string) (projections.Household, error)
		Totals(ctx context.Context, regions []string) ([]projections.Total, error)
		Heads(ctx context.Context, regions []string) (map[string]string, error)
		Groups(ctx context.Context, f projections.Filter, by projections.Grouping) ([]projections.Group, error)
		Count(ctx context.Context, f projections.Filter) (households, persons int64, err error)
	}
	Notices interface {
		List(ctx context.Context, f projections.NoticeFilter, p projections.Page) ([]projections.Notice, string, error)
		Get(ctx context.Context, id string, today calendar.Day) (projections.NoticeSheet, error)
		Inspections(ctx context.Context, regions []string) ([]projections.SpotInspection, error)
		Compliance(ctx context.Context, regions []string, today calendar.Day) ([]projections.Compliance, error)
		Uncovered(ctx context.Context, regions []string) ([]projections.UncoveredCase, error)
		Objection(ctx context.Context, id string) (notice string, o projections.NoticeObjection, err error)
		Inquiries(ctx context.Context, person string, today calendar.Day) ([]projections.Inquiry, error)
	}
	Papers interface {
		List(ctx context.Context, f projections.PaperFilter, p projections.Page) ([]projections.PaperRow, string, error)
		Get(ctx context.Context, kind, id string) (projections.PaperWithLines, error)
		Missing(ctx context.Context, regions []string) ([]projections.MissingLine, error)
	}
	History interface {
		History(ctx context.Context, id string, t household.Times) (projections.History, error)
	}
	// Doings are what people did.
	Doings web.Doings
	Owed   interface {
		List(ctx context.Context, f projections.OwedFilter, p projections.Page) ([]projections.OwedItem, string, error)
		Counts(ctx context.Context, f projections.OwedFilter) ([]projections.OwedCount, error)
		Funnel(ctx context.Context, f projections.OwedFilter) ([]projections.Waiting, error)
		Queue(ctx context.Context, f projections.OwedFilter, p projections.Page) (items []projections.OwedItem, households int, next string, err error)
		Turns(ctx context.Context, owings []duty.Owing, today calendar.Day) ([]projections.DutyTurn, error)
		ScaleRisks(ctx context.Context, regions []string, kind string, open bool) ([]projections.ScaleRisk, error)
		Checks(ctx context.Context, regions []string, year int, id string) ([]projections.Check, error)
		Check(ctx context.Context, id string, villages func(region string, on calendar.Day) []projections.CheckVillage) (projections.CheckWithVillages, error)
	}
	Funds interface {
		List(ctx context.Context, f projections.FundFilter, p projections.Page) ([]projections.FundRow, string, error)
		Get(ctx context.Context, id string) (projections.FundRow, error)
		Lines(ctx context.Context, f projections.FundFilter, p projections.Page) ([]projections.FundEntry, string, error)
		Findings(ctx context.Context, f projections.FundFilter) ([]projections.FundFinding, error)
	}
	Discovery interface {
		Clues(ctx context.Context, f projections.ClueFilter, p projections.Page) ([]projections.ClueRow, string, error)
		Visits(ctx context.Context, f projections.VisitFilter, p projections.Page) ([]projections.VisitRow, string, error)
		Groups(ctx context.Context, f projections.GroupFilter, p projections.Page) ([]projections.GroupRow, string, error)
		Figures(ctx context.Context, regions []string, from, to calendar.Day) ([]projections.Figure, error)
	}
	Signs interface {
		Find(ctx context.Context, regions []string, kind household.SignKind, p projections.Page, judge func(projections.SignRow) (projections.InclusionFinding, bool)) ([]projections.InclusionFinding, string, error)
	}
	Reports interface {
		HalfYear(ctx context.Context, q projections.HalfYearQuery) (projections.HalfYear, error)
		Month(ctx context.Context, q projections.MonthQuery) (projections.Month, error)
	}
}

// unavailable is what a question is answered with whose reader is not there.
func unavailable() error { return newProblem(readUnavailable, "") }

// paged asks a reader for a page. name is the list with all its filters, so that
// a cursor is good for this list only.
func paged[T any](s *server, in Paging, name string, read func(projections.Page) ([]T, string, error)) (*answer[page[T]], error) {
	after, err := s.cursors.open(name, in.After)
	if err != nil {
		return nil, err
	}
	items, next, err := read(projections.Page{After: after, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	if items == nil {
		items = []T{}
	}
	return answerOf(page[T]{Items: items, Next: s.cursors.seal(name, next)}), nil
}
