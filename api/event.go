package api

import (
	"context"
	"encoding/binary"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Limits of the feed.
const (
	// maxScan bounds the records looked at for one page, so that a filter that
	// matches nothing still answers soon.
	maxScan = 20_000
	// maxFeedBytes bounds a page of large records.
	maxFeedBytes = 4 << 20
)

// Entry is one record of the log: its bytes as stored, personal fields sealed.
type Entry struct {
	ID         string         `json:"id"`
	Stream     string         `json:"stream"`
	Version    int64          `json:"version"`
	Type       string         `json:"type"`
	RecordedAt time.Time      `json:"recorded_at"`
	Data       jsontext.Value `json:"data" doc:"个人信息保持密封"`
	Meta       jsontext.Value `json:"meta"`
}

// Feed is a page of the log in its order.
type Feed struct {
	Items []Entry `json:"items"`
	// Next continues after this page; it is there also at the end of the log.
	Next string `json:"next"`
	More bool   `json:"more" doc:"其后还有记录"`
}

// eventsInput asks for a page of the log. It waits at most 25 seconds for a
// first record, less than proxies and people do.
type eventsInput struct {
	After   string `query:"after" maxLength:"2048" doc:"上一页的next；不填从头开始"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Type    string `query:"type" maxLength:"500" doc:"只要这种记录，如notice.posted.v1；可逗号分隔"`
	Stream  string `query:"stream" maxLength:"200" doc:"只要这一档案，如household-…"`
	AsOf    string `query:"as_of" doc:"截至日期：只要此日（含）之前发生的"`
	KnownAt string `query:"known_at" doc:"按当时所知：此时（含）之前录入的"`
	Wait    int    `query:"wait" minimum:"0" maximum:"25" doc:"没有新记录时等待的秒数"`
}

func (s *server) events() {
	get(s.about("记录流"), "/events", "list-events", "按录入顺序的全部记录，可持续跟读", func(ctx context.Context, in *eventsInput) (*answer[Feed], error) {
		feed, err := s.feed(ctx, in)
		if err != nil {
			return nil, err
		}
		return answerOf(feed), nil
	})
}

func (s *server) feed(ctx context.Context, in *eventsInput) (Feed, error) {
	two := Times{AsOf: in.AsOf, KnownAt: in.KnownAt}
	asked, err := two.asked(s.Handler.Clock())
	if err != nil {
		return Feed{}, err
	}
	store, err := s.storeOf(ctx)
	if err != nil {
		return Feed{}, err
	}
	name := "events|" + store
	place, err := s.cursors.open(name, in.After)
	if err != nil {
		return Feed{}, err
	}
	after := positionOf(place)
	if in.Wait > 0 {
		if err := s.wait(ctx, after, time.Duration(in.Wait)*time.Second); err != nil {
			return Feed{}, err
		}
	}
	feed, after, err := s.scan(ctx, after, in, two.times(asked))
	feed.Next = s.cursors.seal(name, placeOf(after))
	return feed, err
}

// wait returns when a record stands after the position, or the time is over.
func (s *server) wait(ctx context.Context, after eventlog.Position, limit time.Duration) error {
	waiting, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := s.Handler.Log.Wait(waiting, after); err != nil && waiting.Err() == nil {
		return err
	}
	return ctx.Err()
}

// scan collects the records wanted and returns the position after the last one
// looked at.
func (s *server) scan(ctx context.Context, after eventlog.Position, in *eventsInput, times household.Times) (Feed, eventlog.Position, error) {
	feed := Feed{Items: []Entry{}}
	types := map[string]bool{}
	for name := range strings.SplitSeq(in.Type, ",") {
		if name == "" {
			continue
		}
		if _, ok := wire.New(name); !ok {
			return feed, after, newProblem(inputParameter, "没有这种记录").at("query/type", "not the name of an event")
		}
		types[name] = true
	}
	scanned, size := 0, 0
	for rec, err := range s.Handler.Log.ReadAll(ctx, after, eventlog.Everything) {
		if err != nil {
			return feed, after, err
		}
		if !times.KnownAt.IsZero() && rec.RecordedAt.After(times.KnownAt) {
			break
		}
		if len(feed.Items) == in.Limit || scanned == maxScan || size > maxFeedBytes {
			feed.More = true
			break
		}
		scanned++
		after = rec.Position
		if len(types) > 0 && !types[rec.Type] || in.Stream != "" && in.Stream != rec.Stream || !happenedBy(rec.Meta, times.AsOf) {
			continue
		}
		size += len(rec.Data) + len(rec.Meta)
		feed.Items = append(feed.Items, entryAs(rec.Clone()))
	}
	return feed, after, nil
}

// happenedBy says whether a record's act happened by the day. Records about the
// log itself happened on no day.
func happenedBy(meta []byte, day calendar.Day) bool {
	if day == 0 {
		return true
	}
	a, err := wire.DecodeMeta(meta)
	return err == nil && a.Happened <= day
}

// entryAs shows a record; what is no JSON is shown as null.
func entryAs(rec eventlog.Record) Entry {
	return Entry{ID: rec.ID.String(), Stream: strings.Clone(rec.Stream), Version: int64(rec.Version), Type: strings.Clone(rec.Type), RecordedAt: rec.RecordedAt,
		Data: shown(rec.Data), Meta: shown(rec.Meta)}
}

func shown(data []byte) jsontext.Value {
	if v := jsontext.Value(data); v.IsValid() {
		return v
	}
	return jsontext.Value("null")
}

// A place in the log is opaque to everybody else: it is sealed before it leaves.
func placeOf(p eventlog.Position) string {
	return string(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, p.Commit), p.Prepare))
}

func positionOf(place string) eventlog.Position {
	if len(place) != 16 {
		return eventlog.Position{}
	}
	return eventlog.Position{Commit: binary.BigEndian.Uint64([]byte(place[:8])), Prepare: binary.BigEndian.Uint64([]byte(place[8:]))}
}
