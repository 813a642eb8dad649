// Package calendar has civil days as the procedure counts them: days in
// China, without a clock. What day it is arrives from outside.
package calendar

import (
	"fmt"
	"time"
)

// Beijing is the one zone in which days are counted (Asia/Shanghai has kept
// UTC+8 without summer time since 1992, before anything recorded here).
var Beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// Day is a civil day in Beijing: the number of days since 1 January of year 1,
// plus one, so that the zero Day means "no day".
type Day int32

// Date returns the day with the given year, month and day of month.
func Date(year int, month time.Month, day int) Day {
	return fromUTC(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

const secondsPerDay = 24 * 60 * 60

// unixDay is the Day of 1 January 1970.
const unixDay Day = 719163

func fromUTC(t time.Time) Day { return Day(t.Unix()/secondsPerDay) + unixDay }

func (d Day) utc() time.Time { return time.Unix(int64(d-unixDay)*secondsPerDay, 0).UTC() }

// Of returns the day on which the instant falls in Beijing.
func Of(t time.Time) Day {
	y, m, day := t.In(Beijing).Date()
	return Date(y, m, day)
}

// ParseDay reads "2023-04-10". It refuses days that do not exist.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1800 || t.Year() > 2200 {
		return 0, fmt.Errorf("%q is not a day like 2023-04-10", s)
	}
	return fromUTC(t), nil
}

// MustDay is ParseDay for days written in source code.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero says that no day is meant.
func (d Day) IsZero() bool { return d == 0 }

// String returns "2023-04-10", or "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Chinese returns "2023年4月10日", or "" for no day.
func (d Day) Chinese() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format("2006年1月2日")
}

// Year returns the day's year.
func (d Day) Year() int { return d.utc().Year() }

// YearMonth returns the day's year and month.
func (d Day) YearMonth() (int, time.Month) { t := d.utc(); return t.Year(), t.Month() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// AddMonths returns the same day n months on, or the last of that month.
func (d Day) AddMonths(n int) Day {
	t := d.utc()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return fromUTC(first) + Day(min(t.Day(), last)-1)
}

// Start returns the instant at which the day begins in Beijing.
func (d Day) Start() time.Time { return d.utc().Add(-8 * time.Hour) }

// End returns the instant at which the day is over in Beijing (exclusive).
func (d Day) End() time.Time { return (d + 1).Start() }

// MarshalText writes "2023-04-10", or "" for no day.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	day, err := ParseDay(string(text))
	if err == nil {
		*d = day
	}
	return err
}
