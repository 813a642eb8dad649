package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// officeInput is an act on an office's own duties.
type officeInput struct {
	Office string `path:"office" maxLength:"64" doc:"机构编号"`
	ActInput
}

func (in *officeInput) act() *ActInput { return &in.ActInput }

// checkInput is an act on a concentrated check.
type checkInput struct {
	Check string `path:"check" doc:"集中排查编号"`
	ActInput
}

func (in *checkInput) act() *ActInput { return &in.ActInput }

// ofOffice registers an act on an office's own duties.
func ofOffice[C duty.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, "/offices/{office}/"+path, summary, (*officeInput).act, func(ctx context.Context, in *officeInput, r commands.Request, c C) (*recorded, error) {
		result, err := s.Handler.Duty(ctx, r, in.Office, c)
		if err != nil {
			return nil, err
		}
		return s.record(in.Office, "", result), nil
	})
}

// onCheck registers an act on a concentrated check.
func onCheck[C duty.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, "/checks/{check}/"+path, summary, (*checkInput).act, func(ctx context.Context, in *checkInput, r commands.Request, c C) (*recorded, error) {
		if err := isID(in.Check, policy.CheckUnknown); err != nil {
			return nil, err
		}
		return s.enterCheck(ctx, r, in.Check, c)
	})
}

func (s *server) enterCheck(ctx context.Context, r commands.Request, id string, c duty.Command) (*recorded, error) {
	result, err := s.Handler.Check(ctx, r, id, c)
	if err != nil {
		return nil, err
	}
	return s.record(id, base+"/checks/"+id, result), nil
}

// duties serves what offices owe whatever happens in the cases.
func (s *server) duties() {
	g := s.about("职责")
	ofOffice[duty.RecordDone](g, "duties-done", "履职登记：报告、名单、研判等已完成")
	ofOffice[duty.ShutSystem](g, "system-closures", "登记系统未开放：其间系统录入、标注不计逾期")
	ofOffice[duty.OpenSystem](g, "system-openings", "登记系统开放")
	ofOffice[duty.WatchScaleRisk](g, "scale-risks", "规模性返贫风险列入监测清单")
	ofOffice[duty.FollowScaleRisk](g, "scale-risk-measures", "规模性返贫风险的现状和应急处置措施")
	ofOffice[duty.EndScaleRisk](g, "scale-risk-endings", "规模性返贫风险解除")
	post(g, "/checks", "组织集中排查", (*newInput).act, func(ctx context.Context, _ *newInput, r commands.Request, c duty.OrganiseCheck) (*recorded, error) {
		return s.enterCheck(ctx, r, commands.NewID(r.By, r.Key), c)
	})
	onCheck[duty.ReportVillageCheck](g, "villages", "一个村的排查情况；再报以后一次为准")
	onCheck[duty.EndCheck](g, "ending", "结束集中排查")
	get(g, "/duties", "list-duties", "职责日历：近一年各地区、各部门每期职责是否按期完成", s.listDuties)
	get(g, "/scale-risks", "list-scale-risks", "规模性返贫风险监测清单", s.listScaleRisks)
	get(g, "/checks", "list-checks", "集中排查", s.listChecks)
	get(g, "/checks/{check}", "get-check", "一次集中排查：逐村覆盖情况（不少一村、不漏一户、不留死角）", s.check)
}

func (s *server) listDuties(ctx context.Context, in *struct {
	Area
	OwedDay
	Waiting
}) (*answer[list[projections.DutyTurn]], error) {
	f, err := s.owedFilter(ctx, in.Area, in.OwedDay, Whose{}, in.Waiting)
	if err != nil {
		return nil, err
	}
	turns, err := s.Reads.Owed.Turns(ctx, f.Owings, f.Today)
	if turns == nil {
		turns = []projections.DutyTurn{}
	}
	return answerOf(list[projections.DutyTurn]{turns}), err
}

func (s *server) listScaleRisks(ctx context.Context, in *struct {
	Area
	Current
	Kind string `query:"kind" maxLength:"40" doc:"风险类型"`
	Open bool   `query:"open" doc:"只列未解除的"`
	Waiting
}) (*answer[list[projections.ScaleRisk]], error) {
	if s.Reads.Owed == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.OwedName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	risks, err := s.Reads.Owed.ScaleRisks(ctx, regions, in.Kind, in.Open)
	if risks == nil {
		risks = []projections.ScaleRisk{}
	}
	return answerOf(list[projections.ScaleRisk]{risks}), err
}

func (s *server) listChecks(ctx context.Context, in *struct {
	Area
	Current
	Year int `query:"year" minimum:"2014" maximum:"2200" doc:"哪一年开始的；不填为全部"`
	Waiting
}) (*answer[list[projections.Check]], error) {
	if s.Reads.Owed == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.OwedName); err != nil {
		return nil, err
	}
	regions, err := in.Area.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	checks, err := s.Reads.Owed.Checks(ctx, regions, in.Year, "")
	for i := range checks {
		checks[i].Villages = len(s.villagesOf(checks[i].Region, checks[i].To))
	}
	if checks == nil {
		checks = []projections.Check{}
	}
	return answerOf(list[projections.Check]{checks}), err
}

func (s *server) check(ctx context.Context, in *struct {
	Check string `path:"check" doc:"集中排查编号"`
	Current
	Waiting
}) (*answer[projections.CheckWithVillages], error) {
	if s.Reads.Owed == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.OwedName); err != nil {
		return nil, err
	}
	if err := isID(in.Check, policy.CheckUnknown); err != nil {
		return nil, err
	}
	check, err := s.Reads.Owed.Check(ctx, in.Check, s.villagesOf)
	if who := callerOf(ctx); err == nil && who != nil && !who.covers(s, check.Region) {
		check.Only(func(village string) bool { return who.covers(s, village) })
	}
	a := answerOf(check)
	a.ETag = etag(check.Version)
	return a, err
}

// villagesOf are the villages that stand within a region on a day.
func (s *server) villagesOf(region string, on calendar.Day) []projections.CheckVillage {
	villages := []projections.CheckVillage{}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // it never fails
		for _, id := range d.Regions(region, on) {
			if r, ok := d.Region(id, on); ok && r.Level == code.Village && d.Current(id, on) == id {
				villages = append(villages, projections.CheckVillage{Village: id, Name: r.Name})
			}
		}
		return nil
	})
	return villages
}
