package web

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/projections"
)

// moment is a state of a file to look at: what was true at the end of a day, as it
// was known at a time. Without them it is what is known after a number of entries.
type moment struct {
	entry   int          // how many entries were recorded by then
	clocks  bool         // chosen by the two clocks
	asOf    calendar.Day // 0: whatever happened until then
	knownAt time.Time    // zero: now
}

// momentFields are the parameters that name two moments; the first two are the
// entry and the time up to which it was recorded.
var momentFields = []string{"known_at", "known_time", "as_of", "compare", "compare_as_of", "compare_known_at", "compare_known_time"}

// times are the two clocks.
func (m moment) times() household.Times { return household.Times{AsOf: m.asOf, KnownAt: m.knownAt} }

// admits says whether an entry counts at the moment.
func (m moment) admits(e projections.Entry) bool {
	return (m.asOf == 0 || e.Happened <= m.asOf) && (m.knownAt.IsZero() || !e.Recorded.After(m.knownAt))
}

// struck says whether an entry was void by then.
func (m moment) struck(e projections.Entry) bool {
	return e.Void && (m.knownAt.IsZero() || !e.VoidedAt.After(m.knownAt))
}

// name tells the moment.
func (m moment) name(ctx context.Context) string {
	if !m.clocks {
		if m.entry == 0 {
			return say(ctx, "建档之前", "before the file")
		}
		return say(ctx, "第"+strconv.Itoa(m.entry)+"条时", "at entry "+strconv.Itoa(m.entry))
	}
	known := say(ctx, "现在", "now")
	if !m.knownAt.IsZero() {
		known = beijing(m.knownAt)
	}
	day := say(ctx, "现在", "now")
	if m.asOf != 0 {
		day = date(ctx, m.asOf)
	}
	return say(ctx, "截至"+day+"，按"+known+"所知", "true on "+day+", as known "+known)
}

// byClocks reads a moment from an address: prefix+as_of, a day, and
// prefix+known_at, a day or a day with a time of it in Beijing, which may also
// stand in prefix+known_time. ok: the address names one.
func byClocks(q url.Values, prefix string) (m moment, ok bool, err error) {
	day, known := q.Get(prefix+"as_of"), q.Get(prefix+"known_at")
	m.clocks = true
	if day != "" {
		if m.asOf, err = calendar.ParseDay(day); err != nil {
			return moment{}, false, err
		}
	}
	if clock := q.Get(prefix + "known_time"); known != "" && clock != "" {
		known += "T" + clock
	}
	if known != "" {
		if m.knownAt, err = momentOf(known); err != nil {
			return moment{}, false, err
		}
	}
	return m, day != "" || known != "", nil
}

// momentOf is the end of a day, or of a minute of it, in Beijing.
func momentOf(text string) (time.Time, error) {
	if day, err := calendar.ParseDay(text); err == nil {
		return day.End().Add(-time.Microsecond), nil
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", text, calendar.Beijing)
	return at.Add(time.Minute - time.Microsecond), err
}

// after is the moment after the first n entries. Entries recorded in one act have
// the same moment and come together.
func after(entries []projections.Entry, n int) moment {
	n = max(0, min(n, len(entries)))
	if n == 0 {
		return moment{}
	}
	return moment{entry: n, knownAt: entries[n-1].Recorded}
}

// recordedBy is how many entries were recorded by the moment.
func recordedBy(entries []projections.Entry, at time.Time) int {
	if at.IsZero() {
		return len(entries)
	}
	n := 0
	for n < len(entries) && !entries[n].Recorded.After(at) {
		n++
	}
	return n
}

// lateBy tells by how many days an entry is late, in English.
func lateBy(days int) string {
	if days == 1 {
		return "1 day late"
	}
	return strconv.Itoa(days) + " days late"
}

// knownThen tells by when what is shown was known, and by when it had happened.
func knownThen(ctx context.Context, t tape) string {
	text := ""
	if t.now.asOf != 0 {
		text = say(ctx, "截至", "true on ") + date(ctx, t.now.asOf) + say(ctx, "，", ", ")
	}
	if t.now.knownAt.IsZero() {
		return text + say(ctx, "现在所知", "as known now")
	}
	return text + say(ctx, "录入截至", "recorded by ") + beijing(t.now.knownAt)
}
