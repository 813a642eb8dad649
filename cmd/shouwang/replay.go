package main

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"shouwang/domain/audit"
	"shouwang/internal/demonstration"
	"shouwang/projections"
)

// storyCode is how the stories of the demonstration are called.
var storyCode = regexp.MustCompile(`^[A-Z][0-9]{2}(-[0-9]{1,2})?$`)

func newReplayCommand(p *program) *cobra.Command {
	var impact string
	var times timesFlags
	c := &cobra.Command{
		Use:   "replay [HOUSEHOLD]",
		Short: "逐条复述一户档案，可回到任何一天 (a household's file in sentences, as of any day, as known at any time)",
		Long: `逐条复述一户档案，并列出当时的状态。HOUSEHOLD 为户标识、档案编号或示范代码(D01 至 D15)；有 --impact 记录标识时可不填。
A household's file in sentences and where it stood. HOUSEHOLD is its id, its file number or a demonstration code (D01 to D15);
with --impact and an entry's id it may be left out.`,
		Example: "  shouwang replay D03 --known-at 2023-05-08\n  shouwang replay D12 --impact 5",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if err := times.check(c.CommandPath()); err != nil {
				return err
			}
			if _, err := uuid.Parse(impact); len(args) == 0 && err != nil {
				return usagef(c.CommandPath(), "a household, or --impact with the id of an entry")
			}
			return p.use(c.Context(), func(ctx context.Context, a *app) error {
				if len(args) > 0 {
					return a.replay(ctx, args[0], times, impact)
				}
				id, err := a.fileOf(ctx, impact)
				if err != nil {
					return err
				}
				return a.replay(ctx, id, times, impact)
			})
		},
	}
	times.add(c)
	c.Flags().StringVar(&impact, "impact", "", "列出依据这条记录(序号或标识)办理的其后各项 (what relied on this entry: its number or id)")
	p.jsonFlag(c)
	return c
}

// replayed is the answer as JSON.
type replayed struct {
	projections.History
	Demonstration bool     `json:"demonstration"`
	Impact        *relying `json:"impact,omitzero"`
	// Findings are entries that cannot have been as they are written.
	Findings []audit.Finding `json:"findings,omitzero"`
}

// relying is an entry and what relied on it.
type relying struct {
	On      projections.Entry         `json:"on"`
	Entries []reliedEntry             `json:"entries"`
	Figures []projections.MovedFigure `json:"figures"`
}

// reliedEntry is a later entry that relied on it, by its kind.
type reliedEntry struct {
	projections.Entry
	Kind   string `json:"kind"`
	Direct bool   `json:"direct"`
}

func (a *app) replay(ctx context.Context, name string, flags timesFlags, impact string) error {
	id, err := a.household(ctx, name)
	if err != nil {
		return err
	}
	times, err := flags.parse(a.clock.Now())
	if err != nil {
		return err
	}
	history, err := a.models.historian.History(ctx, id, times)
	if errors.Is(err, projections.ErrNotFound) {
		return errNoHousehold(name)
	}
	if err != nil {
		return err
	}
	answer := replayed{History: history, Demonstration: a.info.Demonstration()}
	facts, err := a.handler.Facts(ctx, id)
	if err != nil {
		return err
	}
	answer.Findings = audit.File(facts, times, audit.Impossible)
	if impact != "" {
		if answer.Impact, err = a.impact(ctx, id, history, impact); err != nil {
			return err
		}
	}
	if a.asJSON {
		return a.printJSON(answer)
	}
	return a.printReplay(answer)
}

func errNoHousehold(name string) error {
	return refuse("没有这一户："+name, "no such household", "请用户标识、档案编号或示范代码 (use its id, its file number or a demonstration code)")
}

// household finds a household's id by what a person has at hand.
func (a *app) household(ctx context.Context, name string) (string, error) {
	if id, err := uuid.Parse(name); err == nil {
		return id.String(), nil
	}
	code := strings.ToUpper(strings.TrimSpace(name))
	if a.info.Demonstration() && storyCode.MatchString(code) {
		return demonstration.HouseholdID(a.info.Loaded.Seed, code), nil
	}
	// A file number stands in the register.
	if err := a.complete(ctx); err != nil {
		return "", err
	}
	for _, unconfirmed := range []bool{false, true} {
		found, _, err := a.models.ledger.List(ctx, projections.Filter{Text: code, Unconfirmed: unconfirmed}, projections.Page{})
		if err != nil {
			return "", err
		}
		for _, h := range found {
			if h.FileNo == code {
				return h.ID, nil
			}
		}
	}
	return "", errNoHousehold(name)
}
