package messages

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/projections"
	"shouwang/projections/outbox"
)

const (
	// deadlinesEvery is how often is looked whether a day has passed.
	deadlinesEvery = 5 * time.Minute
	// lookBack is how many days ago something may have been due to be news: what
	// is overdue for longer stands on the work list, and was told when it was new.
	lookBack = 7
)

// Deadlines tells what has become overdue. No event stands behind that: a day
// has passed.
type Deadlines struct {
	Pool   *pgxpool.Pool
	Owed   *projections.OwedList
	Source string
	Now    func() time.Time
	Logger *slog.Logger
}

// Run looks once in a while until ctx is done, in one process at a time.
func (d *Deadlines) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := projections.Hold(ctx, d.Pool, "outbox deadlines", func(ctx context.Context, conn *pgx.Conn) error {
			for {
				if err := d.Look(ctx); err != nil {
					return err
				}
				if err := pause(ctx, deadlinesEvery, nil); err != nil {
					return err
				}
				if err := conn.Ping(ctx); err != nil {
					return err
				}
			}
		})
		if ctx.Err() != nil {
			return
		}
		d.Logger.WarnContext(ctx, "what is overdue was not told, will try again", "error", err)
		_ = pause(ctx, usual.longAway, nil)
	}
}

// Look tells what is overdue now and was not told yet.
func (d *Deadlines) Look(ctx context.Context) error {
	box, today := outbox.NewBox(d.Pool), calendar.Of(d.Now())
	filter := projections.OwedFilter{Overdue: true, Today: today}
	for after := ""; ; {
		items, next, err := d.Owed.List(ctx, filter, projections.Page{After: after, Limit: page})
		if err != nil {
			return err
		}
		var fresh []projections.OwedItem
		for _, o := range items {
			if o.Due >= today-lookBack {
				fresh = append(fresh, o)
			}
		}
		if err := box.AddOverdue(ctx, d.Source, d.Now(), fresh); err != nil {
			return err
		}
		if after = next; after == "" {
			return nil
		}
	}
}
