package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup"

	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// fanOut bounds the households of one paper that are entered at the same time;
// they share fsyncs, and other acts still come through between them.
const fanOut = 16

// placed is a line at its place on the paper.
type placed struct {
	paper.Line
	at  int // position among the paper's lines
	key string
}

// byHousehold gathers the lines of each household, in the paper's order: nearly
// always one, but a meeting may treat a household twice (a roll-back and a
// re-inclusion). The key of a line tells the second from the first.
func byHousehold(w written) [][]placed {
	place := map[string]int{}
	var groups [][]placed
	for i, line := range w.lines {
		g, again := place[line.Household]
		if !again {
			g = len(groups)
			place[line.Household] = g
			groups = append(groups, nil)
		}
		key := w.event
		if n := len(groups[g]) + 1; n > 1 {
			key += "/" + strconv.Itoa(n)
		}
		groups[g] = append(groups[g], placed{line, i, key})
	}
	return groups
}

// tryLines decides every line without writing.
func (h *Handler) tryLines(ctx context.Context, r Request, w written) error {
	refusals := make([]*policy.Refusal, len(w.lines))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(fanOut)
	for _, lines := range byHousehold(w) {
		g.Go(func() error {
			at, err := h.tryHousehold(gctx, lineRequest(r, w), w.region, lines)
			if errors.As(err, &refusals[at]) {
				return nil
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	var all LinesRefused
	for i, refusal := range refusals {
		if refusal != nil {
			all.Lines = append(all.Lines, LineRefusal{w.lines[i].Household, refusal})
		}
	}
	if len(all.Lines) > 0 {
		return &all
	}
	return nil
}

// tryHousehold decides a household's lines, each on what the one before would
// make of the file. On an error it says at which line of the paper.
func (h *Handler) tryHousehold(ctx context.Context, r Request, region string, lines []placed) (at int, err error) {
	id := lines[0].Household
	sh := h.states.shard(id)
	sh.Lock()
	defer sh.Unlock()
	state, warm := sh.warm[id]
	if len(lines) > 1 {
		warm = false // what follows is tried on a state of its own
	}
	for {
		if !warm {
			if state, err = h.load(ctx, id); err != nil {
				return lines[0].at, err
			}
			if len(lines) == 1 {
				sh.keep(id, state)
			}
		}
		if err = h.belongs(&state, region, r.Happened); err != nil && !warm {
			return lines[0].at, err
		} else if err != nil {
			warm = false
			continue
		}
		for i, line := range lines {
			var events []household.Event
			a, pack, err := h.ruled(r, &state, line.Command, state.Region, "")
			if err == nil {
				events, err = household.Decide(state, line.Command, a, pack)
			}
			switch {
			case err != nil && warm:
			case err != nil:
				return line.at, err
			case i == len(lines)-1:
				return line.at, nil
			}
			for _, e := range events {
				state = household.Evolve(state, household.Fact{Version: state.Version + 1, Act: a, Event: e})
			}
		}
		warm = false
	}
}

// lineRequest is the request under which a paper's lines are entered.
func lineRequest(r Request, w written) Request {
	r.Key, r.causation, r.Correlation, r.body = w.event, w.event, w.act.Correlation, w.act.Body
	r.Happened, r.Mode, r.IfMatch, r.today = w.act.Happened, w.act.Mode, nil, w.act.Today
	return r
}

// enterLines enters every line; those already entered answer with their first
// result.
func (h *Handler) enterLines(ctx context.Context, r Request, w written) ([]LineResult, error) {
	results := make([]LineResult, len(w.lines))
	var mu sync.Mutex
	var failures []error
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(fanOut)
	for _, lines := range byHousehold(w) {
		g.Go(func() error {
			for _, line := range lines {
				of := lineRequest(r, w)
				of.Key = line.key
				result, err := h.enterLine(gctx, of, line.Line)
				results[line.at] = LineResult{line.Household, result.Version, result.Flags, result.Position}
				if err != nil {
					mu.Lock()
					failures = append(failures, fmt.Errorf("line of %s: %w", line.Household, err))
					mu.Unlock()
					break // a household's later line rests on the earlier
				}
			}
			return nil
		})
	}
	_ = g.Wait() // every household is tried; failures are collected
	return results, errors.Join(failures...)
}

// enterLine enters one line. The paper stands in the record: if the household
// changed since the lines were tried, the line is a fact all the same, and what
// it does not satisfy is flagged.
func (h *Handler) enterLine(ctx context.Context, r Request, line paper.Line) (Result, error) {
	result, err := h.Household(ctx, r, line.Household, line.Command)
	var refusal *policy.Refusal
	if errors.As(err, &refusal) && r.Mode != act.Transcribed {
		r.Mode = act.Transcribed
		if len(r.DoneBy) == 0 {
			r.DoneBy = []DoneBy{{r.By, r.Appointment}}
		}
		return h.Household(ctx, r, line.Household, line.Command)
	}
	return result, err
}
