package outbox

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
	"shouwang/projections"
)

// Name is what operators call the follower.
const Name = "outbox"

const (
	householdPrefix = "household-"
	// maxRegions bounds the regions remembered; the open cases of a county.
	maxRegions = 50_000
	// Channel is where Postgres tells that there are new messages.
	Channel = "shouwang_outbox"
	// lock is taken by everybody who adds rows, so that numbers are seen in order.
	lock = 0x6f75_7462_6f78
)

var (
	//go:embed sql/add.sql
	addSQL string
	//go:embed sql/mark.sql
	markSQL string
)

// Follower adds messages to the outbox.
type Follower struct {
	source string
	all    bool
}

// NewFollower returns the outbox's follower. log is the record's own name. all
// says that a first start tells the whole record, not only what comes from now on.
func NewFollower(log string, all bool) *Follower { return &Follower{source: Source(log), all: all} }

// Name implements projections.Follower.
func (f *Follower) Name() string { return Name }

// Version implements projections.Follower.
func (f *Follower) Version() int { return 1 }

// Fields implements projections.Follower.
func (f *Follower) Fields() eventlog.Fields { return eventlog.Everything }

// Applier implements projections.Follower.
func (f *Follower) Applier() projections.Applier {
	return &applier{Follower: f, regions: map[string]string{}}
}

// Start implements projections.Starter.
func (f *Follower) Start(ctx context.Context, conn *pgx.Conn, log eventlog.Log, again bool) (eventlog.Position, error) {
	if !again {
		if f.all {
			return eventlog.Position{}, nil
		}
		return log.End(ctx)
	}
	var mark eventlog.ID
	err := conn.QueryRow(ctx, "select event from model.outbox_mark").Scan(&mark)
	if errors.Is(err, pgx.ErrNoRows) {
		return log.End(ctx) // it had not taken in anything
	}
	if err != nil {
		return eventlog.Position{}, fmt.Errorf("read the last record taken in: %w", err)
	}
	for rec, err := range log.ReadAll(ctx, eventlog.Position{}, eventlog.WithID) {
		if err != nil {
			return eventlog.Position{}, fmt.Errorf("look for the last record taken in: %w", err)
		}
		if rec.ID == mark {
			return rec.Position, nil
		}
	}
	return eventlog.Position{}, fmt.Errorf("%w: event %s is not in it", projections.ErrForeign, mark)
}

// applier remembers where households are.
type applier struct {
	*Follower
	regions map[string]string
}

// Apply implements projections.Applier.
func (a *applier) Apply(ctx context.Context, b projections.Batch) error {
	var messages []message
	for _, rec := range b.Records {
		if !strings.HasPrefix(rec.Stream, householdPrefix) {
			continue
		}
		if _, told := types[rec.Type]; !told && rec.Version != 1 {
			continue
		}
		where, err := a.region(ctx, b, rec)
		if err != nil {
			return err
		}
		m, told, err := a.message(rec, where)
		if err != nil {
			return err
		}
		if told {
			messages = append(messages, m)
		}
	}
	if err := add(ctx, b.Tx, messages); err != nil {
		return err
	}
	if _, err := b.Tx.Exec(ctx, markSQL, b.Records[len(b.Records)-1].ID); err != nil {
		return fmt.Errorf("note the last record taken in: %w", err)
	}
	return nil
}

// region is where a household is: its first event says so.
func (a *applier) region(ctx context.Context, b projections.Batch, rec eventlog.Record) (string, error) {
	if r, ok := a.regions[rec.Stream]; ok && rec.Type != "household.registered.v1" {
		return r, nil
	}
	if rec.Version != 1 && rec.Type != "household.registered.v1" {
		records, err := b.Stream(ctx, rec.Stream)
		if err != nil {
			return "", err
		}
		rec = records[0]
	}
	var opening struct {
		Region string `json:"region"`
	}
	if err := json.Unmarshal(rec.Data, &opening); err != nil {
		return "", fmt.Errorf("read the region of %s: %w", rec.Stream, err)
	}
	if len(a.regions) >= maxRegions {
		clear(a.regions)
	}
	a.regions[rec.Stream] = opening.Region
	return opening.Region, nil
}

// add puts messages at the end of the outbox. It commits durably: what has left
// must not be forgotten here.
func add(ctx context.Context, tx pgx.Tx, messages []message) error {
	if len(messages) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock($1), set_config('synchronous_commit', 'on', true)", int64(lock)); err != nil {
		return fmt.Errorf("lock the outbox: %w", err)
	}
	var batch pgx.Batch
	for _, m := range messages {
		batch.Queue(addSQL, pgx.NamedArgs{"id": m.ID, "subject": m.Subject, "region": m.Region, "type": m.Type, "body": m.Body, "happened_at": m.Happened})
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("add %d messages to the outbox: %w", len(messages), err)
	}
	if _, err := tx.Exec(ctx, "notify "+Channel); err != nil {
		return fmt.Errorf("tell of new messages: %w", err)
	}
	return nil
}
