package projections

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

var (
	//go:embed checkpoint/held.sql
	heldSQL string
	//go:embed checkpoint/status.sql
	statusSQL string
)

// State is what a follower does now.
type State string

// The states.
const (
	Running    State = "running"    // some process follows
	Stopped    State = "stopped"    // at a record it cannot apply, see Error
	Rebuilding State = "rebuilding" // made anew; the old rows, if any, are still shown
	Idle       State = "idle"       // no process follows
)

// Status is how one follower stands, whichever process runs it.
type Status struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	State   State  `json:"state"`
	// Behind is how many records are not applied yet; More says that it is the
	// limit of counting and there are more.
	Behind int  `json:"behind"`
	More   bool `json:"more,omitempty"`
	// BehindSeconds is how long the oldest of them has waited.
	BehindSeconds float64 `json:"behind_seconds"`
	// Rebuilt counts how often a newly built model took the place of the old.
	Rebuilt int64 `json:"rebuilt"`
	// ChangedAt is when the follower last moved, by the database's clock.
	ChangedAt time.Time `json:"changed_at"`
	Error     string    `json:"error,omitempty"`
	// Sends: no read model, nobody's reading waits for it.
	Sends bool `json:"sends,omitempty"`
}

// Status reports on every follower, in the order given to New.
func (f *Followers) Status(ctx context.Context) ([]Status, error) {
	stored, err := f.storedStatus(ctx)
	if err != nil {
		return nil, err
	}
	held, err := f.locksHeld(ctx)
	if err != nil {
		return nil, err
	}
	var all []Status
	for _, follower := range f.order {
		name := follower.Name()
		s := Status{Name: name, Version: follower.Version(), State: Idle}
		if _, ok := follower.(Model); !ok {
			s.Sends = true
		}
		row := stored[name]
		var after eventlog.Position
		if row != nil {
			s.Error, s.ChangedAt, s.Rebuilt = row.stopped, row.changedAt, row.generation
			if row.origin == f.origin {
				after = row.at
			}
		}
		switch {
		case held[rebuildKey(name)]:
			s.State = Rebuilding
		case s.Error != "":
			s.State = Stopped
		case held[holdKey(name)]:
			s.State = Running
		}
		if err := f.measure(ctx, &s, after); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

type storedStatus struct {
	checkpoint
	changedAt time.Time
}

func (f *Followers) storedStatus(ctx context.Context) (map[string]*storedStatus, error) {
	rows, err := f.pool.Query(ctx, statusSQL)
	if err != nil {
		return nil, fmt.Errorf("read the checkpoints: %w", err)
	}
	defer rows.Close()
	stored := map[string]*storedStatus{}
	for rows.Next() {
		var name string
		var commit, prepare int64
		var s storedStatus
		if err := rows.Scan(&name, &s.version, &s.Log, &s.Store, &commit, &prepare, &s.generation, &s.stopped, &s.changedAt); err != nil {
			return nil, fmt.Errorf("read the checkpoints: %w", err)
		}
		s.at = eventlog.Position{Commit: uint64(commit), Prepare: uint64(prepare)}
		stored[name] = &s
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the checkpoints: %w", err)
	}
	return stored, nil
}

// locksHeld tells which followers some process holds or rebuilds. A lock ends
// with the process that has it, so this is true also after a crash.
func (f *Followers) locksHeld(ctx context.Context) (map[int64]bool, error) {
	var keys []int64
	for _, follower := range f.order {
		keys = append(keys, holdKey(follower.Name()), rebuildKey(follower.Name()))
	}
	rows, err := f.pool.Query(ctx, heldSQL, pgx.NamedArgs{"keys": keys})
	if err != nil {
		return nil, fmt.Errorf("read the followers' locks: %w", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read the followers' locks: %w", err)
	}
	held := map[int64]bool{}
	for _, key := range found {
		held[key] = true
	}
	return held, nil
}

// measure counts what is not applied yet. Positions are opaque and may have
// gaps, so it counts records.
func (f *Followers) measure(ctx context.Context, s *Status, after eventlog.Position) error {
	for rec, err := range f.log.ReadAll(ctx, after, 0) {
		if err != nil {
			return fmt.Errorf("count the records before %s: %w", s.Name, err)
		}
		if s.Behind == lagCount {
			s.More = true
			break
		}
		if s.Behind == 0 {
			s.BehindSeconds = max(0, f.now().Sub(rec.RecordedAt).Seconds())
		}
		s.Behind++
	}
	return nil
}

// Ready returns nil when every read model is of this record and of this program
// and follows it.
func (f *Followers) Ready(ctx context.Context) error {
	stored, err := f.storedStatus(ctx)
	if err != nil {
		return err
	}
	for _, follower := range f.order {
		if _, ok := follower.(Model); !ok {
			continue // what waits to be sent hinders nobody from reading
		}
		row := stored[follower.Name()]
		switch {
		case row != nil && f.newer(follower, &row.checkpoint):
			return fmt.Errorf("%s: %w", follower.Name(), ErrNewer)
		case row == nil || !f.fits(follower, &row.checkpoint):
			return fmt.Errorf("%s: %w", follower.Name(), ErrBeingRebuilt)
		case row.stopped != "":
			return fmt.Errorf("%s: %w: %s", follower.Name(), ErrStopped, row.stopped)
		}
	}
	return nil
}
