package api

import (
	"context"
	"fmt"

	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// Size is how many persons are monitored beside what the pack in force expects.
type Size struct {
	Region   string                `json:"region"`
	Included int64                 `json:"included_persons" doc:"已纳入的人数，含风险已消除的"`
	Open     int64                 `json:"monitored_persons" doc:"其中风险未消除的人数"`
	Rule     *policy.SizeIndicator `json:"rule,omitzero"`
	Base     int64                 `json:"base_persons,omitzero" doc:"基期建档立卡人口"`
	Flagged  bool                  `json:"flagged,omitzero" doc:"深度贫困地区"`
	Expected int                   `json:"expected_percent,omitzero"`
	// BasisPoints is the part of the base that is included, in hundredths of a percent.
	BasisPoints int64  `json:"basis_points,omitzero" doc:"已纳入人数占基数的万分比"`
	Beyond      bool   `json:"beyond" doc:"超过参考比例；只供了解，从不阻止纳入"`
	State       string `json:"state"`
}

func (s *server) size(ctx context.Context, in *struct {
	Area
	Current
	Waiting
}) (*answer[Size], error) {
	switch {
	case s.Reads.Register == nil:
		return nil, unavailable()
	case in.Region == "":
		return nil, newProblem(inputParameter, "请写明区划").at("query/region", "required")
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.RegisterName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	totals, err := s.Reads.Register.Totals(ctx, regions)
	if err != nil {
		return nil, err
	}
	out := Size{Region: in.Region}
	for _, t := range totals {
		switch household.Stage(t.Stage) {
		case household.StageMonitored:
			out.Open += t.Persons
			out.Included += t.Persons
		case household.StageEliminated:
			out.Included += t.Persons
		}
	}
	pack, _ := s.Handler.Directory.Pack(in.Region, s.today())
	out.beside(pack.Size)
	return answerOf(out), nil
}

// beside sets the figures beside the indicator.
func (z *Size) beside(rule policy.SizeIndicator) {
	if rule.Unlimited {
		z.Rule, z.State = &rule, "本地办法写明不设置规模（"+rule.Cite+"）；应纳尽纳"
		return
	}
	if rule.Percent == 0 {
		z.State = "本地办法未规定监测规模；应纳尽纳"
		return
	}
	z.Rule = &rule
	area, known := rule.Area(z.Region)
	if !known {
		z.State = fmt.Sprintf("%d年建档立卡人口未定；应纳尽纳", rule.BaseYear)
		return
	}
	z.Base, z.Flagged, z.Expected = area.Persons, area.Flagged, rule.Expected(area)
	z.BasisPoints = z.Included * 10_000 / area.Persons
	z.Beyond = z.BasisPoints > int64(z.Expected)*100
	z.State = fmt.Sprintf("已纳入%d人，占%d年建档立卡人口%d人的%d.%02d%%，参考%d%%；应纳尽纳，不因规模阻止纳入", z.Included, rule.BaseYear, z.Base,
		z.BasisPoints/100, z.BasisPoints%100, z.Expected)
}
