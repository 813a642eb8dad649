package eventlog

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Check returns an ErrInvalid that says what is wrong with an append, or nil.
// Every adapter calls it first.
func Check(stream string, expected Version, events []Event) error {
	switch {
	case !validName(stream):
		return fmt.Errorf("%w: a stream name has 1 to %d bytes of printable text", ErrInvalid, MaxName)
	case expected < 0:
		return fmt.Errorf("%w: expected version %d", ErrInvalid, expected)
	case len(events) == 0 || len(events) > MaxEvents:
		return fmt.Errorf("%w: %d events; 1 to %d allowed", ErrInvalid, len(events), MaxEvents)
	}
	for i, e := range events {
		if err := checkEvent(e); err != nil {
			return fmt.Errorf("%w: event %d: %w", ErrInvalid, i, err)
		}
	}
	if i, repeated := repeatedID(events); repeated {
		return fmt.Errorf("%w: event %d repeats an id", ErrInvalid, i)
	}
	return nil
}

// CheckImported is Check for a record that comes from another log. What the
// stream already holds is the adapter's to compare.
func CheckImported(r Imported) error {
	if err := Check(r.Stream, NoStream, []Event{r.Event}); err != nil {
		return err
	}
	if r.RecordedAt.IsZero() || !r.RecordedAt.Equal(r.RecordedAt.Truncate(time.Microsecond)) {
		return fmt.Errorf("%w: recorded at %v; whole microseconds wanted", ErrInvalid, r.RecordedAt)
	}
	if y := r.RecordedAt.UTC().Year(); y < 1 || y > 9999 {
		return fmt.Errorf("%w: recorded in the year %d", ErrInvalid, y)
	}
	return nil
}

func checkEvent(e Event) error {
	switch {
	case e.ID == ID{}:
		return fmt.Errorf("no id")
	case !validName(e.Type):
		return fmt.Errorf("a type name has 1 to %d bytes of printable text", MaxName)
	case len(e.Data) > MaxData:
		return fmt.Errorf("%d bytes of data; at most %d", len(e.Data), MaxData)
	case len(e.Meta) > MaxMeta:
		return fmt.Errorf("%d bytes of metadata; at most %d", len(e.Meta), MaxMeta)
	}
	return nil
}

// repeatedID compares pairwise where that is cheaper than a map: nearly every
// append has one to four events.
func repeatedID(events []Event) (int, bool) {
	if len(events) <= 8 {
		for i := range events {
			for j := range i {
				if events[i].ID == events[j].ID {
					return i, true
				}
			}
		}
		return 0, false
	}
	seen := make(map[ID]struct{}, len(events))
	for i, e := range events {
		if _, again := seen[e.ID]; again {
			return i, true
		}
		seen[e.ID] = struct{}{}
	}
	return 0, false
}

// validName keeps out what a store may not hold (a NUL, broken UTF-8) and what
// nobody could see in a listing.
func validName(s string) bool {
	return s != "" && len(s) <= MaxName && utf8.ValidString(s) &&
		strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) < 0
}
