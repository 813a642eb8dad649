package web

import (
	"context"
	"errors"
	"time"

	"shouwang/api/messages"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/projections"
	"shouwang/projections/outbox"
)

const (
	// notifiedDays is how far back an office is reminded of what it was told:
	// what is older stands on the work list, if it still waits.
	notifiedDays = 14
	// maxNotified is what one glance takes in, above a phone's work list.
	maxNotified = 6
)

// notifiedOf is what an office is told of.
var notifiedOf = code.List{
	{Code: "clue.recorded.v1", ZH: "新线索，待分送", EN: "a clue has arrived, to be sent out"},
	{Code: "clue.dispatched.v1", ZH: "线索已转来，待核实", EN: "a clue was sent here, to be verified"},
	{Code: "notice.removed.v1", ZH: "公示已结束", EN: "a notice has ended"},
	{Code: "case.returned.v1", ZH: "案卷被退回", EN: "a case was returned"},
	{Code: outbox.StepOverdue, ZH: "环节已逾期", EN: "a step is overdue"},
}

// notification (通知) is one of them with the household's name.
type notification struct {
	messages.Notification
	head string
}

// notified are what the visitor's own office was told lately, the newest first.
// Others than the three levels have no office that is told.
func (s *site) notified(ctx context.Context, v *visitor, regions []string) ([]notification, error) {
	ours := v.role == account.Village || v.role == account.Township || v.role == account.County
	if s.Notifications == nil || !ours || len(regions) == 0 {
		return nil, nil
	}
	found, err := s.Notifications.List(ctx, messages.Wanted{Regions: regions, Level: levelOf(v), Since: time.Now().AddDate(0, 0, -notifiedDays), Limit: maxNotified})
	if err != nil {
		return nil, err
	}
	var told []notification
	for _, n := range found {
		if n.Office != "" && n.Office != v.post.Office {
			continue
		}
		one := notification{Notification: n}
		if n.Household != "" {
			h, err := s.Reads.Register.Get(ctx, n.Household)
			if err != nil && !errors.Is(err, projections.ErrNotFound) { // the register may be a little behind
				return nil, err
			}
			one.head = h.Head
		}
		told = append(told, one)
	}
	return told, nil
}
