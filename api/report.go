package api

import (
	"context"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/projections"
)

// HalfYear is the half-year report with its sentences.
type HalfYear struct {
	projections.HalfYear
	Place     string   `json:"place"`
	Sentences []string `json:"sentences" doc:"报告原文的写法"`
}

func (s *server) reports() {
	get(s.about("报告"), "/reports/size", "get-size", "监测规模参考：占基期建档立卡人口的比例，从不阻止纳入", s.size)
	get(s.about("报告"), "/reports/month", "get-month", "月报：当月新增监测对象、风险消除、回退、实际返贫致贫", s.month)
	get(s.about("报告"), "/reports/half-year", "get-half-year", "半年报告：任意区划、截至日期和所知时间", s.halfYear)
}

func (s *server) halfYear(ctx context.Context, in *struct {
	Area
	Times
	Persons string `query:"persons" enum:"at_inclusion,current" default:"at_inclusion" doc:"人数口径：at_inclusion 首次纳入当日；current 截至日期"`
	Waiting
}) (*answer[HalfYear], error) {
	switch {
	case s.Reads.Reports == nil:
		return nil, unavailable()
	case in.Region == "":
		return nil, newProblem(inputParameter, "请写明区划").at("query/region", "required")
	}
	if err := in.shown(ctx, s, projections.ReportName); err != nil {
		return nil, err
	}
	asked, err := in.asked(s.Handler.Clock())
	if err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, asked.AsOf)
	if err != nil {
		return nil, err
	}
	basis := projections.AtInclusion
	if in.Persons == "current" {
		basis = projections.Current
	}
	report, err := s.Reads.Reports.HalfYear(ctx, projections.HalfYearQuery{
		Region: in.Region, Regions: regions, Times: household.Times{AsOf: asked.AsOf, KnownAt: asked.KnownAt}, Persons: basis,
		IncomeLine: s.incomeLine(in.Region, asked.AsOf),
	})
	if err != nil {
		return nil, err
	}
	place := s.nameOf(in.Region, asked.AsOf)
	return answerOf(HalfYear{HalfYear: report, Place: place, Sentences: report.Sentences(place)}), nil
}

// incomeLine is the year's line in yuan, nil while it is undetermined (未定).
func (s *server) incomeLine(region string, on calendar.Day) *int64 {
	pack, ok := s.Handler.Directory.Pack(region, on)
	if !ok {
		return nil
	}
	line, ok := pack.LineOf(on.Year())
	if !ok {
		return nil
	}
	yuan := int64(line) / 100
	return &yuan
}

// nameOf is a region's name on a day, or its code.
func (s *server) nameOf(region string, on calendar.Day) string {
	name := region
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		if r, ok := d.Region(region, on); ok {
			name = r.Name
		}
		return nil
	})
	return name
}
