package api

import (
	"context"
	"time"

	"shouwang/domain/calendar"
	"shouwang/projections"
)

// MonthReport is a township's or a county's monthly report, with the heads'
// names as they are now.
type MonthReport struct {
	projections.Month
	Place string            `json:"place"`
	Heads map[string]string `json:"heads" doc:"农户编号→现户主"`
}

// month: S1.9, what the township reports before the 3rd of the next month.
func (s *server) month(ctx context.Context, in *struct {
	Area
	Month   string `query:"month" required:"true" doc:"月份，如2023-06" example:"2023-06"`
	KnownAt string `query:"known_at" doc:"按当时所知；不填为现在"`
	Waiting
}) (*answer[MonthReport], error) {
	switch {
	case s.Reads.Reports == nil:
		return nil, unavailable()
	case in.Region == "":
		return nil, newProblem(inputParameter, "请写明区划").at("query/region", "required")
	}
	first, err := calendar.ParseDay(in.Month + "-01")
	if err != nil {
		return nil, newProblem(dayMalformed, "").at("query/month", "expected a month like 2023-06")
	}
	if err := in.shown(ctx, s, projections.ReportName); err != nil {
		return nil, err
	}
	known := time.Time{}
	if in.KnownAt != "" {
		if known, err = instant(in.KnownAt); err != nil {
			return nil, newProblem(timeMalformed, "").at("query/known_at", "expected a day or an instant")
		}
	}
	last := first.AddMonths(1) - 1
	regions, err := in.Area.codes(s, last)
	if err != nil {
		return nil, err
	}
	report, err := s.Reads.Reports.Month(ctx, projections.MonthQuery{Region: in.Region, Regions: regions, Month: first, KnownAt: known})
	if err != nil {
		return nil, err
	}
	if known.IsZero() {
		report.KnownAt = s.Handler.Clock()
	}
	out := MonthReport{Month: report, Place: s.nameOf(in.Region, last), Heads: map[string]string{}}
	for _, lines := range [][]projections.MonthLine{report.New, report.Eliminated, report.RolledBack, report.Fallen} {
		for _, l := range lines {
			if s.Reads.Register == nil {
				break
			}
			h, err := s.Reads.Register.Get(ctx, l.Household)
			if err != nil {
				return nil, err
			}
			out.Heads[l.Household] = h.Head
		}
	}
	return answerOf(out), nil
}
