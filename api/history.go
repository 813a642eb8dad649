package api

import (
	"context"

	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// HistoryFile is a household's history, and the two times it was told for.
type HistoryFile struct {
	Asked
	ID      string               `json:"id"`
	Version int64                `json:"version"`
	Entries []projections.Entry  `json:"entries"`
	State   projections.Standing `json:"state"`
}

func (s *server) histories() {
	get(s.about("历史"), "/households/{household}/history", "get-history", "一户的历史：逐条成句，两个时间并列，作废的划去", s.history)
}

func (s *server) history(ctx context.Context, in *FileAddress) (*answer[HistoryFile], error) {
	if s.Reads.History == nil {
		return nil, unavailable()
	}
	if err := isID(in.Household, policy.HouseholdUnknown); err != nil {
		return nil, err
	}
	asked, err := in.asked(s.Handler.Clock())
	if err != nil {
		return nil, err
	}
	told, err := s.Reads.History.History(ctx, in.Household, household.Times{AsOf: asked.AsOf, KnownAt: in.times(asked).KnownAt})
	if err != nil {
		return nil, err
	}
	if !callerOf(ctx).seesNames() {
		told = told.Masked()
	}
	a := answerOf(HistoryFile{Asked: asked, ID: told.ID, Version: told.Version, Entries: told.Entries, State: told.State})
	if in.now() {
		a.ETag = etag(told.Version)
	}
	return a, nil
}
