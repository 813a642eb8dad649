package messages

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
	"shouwang/internal/smallcounty"
	"shouwang/projections"
	"shouwang/projections/modeltest"
	"shouwang/projections/outbox"
)

// What has become overdue is told to whose turn it is when its day has passed, once,
// and not what was overdue long before anybody looked.
func TestTheOfficeIsToldWhatIsOverdue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	text, err := packs.Text("county-2023")
	d.must(err)
	pack, err := load.Parse(text)
	d.must(err)
	f, stop := modeltest.Follow(t, d.pool, d.log, projections.Owed(func(context.Context, string) (policy.Pack, error) { return pack, nil }))
	defer stop()
	for i, due := range []string{"2023-04-05", "2023-04-20"} {
		id := fmt.Sprint("h-", i)
		_, err := d.handler.Household(t.Context(), commands.Request{Key: "clue-" + id, By: "cadre", Channel: "test"}, id,
			household.RecordClue{Clue: "c", Channel: "cadre_check", Name: "柳长福", Region: smallcounty.Village, Content: "走访发现"})
		d.must(err)
		_, err = d.handler.Household(t.Context(), commands.Request{Key: "send-" + id, By: "officer", Channel: "test"}, id,
			household.DispatchClue{Clue: "c", Office: "t", Due: calendar.MustDay(due)})
		d.must(err)
	}
	end, err := d.log.End(t.Context())
	d.must(err)
	until(t, "the worklist shows it", func() bool { return f.Await(t.Context(), projections.OwedName, f.Receipt(end)) == nil })
	var today string
	look := &Deadlines{Pool: d.pool, Owed: projections.NewOwedList(d.pool), Source: outbox.Source("test"), Logger: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return calendar.MustDay(today).Start().Add(8 * time.Hour) }}
	box := outbox.NewBox(d.pool)
	for _, at := range []struct {
		day  string
		told []string
	}{
		{"2023-04-05", nil}, // it may still be done today
		{"2023-04-06", []string{"household-h-0"}},
		{"2023-04-08", []string{"household-h-0"}},
		{"2023-06-30", []string{"household-h-0"}}, // the other was due long ago
		{"2023-04-21", []string{"household-h-0", "household-h-1"}},
	} {
		today = at.day
		d.must(look.Look(t.Context()))
		rows, err := box.After(t.Context(), 0, 100)
		d.must(err)
		var told []string
		for _, row := range rows {
			if row.Type != outbox.StepOverdue {
				t.Errorf("%s is told", row.Type)
			}
			told = append(told, row.Subject)
		}
		if !slices.Equal(told, at.told) {
			t.Errorf("on %s: %q, want %q", at.day, told, at.told)
		}
	}
	served(t, d.pool, Local)
	deliver(t, d.pool, Destination{Name: Local, Topic: Topic, Publisher: InProcess(NewNotifications(d.pool, countyPack(t)).Notify)})
	until(t, "it is told", func() bool { return len(levels(t, d.pool, Wanted{})) == 2 })
	want := []string{"step.overdue.v1 township t h-0 2023-04-06", "step.overdue.v1 township t h-1 2023-04-21"}
	if got := levels(t, d.pool, Wanted{Regions: []string{smallcounty.Village}}); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
