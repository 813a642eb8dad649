package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/inspection"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// inspectionInput is an act on one check on the spot.
type inspectionInput struct {
	Inspection string `path:"inspection" doc:"现场核查编号"`
	ActInput
}

func (in *inspectionInput) act() *ActInput { return &in.ActInput }

// inspections serves checks on the spot (现场核查). They change no case.
func (s *server) inspections() {
	g := s.about("现场核查")
	post(g, "/inspections", "现场核查登记：在位、未见、不符；不改变任何档案", (*newInput).act, func(ctx context.Context, _ *newInput, r commands.Request, c inspection.RecordCheck) (*recorded, error) {
		return s.enterInspection(ctx, r, commands.NewID(r.By, r.Key), c)
	})
	post(g, "/inspections/{inspection}/withdrawal", "更正现场核查：登记有误，不再计入", (*inspectionInput).act, func(ctx context.Context, in *inspectionInput, r commands.Request, c inspection.WithdrawCheck) (*recorded, error) {
		if err := isID(in.Inspection, policy.CheckUnknown); err != nil {
			return nil, err
		}
		return s.enterInspection(ctx, r, in.Inspection, c)
	})
	get(g, "/inspections", "list-inspections", "现场核查，最近的在前", s.listInspections)
	get(g, "/reports/notices", "list-notice-compliance", "公示合规情况，逐村", s.noticeCompliance)
}

func (s *server) enterInspection(ctx context.Context, r commands.Request, id string, c inspection.Command) (*recorded, error) {
	result, err := s.Handler.Inspection(ctx, r, id, c)
	if err != nil {
		return nil, err
	}
	return s.record(id, "", result), nil
}

func (s *server) listInspections(ctx context.Context, in *struct {
	Area
	Current
	Waiting
}) (*answer[list[projections.SpotInspection]], error) {
	regions, err := s.noticeRegions(ctx, in.Area, in.Current, in.Waiting)
	if err != nil {
		return nil, err
	}
	found, err := s.Reads.Notices.Inspections(ctx, regions)
	return answerOf(list[projections.SpotInspection]{found}), err
}

func (s *server) noticeCompliance(ctx context.Context, in *struct {
	Area
	Current
	Waiting
}) (*answer[list[projections.Compliance]], error) {
	regions, err := s.noticeRegions(ctx, in.Area, in.Current, in.Waiting)
	if err != nil {
		return nil, err
	}
	found, err := s.Reads.Notices.Compliance(ctx, regions, s.today())
	return answerOf(list[projections.Compliance]{found}), err
}

// noticeRegions are the regions asked for, once the notices are as new as the
// receipt.
func (s *server) noticeRegions(ctx context.Context, area Area, current Current, waiting Waiting) ([]string, error) {
	if s.Reads.Notices == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, current, waiting, projections.NoticesName); err != nil {
		return nil, err
	}
	return area.codes(s, s.today())
}
