package outbox

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/projections"
)

// overdueSpace roots the ids of messages about passed days; it is fixed for ever.
var overdueSpace = uuid.MustParse("5b0b9f3e-7a63-5f0e-8d63-6f7574626f78")

// AddOverdue tells that days have passed: once for each thing that is owed and
// each day on which it was due, however often it is called.
func (b *Box) AddOverdue(ctx context.Context, source string, now time.Time, items []projections.OwedItem) error {
	var messages []message
	for _, o := range items {
		if !o.Overdue || o.Due == 0 {
			continue
		}
		m, err := overdue(source, now, o)
		if err != nil {
			return err
		}
		messages = append(messages, m)
	}
	return pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error { return add(ctx, tx, messages) })
}

func overdue(source string, now time.Time, o projections.OwedItem) (message, error) {
	subject := o.Paper // a sheet
	if o.Household != "" {
		subject = householdPrefix + o.Household
	}
	key := strings.Join([]string{subject, o.Region, string(o.Kind), o.Procedure, o.Step, o.Duty, o.Since.String(), o.Due.String()}, "|")
	m := message{ID: uuid.NewSHA1(overdueSpace, []byte(source+"|"+key)), Subject: subject, Region: o.Region, Type: StepOverdue, Happened: now}
	if m.Subject == "" {
		m.Subject = "region-" + o.Region
	}
	data := map[string]jsontext.Value{}
	text := func(name string, k kind, s string) {
		if s != "" {
			tell(data, name, k, quoted(s))
		}
	}
	text("household", anID, o.Household)
	text("region", region, o.Region)
	text("happened", aDay, calendar.Of(now).String())
	text("kind", aCode, string(o.Kind))
	text("level", aCode, string(o.Level))
	text("procedure", aCode, o.Procedure)
	text("step", aCode, o.Step)
	text("office", anID, o.Office)
	text("since", aDay, o.Since.String())
	text("due", aDay, o.Due.String())
	m, err := write(source, m, 0, data)
	if err != nil {
		return m, fmt.Errorf("tell that %s is overdue: %w", key, err)
	}
	return m, nil
}
