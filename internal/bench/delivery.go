package bench

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Nowhere, as a place that messages are delivered to, takes them and does
// nothing: what is left is the router's cost.
const Nowhere = ""

const (
	// deliverRate is at what rate delivery is timed, in messages a second.
	deliverRate = 1000
	// deliverSubjects is of how many households the messages are.
	deliverSubjects = 500
	// deliverBacklog is how many messages at most wait when the router is measured.
	deliverBacklog = 100_000
	// deliverTick is how often those that are due are added, as a batch of the
	// outbox's follower brings several.
	deliverTick = 10 * time.Millisecond
	// deliverLate is how late a message of a rate that is held may be.
	deliverLate = time.Second
	// deliverPatience bounds the wait for what was added to be delivered.
	deliverPatience = 2 * time.Minute
	// deliverPool is how many connections courier and sender share.
	deliverPool = 12
)

// addMessages adds to the outbox as its follower does. A body begins with the
// instant at which it was due, and is as long as they usually are.
const addMessages = `with added as (insert into model.outbox (id, subject, region, type, body, happened_at)
	select gen_random_uuid(), 'household-' || ($1::bigint + n) % $4::int, '629900101201', 'clue.recorded.v1',
		convert_to(rpad($2::bigint || ' ', 480, 'x'), 'UTF8'), now()
	from generate_series(1, $3::int) n)
	select pg_notify('shouwang_outbox', '')`

// deliver measures the router, and each place that messages go to: how long they
// take at a usual rate, and up to which rate they are not late.
func (r *run) deliver(ctx context.Context) (err error) {
	if r.Deliver == nil {
		return nil
	}
	d, err := r.server.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	pool, err := d.Pool(ctx, deliverPool, nil)
	if err != nil {
		return err
	}
	defer pool.Close()
	router := &delivering{run: r, database: d, pool: pool, to: Nowhere}
	samples, err := r.interleave(ctx, true, router.backlog())
	if err != nil {
		return err
	}
	r.add(Row{Bench: Deliver, Case: "投递器本身,发件箱有积压", Unit: unitMessages, Notes: "每条的处理器时间即路由器的成本"}, samples[0], nil)
	for _, to := range r.Destinations {
		if err := r.deliverTo(ctx, &delivering{run: r, database: d, pool: pool, to: to}); err != nil {
			return fmt.Errorf("deliver to %s: %w", to, err)
		}
	}
	return nil
}

func (r *run) deliverTo(ctx context.Context, d *delivering) error {
	samples, err := r.interleave(ctx, true, d.timed(deliverRate, r.Each))
	if err != nil {
		return err
	}
	r.add(Row{Bench: Deliver, Case: fmt.Sprintf("%s,每秒 %d 条,送达用时 p99", d.name, deliverRate), Unit: unitMillis}, p99s(samples[0]), nil)
	r.add(Row{Bench: Deliver, Case: fmt.Sprintf("%s,每秒 %d 条,送达用时 p50", d.name, deliverRate), Unit: unitMillis}, p50s(samples[0]), nil)
	held, err := d.highest(ctx)
	if err != nil {
		return err
	}
	notes := fmt.Sprintf("%v 内每条迟到不超过 %v;发送方与 PostgreSQL 同机", r.Each, deliverLate)
	r.add(Row{Bench: Deliver, Case: d.name + ",能持续的最高速率", Unit: unitMessages, Notes: notes}, []sample{held}, nil)
	return nil
}

// delivering is one place that messages go to.
type delivering struct {
	run      *run
	database *Database
	pool     *pgxpool.Pool
	to, name string

	mu    sync.Mutex
	took  []time.Duration
	worst time.Duration // of took
}

// taken notes that a message has arrived.
func (d *delivering) taken(body []byte) {
	text, _, _ := strings.Cut(string(body), " ")
	due, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return // it is none of ours, and will be missed
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	took := time.Since(time.UnixMicro(due))
	d.took, d.worst = append(d.took, took), max(d.worst, took)
}

// late reports whether one was later than it may be at a rate that is held.
func (d *delivering) late() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.worst > deliverLate
}

func (d *delivering) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.took)
}

// begin lets messages go from now on, until end is called.
func (d *delivering) begin(ctx context.Context) (end func() error, err error) {
	if err := d.database.executeAs(ctx, d.run.server.owner, "truncate model.outbox cascade"); err != nil {
		return nil, err
	}
	d.took, d.worst = nil, 0
	d.name, end, err = d.run.Deliver(ctx, d.pool, d.to, d.taken)
	return end, err
}

func (d *delivering) add(ctx context.Context, from, n int, due time.Time) error {
	if _, err := d.pool.Exec(ctx, addMessages, from, due.UnixMicro(), n, deliverSubjects); err != nil {
		return fmt.Errorf("add messages to the outbox: %w", err)
	}
	return nil
}

// await waits until so many messages have arrived.
func (d *delivering) await(ctx context.Context, n int) error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	late := time.NewTimer(deliverPatience)
	defer late.Stop()
	for d.count() < n {
		select {
		case <-tick.C:
		case <-late.C:
			return fmt.Errorf("%d of %d messages arrived within %v", d.count(), n, deliverPatience)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// backlog measures how fast what waits goes out.
func (d *delivering) backlog() cell {
	n := min(d.run.Events, deliverBacklog)
	var end func() error
	return cell{name: "router",
		prepare: func(ctx context.Context) error {
			end, err := d.begin(ctx)
			if err != nil {
				return err
			}
			// Its place is known now: what is added while nobody delivers waits.
			if err := end(); err != nil {
				return err
			}
			return d.add(ctx, 0, n, time.Now())
		},
		measure: func(ctx context.Context) (sample, error) {
			return timed(n, func() (err error) {
				if _, end, err = d.run.Deliver(ctx, d.pool, d.to, d.taken); err != nil {
					return err
				}
				return d.await(ctx, n)
			})
		},
		after: func(context.Context) error { return end() },
	}
}
