package bench

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"time"

	"shouwang/commands/sealing"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// lives is a county's files as events, far more of them than a demonstration
// has: invented households that register, are assessed, included, helped,
// visited and released, side by side as in a real log.
//
// The bytes come from templates into which file number, region and day are
// written, so that making them costs less than importing them.
type lives struct {
	households int
	each       int    // events in each file: 1 to eventsPerLife
	places     bool   // the places come first
	salt       uint64 // makes the ids others
	days       int
	// keys seals each household's personal fields under its own key; nil leaves
	// sealed values in that nobody can open.
	keys *sealing.Keys

	texts templates
	data  []byte // of the event under way
	meta  []byte
}

const (
	eventsPerLife = 5
	firstDay      = "2021-01-04"
	// daysOfLives is how long the files are kept for: three years.
	daysOfLives = 1092
	// voidedEach: one file in so many has a measure that was entered by mistake.
	voidedEach = 33
	// keysAtOnce is how many households get their keys together.
	keysAtOnce = 2000
)

func newLives(households, each int, keys *sealing.Keys) (*lives, error) {
	texts, err := newTemplates()
	if err != nil {
		return nil, err
	}
	return &lives{households: households, each: each, keys: keys, texts: texts, days: daysOfLives}, nil
}

// events is how many there are in all.
func (l *lives) events() int {
	if l.places {
		return placesInAll + l.households*l.each
	}
	return l.households * l.each
}

// id names a household.
func (l *lives) id(h int) string { return scattered(l.salt+1, uint64(h)).String() }

// village is where a household lives.
func (l *lives) village(h int) string {
	n := mixed(uint64(h))
	return villageCode(int(n%counties), int(n>>8%townships), int(n>>16%villages))
}

// lag is how long after a household's registration its k-th event comes, in
// households registered meanwhile.
func (l *lives) lag(k int) int { return [eventsPerLife]int{0, 1, 2, 10, 20}[k] * l.households / 100 }

// all yields every event, in the order in which they are recorded.
func (l *lives) all(ctx context.Context) iter.Seq2[eventlog.Imported, error] {
	return func(yield func(eventlog.Imported, error) bool) {
		if l.places {
			for r, err := range establishing() {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
		at := from().Start().Add(9 * time.Hour)
		all := l.households * l.each
		step := (time.Duration(l.days) * 24 * time.Hour / time.Duration(all+1)).Truncate(time.Microsecond)
		var sealers map[string]*sealing.Sealer
		n := 0
		for slot := 0; n < all; slot++ {
			if l.keys != nil && slot < l.households && slot%keysAtOnce == 0 {
				var err error
				if sealers, err = l.nextKeys(ctx, slot); err != nil {
					yield(eventlog.Imported{}, err)
					return
				}
			}
			for k := range l.each {
				h := slot - l.lag(k)
				if h < 0 || h >= l.households {
					continue
				}
				r := eventlog.Imported{Stream: "household-" + l.id(h), RecordedAt: at.Add(time.Duration(n) * step)}
				err := l.write(&r, h, k, sealers[r.Stream])
				n++
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

func (l *lives) nextKeys(ctx context.Context, from int) (map[string]*sealing.Sealer, error) {
	var streams []string
	for h := from; h < min(from+keysAtOnce, l.households); h++ {
		streams = append(streams, "household-"+l.id(h))
	}
	sealers, err := l.keys.ForMany(ctx, streams)
	if err != nil {
		return nil, fmt.Errorf("keys of invented households: %w", err)
	}
	return sealers, nil
}

// write fills in the k-th event of a household's file. Its bytes last until the
// next one.
func (l *lives) write(r *eventlog.Imported, h, k int, s *sealing.Sealer) error {
	r.ID = l.eventID(h, k)
	kind := l.kind(h, k)
	n := int(mixed(uint64(h)<<3|uint64(k)) >> 20)
	switch {
	case kind == registered && s != nil:
		e := l.texts.household(n)
		e.Region = l.village(h)
		e.FileNo = household.FileNo(e.Region, l.id(h))
		_, data, err := wire.Encode(e, s)
		if err != nil {
			return err
		}
		r.Type, r.Data = registered, data
	case kind == registered:
		region := l.village(h)
		text := l.texts.registered[n%len(l.texts.registered)]
		l.data = append(append(append(append(append(l.data[:0], text[0]...), household.FileNo(region, l.id(h))...), text[1]...), region...), text[2]...)
		r.Type, r.Data = registered, l.data
	case kind == voided:
		text := l.texts.voided
		l.data = append(append(append(l.data[:0], text[0]...), l.eventID(h, 3).String()...), text[1]...)
		r.Type, r.Data = voided, l.data
	default:
		texts := l.texts.plain[kind]
		r.Type, r.Data = kind, texts[n%len(texts)]
	}
	l.meta = append(l.meta[:0], l.texts.meta...)
	copy(l.meta[len(`{"happened":"`):], calendar.Of(r.RecordedAt).String())
	r.Meta = l.meta
	return nil
}

func (l *lives) eventID(h, k int) eventlog.ID {
	return scattered(l.salt+2, uint64(h)<<3|uint64(k))
}

// kind is what the k-th event of a household's file tells.
func (l *lives) kind(h, k int) string {
	n := mixed(uint64(h)) >> 32 // not what decides where it lives
	switch {
	case k == 0:
		return registered
	case k == 1 && l.each > 2:
		return income
	case k <= 2 && n%10 < 7:
		return included
	case k == 3:
		return started
	case k == 4 && n%voidedEach == 0:
		return voided
	case k == 4 && n%10 < 4:
		return eliminated
	}
	return visited
}

// The types of the events in a life.
const (
	registered = "household.registered.v1"
	income     = "income.recorded.v1"
	included   = "inclusion.decided.v1"
	started    = "measure.started.v1"
	visited    = "visit.recorded.v1"
	eliminated = "elimination.decided.v1"
	voided     = "fact.voided.v1"
)

// between cuts a template at its marks.
func between(text []byte, marks ...string) ([][]byte, error) {
	var parts [][]byte
	for _, mark := range marks {
		before, after, ok := bytes.Cut(text, []byte(mark))
		if !ok {
			return nil, fmt.Errorf("a template does not hold %s", mark)
		}
		parts, text = append(parts, before), after
	}
	return append(parts, text), nil
}
