package commands

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"

	"shouwang/domain/act"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// HouseholdStream names a household's stream.
func HouseholdStream(id string) string { return "household-" + id }

// Household enters an act on one household. The error is a *policy.Refusal, a
// *StaleError, or one of eventlog's; after eventlog.ErrUnknownOutcome the same
// request may be repeated.
func (h *Handler) Household(ctx context.Context, r Request, id string, c household.Command) (Result, error) {
	if err := h.checkInput(ctx, r, c); err != nil {
		return Result{}, err
	}
	if r.causation == "" { // a line is entered on its paper's authority
		if err := h.referred(ctx, r, id, c); err != nil {
			return Result{}, err
		}
	}
	if r.Correlation == "" {
		r.Correlation = eventlog.DeriveID(HouseholdStream(id), r.Key, 0).String()
	}
	sh := h.states.shard(id)
	sh.Lock()
	defer sh.Unlock()

	state, warm := sh.warm[id]
	var err error
	for try := 0; ; try++ {
		if !warm {
			if state, err = h.load(ctx, id); err != nil {
				return Result{}, err
			}
		}
		var result Result
		result, err = h.once(ctx, r, &state, c)
		switch {
		case err == nil:
			h.remember(sh, state, result)
			return result, nil
		case warm && refused(err):
			// Another process may have written since: ask again on what is stored.
		case errors.Is(err, eventlog.ErrConflict) && r.IfMatch == nil && try < retries:
		default:
			delete(sh.warm, id)
			var conflict *eventlog.ConflictError
			if r.IfMatch != nil && errors.As(err, &conflict) {
				err = &StaleError{Have: conflict.Actual, Want: *r.IfMatch}
			}
			return Result{}, err
		}
		delete(sh.warm, id)
		warm = false
	}
}

func refused(err error) bool {
	var refusal *policy.Refusal
	var stale *StaleError
	return errors.As(err, &refusal) || errors.As(err, &stale)
}

// remember keeps the folded state unless a void asks for a fold from the start.
func (h *Handler) remember(sh *shard, s household.State, r Result) {
	if r.Repeated || s.Version != int64(r.Version) {
		delete(sh.warm, s.ID)
		return
	}
	sh.keep(s.ID, s)
}

// once tries the act on a state; on success the state has taken its events in.
func (h *Handler) once(ctx context.Context, r Request, s *household.State, c household.Command) (Result, error) {
	stream := HouseholdStream(s.ID)
	body, err := r.body, error(nil)
	if body == "" {
		if body, err = bodyHash(stream, r, c); err != nil {
			return Result{}, err
		}
	}
	first := eventlog.DeriveID(stream, r.Key, 0)
	if s.Holds(first.String()) {
		return h.firstResult(ctx, stream, r.Key, body)
	}
	if r.IfMatch != nil && *r.IfMatch != eventlog.Version(s.Version) {
		return Result{}, &StaleError{Have: eventlog.Version(s.Version), Want: *r.IfMatch}
	}
	region := regionFor(s, c)
	if _, registers := any(c).(household.RegisterHousehold); registers && region == "" {
		return Result{}, policy.Refuse(policy.RegionUnknown, "未填行政村")
	}
	a, pack, err := h.ruled(r, s, c, region, body)
	if err != nil {
		return Result{}, err
	}
	events, err := household.Decide(*s, c, a, pack)
	if err != nil {
		return Result{}, err
	}
	facts, records, err := h.encode(ctx, stream, first, s, events, a)
	if err != nil {
		return Result{}, err
	}
	appended, err := h.Log.Append(ctx, stream, eventlog.Version(s.Version), records)
	if err != nil {
		return Result{}, err
	}
	result := Result{Stream: stream, Version: appended.Version, Position: appended.Position, RecordedAt: appended.RecordedAt, Repeated: appended.Repeated}
	voids := false
	for _, f := range facts {
		result.Events = append(result.Events, f.ID)
		switch e := f.Event.(type) {
		case household.FlagRaised:
			result.Flags = append(result.Flags, Flag{e.Rule, e.Cite, e.Detail})
		case household.FactVoided:
			voids = true
		default:
		}
		f.Recorded = appended.RecordedAt
		*s = household.Evolve(*s, f)
	}
	if voids {
		s.Version = 0 // what was voided must be folded away: load anew
	}
	return result, nil
}

// ruled returns the act and the pack that rules it: step order of the opening,
// numbers and guards of the day it happened.
func (h *Handler) ruled(r Request, s *household.State, c household.Command, region, body string) (act.Act, policy.Pack, error) {
	a, err := h.act(r, region, body)
	if err == nil {
		err = h.relate(&a, s, region, c)
	}
	if err != nil {
		return a, policy.Pack{}, err
	}
	pack, ok := h.Directory.Pack(region, a.Happened)
	switch {
	case ok:
	case region == "" && !s.Exists:
		return a, pack, policy.Refuse(policy.HouseholdUnknown, "没有这户的档案")
	case a.Happened < household.Earliest:
		return a, pack, policy.Refuse(policy.DayTooOld, "发生日期%s早于%s", a.Happened.Chinese(), household.Earliest.Chinese())
	default:
		return a, pack, policy.Refuse(policy.PackMissing, "%s时本地尚未采用任何办法", a.Happened.Chinese())
	}
	a.Pack = pack.Ref()
	if order, ok := s.OrderedBy(c, a.Happened); ok && order.SHA256 != pack.SHA256 {
		if opened, ok := h.Directory.PackBySum(order.SHA256); ok {
			pack = pack.WithSteps(opened)
		}
	}
	return a, pack, nil
}

