package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"shouwang/projections"
)

// followAgain is the pause after the directory could not be followed; followers
// have their own.
const followAgain = time.Second

// follow lets the read models follow the record, and the directory too, until
// the app is closed. What does not fit this program is made anew by that.
func (a *app) follow(ctx context.Context) {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 2)
	go func() { ended <- a.followers.Run(running) }()
	go func() { ended <- a.followDirectory(running) }()
	a.onClose(func() error {
		stop()
		return errors.Join(<-ended, <-ended)
	})
}

// followDirectory goes on when the database is back after an outage.
func (a *app) followDirectory(ctx context.Context) error {
	for {
		err := a.directory.Follow(ctx)
		if ctx.Err() != nil {
			return nil
		}
		a.logger.WarnContext(ctx, "directory interrupted, will go on", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(followAgain):
		}
	}
}

// caughtUp returns when every read model shows what is recorded now.
func (a *app) caughtUp(ctx context.Context) error {
	end, err := a.log.End(ctx)
	if err != nil {
		return fmt.Errorf("find the end of the record: %w", err)
	}
	receipt := a.followers.Receipt(end)
	var all []projections.Follower
	for _, follower := range a.models.followers {
		if _, ok := follower.(projections.Model); ok {
			all = append(all, follower)
		}
	}
	bar := a.progress("建立台账、报表 (building the read models)", int64(len(all)))
	var shown atomic.Int64
	group, waiting := errgroup.WithContext(ctx)
	for _, follower := range all {
		group.Go(func() error {
			err := a.await(waiting, follower.Name(), receipt, func() { bar.at(shown.Load()) })
			if err == nil {
				bar.at(shown.Add(1))
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	bar.end()
	return nil
}

// await returns when a read model shows what the receipt stands for, however
// long it is being built; meanwhile it calls still.
func (a *app) await(ctx context.Context, model string, receipt projections.Receipt, still func()) error {
	for {
		still()
		if err := a.followers.Await(ctx, model, receipt); !errors.Is(err, projections.ErrNotYet) {
			return err
		}
	}
}

// complete brings the read models up to date for a command that reads them.
func (a *app) complete(ctx context.Context) error {
	a.follow(ctx)
	return a.caughtUp(ctx)
}
