package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// tape is a household's file, played entry by entry in the order in which it
// was recorded (回放).
type tape struct {
	id      string
	head    string
	asked   url.Values
	entries []projections.Entry // all of them
	at      int                 // how many of them are recorded by the moment shown
	now     []line              // what is known at the moment
	fault   string
	other   int // another moment to compare with; -1: none
	asOf    calendar.Day
	knownAt time.Time
}

// line is one thing that is known of the household, before and at the moment.
type line struct {
	label         string
	before, value string
}

func (l line) changed() bool { return l.before != l.value }

func (s *site) replay(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id, q := chi.URLParam(r, "household"), r.URL.Query()
	all, err := s.Reads.History.History(r.Context(), id, household.Times{})
	if err != nil {
		return err
	}
	if !v.seesNames() {
		all = all.Masked()
	}
	t := tape{id: id, asked: q, entries: all.Entries, at: len(all.Entries), other: -1, head: all.State.Head}
	if n, err := strconv.Atoi(q.Get("at")); err == nil {
		t.at = max(0, min(n, len(t.entries)))
	}
	if day, err := calendar.ParseDay(q.Get("known_at")); err == nil {
		t.at = recordedBy(t.entries, day.End())
	} else if q.Get("known_at") != "" {
		t.fault = say(r.Context(), "日期应写作2023-04-10", "a day is written 2023-04-10")
	}
	if day, err := calendar.ParseDay(q.Get("as_of")); err == nil {
		t.asOf = day
	} else if q.Get("as_of") != "" {
		t.fault = say(r.Context(), "日期应写作2023-04-10", "a day is written 2023-04-10")
	}
	before := t.at - 1
	if n, err := strconv.Atoi(q.Get("compare")); err == nil {
		t.other = max(0, min(n, len(t.entries)))
		before = t.other
	}
	if t.at > 0 {
		t.knownAt = t.entries[t.at-1].Recorded
	}
	was, err := s.standingAt(r.Context(), v, t, before)
	if err != nil {
		return err
	}
	is, err := s.standingAt(r.Context(), v, t, t.at)
	if err != nil {
		return err
	}
	t.now = differ(was, is)
	return s.show(w, r, v, http.StatusOK, replayPage(t))
}

// recordedBy is how many entries were recorded before the moment.
func recordedBy(entries []projections.Entry, moment time.Time) int {
	n := 0
	for n < len(entries) && entries[n].Recorded.Before(moment) {
		n++
	}
	return n
}

// standingAt is what is known after the first n entries. Entries recorded in
// one act have the same moment and come together.
func (s *site) standingAt(ctx context.Context, v *visitor, t tape, n int) ([]line, error) {
	if n <= 0 {
		return nil, nil
	}
	at, err := s.Reads.History.History(ctx, t.id, household.Times{AsOf: t.asOf, KnownAt: t.entries[n-1].Recorded})
	if err != nil {
		return nil, err
	}
	return linesOf(ctx, v, at.State), nil
}

// linesOf is a standing, field by field.
func linesOf(ctx context.Context, v *visitor, s projections.Standing) (lines []line) {
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, line{label: label, value: value})
		}
	}
	add(say(ctx, "状态", "State"), term(ctx, household.Stages, s.Stage))
	add(say(ctx, "户主", "Head"), shownName(v, s.Head))
	add(say(ctx, "农户类型", "Kind"), term(ctx, code.Kinds, s.Kind))
	add(say(ctx, "计入家庭人口", "Counted members"), strconv.Itoa(s.Persons))
	for _, m := range s.Members {
		value := term(ctx, code.Relations, m.Relation) + " · " + term(ctx, code.Labours, m.Labour)
		if m.Left != 0 {
			value += " · " + date(ctx, m.Left) + term(ctx, code.LeaveReasons, m.Why)
		}
		add(shownName(v, m.Name), value)
	}
	for _, e := range s.Episodes {
		of := say(ctx, "监测周期", "Episode ") + strconv.Itoa(max(1, e.Number)) + " · "
		add(of+say(ctx, "类别", "class"), term(ctx, code.Classes, e.Class))
		add(of+say(ctx, "风险", "risks"), terms(ctx, code.Risks, e.Risks))
		for _, d := range []struct {
			zh, en string
			day    calendar.Day
		}{
			{"纳入", "included", e.Included}, {"公告", "announced", e.Announced}, {"系统录入", "entered", e.Entered}, {"风险消除", "eliminated", e.Eliminated},
			{"系统标注", "marked", e.Marked}, {"回退", "rolled back", e.RolledBack}, {"撤销认定", "revoked", e.Revoked}, {"暂缓消除", "deferred", e.Deferred}, {"暂不标注", "mark withheld", e.Withheld},
			{"未纳入", "rejected", e.Rejected},
		} {
			add(of+say(ctx, d.zh, d.en), date(ctx, d.day))
		}
		if e.ReturnedTo != "" {
			add(of+say(ctx, "退回到", "returned to"), term(ctx, policy.Steps, e.ReturnedTo))
		}
		if e.Measures > 0 {
			add(of+say(ctx, "措施", "measures"), strconv.Itoa(e.Measures))
		}
	}
	for _, o := range s.Officers {
		add(term(ctx, code.OfficerRoles, o.Role), o.Name)
	}
	for _, i := range s.Income {
		add(strconv.Itoa(i.Year)+say(ctx, "年人均纯收入", " income per head"), yuan(ctx, i.Fen))
	}
	if s.Visits > 0 {
		add(say(ctx, "走访", "Visits"), strconv.Itoa(s.Visits)+say(ctx, "次，最近", ", last ")+date(ctx, s.LastVisit))
	}
	return lines
}

// differ joins two standings: everything known at either, in the order of the
// later one.
func differ(was, is []line) []line {
	before := map[string]string{}
	for _, l := range was {
		before[l.label] = l.value
	}
	all := make([]line, 0, len(is))
	for _, l := range is {
		all = append(all, line{l.label, before[l.label], l.value})
		delete(before, l.label)
	}
	for _, l := range was {
		if value, gone := before[l.label]; gone {
			all = append(all, line{l.label, value, ""})
			delete(before, l.label)
		}
	}
	return all
}

// moment is the address of another moment of the tape.
func (t tape) moment(n int) string {
	return with(t.asked, "/households/"+t.id+"/replay", "at", strconv.Itoa(max(0, min(n, len(t.entries)))), "known_at", "")
}
