package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
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
	post(g, "/checks", "组织集中排查", (*newInput).act, func(ctx context.Context, _ *newInput, r commands.Request, c duty.OrganiseCheck) (*recorded, error) {
		return s.enterCheck(ctx, r, commands.NewID(r.By, r.Key), c)
	})
	onCheck[duty.ReportVillageCheck](g, "villages", "一个村的排查情况；再报以后一次为准")
	onCheck[duty.EndCheck](g, "ending", "结束集中排查")
}
