package main

import (
	"context"
	"errors"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/internal/demonstration"
)

// load lives through the demonstration county, on a clock of its own, before
// anybody follows the record: read models built from the whole of it at the end
// are sooner ready than models that follow every act. What an interrupted load
// has entered already is found again and not entered twice.
func (a *app) load(ctx context.Context, households int) error {
	clock := demonstration.NewClock()
	a.clock.set(clock.Now)
	if _, err := commands.OpenLog(ctx, a.log, act.DemonstrationClock, "demonstration"); err != nil {
		return err
	}
	bar := a.progress("装载示范县 (loading the demonstration county)", 0)
	summary, err := demonstration.Load(ctx, demonstration.Config{
		Handler: commands.New(commands.Config{
			Log: a.log, Keys: a.keys, Directory: commands.NewDirectory(a.log), Clock: a.clock.Now, Attachments: a.attachments}),
		Log: a.log, Clock: clock, Attachments: a.attachments, Households: households,
		Progress: func(done, total int) { bar.of(int64(done), int64(total)) },
	})
	if errors.Is(err, context.Canceled) {
		return refuse("示范县的装载已中断，没有装完", "the loading was interrupted and is not complete", "继续装载 (it goes on with): "+a.commandLine("demo"))
	}
	if err != nil {
		return err
	}
	bar.end()
	a.say("%d 户，%d 条记录 (households and records)", summary.Households, summary.Total)
	return nil
}
