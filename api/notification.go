package api

import (
	"context"
	"time"

	"shouwang/api/messages"
	"shouwang/domain/code"
)

const (
	// notifiedDays is how far back notifications are shown: what is older stands
	// on the work list, if it still waits.
	notifiedDays = 14
	// maxNotified bounds one answer: what an office reads at one sitting.
	maxNotified = 200
)

// Notified is what the offices of an area were told.
type Notified struct {
	Notifications []messages.Notification `json:"notifications"`
}

func (s *server) listNotifications(ctx context.Context, in *struct {
	Area
	Level string `query:"level" maxLength:"16" doc:"轮到哪一级"`
}) (*answer[Notified], error) {
	if s.Notifications == nil {
		return nil, unavailable()
	}
	regions, err := in.codes(s, s.today())
	if err != nil {
		return nil, err
	}
	found, err := s.Notifications.List(ctx, messages.Wanted{Regions: regions, Level: code.Level(in.Level),
		Since: time.Now().AddDate(0, 0, -notifiedDays), Limit: maxNotified})
	if err != nil {
		return nil, err
	}
	return answerOf(Notified{append([]messages.Notification{}, found...)}), nil
}
