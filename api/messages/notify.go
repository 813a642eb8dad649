package messages

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/go-json-experiment/json"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/projections/outbox"
)

var (
	//go:embed sql/notify.sql
	notifySQL string
	//go:embed sql/notifications.sql
	notificationsSQL string
)

// Notification tells an office that something waits for it.
type Notification struct {
	ID        string       `json:"id"`
	Kind      string       `json:"kind"` // the type of the message it comes from
	Household string       `json:"household,omitzero"`
	Region    string       `json:"region"`
	Level     code.Level   `json:"level"`           // whose turn it is
	Office    string       `json:"office,omitzero"` // where it is one office's
	Happened  calendar.Day `json:"happened"`
	At        time.Time    `json:"at"`
}

// Packs says which pack is in force in a region on a day.
type Packs func(region string, on calendar.Day) (policy.Pack, bool)

// Notifications are what offices were told.
type Notifications struct {
	pool  *pgxpool.Pool
	packs Packs
}

// NewNotifications returns them, of a database; packs say whose turn it is.
func NewNotifications(pool *pgxpool.Pool, packs Packs) *Notifications {
	return &Notifications{pool, packs}
}

// told is what a notification needs of a message's data.
type told struct {
	Region   string       `json:"region"`
	Happened calendar.Day `json:"happened"`
	Office   string       `json:"office"`
	Level    code.Level   `json:"level"`
}

// concerned is the level whose turn it is after a message, "" if nobody is told: the
// procedure says it of the event, and what is overdue names its own.
func (n *Notifications) concerned(kind string, data []byte, t told) (code.Level, error) {
	if kind == outbox.StepOverdue {
		return t.Level, nil
	}
	e, err := wire.Household(kind, data, nil)
	if err != nil {
		return "", err
	}
	pack, _ := n.packs(t.Region, t.Happened) // none: it begins with the village
	return household.TurnAfter(e, pack), nil
}

// Notify is the reaction that tells the office concerned: once for each message,
// however often it comes.
func (n *Notifications) Notify(m *message.Message) error {
	kind := strings.TrimPrefix(m.Metadata.Get(metaType), outbox.TypePrefix)
	var e outbox.Envelope
	var t told
	if err := json.Unmarshal(m.Payload, &e); err != nil {
		return Refuse(fmt.Errorf("read a message: %w", err))
	}
	if err := json.Unmarshal(e.Data, &t); err != nil {
		return Refuse(fmt.Errorf("read the data of %s: %w", kind, err))
	}
	level, err := n.concerned(kind, e.Data, t)
	if err != nil {
		return Refuse(fmt.Errorf("read the data of %s: %w", kind, err))
	}
	if level == "" {
		return nil
	}
	_, err = n.pool.Exec(m.Context(), notifySQL, pgx.NamedArgs{"id": e.ID, "kind": kind, "subject": e.Subject, "region": t.Region,
		"level": string(level), "office": t.Office, "happened": t.Happened.Start().Add(12 * time.Hour)})
	if err != nil {
		return fmt.Errorf("tell an office: %w", err)
	}
	return nil
}

// Wanted are the notifications asked for.
type Wanted struct {
	Regions []string
	Level   code.Level // "" is every level
	Since   time.Time
	Limit   int
}

// List returns notifications, the newest first.
func (n *Notifications) List(ctx context.Context, w Wanted) ([]Notification, error) {
	rows, err := n.pool.Query(ctx, notificationsSQL, pgx.NamedArgs{"regions": w.Regions, "level": string(w.Level), "since": w.Since, "limit": w.Limit})
	if err != nil {
		return nil, fmt.Errorf("read notifications: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o Notification, err error) {
		var day time.Time
		var subject string
		err = row.Scan(&o.ID, &o.Kind, &subject, &o.Region, &o.Level, &o.Office, &day, &o.At)
		o.Happened = calendar.Date(day.Date())
		o.Household, _ = strings.CutPrefix(subject, "household-")
		if o.Household == subject {
			o.Household = ""
		}
		return o, err
	})
}
