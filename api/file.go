package api

import (
	"context"
	"slices"
	"time"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/eventlog"
	"shouwang/projections"
)

// fileInput asks for one household's file at two times.
type fileInput struct {
	Household string `path:"household" doc:"农户编号"`
	Times
	IfNoneMatch string `header:"If-None-Match" doc:"所见档案版本；未变则304"`
}

// files serves the file of one household: what it amounts to, and its entries.
func (s *server) files(g subject) {
	get(g, "/households/{household}", "get-household", "一户一档：任意截至日期、任意所知时间的状态", s.file)
	get(g, "/households/{household}/events", "list-household-events", "一户的全部记录，含作废的；个人信息保持密封", s.fileEvents)
	get(g, "/households/{household}/impact", "get-impact", "更正一条记录会影响其后的哪些记录", s.impact)
}

type fileAnswer struct {
	Status int
	ETag   string `header:"ETag" doc:"档案版本；办理时用作If-Match"`
	Body   *HouseholdFile
}

func (s *server) file(ctx context.Context, in *fileInput) (*fileAnswer, error) {
	facts, asked, err := s.factsOf(ctx, in)
	if err != nil {
		return nil, err
	}
	state := household.Fold(in.Household, facts, in.times(asked))
	out := &fileAnswer{Status: 200}
	if in.now() {
		out.ETag = etag(state.Version)
		if in.IfNoneMatch == out.ETag {
			out.Status = 304
			return out, nil
		}
	}
	view := s.fileOf(&state, asked)
	if !callerOf(ctx).seesNames() {
		maskMembers(view.Members)
	}
	if opening, ok := household.Opening(facts); ok && !state.Exists {
		view.NotYet = notYetOf(opening)
	}
	view.RegionNow = s.regionNow(state.Region, asked.AsOf)
	out.Body = &view
	return out, nil
}

// NotYet says that there was no file at the two times, and since when there is one.
type NotYet struct {
	Opened   calendar.Day `json:"opened" doc:"建档（或首条线索）的发生日期"`
	Recorded time.Time    `json:"recorded" doc:"其录入时间"`
	Notice   string       `json:"notice"`
}

func notYetOf(opening household.Fact) *NotYet {
	return &NotYet{Opened: opening.Happened(), Recorded: opening.Recorded, Notice: projections.NotYet(opening)}
}

// factsOf reads a household's facts and the two times asked about.
func (s *server) factsOf(ctx context.Context, in *fileInput) ([]household.Fact, Asked, error) {
	asked, err := in.asked(s.Handler.Clock())
	if err != nil {
		return nil, asked, err
	}
	if err := isID(in.Household, policy.HouseholdUnknown); err != nil {
		return nil, asked, err
	}
	facts, err := s.Handler.Facts(ctx, in.Household)
	if err == nil && len(facts) == 0 {
		err = newProblem(policy.HouseholdUnknown, "")
	}
	return facts, asked, err
}

// regionNow is the code under which the region's households stand on the day.
func (s *server) regionNow(region string, day calendar.Day) string {
	now := ""
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		now = d.Current(region, day)
		return nil
	})
	return now
}

// FileEntry is one entry of a file, as stored, and whether it stands.
type FileEntry struct {
	Entry
	Happened calendar.Day `json:"happened" doc:"发生日期"`
	Stands   bool         `json:"stands" doc:"在所问的两个时间是否有效；作废的留在档案中"`
	VoidedBy string       `json:"voided_by,omitzero" doc:"作废它的记录"`
}

// FileEvents are the entries of a file known at a time.
type FileEvents struct {
	Asked
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	Items   []FileEntry `json:"items"`
}

func (s *server) fileEvents(ctx context.Context, in *fileInput) (*answer[FileEvents], error) {
	facts, asked, err := s.factsOf(ctx, in)
	if err != nil {
		return nil, err
	}
	times := in.times(asked)
	stands := map[int64]bool{}
	for _, f := range household.Standing(facts, times) {
		stands[f.Version] = true
	}
	voided := map[string]string{}
	for _, f := range facts {
		if v, ok := f.Event.(household.FactVoided); ok && times.Admits(household.Fact{Recorded: f.Recorded}) {
			voided[v.Event] = f.ID
		}
	}
	out := FileEvents{Asked: asked, ID: in.Household, Items: []FileEntry{}}
	for rec, err := range s.Handler.Log.ReadStream(ctx, commands.HouseholdStream(in.Household), eventlog.NoStream) {
		if err != nil {
			return nil, err
		}
		at := int(rec.Version) - 1
		if at >= len(facts) || !times.KnownAt.IsZero() && rec.RecordedAt.After(times.KnownAt) {
			break // recorded since
		}
		out.Version = int64(rec.Version)
		out.Items = append(out.Items, FileEntry{Entry: entryAs(rec), Happened: facts[at].Happened(), Stands: stands[out.Version], VoidedBy: voided[rec.ID.String()]})
	}
	a := answerOf(out)
	if in.now() {
		a.ETag = etag(out.Version)
	}
	return a, nil
}

// impactInput names the entry to be corrected.
type impactInput struct {
	FileAddress
	Event string `query:"event" required:"true" maxLength:"64" doc:"拟作废的记录编号"`
}

// FileAddress is a file's address alone.
type FileAddress struct {
	Household string `path:"household" doc:"农户编号"`
	Times
}

// Impacted is an entry that relied on another.
type Impacted struct {
	Event    string       `json:"event"`
	Version  int64        `json:"version"`
	Type     string       `json:"type"`
	Happened calendar.Day `json:"happened"`
	Kind     string       `json:"kind" doc:"decision审核审定、notice公示公告、payment资金、step其他环节"`
	Direct   bool         `json:"direct" doc:"直接依据该记录；否则依据的是由它而来的记录"`
}

// Impact is what must be looked at when an entry is voided.
type Impact struct {
	Voidable bool                      `json:"voidable" doc:"这类记录能否作废"`
	Items    []Impacted                `json:"items" doc:"依据该记录办理的其后各项"`
	Figures  []projections.MovedFigure `json:"figures" doc:"作废后该户在半年报中会变动的数"`
}

func (s *server) impact(ctx context.Context, in *impactInput) (*answer[Impact], error) {
	facts, asked, err := s.factsOf(ctx, &fileInput{Household: in.Household, Times: in.Times})
	if err != nil {
		return nil, err
	}
	times := in.times(asked)
	facts = slices.DeleteFunc(facts, func(f household.Fact) bool {
		_, void := f.Event.(household.FactVoided)
		return !times.Admits(f) && !(void && household.Times{KnownAt: times.KnownAt}.Admits(f))
	})
	i := slices.IndexFunc(facts, func(f household.Fact) bool { return f.ID == in.Event })
	if i < 0 {
		return nil, newProblem(policy.EventUnknown, "")
	}
	out := Impact{Voidable: household.Voidable(facts[i].Event), Items: []Impacted{}, Figures: projections.MovedFigures(in.Household, facts, in.Event, asked.AsOf)}
	for _, f := range household.Impact(facts, in.Event) {
		name, err := nameOf(f.Event)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, Impacted{f.ID, f.Version, name, f.Happened(), f.Kind(), f.Direct})
	}
	return answerOf(out), nil
}
