package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/projections"
)

const (
	// queryClients ask at the same time.
	queryClients = 16
	// questions is how many different ones of each kind are asked.
	questions = 32
	// eventsPerQueried is how many events each queried household's file has: it
	// is the register that is asked, not the record.
	eventsPerQueried = 2
)

// query measures lists and totals of the register in the store, beside pgbench
// with the very statements that the program sends.
func (r *run) query(ctx context.Context) (err error) {
	d, err := r.filled(ctx, r.Households, eventsPerQueried, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	f, err := d.followed(ctx, queryClients)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	// Nobody has keys to the sealed fields of these households: leave them out.
	if err := f.rebuildWithout(ctx); err != nil {
		return err
	}
	spy := &spy{}
	pool, err := d.Pool(ctx, queryClients, func(c *pgxpool.Config) { c.ConnConfig.Tracer = spy })
	if err != nil {
		return err
	}
	defer pool.Close()
	ledger := projections.NewLedger(pool, projections.RegisterConfig{})
	notes := fmt.Sprintf("%s 户,%d 个客户端", group(int64(r.Households)), queryClients)
	for _, q := range []struct {
		name string
		ask  func(ctx context.Context, n int) error
	}{
		{"台账一页(县、类别、状态,50 户)", func(ctx context.Context, n int) error { return askPage(ctx, ledger, n) }},
		{"汇总(一个县)", func(ctx context.Context, n int) error { return askTotals(ctx, ledger, n) }},
	} {
		asking := cell{name: q.name, measure: func(ctx context.Context) (sample, error) {
			return drive(ctx, queryClients, r.Each, func(ctx context.Context, client, n int) error {
				return q.ask(ctx, client*questions/queryClients+n)
			})
		}}
		statements, err := spy.during(func() error {
			for n := range questions {
				if err := q.ask(ctx, n); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		row := Row{Bench: Query, Case: q.name, Beside: "pgbench, 相同语句", Unit: unitQueries, Reach: 0.8, Notes: notes}
		tool, err := r.pgbench(ctx, d, statements)
		if errors.Is(err, errNoPgbench) {
			row.Beside, row.Notes = "", notes+";"+err.Error()
			samples, err := r.interleave(ctx, true, asking)
			if err != nil {
				return err
			}
			r.add(row, samples[0], nil)
			continue
		}
		if err != nil {
			return err
		}
		samples, err := r.interleave(ctx, true, asking, tool)
		if err != nil {
			return err
		}
		r.add(row, samples[0], samples[1])
	}
	return nil
}

// rebuildWithout makes the register of households whose keys nobody has.
func (f *following) rebuildWithout(ctx context.Context) error {
	followers, err := projections.New(ctx, projections.Config{Log: f.log, LogID: f.info.Log, Pool: f.pool, Now: time.Now,
		Followers: []projections.Follower{projections.Register(projections.RegisterConfig{})}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	return followers.Rebuild(ctx, projections.RegisterName, nil)
}

// regionsOf lists every code within the n-th county, as the directory would.
func regionsOf(n int) []string {
	county := fmt.Sprintf("6299%02d", n%counties)
	regions := []string{county}
	for t := range townships {
		township := fmt.Sprintf("%s1%02d", county, 1+t)
		regions = append(regions, township)
		for v := range villages {
			regions = append(regions, fmt.Sprintf("%s2%02d", township, 1+v))
		}
	}
	return regions
}

func askPage(ctx context.Context, ledger *projections.Ledger, n int) error {
	class := []code.Class{code.Unstable, code.Marginal, code.Sudden}[n%3]
	rows, _, err := ledger.List(ctx, projections.Filter{Regions: regionsOf(n % questions), Class: class, Stage: household.StageMonitored}, projections.Page{})
	if err == nil && len(rows) == 0 {
		err = errors.New("an empty page")
	}
	return err
}

func askTotals(ctx context.Context, ledger *projections.Ledger, n int) error {
	totals, err := ledger.Totals(ctx, regionsOf(n%questions))
	if err == nil && len(totals) == 0 {
		err = errors.New("empty totals")
	}
	return err
}

// spy notes what is sent to the server.
type spy struct {
	mu      sync.Mutex
	on      bool
	noticed []statement
}

// statement is what the program sent, with its parameters.
type statement struct {
	sql  string
	args []any
}

// TraceQueryStart implements pgx.QueryTracer.
func (s *spy) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.on {
		s.noticed = append(s.noticed, statement{data.SQL, data.Args})
	}
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (s *spy) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (s *spy) during(do func() error) ([]statement, error) {
	s.set(true)
	err := do()
	s.set(false)
	return s.noticed, err
}

func (s *spy) set(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.on = on
	if on {
		s.noticed = nil
	}
}
