package projections

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-json"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Prefixes of the streams that read models derive from.
const (
	householdPrefix = "household-"
	meetingPrefix   = "meeting-"
	noticePrefix    = "notice-"
	documentPrefix  = "document-"
)

func isHousehold(stream string) bool { return strings.HasPrefix(stream, householdPrefix) }

func isPaper(stream string) bool {
	return strings.HasPrefix(stream, meetingPrefix) || strings.HasPrefix(stream, noticePrefix) || strings.HasPrefix(stream, documentPrefix)
}

// subject is a stream's name without its prefix: the id of what it is about.
func subject(stream string) string {
	_, id, _ := strings.Cut(stream, "-")
	return id
}

// voidType is the event that makes an earlier one of its stream void.
const voidType = "fact.voided.v1"

func revises(rec eventlog.Record) bool { return rec.Type == voidType }

// struckFacts tells which facts of a whole stream are void, and with them the
// flags raised on them (household.Standing, without times).
func struckFacts(records []eventlog.Record) (map[eventlog.Version]bool, error) {
	if !slices.ContainsFunc(records, revises) { // as in nearly every stream
		return nil, nil
	}
	version := make(map[string]eventlog.Version, len(records))
	struck := map[eventlog.Version]bool{}
	for _, rec := range records {
		version[rec.ID.String()] = rec.Version
		if rec.Type == voidType {
			var e household.FactVoided
			if err := decode(rec, &e); err != nil {
				return nil, err
			}
			struck[version[e.Event]] = true
		}
	}
	for _, rec := range records {
		if rec.Type == "guard.flag_raised.v1" || rec.Type == "fund.flag_raised.v1" {
			var e household.FlagRaised // a fund's says the same of how far back
			if err := decode(rec, &e); err != nil {
				return nil, err
			}
			if struck[rec.Version-eventlog.Version(e.Back)] {
				struck[rec.Version] = true
			}
		}
	}
	return struck, nil
}

// decode reads our own stored bytes. They were validated when they were
// written, so the fastest reader may be used here.
func decode(rec eventlog.Record, into any) error {
	if err := json.Unmarshal(rec.Data, into); err != nil {
		return fmt.Errorf("decode %s: %w", rec.Type, err)
	}
	return nil
}

// householdEvent decodes an event of a household's stream; personal fields stay
// sealed.
func householdEvent(rec eventlog.Record) (household.Event, error) {
	p, ok := wire.New(rec.Type)
	if !ok {
		return nil, fmt.Errorf("%s is not known", rec.Type)
	}
	if err := decode(rec, p); err != nil {
		return nil, err
	}
	e, ok := reflect.ValueOf(p).Elem().Interface().(household.Event)
	if !ok {
		return nil, fmt.Errorf("%s does not belong in a household's stream", rec.Type)
	}
	return e, nil
}

// happened reads the day of an act without reading the rest: it is the first
// key of the metadata.
func happened(meta []byte) (calendar.Day, error) {
	const first = `{"happened":"`
	if rest, ok := bytes.CutPrefix(meta, []byte(first)); ok && len(rest) > 10 && rest[10] == '"' {
		if day, ok := plainDay(rest[:10]); ok {
			return day, nil
		}
	}
	var a struct {
		Happened calendar.Day `json:"happened"`
	}
	if err := json.Unmarshal(meta, &a); err != nil {
		return 0, fmt.Errorf("decode metadata: %w", err)
	}
	return a.Happened, nil
}

// plainDay reads "2023-04-10" and leaves everything unusual to the slow way.
func plainDay(s []byte) (calendar.Day, bool) {
	number := func(s []byte) int {
		n := 0
		for _, c := range s {
			if c < '0' || c > '9' {
				return -1
			}
			n = 10*n + int(c-'0')
		}
		return n
	}
	year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
	if s[4] != '-' || s[7] != '-' || year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 28 {
		return 0, false
	}
	// Days since 1 January of year 1, plus one; months counted from March, so
	// that the leap day comes last.
	if month -= 2; month <= 0 {
		month, year = month+12, year-1
	}
	return calendar.Day(365*year + year/4 - year/100 + year/400 + 367*month/12 + day - 336), true
}

// slimFact is a fact without what only histories show: who did it and why.
func slimFact(rec eventlog.Record) (household.Fact, error) {
	e, err := householdEvent(rec)
	if err != nil {
		return household.Fact{}, err
	}
	day, err := happened(rec.Meta)
	if err != nil {
		return household.Fact{}, err
	}
	return household.Fact{Version: int64(rec.Version), Recorded: rec.RecordedAt, Event: e, Act: act.Act{Happened: day}}, nil
}
