package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/projections"
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

// inquirerView is an appointment to an inquiry into an objection.
type inquirerView struct {
	Event     string       `json:"event" doc:"这项委派的记录编号，作废时写明"`
	Objection string       `json:"objection"`
	Person    string       `json:"person"`
	Name      string       `json:"name"`
	Post      string       `json:"post,omitzero"`
	From      calendar.Day `json:"from"`
	To        calendar.Day `json:"to,omitzero"`
	Number    string       `json:"number,omitzero"`
	Made      calendar.Day `json:"made"`
	By        []act.Person `json:"by" doc:"委派人"`
	Void      bool         `json:"void,omitzero"`
	Why       code.Text    `json:"why,omitzero" doc:"作废原因"`
}

// inquirers lists who is, and was, appointed to inquire into objections to a sheet.
func (s *server) inquirers(ctx context.Context, in *struct {
	Notice string `path:"notice" doc:"公示单编号"`
}) (*answer[list[inquirerView]], error) {
	if err := isID(in.Notice, policy.PaperUnknown); err != nil {
		return nil, err
	}
	all, err := s.Handler.Inquirers(ctx, in.Notice)
	if err != nil {
		return nil, err
	}
	views := make([]inquirerView, len(all))
	for n, i := range all {
		views[n] = inquirerView{i.Event, i.Objection, i.Person, i.Name, i.Post, i.From, i.To, i.Number, i.Made, i.By, i.Void, i.Why}
	}
	return answerOf(list[inquirerView]{views}), nil
}

// inquiries lists the inquiries to which the caller is appointed.
func (s *server) inquiries(ctx context.Context, in *struct {
	Current
	Waiting
}) (*answer[list[projections.Inquiry]], error) {
	if s.Reads.Notices == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, in.Current, in.Waiting, projections.NoticesName); err != nil {
		return nil, err
	}
	found, err := s.Reads.Notices.Inquiries(ctx, callerOf(ctx).person, s.today())
	return answerOf(list[projections.Inquiry]{found}), err
}
