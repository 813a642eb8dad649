package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
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

// question is one kind of question, asked in the store and through HTTP.
type question struct {
	name string
	ask  func(ctx context.Context, n int) error
	path func(n int) string
}

// query measures lists and totals of the register, beside pgbench with the very
// statements that the program sends.
func (r *run) query(ctx context.Context) (err error) {
	d, err := r.filled(ctx, r.Households, eventsPerQueried, false, true)
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
	if err := f.rebuildWithoutKeys(ctx); err != nil {
		return err
	}
	directory := commands.NewDirectory(f.log)
	if err := directory.CatchUp(ctx); err != nil {
		return err
	}
	spy := &spy{}
	pool, err := d.Pool(ctx, queryClients, func(c *pgxpool.Config) { c.ConnConfig.Tracer = spy })
	if err != nil {
		return err
	}
	defer pool.Close()
	asked := &asked{ledger: projections.NewLedger(pool, projections.RegisterConfig{})}
	if err := asked.resolve(directory); err != nil {
		return err
	}
	if r.Faces != nil {
		people, header, err := f.letIn(ctx, directory)
		if err != nil {
			return err
		}
		asked.header = header
		faces := r.Faces(Parts{Handler: f.handler(directory), Followers: f.followers, Register: asked.ledger, Accounts: people})
		if asked.door, err = openDoor(faces); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, asked.door.close()) }()
	}
	for _, q := range asked.questions() {
		if err := r.askBeside(ctx, d, asked, q, spy); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return nil
}

// askBeside measures one kind of question in the store, through HTTP where there
// is a face, and with pgbench where that is installed.
func (r *run) askBeside(ctx context.Context, d *Database, a *asked, q question, spy *spy) error {
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
	rows := []Row{{Bench: Query, Case: q.name + ",库内", Unit: unitQueries, Reach: 0.8}}
	cells := []cell{{name: "in the store", measure: func(ctx context.Context) (sample, error) {
		return drive(ctx, queryClients, r.Each, func(ctx context.Context, client, n int) error { return q.ask(ctx, spread(client, n)) })
	}}}
	if a.door != nil {
		rows = append(rows, Row{Bench: Query, Case: q.name + ",经 HTTP", Unit: unitQueries, Reach: 0.4})
		cells = append(cells, a.door.cell(r, q.path, a.header))
	}
	tool, err := r.pgbench(ctx, d, statements)
	missing := errors.Is(err, errNoPgbench)
	switch {
	case missing:
		r.Say(err.Error())
	case err != nil:
		return err
	default:
		cells = append(cells, tool)
	}
	samples, err := r.interleave(ctx, true, cells...)
	if err != nil {
		return err
	}
	for i, row := range rows {
		row.Notes = fmt.Sprintf("%s 户,%d 个客户端", group(int64(r.Households)), queryClients)
		if missing {
			row.Reach = 0
			r.add(row, samples[i], nil)
			continue
		}
		row.Beside = "pgbench,相同语句"
		r.add(row, samples[i], samples[len(rows)])
	}
	return nil
}

// spread lets each client begin at another question.
func spread(client, n int) int { return (client*questions/queryClients + n) % questions }

// rebuildWithoutKeys makes the register of households whose keys nobody has.
func (f *following) rebuildWithoutKeys(ctx context.Context) error {
	followers, err := projections.New(ctx, projections.Config{Log: f.log, LogID: f.info.Log, Pool: f.pool, Now: time.Now,
		Followers: []projections.Follower{projections.Register(projections.RegisterConfig{})}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	f.followers = followers
	return followers.Rebuild(ctx, projections.RegisterName, nil)
}

// letIn opens an account for the reader, and returns the header that says who he is.
func (f *following) letIn(ctx context.Context, directory *commands.Directory) (_ *accounts.Accounts, header string, err error) {
	people, err := accounts.New(accounts.Config{Log: f.log, Keys: f.keys, Directory: directory, Clock: time.Now})
	if err != nil {
		return nil, "", err
	}
	console := accounts.By{Channel: "bench"}
	id, err := people.Open(ctx, console, accounts.Opening{Login: reader, Person: reader, Name: "读者"})
	if err != nil {
		return nil, "", err
	}
	token, err := people.IssueToken(ctx, console, id, "bench", []string{"read"}, calendar.Of(time.Now())+1)
	return people, "Authorization: Bearer " + token + "\r\n", err
}

func (f *following) handler(directory *commands.Directory) *commands.Handler {
	return commands.New(commands.Config{Log: f.log, Keys: f.keys, Directory: directory, Clock: time.Now})
}

// asked is who answers.
type asked struct {
	regions [counties][]string // the codes within each county
	whole   [counties]bool     // whether they are all that there are between them
	ledger  *projections.Ledger
	door    *door  // nil: no face
	header  string // who asks through it
}

func (a *asked) questions() []question {
	return []question{
		{"台账一页(县、类别、状态,50 户)", a.page, func(n int) string {
			return "/api/v1/households?" + url.Values{"region": {countyCode(n % counties)}, "class": {string(classOf(n))}, "stage": {string(household.StageMonitored)}}.Encode()
		}},
		{"汇总(一个县)", a.totals, func(n int) string {
			return "/api/v1/totals?" + url.Values{"region": {countyCode(n % counties)}}.Encode()
		}},
	}
}

func classOf(n int) code.Class { return []code.Class{code.Unstable, code.Marginal, code.Sudden}[n%3] }

// resolve looks up the codes within each county once; the API does it for each
// question.
func (a *asked) resolve(directory *commands.Directory) error {
	return directory.View(func(d *office.Directory) error {
		for n := range a.regions {
			a.regions[n] = regionsOf(d, n)
			a.whole[n] = d.Whole(a.regions[n])
		}
		return nil
	})
}

func (a *asked) page(ctx context.Context, n int) error {
	rows, _, err := a.ledger.List(ctx, projections.Filter{Regions: a.regions[n%counties], Whole: a.whole[n%counties], Class: classOf(n), Stage: household.StageMonitored}, projections.Page{})
	if err == nil && len(rows) == 0 {
		err = errors.New("an empty page")
	}
	return err
}

func (a *asked) totals(ctx context.Context, n int) error {
	totals, err := a.ledger.Totals(ctx, a.regions[n%counties])
	if err == nil && len(totals) == 0 {
		err = errors.New("empty totals")
	}
	return err
}
