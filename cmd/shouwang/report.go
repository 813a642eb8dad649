package main

import (
	"context"

	"github.com/spf13/cobra"

	"shouwang/domain/calendar"
	"shouwang/domain/office"
	"shouwang/projections"
)

// persons are the two bases as the command line names them.
var persons = map[string]projections.Basis{"inclusion": projections.AtInclusion, "current": projections.Current}

func newReportCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "report", Short: "官方报表 (the official reports)",
		Args: usageArgs(cobra.NoArgs), RunE: showHelp,
	}
	c.AddCommand(newHalfYearCommand(p))
	return c
}

func newHalfYearCommand(p *program) *cobra.Command {
	var region, basis string
	var times timesFlags
	c := &cobra.Command{
		Use: "half-year", Short: "半年报：累计、消除、新增、未消除、措施 (the half-year report)",
		Example: "  shouwang report half-year --region 629900 --as-of 2023-06-30 --json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if _, ok := persons[basis]; !ok {
				return usagef(c.CommandPath(), "--persons %q: 应为 inclusion 或 current (one of the two)", basis)
			}
			if err := times.check(c.CommandPath()); err != nil {
				return err
			}
			return p.use(c.Context(), func(ctx context.Context, a *app) error {
				if err := a.complete(ctx); err != nil {
					return err
				}
				return a.halfYear(ctx, region, persons[basis], times)
			})
		},
	}
	c.Flags().StringVar(&region, "region", "", "地区代码，如 629900；只有一个县时可省 (the region's code)")
	c.Flags().StringVar(&basis, "persons", "inclusion", "人数口径:inclusion 纳入时,current 当前 (which persons are counted)")
	times.add(c)
	p.jsonFlag(c)
	return c
}

func (a *app) halfYear(ctx context.Context, region string, basis projections.Basis, flags timesFlags) error {
	times, err := flags.parse(a.clock.Now())
	if err != nil {
		return err
	}
	q := projections.HalfYearQuery{Times: times, Persons: basis}
	place, err := a.region(region, times.AsOf)
	if err != nil {
		return err
	}
	q.Region = place.Code
	err = a.directory.View(func(d *office.Directory) error {
		q.Regions = d.Regions(place.Code, times.AsOf)
		return nil
	})
	if err != nil {
		return err
	}
	if pack, ok := a.directory.Pack(place.Code, times.AsOf); ok {
		if line, ok := pack.LineOf(times.AsOf.Year()); ok {
			yuan := int64(line) / 100
			q.IncomeLine = &yuan
		}
	}
	report, err := a.models.reports.HalfYear(ctx, q)
	if err != nil {
		return err
	}
	if a.asJSON {
		return a.printJSON(struct {
			projections.HalfYear
			Demonstration bool `json:"demonstration"`
		}{report, a.info.Demonstration()})
	}
	for _, sentence := range report.Sentences(place.Name) {
		if err := a.print("%s", sentence); err != nil {
			return err
		}
	}
	return nil
}

// region finds a region on a day; "" is the one that stands above all others,
// if there is one only.
func (a *app) region(code string, on calendar.Day) (found office.Region, err error) {
	err = a.directory.View(func(d *office.Directory) error {
		if code == "" {
			tops := d.Children("", on)
			if len(tops) != 1 {
				return refuse("请用 --region 指明地区", "say which region with --region")
			}
			found = tops[0]
			return nil
		}
		region, ok := d.Region(code, on)
		if !ok {
			return refuse(on.Chinese()+"没有代码为"+code+"的地区", "no region has this code on "+on.String())
		}
		found = region
		return nil
	})
	return found, err
}
