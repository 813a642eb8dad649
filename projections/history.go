package projections

import (
	"context"
	"fmt"
	"time"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Historian tells the file of one household from its stream, for any two times.
// It needs no table: a file has some dozens of entries.
type Historian struct {
	log    eventlog.Log
	office func(id string, on calendar.Day) string
	papers paperNames
}

// NewHistorian returns a Historian. office names an office as it was called on
// a day; nil leaves offices out.
func NewHistorian(log eventlog.Log, office func(id string, on calendar.Day) string) *Historian {
	if office == nil {
		office = func(string, calendar.Day) string { return "" }
	}
	return &Historian{log: log, office: office}
}

// History is a household's file as sentences, and where it stands.
type History struct {
	ID      string       `json:"id"`
	Version int64        `json:"version"` // of the stream now
	AsOf    calendar.Day `json:"as_of,omitzero"`
	KnownAt time.Time    `json:"known_at,omitzero"`
	Entries []Entry      `json:"entries"`
	State   Standing     `json:"state"`

	// Folded is the whole state at the two times.
	Folded household.State `json:"-"`

	called []string // every name that a member ever had
}

// Entry is one fact as a sentence.
type Entry struct {
	ID       string       `json:"id"`
	Version  int64        `json:"version"`
	Type     string       `json:"type"`
	Happened calendar.Day `json:"happened"` // 发生日期
	Clock    string       `json:"clock,omitzero"`
	Recorded time.Time    `json:"recorded"`      // 录入时间
	Late     int          `json:"late,omitzero"` // days between the two
	Sentence string       `json:"sentence"`
	DoneBy   []Doer       `json:"done_by"`     // 经办人
	Typed    Doer         `json:"recorded_by"` // 录入人
	// Transcribed: it had happened on paper (补录).
	Transcribed bool   `json:"transcribed,omitzero"`
	Channel     string `json:"channel,omitzero"`
	// Void: struck through from VoidedAt on, for the reason given.
	Void       bool      `json:"void,omitzero"`
	VoidedAt   time.Time `json:"voided_at,omitzero"`
	VoidReason string    `json:"void_reason,omitzero"`
	// Voids is the entry that this one makes void.
	Voids string        `json:"voids,omitzero"`
	Flags []HistoryFlag `json:"flags,omitzero"`
	// Procedure and Step to which it belongs, if it does to any, and Pack, whose
	// numbers and guards were in force on the day it happened.
	Procedure policy.Procedure `json:"procedure,omitzero"`
	Step      policy.Step      `json:"step,omitzero"`
	Pack      act.Pack         `json:"pack,omitzero"`
	// Paper is the one on which it stands, Files what was attached to it.
	Paper HistoryPaper  `json:"paper,omitzero"`
	Files []HistoryFile `json:"files,omitzero"`
}

// Doer is a person with post and office as of the day.
type Doer struct {
	Person   string        `json:"person"`
	Name     string        `json:"name"`
	Post     string        `json:"post,omitzero"`
	Office   string        `json:"office,omitzero"`
	Capacity code.Capacity `json:"capacity,omitzero"` // 身份
}

// HistoryFlag is a guard that the entry did not satisfy when it was recorded.
type HistoryFlag struct {
	Rule   policy.Rule  `json:"rule"`
	Name   string       `json:"name"`
	Basis  policy.Basis `json:"basis"`
	Cite   string       `json:"cite,omitzero"`
	Detail string       `json:"detail"`
}

// History tells a household's file at the two times. What happened later than
// as_of, or was recorded later than known_at, is left out.
func (h *Historian) History(ctx context.Context, id string, t household.Times) (History, error) {
	out := History{ID: id, AsOf: t.AsOf, KnownAt: t.KnownAt}
	var facts []household.Fact
	var types []string
	for rec, err := range h.log.ReadStream(ctx, householdPrefix+id, eventlog.NoStream) {
		if err != nil {
			return out, fmt.Errorf("read the file of %s: %w", id, err)
		}
		f, err := wholeFact(rec)
		if err != nil {
			return out, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
		}
		facts, types = append(facts, f), append(types, rec.Type)
	}
	if len(facts) == 0 {
		return out, fmt.Errorf("household %s: %w", id, ErrNotFound)
	}
	out.Version = facts[len(facts)-1].Version
	teller := newTeller(h.office)
	if err := h.namePapers(ctx, facts, teller); err != nil {
		return out, err
	}
	out.Entries = h.entries(facts, types, t, teller)
	out.called = teller.called
	out.Folded = household.Fold(id, facts, t)
	out.State = standing(&out.Folded, t.AsOf)
	if opening, ok := household.Opening(facts); ok && !out.Folded.Exists {
		out.State.NotYet = NotYet(opening)
	}
	return out, nil
}

// wholeFact decodes a record of a household's stream; personal fields stay
// sealed.
func wholeFact(rec eventlog.Record) (household.Fact, error) {
	e, err := wire.Household(rec.Type, rec.Data, nil)
	if err != nil {
		return household.Fact{}, err
	}
	a, err := wire.DecodeMeta(rec.Meta)
	if err != nil {
		return household.Fact{}, err
	}
	return household.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Recorded: rec.RecordedAt, Event: e}, nil
}

