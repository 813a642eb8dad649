package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Moved is what became of an act that reaches into two households' files.
type Moved struct {
	Result
	// Other is the other household, empty where the act left other files alone,
	// and Follows what was written there.
	Other   string
	Follows Result
}

// Move enters an act on one household and, where it means one, the act that
// follows in another file: a split, a merge, a member who moves, a clue that
// belongs elsewhere. Both are decided before either is written. If the process
// ends between the two, repeating the request or ResumeMove finishes it; until
// then it is listed with the interrupted papers.
func (h *Handler) Move(ctx context.Context, r Request, id string, c household.Command) (Moved, error) {
	if err := h.checkInput(ctx, r, c); err != nil {
		return Moved{}, err
	}
	stream := HouseholdStream(id)
	first := eventlog.DeriveID(stream, r.Key, 0).String()
	facts, err := h.openFacts(ctx, id)
	if err != nil {
		return Moved{}, err
	}
	at := slices.IndexFunc(facts, func(f household.Fact) bool { return f.ID == first })
	before := facts
	if at >= 0 {
		before = facts[:at]
	}
	if link, ok := c.(household.LinkUnconfirmed); ok {
		link.Clues = len(household.CluesOf(id, before).Clues)
		c = link
	}
	other, follow, reaches := household.Counterpart(id, before, c)
	if !reaches || len(facts) == 0 {
		result, err := h.Household(ctx, r, id, c)
		return Moved{Result: result}, err
	}
	if r.body, err = bodyHash(stream, r, c); err != nil {
		return Moved{}, err
	}
	r.Correlation, r.today = first, h.Today()
	follows := r
	follows.Key, follows.causation, follows.IfMatch = first, first, nil
	if at >= 0 {
		follows = following(facts[at])
	} else if err := h.tryBoth(ctx, r, id, c, follows, other, follow); err != nil {
		return Moved{}, err
	}
	moved := Moved{Other: other}
	if moved.Result, err = h.Household(ctx, r, id, c); err != nil {
		return Moved{}, err
	}
	moved.Follows, err = h.enterFollowing(ctx, follows, other, follow)
	if moved.Follows.Position.Compare(moved.Position) > 0 {
		moved.Position = moved.Follows.Position // waiting for the act waits for both
	}
	return moved, err
}

// ResumeMove finishes a move that was interrupted after the event, whoever began
// it. The error is a refusal where the event began none.
func (h *Handler) ResumeMove(ctx context.Context, id, event string) (Moved, error) {
	facts, err := h.openFacts(ctx, id)
	if err != nil {
		return Moved{}, err
	}
	at := slices.IndexFunc(facts, func(f household.Fact) bool { return f.ID == event })
	if at < 0 {
		return Moved{}, policy.Refuse(policy.EventUnknown, "该户档案中没有这条记录")
	}
	c, _, _ := household.Began(facts[at].Event)
	other, follow, reaches := household.Counterpart(id, facts[:at], c)
	if !reaches {
		return Moved{}, policy.Refuse(policy.EventUnknown, "这条记录不涉及他户档案")
	}
	moved := Moved{Other: other}
	moved.Follows, err = h.enterFollowing(ctx, following(facts[at]), other, follow)
	return moved, err
}

// following is the request under which what follows a recorded fact is entered.
func following(f household.Fact) Request {
	r := requestOf(f.Act)
	r.Key, r.causation, r.Correlation, r.body, r.today = f.ID, f.ID, f.Act.Correlation, f.Act.Body, calendar.Of(f.Recorded)
	return r
}

// enterFollowing enters the other side. The first stands in the record: if the
// other file changed since it was tried, what it does not satisfy is flagged.
func (h *Handler) enterFollowing(ctx context.Context, r Request, id string, c household.Command) (Result, error) {
	result, err := h.Household(ctx, r, id, c)
	var refusal *policy.Refusal
	if errors.As(err, &refusal) && r.Mode != act.Transcribed {
		r.Mode = act.Transcribed
		if len(r.DoneBy) == 0 {
			r.DoneBy = []DoneBy{{r.By, r.Appointment}}
		}
		result, err = h.Household(ctx, r, id, c)
	}
	if err != nil {
		return result, fmt.Errorf("the other file %s: %w", id, err)
	}
	return result, nil
}

func (h *Handler) tryBoth(ctx context.Context, r Request, id string, c household.Command, follows Request, other string, follow household.Command) error {
	if err := h.tryAct(ctx, r, id, c); err != nil {
		return err
	}
	return h.tryAct(ctx, follows, other, follow)
}

// tryAct decides an act without writing it.
func (h *Handler) tryAct(ctx context.Context, r Request, id string, c household.Command) error {
	state, err := h.load(ctx, id)
	if err != nil {
		return err
	}
	a, pack, err := h.ruled(r, &state, c, regionFor(&state, c), "")
	if err == nil {
		_, err = household.Decide(state, c, a, pack)
	}
	return err
}

// openFacts reads a household's file with its personal fields open.
func (h *Handler) openFacts(ctx context.Context, id string) ([]household.Fact, error) {
	stream := HouseholdStream(id)
	var sealer wire.Sealer
	switch key, err := h.Keys.Existing(ctx, stream); {
	case err == nil:
		sealer = key
	case !errors.Is(err, sealing.ErrNoKey): // without one nothing is sealed
		return nil, fmt.Errorf("key of %s: %w", stream, err)
	}
	var facts []household.Fact
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		f, err := Fact(rec, sealer)
		if err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}
