package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// noticeInput is an act on one notice sheet.
type noticeInput struct {
	Notice string `path:"notice" doc:"公示单编号"`
	ActInput
}

func (in *noticeInput) act() *ActInput { return &in.ActInput }

func onNotice[C paper.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, "/notices/{notice}/"+path, summary, (*noticeInput).act,
		func(ctx context.Context, in *noticeInput, r commands.Request, c C) (*recorded, error) {
			if err := isID(in.Notice, policy.PaperUnknown); err != nil {
				return nil, err
			}
			return s.enterPaper(ctx, r, in.Notice, c)
		})
}

func (s *server) notices() {
	g := s.about("公示")
	onNewPaper[paper.PostSheet](g, "/notices", "张贴公示单；逐户记入档案")
	onNotice[paper.RaiseSheetObjection](g, "objections", "登记异议（异议人身份单独密封）")
	onNotice[paper.InvestigateSheetObjection](g, "objection-inquiries", "异议调查")
	onNotice[paper.AnswerSheetObjection](g, "objection-answers", "异议答复")
	onNotice[paper.AppointInquirer](g, "inquirers", "委派异议调查人：由经办机构的上级机构委派，被委派人不属于经办机构")
	onNotice[paper.VoidInquirer](g, "inquirer-corrections", "更正：作废一项异议调查委派")
	onNotice[paper.StrikeSheetLine](g, "struck-lines", "从公示单划去一户")
	onNotice[paper.RemoveSheet](g, "removal", "撤下公示单")
}
