package projections

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// holder follows the record with one follower while it has the lock of it.
type holder struct {
	*Followers
	follower Follower
	name     string
	progress *progress
	// step is how many records go into the next transaction; it shrinks around
	// a record that cannot be applied, so that everything before it still is.
	step int
}

func (f *Followers) holder(follower Follower) *holder {
	name := follower.Name()
	return &holder{Followers: f, follower: follower, name: name, progress: f.progress[name], step: maxBatch}
}

// run holds until ctx is done; after a failure that may pass, it begins anew.
func (h *holder) run(ctx context.Context) {
	pause := firstRetry
	for ctx.Err() == nil {
		before := h.progress.look().at
		err := h.hold(ctx)
		h.progress.release()
		if ctx.Err() != nil {
			return
		}
		h.metrics.failed(h.name)
		h.logger.WarnContext(ctx, "follower interrupted, will go on", "follower", h.name, "error", err)
		if h.progress.look().at != before {
			pause = firstRetry
		}
		if sleep(ctx, pause) != nil {
			return
		}
		pause = min(2*pause, lastRetry)
	}
}

// hold takes the lock and follows until something breaks. The connection that
// has the lock also writes: without the lock there is nothing to write with.
func (h *holder) hold(ctx context.Context) error {
	conn, err := h.connect(ctx)
	if err != nil {
		return err
	}
	defer disconnect(ctx, conn)
	if err := h.standBy(ctx, conn); err != nil {
		return err
	}
	for {
		c, err := h.prepare(ctx, conn)
		if err == nil {
			err = h.follow(ctx, conn, c)
		}
		if errors.Is(err, errOvertaken) {
			continue
		}
		if passing(err) || errors.Is(err, ErrNewer) || conn.IsClosed() {
			return err
		}
		if err := h.rest(ctx, conn, err); err != nil {
			return err
		}
	}
}

// standBy returns when the lock is ours. A program that is older than the rows
// does not ask for it: it would only keep it from a newer one.
func (h *holder) standBy(ctx context.Context, conn *pgx.Conn) error {
	for pause := firstAsk; ; pause = min(2*pause, takeOver) {
		c, err := loadCheckpoint(ctx, conn, h.name, loadSQL)
		if err != nil {
			return err
		}
		if !h.newer(c) {
			if got, err := tryLock(ctx, conn, holdKey(h.name)); err != nil || got {
				return err
			}
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// prepare returns the checkpoint to go on from. A read model that is missing,
// of another version or of another store is made anew first.
func (h *holder) prepare(ctx context.Context, conn *pgx.Conn) (*checkpoint, error) {
	c, err := loadCheckpoint(ctx, conn, h.name, loadSQL)
	if err != nil {
		return nil, err
	}
	if h.fits(h.follower, c) {
		return c, nil
	}
	if h.newer(c) {
		return nil, fmt.Errorf("%s: %w", h.name, ErrNewer)
	}
	if _, ok := h.follower.(Model); !ok {
		return nil, h.start(ctx, conn, c)
	}
	err = h.Rebuild(ctx, h.name, nil)
	if errors.Is(err, ErrBeingRebuilt) {
		err = sleep(ctx, takeOver)
	}
	if err != nil {
		return nil, err
	}
	return nil, errOvertaken
}

func (h *holder) newer(c *checkpoint) bool { return h.Followers.newer(h.follower, c) }

// rest says why the follower stopped and waits for a rebuilt model.
func (h *holder) rest(ctx context.Context, conn *pgx.Conn, why error) error {
	h.metrics.failed(h.name)
	h.progress.stop(why)
	h.logger.ErrorContext(ctx, "follower stopped", "follower", h.name, "error", why)
	generation, err := h.markStopped(ctx, conn, why)
	if err != nil {
		return err
	}
	for {
		if err := sleep(ctx, restCheck); err != nil {
			return err
		}
		c, err := loadCheckpoint(ctx, conn, h.name, loadSQL)
		if err != nil {
			return err
		}
		if c != nil && c.generation != generation {
			return nil
		}
	}
}

// markStopped stores the reason where every process can read it and returns
// the generation it is about.
func (h *holder) markStopped(ctx context.Context, conn *pgx.Conn, why error) (int64, error) {
	// A follower that could not even be built has no checkpoint: this one fits
	// no record, so the next start builds again.
	nowhere := checkpoint{}
	if _, err := conn.Exec(ctx, startSQL, nowhere.args(h.name)); err != nil {
		return 0, fmt.Errorf("note that %s stopped: %w", h.name, err)
	}
	c, err := loadCheckpoint(ctx, conn, h.name, loadSQL)
	if err != nil {
		return 0, err
	}
	args := c.args(h.name)
	args["stopped"] = shortened(why.Error())
	if _, err := conn.Exec(ctx, stopSQL, args); err != nil {
		return 0, fmt.Errorf("note that %s stopped: %w", h.name, err)
	}
	return c.generation, nil
}

func shortened(reason string) string {
	if len(reason) > maxReason {
		reason = reason[:maxReason] + "…"
	}
	return storable(reason)
}

// sleep returns early, with an error, when ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
