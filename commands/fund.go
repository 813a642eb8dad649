package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/fund"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// fundPrefix begins the names of funds' streams.
const fundPrefix = "fund-"

// FundStream names a fund's stream.
func FundStream(id string) string { return fundPrefix + id }

// Fund enters an act on a fund: first its event with what an audit finds, then
// each household's line, as Paper does with a paper.
func (h *Handler) Fund(ctx context.Context, r Request, id string, c fund.Command) (PaperResult, error) {
	if err := h.checkInput(ctx, r, c); err != nil {
		return PaperResult{}, err
	}
	var written written
	var err error
	for try := 0; ; try++ {
		written, err = h.writeFund(ctx, r, id, c)
		if !errors.Is(err, eventlog.ErrConflict) || r.IfMatch != nil || try >= retries {
			break
		}
	}
	if err != nil {
		return PaperResult{}, err
	}
	lines, err := h.enterLines(ctx, r, written)
	return PaperResult{Result: withLines(written.result, lines), Lines: lines}, err
}

func (h *Handler) writeFund(ctx context.Context, r Request, id string, c fund.Command) (written, error) {
	stream := FundStream(id)
	facts, err := h.fundFacts(ctx, stream)
	if err != nil {
		return written{}, err
	}
	body, err := bodyHash(stream, r, c)
	if err != nil {
		return written{}, err
	}
	eventID := eventlog.DeriveID(stream, r.Key, 0)
	if i := slices.IndexFunc(facts, func(f fund.Fact) bool { return f.ID == eventID.String() }); i >= 0 {
		first, err := h.firstResult(ctx, stream, r.Key, body)
		return written{result: first, event: facts[i].ID, act: facts[i].Act, lines: fund.Lines(fund.Fold(id, facts[:i+1]), facts[i])}, err
	}
	state := fund.Fold(id, facts)
	version := eventlog.Version(state.Version)
	if r.IfMatch != nil && *r.IfMatch != version {
		return written{}, &StaleError{Have: version, Want: *r.IfMatch}
	}
	a, pack, err := h.fundAct(r, state, c, body)
	if err != nil {
		return written{}, err
	}
	a.Correlation = eventID.String()
	events, err := fund.Decide(state, c, a, pack)
	if err != nil {
		return written{}, err
	}
	records, result, err := encodeFund(stream, r.Key, events, a)
	if err != nil {
		return written{}, err
	}
	f := fund.Fact{ID: eventID.String(), Version: int64(version) + 1, Act: a, Event: events[0]}
	w := written{event: f.ID, act: a, lines: fund.Lines(fund.Evolve(state, f), f)}
	if err := h.tryLines(ctx, r, w); err != nil {
		return written{}, err
	}
	appended, err := h.Log.Append(ctx, stream, version, records)
	if err != nil {
		return written{}, err
	}
	result.Stream, result.Version, result.Position, result.RecordedAt, result.Repeated = stream, appended.Version, appended.Position, appended.RecordedAt, appended.Repeated
	w.result = result
	return w, nil
}

// fundAct composes the act and finds the pack of the fund's region.
func (h *Handler) fundAct(r Request, s fund.State, c fund.Command, body string) (act.Act, policy.Pack, error) {
	region := s.Region
	if e, ok := c.(fund.Establish); ok && !s.Exists {
		region = e.Region
	}
	if region == "" {
		if s.Exists {
			return act.Act{}, policy.Pack{}, policy.Refuse(policy.RegionUnknown, "未写明所在地")
		}
		return act.Act{}, policy.Pack{}, policy.Refuse(policy.FundUnknown, "没有这项资金，或未写明所在地")
	}
	a, err := h.act(r, region, body)
	if err != nil {
		return a, policy.Pack{}, err
	}
	pack, ok := h.Directory.Pack(region, a.Happened)
	if !ok {
		return a, pack, policy.Refuse(policy.PackMissing, "%s时本地尚未采用任何办法", a.Happened.Chinese())
	}
	a.Pack = pack.Ref()
	return a, pack, nil
}

func encodeFund(stream, key string, events []fund.Event, a act.Act) ([]eventlog.Event, Result, error) {
	var result Result
	meta, err := wire.EncodeMeta(a)
	if err != nil {
		return nil, result, err
	}
	records := make([]eventlog.Event, len(events))
	for i, e := range events {
		name, data, err := wire.Encode(e, nil)
		if err != nil {
			return nil, result, err
		}
		id := eventlog.DeriveID(stream, key, i)
		records[i] = eventlog.Event{ID: id, Type: name, Data: data, Meta: meta}
		result.Events = append(result.Events, id.String())
		if flag, ok := e.(fund.FlagRaised); ok {
			result.Flags = append(result.Flags, Flag{flag.Rule, flag.Cite, flag.Detail})
		}
	}
	return records, result, nil
}

// resumeFund finishes the lines of a fund's list.
func (h *Handler) resumeFund(ctx context.Context, stream, event string) ([]LineResult, error) {
	facts, err := h.fundFacts(ctx, stream)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(facts, func(f fund.Fact) bool { return f.ID == event })
	if i < 0 {
		return nil, policy.Refuse(policy.PaperUnknown, "没有这项资金的这条记录")
	}
	f := facts[i]
	w := written{event: f.ID, act: f.Act, lines: fund.Lines(fund.Fold(strings.TrimPrefix(stream, fundPrefix), facts[:i+1]), f)}
	return h.enterLines(ctx, requestOf(f.Act), w)
}

// fundFacts reads a fund's stream.
func (h *Handler) fundFacts(ctx context.Context, stream string) ([]fund.Fact, error) {
	var facts []fund.Fact
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		e, err := wire.Fund(rec.Type, rec.Data)
		if err != nil {
			return nil, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return nil, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
		}
		a.Today = calendar.Of(rec.RecordedAt)
		facts = append(facts, fund.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Event: e})
	}
	return facts, nil
}
