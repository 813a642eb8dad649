package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"shouwang/domain/act"
	"shouwang/internal/demonstration"
)

func newDemoCommand(p *program) *cobra.Command {
	var o outside
	var loadOnly bool
	var households int
	c := &cobra.Command{
		Use: "demo", Short: "装载示范县(首次)并启动服务 (load the demonstration county, the first time, and serve)",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if households < 0 || households > demonstration.MaxHouseholds {
				return usagef(c.CommandPath(), "--households: 应为 0 至 %d (from 0 to)", demonstration.MaxHouseholds)
			}
			if p.asJSON && !loadOnly {
				return usagef(c.CommandPath(), "--json 只与 --load-only 同用 (goes with --load-only only)")
			}
			demonstrate := func(ctx context.Context, a *app) error { return a.demonstrate(ctx, households) }
			if loadOnly {
				return p.loadOnly(c.Context(), demonstrate)
			}
			return p.serve(c.Context(), c.CommandPath(), o, demonstrate)
		},
	}
	outsideFlags(c, &o)
	c.Flags().BoolVar(&loadOnly, "load-only", false, "只装载，不启动服务 (load and exit)")
	c.Flags().IntVar(&households, "households", 0, "户数，0 为标准示范县 (how many households; 0 is the standard county)")
	p.jsonFlag(c)
	return c
}

// demonstrate loads the demonstration county if nothing is recorded yet, and
// begins.
func (a *app) demonstrate(ctx context.Context, households int) error {
	lock, err := a.lockLoading(ctx)
	if err != nil {
		return err
	}
	defer lock.Close(context.WithoutCancel(ctx))
	info, err := readLogInfo(ctx, a.log)
	switch {
	case err != nil:
		return err
	case info.Log == "":
		if err := a.load(ctx, households); err != nil {
			return err
		}
	case !info.Demonstration():
		return refuse("这里是正式记录，不能装载示范县", "this is a real record, no demonstration is loaded into it",
			"启动正式记录 (serve it): "+a.commandLine("serve"), "示范县请用另一个数据目录 (for a demonstration use another folder): shouwang demo --data ./demo-data")
	case info.Loaded == nil:
		a.say("上次装载中断，现在继续 (the loading was interrupted; it goes on now)")
		if err := a.load(ctx, households); err != nil {
			return err
		}
	case households != 0 && info.Loaded.Households != households:
		a.say("这里的示范县有 %d 户，不再装载；要 %d 户请另用数据目录 (this demonstration has %d households; for another size use another folder)",
			info.Loaded.Households, households, info.Loaded.Households)
	}
	return a.begin(ctx, act.DemonstrationClock)
}

// loaded is what a finished load tells.
type loaded struct {
	Demonstration bool   `json:"demonstration"`
	Households    int    `json:"households"`
	Events        int64  `json:"events"`
	Today         string `json:"today"`
}

// loadOnly loads, lets the read models catch up, and ends.
func (p *program) loadOnly(ctx context.Context, demonstrate func(context.Context, *app) error) (err error) {
	a, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	if err := demonstrate(ctx, a); err != nil {
		return err
	}
	if err := a.complete(ctx); err != nil {
		return err
	}
	answer := loaded{true, a.info.Loaded.Households, a.info.Loaded.Events, a.handler.Today().String()}
	if p.asJSON {
		return p.printJSON(answer)
	}
	return p.print("示范县已装载：%d 户，%d 条记录，今天是 %s (loaded)", answer.Households, answer.Events, answer.Today)
}
