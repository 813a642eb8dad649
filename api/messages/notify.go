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

// Notifications are what offices were told.
type Notifications struct{ pool *pgxpool.Pool }

// NewNotifications returns them, of a database.
func NewNotifications(pool *pgxpool.Pool) *Notifications { return &Notifications{pool} }

// told is what a notification needs of a message's data.
type told struct {
	Region   string       `json:"region"`
	Happened calendar.Day `json:"happened"`
	Office   string       `json:"office"`
	By       code.Level   `json:"by"`
	Level    code.Level   `json:"level"`
}

// concerned says whose turn it is after a message, "" if nobody is told.
func concerned(kind string, t told) code.Level {
	switch kind {
	case "clue.recorded.v1": // S1.30: the county sends it out
		return code.County
	case "clue.dispatched.v1": // to be verified there
		return code.Township
	case "notice.removed.v1": // the village reports next
		return code.Village
	case "case.returned.v1": // one level down
		if t.By == code.County {
			return code.Township
		}
		return code.Village
	case outbox.StepOverdue:
		return t.Level
	}
	return ""
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
	level := concerned(kind, t)
	if level == "" {
		return nil
	}
	_, err := n.pool.Exec(m.Context(), notifySQL, pgx.NamedArgs{"id": e.ID, "kind": kind, "subject": e.Subject, "region": t.Region,
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
