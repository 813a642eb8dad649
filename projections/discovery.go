package projections

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/goccy/go-json"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

//go:embed discovery/tables.sql
var discoveryTables string

// DiscoveryName names the ledgers of discovery for waiting and rebuilding.
const DiscoveryName = "discovery"

// found is the state of one household as far as discovery and visits go.
type found struct {
	household.State
	clueName string
	came     map[string]came // by clue id
	applied  []application
	visits   []visited
	sealed   map[string]sealedHealth // by member, until opened
	health   map[string]healthGroups // by member
}

// came is what the state does not keep of a clue: who sent it and who took it in.
type came struct{ department, office string }

type application struct {
	id, form, office string
	on               calendar.Day
}

type visited struct {
	id, kind, by string
	groups       []string
	on           calendar.Day
}

type sealedHealth struct {
	health, level string
	on            calendar.Day
}

type healthGroups struct {
	groups []string
	on     calendar.Day
}

// Discovery is the read model of clues and applications, visits and special
// groups. sealers opens the health of members, of which only the groups it leads
// to are kept; without it those are left out.
func Discovery(sealers func(ctx context.Context, subjects []string) (map[string]wire.Sealer, error)) Model {
	return Spec[found]{
		Name: DiscoveryName, Version: 3, Fields: eventlog.WithData | eventlog.WithMeta,
		Schema: Schema{Tables: discoveryTables, Indexes: []string{
			`create index clues_of_stream on clues (stream)`,
			`create index clues_by_place on clues (place)`,
			`create index clues_by_region on clues (region, received)`,
			`create index visits_of_stream on visits (stream)`,
			`create index visits_by_place on visits (place)`,
			`create index visits_by_region on visits (region, happened)`,
			`create index groups_of_stream on groups (stream)`,
			`create index groups_by_place on groups (special, place)`,
		}},
		Wants: isHousehold, Fold: foldFound, Revises: revises, Struck: struckFacts,
		Complete: func(ctx context.Context, _ ReadStream, states []*found) error {
			return openHealth(ctx, sealers, states)
		},
		Tables: []Table[found]{
			{Name: "clues", Rows: (*found).clueRows, Columns: []string{"place", "kind", "region", "file_no", "head", "clue", "channel", "via", "department", "office",
				"received", "sent_to", "due", "verified", "result", "same_as", "joined_to", "feedback_due", "fed_back"}},
			{Name: "visits", Rows: (*found).visitRows, Columns: []string{"place", "region", "file_no", "head", "visit", "kind", "happened", "by_whom", "groups"}},
			{Name: "groups", Rows: (*found).groupRows, Columns: []string{"place", "region", "file_no", "head", "special", "since", "last_visit"}},
		},
	}.Model()
}

func foldFound(s *found, rec eventlog.Record, struck bool) error {
	if struck {
		return nil
	}
	e, err := householdEvent(rec)
	if err != nil {
		return err
	}
	var a struct {
		Happened   calendar.Day `json:"happened"`
		DoneBy     []act.Person `json:"done_by"`
		RecordedBy act.Person   `json:"recorded_by"`
	}
	if err := json.Unmarshal(rec.Meta, &a); err != nil {
		return fmt.Errorf("decode metadata: %w", err)
	}
	office := a.RecordedBy.Office
	switch e := e.(type) {
	case household.ClueRecorded:
		if s.clueName == "" {
			s.clueName = e.Name
		}
		s.take(e.Clue, came{e.Department, office})
	case household.CluesJoined:
		for _, j := range e.Clues {
			s.take(household.JoinedID(e.From, j.Clue), came{j.Department, office})
		}
	case household.ApplicationFiled:
		s.applied = append(s.applied, application{e.Application, e.Form, office, a.Happened})
	case household.Visited:
		names := make([]string, len(a.DoneBy))
		for i, p := range a.DoneBy {
			names[i] = p.Name
		}
		s.visits = append(s.visits, visited{e.Visit, e.Kind, strings.Join(names, "、"), e.Groups, a.Happened})
	case household.HealthRecorded:
		if have, ok := s.sealed[e.Member]; !ok || a.Happened >= have.on {
			if s.sealed == nil {
				s.sealed = map[string]sealedHealth{}
			}
			s.sealed[e.Member] = sealedHealth{string(e.Health), string(e.Level), a.Happened}
		}
	default: // the state has the rest
	}
	s.State = household.Evolve(s.State, household.Fact{Version: int64(rec.Version), Recorded: rec.RecordedAt, Event: e, Act: act.Act{Happened: a.Happened}})
	s.ID = subject(rec.Stream)
	return nil
}

func (s *found) take(clue string, c came) {
	if s.came == nil {
		s.came = map[string]came{}
	}
	s.came[clue] = c
}

// openHealth turns sealed health into special groups and forgets it.
func openHealth(ctx context.Context, open func(context.Context, []string) (map[string]wire.Sealer, error), states []*found) error {
	var subjects []string
	for _, s := range states {
		if len(s.sealed) > 0 {
			subjects = append(subjects, householdPrefix+s.ID)
		}
	}
	if open == nil || len(subjects) == 0 {
		return nil
	}
	sealers, err := open(ctx, subjects)
	if err != nil {
		return &logError{fmt.Errorf("read keys of %d households: %w", len(subjects), err)}
	}
	for _, s := range states {
		for member, h := range s.sealed {
			sealer := sealers[householdPrefix+s.ID]
			if sealer == nil {
				return fmt.Errorf("%s has no key", s.ID)
			}
			var clear [2]string
			for i, field := range []struct{ name, value string }{{"health", h.health}, {"disability_level", h.level}} {
				if field.value == "" {
					continue
				}
				if clear[i], err = sealer.Open(field.name, field.value); err != nil {
					return fmt.Errorf("open %s of %s: %w", field.name, s.ID, err)
				}
			}
			if have, ok := s.health[member]; ok && have.on > h.on {
				continue
			}
			if s.health == nil {
				s.health = map[string]healthGroups{}
			}
			s.health[member] = healthGroups{code.GroupsByHealth(clear[0], clear[1]), h.on}
		}
		s.sealed = nil
	}
	return nil
}
