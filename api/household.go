package api

import (
	"context"

	"shouwang/commands"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// householdInput is an act on one household.
type householdInput struct {
	Household string `path:"household" doc:"农户编号"`
	ActInput
}

func (in *householdInput) act() *ActInput { return &in.ActInput }

// newInput is an act that opens a file or a paper: its id is derived from the
// person and the key, so that repeating it finds the same one.
type newInput struct{ ActInput }

func (in *newInput) act() *ActInput { return &in.ActInput }

func householdAt(id string) string { return base + "/households/" + id }

// onHousehold registers an act on one household.
func onHousehold[C household.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, "/households/{household}/"+path, summary, (*householdInput).act,
		func(ctx context.Context, in *householdInput, r commands.Request, c C) (*recorded, error) {
			if err := isID(in.Household, policy.HouseholdUnknown); err != nil {
				return nil, err
			}
			return s.enter(ctx, r, in.Household, c)
		})
}

// onExisting is onHousehold for acts that would open a file where there is none:
// under an address somebody made up they must not.
func onExisting[C household.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, "/households/{household}/"+path, summary, (*householdInput).act,
		func(ctx context.Context, in *householdInput, r commands.Request, c C) (*recorded, error) {
			if err := s.exists(ctx, in.Household); err != nil {
				return nil, err
			}
			return s.enter(ctx, r, in.Household, c)
		})
}

// opens registers an act that opens a household's file.
func opens[C household.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, path, summary, (*newInput).act,
		func(ctx context.Context, _ *newInput, r commands.Request, c C) (*recorded, error) {
			return s.enter(ctx, r, commands.NewID(r.By, r.Key), c)
		})
}

func (s *server) enter(ctx context.Context, r commands.Request, id string, c household.Command) (*recorded, error) {
	result, err := s.Handler.Household(ctx, r, id, c)
	if err != nil {
		return nil, err
	}
	return s.record(id, householdAt(id), result), nil
}

// exists refuses an address under which there is no file.
func (s *server) exists(ctx context.Context, id string) error {
	if err := isID(id, policy.HouseholdUnknown); err != nil {
		return err
	}
	for _, err := range s.Handler.Log.ReadStream(ctx, commands.HouseholdStream(id), 0) {
		return err
	}
	return newProblem(policy.HouseholdUnknown, "")
}

// maxID bounds an id in an address: a UUID, or a short name of a test's.
const maxID = 64

// isID says whether text may be an id; whatever may not names nothing.
func isID(text string, rule policy.Rule) error {
	for _, c := range text {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return newProblem(rule, "")
		}
	}
	if text == "" || len(text) > maxID {
		return newProblem(rule, "")
	}
	return nil
}

func (s *server) households() {
	g := s.about("建档")
	opens[household.RegisterHousehold](g, "/households", "建档：登记一户及其成员")
	onExisting[household.RegisterHousehold](g, "registration", "待确认户建档")
	onHousehold[household.BringForward](g, "brought-forward", "存量导入：接收既有监测对象")
	movesBetween[household.LinkUnconfirmed](g, "link", "待确认户关联到已有农户")
	onHousehold[household.CloseUnconfirmed](g, "unconfirmed-closing", "待确认户办结")
	s.files(g)
}
