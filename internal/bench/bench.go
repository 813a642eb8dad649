// Package bench measures how fast the record, the commands and the read models
// are, always as a ratio to something measured beside it in the same run: what
// Postgres itself does with the same bytes on the same machine. A figure of its
// own says more about the machine than about the program.
//
// Everything runs in databases made for the purpose and dropped afterwards, in
// a private Postgres in a throw-away folder or on the server that is named. No
// existing record is ever opened.
package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/projections"
)

// Names of the benches, in the order in which all of them run.
const (
	Append  = "append"
	Tail    = "tail"
	Command = "command"
	Decide  = "decide"
	Import  = "import"
	Read    = "read"
	Rebuild = "rebuild"
	Query   = "query"
	Pages   = "pages"
	Deliver = "deliver"
)

// Names returns the names of all benches, in order.
func Names() []string {
	return []string{Append, Tail, Command, Decide, Import, Read, Rebuild, Query, Pages, Deliver}
}

// Config says where and how long to measure. Zero values mean the defaults.
type Config struct {
	// DatabaseURL names a server on which databases may be created; empty means
	// a private one in a throw-away folder.
	DatabaseURL string
	// KurrentURL names a KurrentDB that is measured beside the Postgres; it must
	// be empty, and is filled. Empty means none.
	KurrentURL string
	// Folder is where the throw-away folder is made; empty means the system's
	// folder for temporary files. It should lie on a real disk.
	Folder string
	// Rounds is how often each thing is measured, in turn with what it is
	// compared to.
	Rounds int
	// Each is how long one measurement of a rate takes.
	Each time.Duration
	// Appenders are the numbers of concurrent appenders to measure.
	Appenders []int
	// Processes, if more than 1, are how many processes append side by side.
	Processes int
	// Events is how many events are imported, read and rebuilt from, and how many
	// messages at most wait for the router.
	Events int
	// Households is how many households the queries look through.
	Households int
	// Quiet is how long to wait for a moment in which the machine has nothing
	// else to do before each measurement; negative means not at all.
	Quiet time.Duration
	// Worker starts this program again as a worker for what is measured in
	// several processes: its arguments. Empty leaves those rows out.
	Worker []string
	// Faces returns the server of the API over the parts given; nil leaves the
	// rows through HTTP out.
	Faces func(Parts) *http.Server
	// Pages loads a county and opens its pages over the parts given; nil leaves
	// them unmeasured.
	Pages func(context.Context, PageParts) (PageSite, error)
	// Deliver lets the outbox of a database go to one place until end is called,
	// and tells of each message that arrived there; nil leaves it unmeasured.
	Deliver func(ctx context.Context, pool *pgxpool.Pool, to string, taken func(body []byte)) (name string, end func() error, err error)
	// Destinations are the places, as Deliver knows them.
	Destinations []string
	// Say receives a line of text now and then, Found each row as soon as it
	// is there.
	Say   func(line string)
	Found func(Row)
}

// Parts are what a face is made of.
type Parts struct {
	Handler   *commands.Handler
	Followers *projections.Followers
	Register  *projections.Ledger
	Accounts  *accounts.Accounts
}

// Defaults.
const (
	defaultRounds     = 3
	defaultEach       = 1500 * time.Millisecond
	defaultEvents     = 1_000_000
	defaultHouseholds = 1_000_000
	defaultQuiet      = 5 * time.Second
)

// ErrUsage is a wrong name or number.
var ErrUsage = errors.New("bench: wrong usage")

func (c *Config) complete() error {
	if c.Rounds == 0 {
		c.Rounds = defaultRounds
	}
	if c.Each == 0 {
		c.Each = defaultEach
	}
	if len(c.Appenders) == 0 {
		c.Appenders = []int{1, 4, 16, 64, 256}
	}
	if c.Events == 0 {
		c.Events = defaultEvents
	}
	if c.Households == 0 {
		c.Households = defaultHouseholds
	}
	if c.Quiet == 0 {
		c.Quiet = defaultQuiet
	}
	if c.Say == nil {
		c.Say = func(string) {}
	}
	if c.Found == nil {
		c.Found = func(Row) {}
	}
	switch {
	case c.Rounds < 1 || c.Rounds > 1000:
		return fmt.Errorf("%w: 1 to 1000 rounds", ErrUsage)
	case c.Each < 0 || c.Each > time.Minute:
		return fmt.Errorf("%w: a measurement takes at most a minute", ErrUsage)
	case c.Events < minEvents || c.Households < minEvents:
		return fmt.Errorf("%w: at least %d events and households", ErrUsage, minEvents)
	case c.Processes < 0 || c.Processes > maxProcesses:
		return fmt.Errorf("%w: at most %d processes", ErrUsage, maxProcesses)
	case slices.ContainsFunc(c.Appenders, func(n int) bool { return n < 1 || n > maxAppenders }):
		return fmt.Errorf("%w: 1 to %d appenders", ErrUsage, maxAppenders)
	}
	return nil
}

const (
	// minEvents is what every household's file together needs to have one void
	// and one elimination among them.
	minEvents = 500
	// maxAppenders bounds goroutines that only wait; more measure the scheduler.
	maxAppenders = 4096
	// maxProcesses bounds processes with a pool each within max_connections.
	maxProcesses = 16
)

// run is one run of some benches.
type run struct {
	Config
	server  *server
	cluster *cluster // nil: none is named
	meter   *meter
	report  *Report
}

// Run runs the named benches, all of them if none is named. What the report
// lists as faults (something lost, a gap) is no error of the run.
func Run(ctx context.Context, c Config, names ...string) (report Report, err error) {
	if err := c.complete(); err != nil {
		return report, err
	}
	if len(names) == 0 {
		names = Names()
	}
	r := &run{Config: c, report: &report}
	var steps []func(context.Context) error
	for _, name := range names {
		step, ok := r.steps()[name]
		if !ok {
			return report, fmt.Errorf("%w: no bench is called %q", ErrUsage, name)
		}
		steps = append(steps, step)
	}
	if r.server, err = openServer(ctx, c); err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, r.server.close(context.WithoutCancel(ctx))) }()
	if r.cluster, err = openCluster(ctx, c.KurrentURL); err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, r.cluster.close()) }()
	if report.Machine, err = describe(ctx, r.server); err != nil {
		return report, err
	}
	r.meter = newMeter(r.server.postmaster)
	for i, step := range steps {
		r.Say("bench " + names[i] + " …")
		if err := step(ctx); err != nil {
			return report, fmt.Errorf("bench %s: %w", names[i], err)
		}
	}
	return report, nil
}

func (r *run) steps() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		Append: r.append, Tail: r.tail, Command: r.command, Decide: r.decide, Import: r.imports, Read: r.read, Rebuild: r.rebuild, Query: r.query, Pages: r.pages, Deliver: r.deliver,
	}
}