func (h *Historian) entries(facts []household.Fact, types []string, t household.Times, teller *teller) []Entry {
	entries := []Entry{}
	place := map[int64]int{} // version → index of its entry
	byID := map[string]int{}
	running := map[string]policy.Procedure{} // by the paper's id
	for i, f := range facts {
		teller.learn(f.Event)
		_, void := f.Event.(household.FactVoided)
		if !t.Admits(f) && !(void && household.Times{KnownAt: t.KnownAt}.Admits(f)) {
			continue
		}
		if flag, ok := f.Event.(household.FlagRaised); ok {
			if at, ok := place[f.Version-int64(flag.Back)]; ok {
				entries[at].Flags = append(entries[at].Flags, HistoryFlag{flag.Rule, policy.Rules[flag.Rule].ZH, flag.Basis, flag.Cite, flag.Detail})
				continue
			}
		}
		e := h.entry(f, types[i])
		e.Sentence = teller.tell(f)
		e.Paper = teller.paperUnder(f.Event)
		if e.Procedure == "" && e.Paper.ID != "" { // that of what came before on the paper
			e.Procedure = running[e.Paper.ID]
		}
		running[e.Paper.ID] = e.Procedure
		if v, ok := f.Event.(household.FactVoided); ok {
			e.Voids = v.Event
			if at, ok := byID[v.Event]; ok {
				entries[at].Void, entries[at].VoidedAt, entries[at].VoidReason = true, f.Recorded, string(v.Reason)
			}
		}
		place[f.Version], byID[f.ID] = len(entries), len(entries)
		entries = append(entries, e)
	}
	return entries
}

func (h *Historian) entry(f household.Fact, name string) Entry {
	e := Entry{
		ID: f.ID, Version: f.Version, Type: name, Happened: f.Happened(), Clock: f.Act.Clock, Recorded: f.Recorded,
		Late: max(0, int(calendar.Of(f.Recorded)-f.Happened())), DoneBy: []Doer{}, Typed: h.doer(f.Act.RecordedBy, f.Happened()),
		Transcribed: f.Act.Mode == act.Transcribed, Channel: f.Act.Channel, Pack: f.Act.Pack, Files: FilesOf(f.Event),
	}
	e.Procedure, e.Step = household.StepOf(f.Event)
	for _, p := range f.Act.DoneBy {
		e.DoneBy = append(e.DoneBy, h.doer(p, f.Happened()))
	}
	return e
}

func (h *Historian) doer(p act.Person, on calendar.Day) Doer {
	return Doer{Person: p.ID, Name: p.Name, Post: p.Post, Office: h.office(p.Office, on), Capacity: p.Capacity}
}

// String is the entry on one line, as replay prints it.
func (e Entry) String() string {
	text := e.Happened.String() + " " + e.Sentence
	if len(e.DoneBy) > 0 {
		text += " 经办："
		for i, d := range e.DoneBy {
			if i > 0 {
				text += "、"
			}
			text += d.String()
		}
	}
	text += "；录入：" + e.Typed.String() + " " + e.Recorded.In(calendar.Beijing).Format("2006-01-02 15:04")
	if e.Transcribed {
		text += "（补录）"
	}
	for _, f := range e.Flags {
		text += "\n    ⚑ " + f.Detail
	}
	if e.Void {
		text = "【作废】" + text + "\n    ✗ 已于" + e.VoidedAt.In(calendar.Beijing).Format("2006-01-02 15:04") + "作废：" + e.VoidReason
	}
	return text
}

// String is the person's name with his post.
func (d Doer) String() string {
	name := d.Name
	if name == "" {
		name = d.Person
	}
	if post := d.Office + d.Post; post != "" {
		name += "（" + post + "）"
	}
	return name
}
