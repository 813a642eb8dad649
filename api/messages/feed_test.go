package messages

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/internal/pgtest"
	"shouwang/projections/outbox"
)

// process is the feed of one app process, as far as its pages hear.
func process(t *testing.T, pool *pgxpool.Pool, says io.Writer) *Feed {
	t.Helper()
	bell := outbox.NewBell()
	feed := NewFeed(pool, bell, slog.New(slog.NewTextHandler(says, nil)))
	early := open(t, feed, 0)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	running.Go(func() { bell.Run(ctx, pool) })
	running.Go(func() { feed.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	if c := <-early.Changes; !c.Anything() { // it follows the outbox from now on
		t.Errorf("a page that was there before hears %+v", c)
	}
	return feed
}

// open opens a page that heard of a change.
func open(t *testing.T, feed *Feed, heard int64) Listening {
	t.Helper()
	l, ok := feed.Listen(heard)
	if !ok {
		t.Fatal("nobody may listen")
	}
	t.Cleanup(l.Leave)
	return l
}

// hears reads what a page hears until the given change.
func hears(t *testing.T, who string, l Listening, last string) (all []string) {
	t.Helper()
	deadline := time.After(90 * time.Second)
	for {
		select {
		case c, open := <-l.Changes:
			if !open {
				t.Fatalf("%s was sent away after %q", who, all)
			}
			if all = append(all, fmt.Sprint(c.Number, " ", c.Subject)); all[len(all)-1] == last {
				return all
			}
		case <-deadline:
			t.Fatalf("%s heard %q, never %q", who, all, last)
		}
	}
}

// The pages of every process hear of everything new, whoever delivers, and a page
// that does not read keeps nobody waiting: not the others, not the router.
func TestThePagesOfEveryProcessHear(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	fill(t, pool, 1, 1, 3) // old
	served(t, pool, Local)
	stop := deliver(t, pool, Destination{Name: Local, Topic: Topic, Publisher: newReceiver()})
	until(t, "somebody delivers", func() bool { return through(t, pool, Local) == 3 })
	first, second := process(t, pool, io.Discard), process(t, pool, io.Discard)
	slow, here, there := open(t, first, 0), open(t, first, 0), open(t, second, 0)
	fill(t, pool, 2, 4, 1)
	for who, page := range map[string]Listening{"a page of one process": here, "a page of the other": there} {
		if got := hears(t, who, page, "5 household-2"); len(got) != 2 || got[0] != "4 household-1" {
			t.Errorf("%s heard %q", who, got)
		}
	}
	stop() // nobody delivers: pages hear all the same
	for n := range maxUnread {
		fill(t, pool, 1, 5+n, 1)
		hears(t, "a page of one process", here, fmt.Sprint(6+n, " household-1"))
		hears(t, "a page of the other", there, fmt.Sprint(6+n, " household-1"))
	}
	// It heard what it had room for, and last that it should look at everything.
	for n := range maxUnread {
		if c := <-slow.Changes; c.Anything() != (n == maxUnread-1) {
			t.Errorf("%d: the slow page heard %+v", n, c)
		}
	}
	fill(t, pool, 2, 1, 1)
	hears(t, "the slow page", slow, fmt.Sprint(7+maxUnread, " household-2"))
}

// A page whose process is gone hears from another what happened meanwhile, and if
// nobody knows that any more, that it should look.
func TestAPageThatComesBackMissesNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	first, second := process(t, pool, io.Discard), process(t, pool, io.Discard)
	page := open(t, first, 0)
	witness := open(t, second, 0)
	fill(t, pool, 1, 1, 1)
	hears(t, "a page", page, "1 household-1")
	first.Hush()
	if _, open := <-page.Changes; open {
		t.Error("a process that ends keeps its pages")
	}
	if _, ok := first.Listen(0); ok {
		t.Error("somebody listens to a process that ends")
	}
	fill(t, pool, 3, 2, 1)
	hears(t, "a page of the other process", witness, "4 household-3")
	back := open(t, second, 1)
	if got := hears(t, "the page that came back", back, "4 household-3"); len(got) != 3 || back.After != 4 {
		t.Errorf("it heard %q, after %d", got, back.After)
	}
	third := process(t, pool, io.Discard)
	late := open(t, third, 1)
	if c := <-late.Changes; !c.Anything() || c.Number != 4 {
		t.Errorf("a process that began later says %+v", c)
	}
	// Nor does a process keep everything for ever.
	fill(t, pool, 1, 5, 3*maxRecent)
	until(t, "it has told everything", func() bool { return open(t, second, 0).After == 4+3*maxRecent })
	if c := <-open(t, second, 4).Changes; !c.Anything() {
		t.Errorf("a process remembers %+v", c)
	}
	second.mu.Lock()
	defer second.mu.Unlock()
	if n := len(second.recent); n < maxRecent || n >= 2*maxRecent {
		t.Errorf("%d changes are remembered", n)
	}
}

// Pages go on hearing after the server was away, and of what they cannot know.
func TestPagesHearAfterAnOutage(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	pool, owner := database.Pool(t, database.App(), nil), database.Pool(t, database.Owner(), nil)
	said := make(lines, 1)
	feed := process(t, pool, said)
	page := open(t, feed, 0)
	fill(t, pool, 1, 1, 1)
	hears(t, "a page", page, "1 household-1")
	if _, err := owner.Exec(t.Context(), "alter table model.outbox rename to outbox_away; notify "+outbox.Channel); err != nil {
		t.Fatal(err)
	}
	<-said
	if _, err := owner.Exec(t.Context(), "alter table model.outbox_away rename to outbox"); err != nil {
		t.Fatal(err)
	}
	fill(t, pool, 2, 2, 1)
	end := last(t, pool)
	hears(t, "a page", page, fmt.Sprint(end, " household-2"))
	// An outbox that has become shorter is another one: everybody looks.
	if _, err := pool.Exec(t.Context(), "delete from model.outbox"); err != nil {
		t.Fatal(err)
	}
	hears(t, "a page", page, "0 ")
	fill(t, pool, 1, 3, 1)
	hears(t, "a page", page, fmt.Sprint(last(t, pool), " household-1"))
}

func last(t *testing.T, pool *pgxpool.Pool) int64 {
	t.Helper()
	n, err := outbox.NewBox(pool).Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// lines is where a process says what is wrong; the first line waits to be read.
type lines chan string

func (l lines) Write(b []byte) (int, error) {
	select {
	case l <- string(b):
	default:
	}
	return len(b), nil
}
