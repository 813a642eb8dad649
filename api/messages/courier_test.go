package messages

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/pubsub/gochannel"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/internal/pgtest"
	"shouwang/projections/outbox"
)

// fill adds messages of several households to the outbox: body "<household> <n>".
func fill(t testing.TB, pool *pgxpool.Pool, households, from, each int) {
	t.Helper()
	_, err := pool.Exec(t.Context(), `insert into model.outbox (id, subject, region, type, body, happened_at)
		select gen_random_uuid(), 'household-' || h, '629900101201', 'clue.recorded.v1', convert_to(h || ' ' || n, 'UTF8'), now()
		from generate_series($2::int, $2 + $3 - 1) n, generate_series(1, $1::int) h order by n, h`, households, from, each)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "notify "+outbox.Channel); err != nil {
		t.Fatal(err)
	}
}

// receiver notes what arrives, by household and message.
type receiver struct {
	mu     sync.Mutex
	first  map[string][]int // the numbers in the order of their first arrival
	seen   map[string]int   // by body
	refuse func(body string) error
}

func newReceiver() *receiver { return &receiver{first: map[string][]int{}, seen: map[string]int{}} }

func (r *receiver) take(body string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refuse != nil {
		if err := r.refuse(body); err != nil {
			return err
		}
	}
	household, number, _ := strings.Cut(body, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return Refuse(err)
	}
	if r.seen[body]++; r.seen[body] == 1 {
		r.first[household] = append(r.first[household], n)
	}
	return nil
}

func (r *receiver) set(refuse func(string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuse = refuse
}

func (r *receiver) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		if err := r.take(string(m.Payload)); err != nil {
			return err
		}
	}
	return nil
}

func (r *receiver) Close() error { return nil }

func (r *receiver) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.seen)
}

// complete fails unless every household's messages arrived, in order.
func (r *receiver) complete(t *testing.T, households, each int) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for h := 1; h <= households; h++ {
		got := r.first[fmt.Sprint(h)]
		if len(got) != each {
			t.Errorf("household %d: %d of %d messages arrived", h, len(got), each)
		}
		for i, n := range got {
			if n != i+1 {
				t.Errorf("household %d: message %d came as number %d", h, n, i+1)
				break
			}
		}
	}
}

