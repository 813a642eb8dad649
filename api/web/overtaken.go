package web

import (
	"net/http"
	"strconv"

	"shouwang/commands"
	"shouwang/domain/household"
	"shouwang/eventlog"
	"shouwang/projections"
)

// overtook are the visits that others entered while somebody was writing his own,
// perhaps without a connection: those of the file after the version that his form
// was opened at. Sent a second time, what he wrote is his own and no other's.
func (s *site) overtook(facts []household.Fact, id, key, seen string) (since []household.Fact) {
	version, err := strconv.ParseInt(seen, 10, 64)
	if err != nil || version <= 0 {
		return nil // a form that does not say
	}
	own := eventlog.DeriveID(commands.HouseholdStream(id), key, 0).String()
	for _, f := range facts {
		if f.ID == own {
			return nil
		}
		if _, visit := f.Event.(household.Visited); visit && f.Version > version {
			since = append(since, f)
		}
	}
	return since
}

// compareVisits shows both: what others entered, and what he wrote. Sent again
// from there it is entered.
func (s *site) compareVisits(w http.ResponseWriter, r *http.Request, v *visitor, id string, since []household.Fact) error {
	d, err := s.dossier(r.Context(), v, id)
	if err != nil {
		return err
	}
	d.draft, d.since = draftOf(r, "visit", "", "key", "happened", "kind", "place", "note"), since
	return s.show(w, r, v, http.StatusConflict, filePage(d))
}

// since is what others entered in a household's file after the version at which
// the form was opened; nothing, where the form says no version or was sent before.
func (s *site) since(r *http.Request, f filling, key string) (meanwhile []projections.Entry, err error) {
	version, err := strconv.ParseInt(f.q.Get("seen"), 10, 64)
	if err != nil || version <= 0 || version >= f.Version {
		return nil, nil // a form that does not say, or a file in which nothing happened
	}
	told, err := s.Reads.History.History(r.Context(), f.ID, household.Times{})
	if err != nil {
		return nil, err
	}
	own := eventlog.DeriveID(commands.HouseholdStream(f.ID), key, 0).String()
	for _, e := range told.Entries {
		if e.ID == own {
			return nil, nil
		}
		if e.Version > version && e.Typed.Person != f.v.Person {
			meanwhile = append(meanwhile, e)
		}
	}
	return meanwhile, nil
}
