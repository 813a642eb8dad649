package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// movesBetween registers an act on one household that may reach into another's
// file. What follows there stands among the answer's lines.
func movesBetween[C household.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, "/households/{household}/"+path, summary, (*householdInput).act,
		func(ctx context.Context, in *householdInput, r commands.Request, c C) (*recorded, error) {
			return s.move(ctx, r, in.Household, c)
		})
}

// splits registers 分户. The new household's id is derived from the person and the
// key where its file is opened with the split.
func splits(sub subject) {
	s := sub.server
	post(sub, "/households/{household}/splits", "分户：写明关系的同时为新户建档", (*householdInput).act,
		func(ctx context.Context, in *householdInput, r commands.Request, c household.SplitHousehold) (*recorded, error) {
			if c.Household == "" && len(c.Relations) > 0 {
				c.Household = commands.NewID(r.By, r.Key)
			}
			return s.move(ctx, r, in.Household, c)
		})
}

func (s *server) move(ctx context.Context, r commands.Request, id string, c household.Command) (*recorded, error) {
	if err := isID(id, policy.HouseholdUnknown); err != nil {
		return nil, err
	}
	moved, err := s.Handler.Move(ctx, r, id, c)
	if err != nil {
		if len(moved.Events) > 0 {
			return nil, s.interrupted(err)
		}
		return nil, err
	}
	out := s.record(id, householdAt(id), moved.Result)
	if moved.Other != "" {
		out.Body.Lines = []RecordedLine{otherLine(moved)}
	}
	return out, nil
}

func otherLine(m commands.Moved) RecordedLine {
	return RecordedLine{m.Other, int64(m.Follows.Version), flagsOf(m.Follows.Flags)}
}
