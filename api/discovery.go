package api

import (
	"context"
	"fmt"
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/projections"
)

// discoveries serves the ledgers of warnings and of check visits (S2.24), the lists
// of special groups (S2.7, S4.11, S4.12) and the figures of applications (S4.22).
func (s *server) discoveries() {
	g := s.about("发现与走访")
	get(g, "/clues", "list-clues", "预警台账：线索和申请，从收到到反馈", s.listClues)
	get(g, "/visits", "list-visits", "排查走访台账", s.listVisits)
	get(g, "/special-groups", "list-special-groups", "特殊群体名单：重点关注、六必访、六必查，可只列某日以来未走访的", s.listGroups)
	get(g, "/reports/applications", "applications-report", "申报和线索情况：按渠道、途径、受理机构统计", s.applicationFigures)
}

// foundIn waits for the ledgers of discovery and resolves the regions asked for.
func (s *server) foundIn(ctx context.Context, a Area, c Current, w Waiting) ([]string, error) {
	if s.Reads.Discovery == nil {
		return nil, unavailable()
	}
	if err := s.currently(ctx, c, w, projections.DiscoveryName); err != nil {
		return nil, err
	}
	return a.codes(s, s.today())
}

func (s *server) listClues(ctx context.Context, in *struct {
	Area
	Current
	Kind       string `query:"kind" enum:"clue,application" doc:"clue线索、application农户申请"`
	Channel    string `query:"channel"`
	Via        string `query:"via" maxLength:"40" doc:"来源途径；申请的为申报方式"`
	Department string `query:"department"`
	Result     string `query:"result"`
	Open       bool   `query:"open" doc:"只列未核实或待反馈的"`
	Paging
	Waiting
}) (*answer[page[projections.ClueRow]], error) {
	regions, err := s.foundIn(ctx, in.Area, in.Current, in.Waiting)
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("clues|%q|%q|%q|%q|%q|%q|%q|%t", in.Region, in.RegionOn, in.Kind, in.Channel, in.Via, in.Department, in.Result, in.Open)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.ClueRow, string, error) {
		return s.Reads.Discovery.Clues(ctx, projections.ClueFilter{Regions: regions, Kind: in.Kind, Channel: code.Channel(in.Channel), Via: in.Via,
			Department: in.Department, Result: in.Result, Open: in.Open}, p)
	})
}

func (s *server) listVisits(ctx context.Context, in *struct {
	Area
	Current
	Kind string `query:"kind"`
	Days
	Paging
	Waiting
}) (*answer[page[projections.VisitRow]], error) {
	regions, err := s.foundIn(ctx, in.Area, in.Current, in.Waiting)
	if err != nil {
		return nil, err
	}
	from, to, err := in.days()
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("visits|%q|%q|%q|%s|%s", in.Region, in.RegionOn, in.Kind, from, to)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.VisitRow, string, error) {
		return s.Reads.Discovery.Visits(ctx, projections.VisitFilter{Regions: regions, Kind: in.Kind, From: from, To: to}, p)
	})
}

// Days are the first and the last day that are asked about.
type Days struct {
	From string `query:"from" doc:"自哪一天（含）"`
	To   string `query:"to" doc:"至哪一天（含）"`
}

func (d Days) days() (from, to calendar.Day, err error) {
	if from, err = dayOr(d.From, 0); err == nil {
		to, err = dayOr(d.To, 0)
	}
	return from, to, err
}

// dayOr reads a day, or returns another where none is written.
func dayOr(text string, none calendar.Day) (calendar.Day, error) {
	if text == "" {
		return none, nil
	}
	day, err := calendar.ParseDay(text)
	if err != nil {
		return 0, newProblem(dayMalformed, "")
	}
	return day, nil
}

func (s *server) listGroups(ctx context.Context, in *struct {
	Area
	Current
	List     string `query:"list"`
	Group    string `query:"group"`
	NotSince string `query:"not_visited_since" doc:"只列自这一天起还没有走访的"`
	Paging
	Waiting
}) (*answer[page[projections.GroupRow]], error) {
	regions, err := s.foundIn(ctx, in.Area, in.Current, in.Waiting)
	if err != nil {
		return nil, err
	}
	since, err := dayOr(in.NotSince, 0)
	if err != nil {
		return nil, err
	}
	groups := code.SpecialGroups.Codes()
	if in.List != "" {
		groups = code.GroupsOf(in.List)
	}
	if in.Group != "" {
		groups = slices.DeleteFunc(slices.Clone(groups), func(g string) bool { return g != in.Group })
	}
	name := fmt.Sprintf("groups|%q|%q|%q|%q|%s", in.Region, in.RegionOn, in.List, in.Group, since)
	return paged(s, in.Paging, name, func(p projections.Page) ([]projections.GroupRow, string, error) {
		return s.Reads.Discovery.Groups(ctx, projections.GroupFilter{Regions: regions, Groups: groups, NotSince: since}, p)
	})
}

// ApplicationFigures are how households came to notice between two days.
type ApplicationFigures struct {
	From     calendar.Day         `json:"from"`
	To       calendar.Day         `json:"to"`
	Received int                  `json:"received" doc:"收到的线索和申请"`
	Items    []projections.Figure `json:"items" doc:"按渠道、途径、受理机构"`
}

func (s *server) applicationFigures(ctx context.Context, in *struct {
	Area
	Current
	Days
	Waiting
}) (*answer[ApplicationFigures], error) {
	regions, err := s.foundIn(ctx, in.Area, in.Current, in.Waiting)
	if err != nil {
		return nil, err
	}
	from, to, err := in.days()
	if err != nil {
		return nil, err
	}
	if to == 0 {
		to = s.today()
	}
	if from == 0 {
		from = calendar.Date(to.Year(), 1, 1)
	}
	out := ApplicationFigures{From: from, To: to, Items: []projections.Figure{}}
	items, err := s.Reads.Discovery.Figures(ctx, regions, from, to)
	for _, f := range items {
		out.Items = append(out.Items, f)
		out.Received += f.Received
	}
	return answerOf(out), err
}
