package main

import (
	"time"

	"github.com/spf13/cobra"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
)

// timesFlags are the two times of a question: 截至日期 and 按当时所知.
type timesFlags struct{ asOf, knownAt string }

func (f *timesFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.asOf, "as-of", "", "截至日期，如 2023-06-30，缺省今天 (what had happened by the day)")
	c.Flags().StringVar(&f.knownAt, "known-at", "", "按当时所知：日期(当日终了)或 2023-05-03T10:00:00+08:00，缺省现在 (what was recorded by then)")
}

// check refuses what is no day and no instant, before anything is opened.
func (f *timesFlags) check(command string) error {
	if _, err := f.parse(time.Time{}); err != nil {
		return usagef(command, "%v", err)
	}
	return nil
}

// parse returns the two times; what is not given is now.
func (f *timesFlags) parse(now time.Time) (household.Times, error) {
	t := household.Times{AsOf: calendar.Of(now), KnownAt: now.UTC().Truncate(time.Microsecond)}
	var err error
	if f.asOf != "" {
		if t.AsOf, err = calendar.ParseDay(f.asOf); err != nil {
			return t, err
		}
	}
	if f.knownAt == "" {
		return t, nil
	}
	if day, err := calendar.ParseDay(f.knownAt); err == nil {
		t.KnownAt = endOf(day)
		return t, nil
	}
	t.KnownAt, err = time.Parse(time.RFC3339, f.knownAt)
	t.KnownAt = t.KnownAt.UTC()
	return t, err
}

// endOf is the last instant of a day in Beijing that a record can bear.
func endOf(day calendar.Day) time.Time { return day.End().Add(-time.Microsecond).UTC() }

// shown is an instant as a person in Beijing reads it.
func shown(t time.Time) string { return t.In(calendar.Beijing).Format("2006-01-02 15:04") }
