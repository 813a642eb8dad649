package projections

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"shouwang/domain/calendar"
)

// dayOf scans a date into a day; null is no day.
func dayOf(day *calendar.Day) pgtype.DateScanner { return dayScanner{day} }

type dayScanner struct{ day *calendar.Day }

// ScanDate implements pgtype.DateScanner.
func (s dayScanner) ScanDate(d pgtype.Date) error {
	switch {
	case !d.Valid:
		*s.day = 0
	case d.InfinityModifier != pgtype.Finite:
		return fmt.Errorf("%v is not a day", d)
	default:
		*s.day = calendar.Date(d.Time.Date())
	}
	return nil
}

// dateOf is a day as a parameter; no day is null.
func dateOf(day calendar.Day) pgtype.Date {
	if day.IsZero() {
		return pgtype.Date{}
	}
	// The instant at which the day begins in UTC: Postgres only takes its date.
	return pgtype.Date{Time: day.Start().Add(8 * time.Hour), Valid: true}
}
