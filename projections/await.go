package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shouwang/eventlog"
)

// Errors of waiting. Both mean: what was written is safe, this read model just
// does not show it.
var (
	// ErrNotYet means that the model did not get there in time.
	ErrNotYet = errors.New("projections: recorded, but not shown yet")
	// ErrStopped means that the model does not follow until it is repaired.
	ErrStopped = errors.New("projections: recorded, but the read model has stopped")
)

// Await returns once the read model shows what the receipt stands for. It waits
// at most AwaitLimit.
func (f *Followers) Await(ctx context.Context, model string, receipt Receipt) error {
	follower, err := f.find(model)
	if err != nil {
		return err
	}
	want, err := f.open(receipt)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, AwaitLimit)
	defer cancel()
	err = f.await(limited, follower, want)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return fmt.Errorf("%s: %w", model, ErrNotYet)
	}
	return err
}

func (f *Followers) await(ctx context.Context, follower Follower, want eventlog.Position) error {
	p := f.progress[follower.Name()]
	news := make(chan struct{}, 1)
	p.tell(news, want)
	defer p.leave(news)
	timer := time.NewTimer(firstLook)
	defer timer.Stop()
	pause := firstLook
	for {
		now := p.look()
		if now.at.Compare(want) >= 0 {
			return nil
		}
		if now.stopped != nil {
			return fmt.Errorf("%s: %w", follower.Name(), ErrStopped)
		}
		if now.held {
			pause = ownLook
		}
		timer.Reset(pause)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-news:
			continue
		case <-timer.C:
		}
		c, err := loadCheckpoint(ctx, f.pool, follower.Name(), loadSQL)
		switch {
		case err != nil && !passing(err):
			return err
		case err != nil: // the server may be back before the limit
		case !f.fits(follower, c) && !f.newer(follower, c):
		case c.at.Compare(want) >= 0:
			return nil
		case c.stopped != "":
			return fmt.Errorf("%s: %w", follower.Name(), ErrStopped)
		}
		pause = min(2*pause, lastLook)
	}
}
