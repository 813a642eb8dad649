package projections

import (
	"fmt"
	"testing"

	"shouwang/domain/calendar"
)

// The fast reading of the day gives what the slow one gives, for every day.
func TestHappenedIsReadFast(t *testing.T) {
	t.Parallel()
	for day := calendar.MustDay("1800-01-01"); day <= calendar.MustDay("2200-12-31"); day++ {
		got, err := happened([]byte(fmt.Sprintf(`{"happened":"%s","mode":"performed"}`, day)))
		if err != nil || got != day {
			t.Fatalf("%s is read as %s (%v)", day, got, err)
		}
	}
	for _, meta := range []string{`{"mode":"performed","happened":"2023-04-10"}`, `{ "happened": "2023-04-10" }`} {
		if got, err := happened([]byte(meta)); err != nil || got != calendar.MustDay("2023-04-10") {
			t.Errorf("%s: %s, %v", meta, got, err)
		}
	}
	for _, meta := range []string{``, `{`, `{"happened":"2023-02-30"}`, `{"happened":"2023-4-1"}`, `{"happened":7}`} {
		if day, err := happened([]byte(meta)); err == nil {
			t.Errorf("%q is read as %s", meta, day)
		}
	}
}
