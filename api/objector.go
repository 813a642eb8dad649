package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// objectorInput asks who raised an objection.
type objectorInput struct {
	Notice    string    `path:"notice" doc:"公示单编号"`
	Objection string    `path:"objection" maxLength:"200" doc:"异议编号"`
	Reason    code.Text `query:"reason" maxLength:"800" doc:"查看理由：每次查看须写明理由，并记录在查看人的账户上"`
}

// objector tells who raised an objection, once it is recorded that the caller
// reads it and why (DESIGN 3).
func (s *server) objector(ctx context.Context, in *objectorInput) (*answer[commands.ObjectorShown], error) {
	if err := isID(in.Notice, policy.PaperUnknown); err != nil {
		return nil, err
	}
	by := callerOf(ctx)
	shown, err := s.Handler.Objector(ctx, commands.ObjectorQuestion{Sheet: in.Notice, Objection: in.Objection, By: by.person, Appointment: by.appointment, Reason: in.Reason},
		func(e account.PersonalShown) error { return s.shows(ctx, e) })
	return answerOf(shown), err
}
