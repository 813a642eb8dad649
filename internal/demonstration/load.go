package demonstration

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/sync/errgroup"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/eventlog"
)

// Seed is that of the standard county.
const Seed = 629900

const (
	// ownActs and paperActs bound the acts of a day that are entered at the same
	// time: enough of them share each fsync, few enough to keep memory small.
	// Every paper enters up to sixteen lines at once by itself.
	ownActs   = 96
	paperActs = 12
	// uploads bounds the pictures that are uploaded at the same time.
	uploads = 8
)

// MaxHouseholds bounds a scaled county: all of its acts are written down in
// memory before the first is entered, some 700 MiB for so many.
const MaxHouseholds = 200_000

// ErrTooMany is a county larger than MaxHouseholds.
var ErrTooMany = fmt.Errorf("a demonstration has at most %d households", MaxHouseholds)

// Attachments keeps the photographs of sheets.
type Attachments interface {
	Put(ctx context.Context, s attachments.Statement, content io.Reader) (attachments.Attachment, error)
}

// Config is what loading needs. Handler, Log and Clock belong together: the log
// and the handler go by the clock, and the log was opened as a demonstration.
type Config struct {
	Handler     *commands.Handler
	Log         eventlog.Log
	Clock       *Clock
	Attachments Attachments      // nil: sheets carry no photographs
	Machine     func() time.Time // the real time; nil means time.Now
	Seed        int64            // 0 is Seed
	// Households scales the county up to so many households; up to the standard
	// number it is the standard county.
	Households int
	// Progress is told how many acts are entered, of how many; nil tells nobody.
	Progress func(done, total int)
}

// Summary says what was loaded.
type Summary struct {
	Households int
	Acts       int
	Events     map[string]int64 // by type
	Total      int64            // of all events
	Stories    []Story
}

// ErrNotDemonstration is a log that was not opened as a demonstration: nothing
// invented may enter it.
var ErrNotDemonstration = errors.New("the log is not one of a demonstration")

// ErrLoaded is a log into which the county was loaded before.
var ErrLoaded = errors.New("the demonstration is loaded already")

// Load enters the county's life up to the morning of 3 July 2023 and finishes
// the loading. If it is interrupted, loading again with the same seed goes on
// where it stopped: every act has its own idempotency key.
func Load(ctx context.Context, c Config) (Summary, error) {
	if err := c.Handler.Directory.CatchUp(ctx); err != nil {
		return Summary{}, fmt.Errorf("load the demonstration: %w", err)
	}
	switch info := c.Handler.Directory.Info(); {
	case !info.Demonstration():
		return Summary{}, ErrNotDemonstration
	case info.Loaded != nil:
		return Summary{}, ErrLoaded
	}
	if c.Households > MaxHouseholds {
		return Summary{}, ErrTooMany
	}
	if c.Machine == nil {
		c.Machine = time.Now
	}
	if c.Seed == 0 {
		c.Seed = Seed
	}
	l := &loader{Config: c, builder: compose(c.Seed, c.Households)}
	if err := l.load(ctx); err != nil {
		return Summary{}, fmt.Errorf("load the demonstration: %w", err)
	}
	return l.finish(ctx)
}

type loader struct {
	Config
	*builder
	done, total int
}

func (l *loader) load(ctx context.Context) error {
	l.total = l.diary.deeds()
	if err := l.upload(ctx); err != nil {
		return err
	}
	if err := l.found(ctx); err != nil {
		return err
	}
	turns := l.turns()
	for day := range turns {
		l.diary.page(day)
	}
	for _, day := range l.diary.days() {
		l.Clock.set(day.Start().Add(7*time.Hour + 30*time.Minute))
		if err := l.records(ctx, l.county.officers[0].id, turns[day]); err != nil {
			return fmt.Errorf("%s: %w", day, err)
		}
		if err := l.live(ctx, day, l.diary.pages[day]); err != nil {
			return fmt.Errorf("%s: %w", day, err)
		}
		delete(l.diary.pages, day) // lived
	}
	return nil
}

func (l *loader) upload(ctx context.Context) error {
	if l.Attachments == nil {
		return nil
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(uploads)
	for _, p := range l.photos.list {
		g.Go(func() error {
			_, err := l.Attachments.Put(ctx, attachments.Statement{CapturedAt: p.on.String(), Place: p.place, By: "demonstration"}, bytes.NewReader(p.content))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return fmt.Errorf("upload photographs: %w", err)
	}
	return nil
}

// live enters a day.
func (l *loader) live(ctx context.Context, day calendar.Day, p *page) error {
	start := day.Start()
	l.Clock.set(start.Add(8 * time.Hour))
	if err := l.together(ctx, ownActs, p.own); err != nil {
		return err
	}
	l.Clock.set(start.Add(8*time.Hour + 30*time.Minute))
	if err := l.together(ctx, paperActs, p.papers); err != nil {
		return err
	}
	for _, t := range p.told {
		l.Clock.set(start.Add(time.Duration(t.minute) * time.Minute))
		if err := l.enter(ctx, t.deed); err != nil {
			return err
		}
	}
	for _, jobs := range [][]*job{p.own, p.papers} {
		for _, j := range jobs {
			l.done += len(j.deeds)
		}
	}
	l.done += len(p.told)
	if l.Progress != nil {
		l.Progress(l.done, l.total)
	}
	return nil
}

// together enters jobs at the same time, each in its own order.
func (l *loader) together(ctx context.Context, limit int, jobs []*job) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(limit)
	for _, j := range jobs {
		g.Go(func() error {
			for _, d := range j.deeds {
				if err := l.enter(ctx, d); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

func (l *loader) enter(ctx context.Context, d deed) error {
	var err error
	if d.on != nil {
		_, err = l.Handler.Household(ctx, d.request(), d.id, d.on)
	} else {
		_, err = l.Handler.Paper(ctx, d.request(), d.id, l.pictured(d.paper))
	}
	if err != nil {
		return fmt.Errorf("%s (%T%T): %w", d.key, d.on, d.paper, err)
	}
	return nil
}

// finish records that the county is complete.
func (l *loader) finish(ctx context.Context) (Summary, error) {
	s := Summary{Households: l.homes + len(l.stories), Acts: l.total, Events: map[string]int64{}, Stories: l.stories}
	for rec, err := range l.Log.ReadAll(ctx, eventlog.Position{}, 0) {
		if err != nil {
			return s, fmt.Errorf("count what was loaded: %w", err)
		}
		s.Events[rec.Type]++
		s.Total++
	}
	today := lastDay.Start().Add(9 * time.Hour)
	l.Clock.set(today.Add(-time.Minute))
	err := commands.FinishLoading(ctx, l.Log, act.DemonstrationLoaded{Seed: l.seed, Households: s.Households, Events: s.Total, Today: today, At: l.Machine()})
	if err != nil {
		return s, fmt.Errorf("finish loading: %w", err)
	}
	return s, l.Handler.Directory.CatchUp(ctx)
}
