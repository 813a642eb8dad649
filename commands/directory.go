package commands

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Directory keeps regions, offices, appointments and packs in memory, following
// the record: small, asked by every act, and the same for all of them.
type Directory struct {
	log eventlog.Log

	follow sync.Mutex // held by whoever catches up
	after  eventlog.Position

	mu    sync.RWMutex
	dir   *office.Directory
	book  *policy.Book
	packs map[string]policy.Pack // by SHA-256
	info  LogInfo
	// accounts without their comings and goings, which each account's stream has.
	accounts *account.Book
	// changes are the facts about places, posts and packs, in the order of the record.
	changes []change
}

// change is one of them: where it stands.
type change struct {
	stream  string
	version eventlog.Version
}

// NewDirectory returns a directory that has not read anything yet.
func NewDirectory(log eventlog.Log) *Directory {
	return &Directory{log: log, dir: office.NewDirectory(), book: policy.NewBook(load.Adopted), packs: map[string]policy.Pack{}, accounts: account.NewBook()}
}

// CatchUp reads what was recorded since the last time.
func (d *Directory) CatchUp(ctx context.Context) error {
	d.follow.Lock()
	defer d.follow.Unlock()
	for rec, err := range d.log.ReadAll(ctx, d.after, 0) {
		if err != nil {
			return fmt.Errorf("follow the directory: %w", err)
		}
		if concerns(rec) {
			if err := d.take(ctx, rec); err != nil {
				return err
			}
		}
		d.after = rec.Position
	}
	return nil
}

// Follow keeps catching up until the context is done.
func (d *Directory) Follow(ctx context.Context) error {
	for {
		if err := d.CatchUp(ctx); err != nil {
			return err
		}
		if err := d.log.Wait(ctx, d.position()); err != nil {
			return err
		}
	}
}

func (d *Directory) position() eventlog.Position {
	d.follow.Lock()
	defer d.follow.Unlock()
	return d.after
}

func concerns(rec eventlog.Record) bool {
	family, _, _ := strings.Cut(rec.Type, ".")
	switch family {
	case "region", "office", "appointment", "kinship", "assignment", "policy", "log", "account":
		return true
	case "fact": // a correction: of any stream
		return isOffice(rec.Stream) || isPolicy(rec.Stream)
	}
	return false
}

// isOffice says whether a stream has facts about regions, offices, appointments,
// kin or assignments.
func isOffice(stream string) bool {
	kind, _, _ := strings.Cut(stream, "-")
	return kind == "region" || kind == "office" || kind == "kinship"
}

func isPolicy(stream string) bool { return strings.HasPrefix(stream, "policy-") }

// take fetches a record's data, which the scan of all records leaves out.
func (d *Directory) take(ctx context.Context, rec eventlog.Record) error {
	stream, version := strings.Clone(rec.Stream), rec.Version
	for full, err := range d.log.ReadStream(ctx, stream, version-1) {
		if err != nil {
			return fmt.Errorf("read %s: %w", stream, err)
		}
		e, err := decodeFor(full)
		if err != nil {
			return fmt.Errorf("%s version %d: %w", stream, version, err)
		}
		return d.apply(e, full)
	}
	return fmt.Errorf("read %s: version %d is not there", stream, version)
}

// decodeFor reads a record as what its stream's is: a void has one name in all.
func decodeFor(rec eventlog.Record) (any, error) {
	switch {
	case isOffice(rec.Stream):
		return wire.Office(rec.Type, rec.Data)
	case isPolicy(rec.Stream):
		return wire.Policy(rec.Type, rec.Data)
	}
	return wire.Decode(rec.Type, rec.Data, nil)
}

func (d *Directory) apply(e any, rec eventlog.Record) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if isOffice(rec.Stream) || isPolicy(rec.Stream) {
		d.changes = append(d.changes, change{strings.Clone(rec.Stream), rec.Version})
	}
	switch e := e.(type) {
	case office.Event:
		d.dir.Take(office.Fact{ID: rec.ID.String(), Event: e})
	case policy.Event:
		if err := d.book.Take(policy.Fact{ID: rec.ID.String(), Event: e}); err != nil {
			return fmt.Errorf("read an adopted pack: %w", err)
		}
		if adopted, ok := e.(policy.Adopted); ok {
			pack, err := load.Adopted([]byte(adopted.Text))
			if err != nil {
				return fmt.Errorf("read an adopted pack: %w", err)
			}
			d.packs[pack.SHA256] = pack
		}
	case account.Event:
		d.accounts.Apply(strings.TrimPrefix(rec.Stream, AccountStream("")), account.Fact{Version: int64(rec.Version), Recorded: rec.RecordedAt, Event: e})
	default:
		d.info.apply(e)
	}
	return nil
}

// Changes is how many facts about places, posts and packs were recorded.
func (d *Directory) Changes() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return len(d.changes)
}

// ReadTo is how far a stream reached when there were that many changes; ok where
// there were more in it since.
func (d *Directory) ReadTo(stream string, changes int) (version eventlog.Version, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, c := range d.changes[min(max(changes, 0), len(d.changes)):] {
		if c.stream == stream {
			return c.version - 1, true
		}
	}
	return 0, false
}

// AccountStream is the stream of an account.
func AccountStream(id string) string { return "account-" + id }

// Accounts calls f with the accounts; f must not keep the book.
func (d *Directory) Accounts(f func(*account.Book) error) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return f(d.accounts)
}

// View calls f with the regions, offices and appointments; f must not keep them.
func (d *Directory) View(f func(*office.Directory) error) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return f(d.dir)
}

// Whole says whether sorted codes of regions are all that there are between the
// first and the last of them.
func (d *Directory) Whole(codes []string) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.dir.Whole(codes)
}

// Pack returns the pack in force in a region on a day: the region's own, or its
// nearest ancestor's.
func (d *Directory) Pack(region string, on calendar.Day) (policy.Pack, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.book.InForce(d.upFrom(region, on), on)
}

// Adoptions returns the packs that the region and those above it had adopted by
// the day, the latest first.
func (d *Directory) Adoptions(region string, on calendar.Day) []policy.Adoption {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.book.Adoptions(d.upFrom(region, on), on)
}

// upFrom is the region and those in which it lies on the day, from below.
func (d *Directory) upFrom(region string, on calendar.Day) (regions []string) {
	for i := range code.Levels {
		level := code.Level(code.Levels[len(code.Levels)-1-i].Code)
		if a := d.dir.Ancestor(region, level, on); a != "" {
			regions = append(regions, a)
		}
	}
	return regions
}

// Policies calls f with the packs that were adopted; f must not keep the book.
func (d *Directory) Policies(f func(*policy.Book) error) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return f(d.book)
}

// PackBySum returns an adopted pack by the SHA-256 of its text.
func (d *Directory) PackBySum(sum string) (policy.Pack, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	p, ok := d.packs[sum]
	return p, ok
}

// Info returns what the stream "log" says about the log.
func (d *Directory) Info() LogInfo {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.info
}
