package logtest

import (
	"bytes"
	"errors"
	"strings"

	"github.com/google/uuid"

	"shouwang/eventlog"
)

var limitTests = []test{
	{"up to the limits", func(l *log) {
		big := eventlog.Event{
			ID: uuid.New(), Type: strings.Repeat("t", eventlog.MaxName),
			Data: bytes.Repeat([]byte{0xff}, eventlog.MaxData), Meta: bytes.Repeat([]byte{0}, eventlog.MaxMeta),
		}
		stream := strings.Repeat("s", eventlog.MaxName)
		l.must(stream, 0, big)
		l.must(stream, 1, events(eventlog.MaxEvents)...)
		if got := l.stream(stream, 0); len(got) != 1+eventlog.MaxEvents {
			l.Errorf("%d records", len(got))
		} else {
			sameEvent(l.T, got[0].Event, big)
		}
	}},
	{"what is not a valid append is refused and nothing is written", func(l *log) {
		with := func(change func(*eventlog.Event)) []eventlog.Event {
			es := events(2)
			change(&es[1])
			return es
		}
		for name, c := range map[string]struct {
			stream   string
			expected eventlog.Version
			events   []eventlog.Event
		}{
			"no stream name":         {"", 0, events(1)},
			"a long stream name":     {strings.Repeat("s", eventlog.MaxName+1), 0, events(1)},
			"a NUL in a stream name": {"a\x00b", 0, events(1)},
			"a broken stream name":   {"a\xff", 0, events(1)},
			"a negative version":     {"a", -1, events(1)},
			"no events":              {"a", 0, nil},
			"too many events":        {"a", 0, events(eventlog.MaxEvents + 1)},
			"a zero id":              {"a", 0, with(func(e *eventlog.Event) { e.ID = eventlog.ID{} })},
			"no type":                {"a", 0, with(func(e *eventlog.Event) { e.Type = "" })},
			"a long type":            {"a", 0, with(func(e *eventlog.Event) { e.Type = strings.Repeat("t", eventlog.MaxName+1) })},
			"a broken type":          {"a", 0, with(func(e *eventlog.Event) { e.Type = "t\xff" })},
			"too much data":          {"a", 0, with(func(e *eventlog.Event) { e.Data = make([]byte, eventlog.MaxData+1) })},
			"too much metadata":      {"a", 0, with(func(e *eventlog.Event) { e.Meta = make([]byte, eventlog.MaxMeta+1) })},
			"a repeated id":          {"a", 0, repeatLast(events(2))},
			"a repeated id of many":  {"a", 0, repeatLast(events(20))},
		} {
			if at, err := l.Append(l.ctx, c.stream, c.expected, c.events); !errors.Is(err, eventlog.ErrInvalid) {
				l.Errorf("%s: %+v, %v, want ErrInvalid", name, at, err)
			}
		}
		if n := len(l.all(eventlog.Position{}, eventlog.Everything)); n != 0 {
			l.Errorf("%d records were written", n)
		}
	}},
}

func repeatLast(es []eventlog.Event) []eventlog.Event {
	es[len(es)-1].ID = es[0].ID
	return es
}