// deliver runs a courier until the returned function is called.
func deliver(t testing.TB, pool *pgxpool.Pool, destinations ...Destination) (stop func()) {
	t.Helper()
	bell := outbox.NewBell()
	c, err := NewCourier(CourierConfig{Pool: pool, Bell: bell, Destinations: destinations, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c.patience = patience{first: time.Millisecond, last: 5 * time.Millisecond, away: 5 * time.Millisecond, longAway: 50 * time.Millisecond}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	running.Go(func() { bell.Run(ctx, pool) })
	running.Go(func() { c.Run(ctx) })
	stopped := sync.OnceFunc(func() { cancel(); running.Wait() })
	t.Cleanup(stopped)
	return stopped
}

func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(90 * time.Second); !ok(); {
		select {
		case <-deadline:
			t.Fatalf("waited in vain: %s", what)
		case <-tick.C:
		}
	}
}

// served lets a destination begin at the first message.
func served(t testing.TB, pool *pgxpool.Pool, destination string) {
	t.Helper()
	if _, err := outbox.NewBox(pool).Serve(t.Context(), destination, true); err != nil {
		t.Fatal(err)
	}
}

func through(t testing.TB, pool *pgxpool.Pool, destination string) int64 {
	t.Helper()
	seq, err := outbox.NewBox(pool).Serve(t.Context(), destination, true)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func TestEachHouseholdsMessagesArriveInOrder(t *testing.T) {
	t.Parallel()
	pool, r := pgtest.Pool(t), newReceiver()
	served(t, pool, "test")
	stop := deliver(t, pool, Destination{Name: "test", Topic: "events", Publisher: r})
	fill(t, pool, 50, 1, 40)
	until(t, "everything arrives", func() bool { return r.count() == 2000 })
	until(t, "the place is noted", func() bool { return through(t, pool, "test") == 2000 })
	stop()
	r.complete(t, 50, 40)
	// Whoever comes next begins where this one stood.
	again := newReceiver()
	deliver(t, pool, Destination{Name: "test", Topic: "events", Publisher: again})
	fill(t, pool, 1, 41, 1)
	until(t, "the next arrives", func() bool { return again.count() > 0 })
	if again.count() != 1 {
		t.Errorf("%d messages were delivered again", again.count()-1)
	}
}

// Any Watermill publisher is a destination as it is: here the one that Watermill
// itself brings along.
func TestAnyWatermillPublisherIsADestination(t *testing.T) {
	t.Parallel()
	pool, r := pgtest.Pool(t), newReceiver()
	other := gochannel.NewGoChannel(gochannel.Config{Persistent: true}, nil)
	t.Cleanup(func() { _ = other.Close() })
	arriving, err := other.Subscribe(t.Context(), "events")
	if err != nil {
		t.Fatal(err)
	}
	served(t, pool, "other")
	deliver(t, pool, Destination{Name: "other", Topic: "events", Publisher: other})
	fill(t, pool, 5, 1, 4)
	for range 20 {
		m := <-arriving
		if m.Metadata.Get(metaType) == "" || m.Metadata.Get(metaSeq) != "" {
			t.Errorf("%v arrives", m.Metadata)
		}
		if err := r.take(string(m.Payload)); err != nil {
			t.Error(err)
		}
		m.Ack()
	}
	if r.count() != 20 {
		t.Errorf("%d of 20 messages arrived", r.count())
	}
}

// While a destination is away nothing is lost, nothing is poisoned, and nobody
// else waits.
func TestADestinationThatIsAway(t *testing.T) {
	t.Parallel()
	pool, away, there := pgtest.Pool(t), newReceiver(), newReceiver()
	served(t, pool, "away")
	served(t, pool, "there")
	var failures int
	away.set(func(string) error {
		if failures++; failures < 300 {
			return errors.New("connection refused")
		}
		return nil
	})
	deliver(t, pool, Destination{Name: "away", Topic: "events", Publisher: away}, Destination{Name: "there", Topic: "events", Publisher: there})
	fill(t, pool, 20, 1, 10)
	until(t, "the other gets everything", func() bool { return there.count() == 200 })
	until(t, "it gets everything in the end", func() bool { return away.count() == 200 })
	away.complete(t, 20, 10)
	there.complete(t, 20, 10)
	if w, err := outbox.NewBox(pool).Waiting(t.Context(), 10); err != nil || len(w) != 0 {
		t.Errorf("%v %v", w, err)
	}
}

// A message that is refused waits with its reason, its household's later ones
// behind it, and all others go on. Put back, they arrive in their order.
func TestTheRefusedWaitAndComeBackInOrder(t *testing.T) {
	t.Parallel()
	pool, r := pgtest.Pool(t), newReceiver()
	box := outbox.NewBox(pool)
	served(t, pool, "test")
	r.set(func(body string) error {
		if body == "3 2" {
			return Refuse(errors.New("no such household here"))
		}
		return nil
	})
	stop := deliver(t, pool, Destination{Name: "test", Topic: "events", Publisher: r})
	fill(t, pool, 5, 1, 6)
	until(t, "the others arrive", func() bool { return r.count() == 25 })
	until(t, "the place is noted", func() bool { return through(t, pool, "test") == 30 })
	waiting, err := box.Waiting(t.Context(), 100)
	if err != nil || len(waiting) != 5 || waiting[0].Reason != "no such household here" || waiting[0].Tries != 1 || waiting[1].Reason != "" {
		t.Fatalf("%+v %v", waiting, err)
	}
	// A new process knows who waits.
	stop()
	deliver(t, pool, Destination{Name: "test", Topic: "events", Publisher: r})
	fill(t, pool, 5, 7, 1)
	until(t, "the later ones arrive", func() bool { return r.count() == 29 })
	// Put back in vain: it waits again.
	if n, err := box.Retry(t.Context(), "test", waiting[0].Seq); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	until(t, "it waits again", func() bool {
		waiting, err = box.Waiting(t.Context(), 100)
		return err == nil && len(waiting) == 6 && waiting[0].Tries == 2
	})
	r.set(nil)
	if n, err := box.Retry(t.Context(), "test", 0); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	until(t, "what waited arrives", func() bool { return r.count() == 35 })
	until(t, "nothing waits", func() bool { waiting, err = box.Waiting(t.Context(), 100); return err == nil && len(waiting) == 0 })
	fill(t, pool, 5, 8, 1)
	until(t, "and what comes next", func() bool { return r.count() == 40 })
	r.complete(t, 5, 8)
}

// What was refused once more and put back at once, before it was noted that the
// try had ended, still waits.
func TestWhatIsPutBackBeforeItsTryHasEnded(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	box := outbox.NewBox(pool)
	served(t, pool, "test")
	fill(t, pool, 1, 1, 2)
	rows, err := box.After(t.Context(), 0, 10)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	refuse := func() {
		if err := box.Park(t.Context(), "test", rows[0].Seq, rows[0].Subject, "no"); err != nil {
			t.Fatal(err)
		}
	}
	putBack := func(tries int) outbox.PutBack {
		if n, err := box.Retry(t.Context(), "test", 0); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		heads, err := box.Heads(t.Context(), "test", 10)
		if err != nil || len(heads) != 1 || heads[0].Seq != rows[0].Seq || heads[0].Tries != tries {
			t.Fatalf("%+v %v", heads, err)
		}
		return heads[0]
	}
	refuse()
	first := putBack(1)
	refuse()
	second := putBack(2)
	if more, err := box.Unpark(t.Context(), "test", first); !more || err != nil {
		t.Fatal("a message is lost", err)
	}
	if more, err := box.Unpark(t.Context(), "test", second); more || err != nil {
		t.Fatal("a message that arrived waits", err)
	}
}

// A message that is refused for now is tried again, after ever longer pauses and a
// few times only; one that will never be taken, once.
func TestTriesAreFewAndEverFartherApart(t *testing.T) {
	t.Parallel()
	never, poisoned := Refuse(errors.New("never")), newReceiver()
	for _, tc := range []struct {
		err    error
		tries  int
		poison bool
	}{{&RefusedError{Err: errors.New("not now")}, retries + 1, true}, {never, 1, true}, {errors.New("connection refused"), retries + 1, false}} {
		all, err := middlewares(poisoned, patience{first: 8 * time.Millisecond, last: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		var at []time.Time
		handle := func(*message.Message) ([]*message.Message, error) {
			at = append(at, time.Now())
			return nil, tc.err
		}
		for _, m := range slices.Backward(all) {
			handle = m(handle)
		}
		m := message.NewMessage("1", []byte("1 1"))
		m.SetContext(t.Context())
		if _, err := handle(m); (err == nil) != tc.poison || len(at) != tc.tries {
			t.Errorf("%v: %d tries, want %d; then %v", tc.err, len(at), tc.tries, err)
		}
		for i := 1; i < len(at); i++ { // at least, however slow the machine is
			if pause, least := at[i].Sub(at[i-1]), time.Duration(float64(8*time.Millisecond<<(i-1))*0.8); pause < least {
				t.Errorf("%v: pause %d is %v, want %v or more", tc.err, i, pause, least)
			}
		}
	}
	if n := poisoned.count(); n != 1 || poisoned.seen["1 1"] != 2 {
		t.Errorf("%v wait in the poison queue", poisoned.seen)
	}
}

// A handler that panics concerns its message only.
func TestAPanicPoisonsItsMessage(t *testing.T) {
	t.Parallel()
	pool, r := pgtest.Pool(t), newReceiver()
	served(t, pool, "test")
	r.set(func(body string) error {
		if body == "1 1" {
			panic("a bug")
		}
		return nil
	})
	deliver(t, pool, Destination{Name: "test", Topic: "events", Publisher: r})
	fill(t, pool, 3, 1, 3)
	until(t, "the others arrive", func() bool { return r.count() == 6 })
	until(t, "it waits", func() bool {
		w, err := outbox.NewBox(pool).Waiting(t.Context(), 10)
		return err == nil && len(w) == 3 && strings.Contains(w[0].Reason, "a bug")
	})
}

// Two processes: one delivers; when it is gone, the other goes on.
func TestAnotherProcessTakesOver(t *testing.T) {
	t.Parallel()
	pool, r := pgtest.Pool(t), newReceiver()
	served(t, pool, "test")
	d := Destination{Name: "test", Topic: "events", Publisher: r}
	deliver(t, pool, d)
	deliver(t, pool, d)
	cut := 0
	for round := range 4 {
		fill(t, pool, 10, 10*round+1, 10)
		until(t, "somebody delivers, and is cut off", func() bool {
			var n int
			if err := pool.QueryRow(t.Context(), `select count(pg_terminate_backend(pid)) from pg_stat_activity join pg_locks using (pid)
				where application_name = 'shouwang follower' and datname = current_database() and locktype = 'advisory' and granted`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			cut += n
			return cut > round
		})
		until(t, "everything arrives", func() bool { return r.count() == 100*(round+1) })
	}
	r.complete(t, 10, 40)
}