// regionFor is the region that an act's authority is judged for.
func regionFor(s *household.State, c household.Command) string {
	switch c := c.(type) {
	case household.RegisterHousehold:
		return c.Region
	case household.RecordClue:
		if !s.Exists {
			return c.Region
		}
	case household.SendApplication:
		return c.Region
	default:
	}
	return s.Region
}

// encode turns events into records with their derived ids, of which first is
// the first.
func (h *Handler) encode(ctx context.Context, stream string, first eventlog.ID, s *household.State, events []household.Event, a act.Act) ([]household.Fact, []eventlog.Event, error) {
	facts := make([]household.Fact, len(events))
	records := make([]eventlog.Event, len(events))
	meta, err := wire.EncodeMeta(a)
	if err != nil {
		return nil, nil, err
	}
	for i, e := range events {
		var sealer wire.Sealer
		if wire.HoldsPersonal(e) {
			if sealer, err = h.Keys.For(ctx, stream); err != nil {
				return nil, nil, fmt.Errorf("key of %s: %w", stream, err)
			}
		}
		name, data, err := wire.Encode(e, sealer)
		if err != nil {
			return nil, nil, err
		}
		id := first
		if i > 0 {
			id = eventlog.DeriveID(stream, a.Key, i)
		}
		records[i] = eventlog.Event{ID: id, Type: name, Data: data, Meta: meta}
		facts[i] = household.Fact{ID: id.String(), Version: s.Version + int64(i) + 1, Act: a, Event: e}
	}
	return facts, records, nil
}

// load folds a household from its stream.
func (h *Handler) load(ctx context.Context, id string) (household.State, error) {
	facts, err := h.Facts(ctx, id)
	if err != nil {
		return household.State{}, err
	}
	return household.Fold(id, facts, household.Times{}), nil
}

// Facts reads a household's file, personal fields left sealed.
func (h *Handler) Facts(ctx context.Context, id string) ([]household.Fact, error) {
	var facts []household.Fact
	for rec, err := range h.Log.ReadStream(ctx, HouseholdStream(id), eventlog.NoStream) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", HouseholdStream(id), err)
		}
		f, err := Fact(rec, nil)
		if err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}

// Fact decodes a record of a household's stream; with a nil sealer personal
// fields stay sealed.
func Fact(rec eventlog.Record, s wire.Sealer) (household.Fact, error) {
	e, err := wire.Household(rec.Type, rec.Data, s)
	if err != nil {
		return household.Fact{}, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	a, err := wire.DecodeMeta(rec.Meta)
	if err != nil {
		return household.Fact{}, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	return household.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Recorded: rec.RecordedAt, Event: e}, nil
}

// firstResult is what the request with this key led to when it came first.
func (h *Handler) firstResult(ctx context.Context, stream, key, body string) (Result, error) {
	result := Result{Stream: stream, Repeated: true}
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return Result{}, fmt.Errorf("read %s: %w", stream, err)
		}
		if rec.ID != eventlog.DeriveID(stream, key, len(result.Events)) {
			continue
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return Result{}, err
		}
		if a.Body != body {
			return Result{}, policy.Refuse(policy.KeyReused, "同一幂等键已用于另一项内容")
		}
		result.Version, result.Position, result.RecordedAt = rec.Version, rec.Position, rec.RecordedAt
		result.Events = append(result.Events, rec.ID.String())
		if e, err := wire.Decode(rec.Type, rec.Data, nil); err == nil {
			switch flag := e.(type) {
			case household.FlagRaised:
				result.Flags = append(result.Flags, Flag{flag.Rule, flag.Cite, flag.Detail})
			case duty.Done:
				result.Flags = append(result.Flags, dutyFlags(flag)...)
			case fund.FlagRaised:
				result.Flags = append(result.Flags, Flag{flag.Rule, flag.Cite, flag.Detail})
			}
		}
	}
	return result, nil
}

// bodyHash commits to what a request asks for, so that its key cannot be used
// for anything else.
func bodyHash(stream string, r Request, c any) (string, error) {
	body, err := json.Marshal(struct {
		Stream, Type, By, Appointment string
		Mode                          act.Mode
		Happened, Clock               string
		DoneBy                        []DoneBy
		Command                       any
	}{stream, fmt.Sprintf("%T", c), r.By, r.Appointment, r.Mode, r.Happened.String(), r.Clock, r.DoneBy, c})
	if err != nil {
		return "", fmt.Errorf("hash the request: %w", err)
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}
