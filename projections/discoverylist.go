package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

var (
	//go:embed discovery/clues.sql
	cluesSQL string
	//go:embed discovery/visits.sql
	visitsSQL string
	//go:embed discovery/groups.sql
	groupsSQL string
	//go:embed discovery/figures.sql
	figuresSQL string
)

// Discoveries answers questions about clues, visits and special groups.
type Discoveries struct{ pool *pgxpool.Pool }

// NewDiscoveries returns a reader of the ledgers of discovery.
func NewDiscoveries(pool *pgxpool.Pool) *Discoveries { return &Discoveries{pool} }

// FoundHousehold is the household that a row is about.
type FoundHousehold struct {
	Household string `json:"household"`
	Region    string `json:"region"`
	FileNo    string `json:"file_no,omitzero"`
	Head      string `json:"head,omitzero"`

	place string
}

// ClueRow is a line of the ledger of warnings (预警台账): a clue or an application.
type ClueRow struct {
	FoundHousehold
	Kind        string       `json:"kind"` // clue, application
	Clue        string       `json:"clue"`
	Channel     code.Channel `json:"channel"`
	Via         string       `json:"via,omitzero"` // of an application its form
	Department  string       `json:"department,omitzero"`
	Office      string       `json:"office,omitzero"` // that took it in
	Received    calendar.Day `json:"received"`
	SentTo      string       `json:"sent_to,omitzero"`
	Due         calendar.Day `json:"due,omitzero"`
	Verified    calendar.Day `json:"verified,omitzero"`
	Result      string       `json:"result,omitzero"`
	Same        string       `json:"duplicate_of,omitzero"`
	JoinedTo    string       `json:"joined_to,omitzero"`
	FeedbackDue bool         `json:"feedback_due"`
	FedBack     bool         `json:"fed_back"`
}

// ClueFilter says which lines are wanted; Open asks for those without a result or
// whose sender is still to be told.
type ClueFilter struct {
	Regions                       []string // nil is everywhere
	Kind, Via, Department, Result string
	Channel                       code.Channel
	Open                          bool
}

// Clues returns a page of the ledger of warnings, the oldest first.
func (d *Discoveries) Clues(ctx context.Context, f ClueFilter, p Page) ([]ClueRow, string, error) {
	args := pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "kind": f.Kind, "channel": string(f.Channel), "via": f.Via,
		"department": f.Department, "result": f.Result, "open": f.Open}
	return pageOf(ctx, d.pool, cluesSQL, args, p, func(row pgx.CollectableRow, c *ClueRow) error {
		return row.Scan(c.from(&c.Household), &c.place, &c.Kind, &c.Region, &c.FileNo, &c.Head, &c.Clue, &c.Channel, &c.Via, &c.Department, &c.Office,
			dayOf(&c.Received), &c.SentTo, dayOf(&c.Due), dayOf(&c.Verified), &c.Result, &c.Same, &c.JoinedTo, &c.FeedbackDue, &c.FedBack)
	}, func(c ClueRow) string { return c.place })
}

// VisitRow is a line of the ledger of check visits (排查走访台账).
type VisitRow struct {
	FoundHousehold
	Visit    string       `json:"visit"`
	Kind     string       `json:"kind"` // code.VisitKinds
	Happened calendar.Day `json:"happened"`
	By       string       `json:"by"`
	Groups   []string     `json:"groups,omitzero"`
}

// VisitFilter says which visits are wanted; a zero day sets no bound.
type VisitFilter struct {
	Regions  []string
	Kind     string
	From, To calendar.Day
}

// Visits returns a page of the ledger of check visits, the oldest first.
func (d *Discoveries) Visits(ctx context.Context, f VisitFilter, p Page) ([]VisitRow, string, error) {
	args := pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "kind": f.Kind, "from": dateOf(f.From), "to": dateOf(f.To)}
	return pageOf(ctx, d.pool, visitsSQL, args, p, func(row pgx.CollectableRow, v *VisitRow) error {
		return row.Scan(v.from(&v.Household), &v.place, &v.Region, &v.FileNo, &v.Head, &v.Visit, &v.Kind, dayOf(&v.Happened), &v.By, &v.Groups)
	}, func(v VisitRow) string { return v.place })
}

// GroupRow is a household on the list of a special group (六必访、六必查).
type GroupRow struct {
	FoundHousehold
	Group     string       `json:"group"` // code.SpecialGroups
	Since     calendar.Day `json:"since"`
	LastVisit calendar.Day `json:"last_visit,omitzero"`
}

// GroupFilter says which groups are wanted; NotSince asks for households not
// visited from that day on.
type GroupFilter struct {
	Regions  []string
	Groups   []string
	NotSince calendar.Day
}

// Groups returns a page of the households of special groups.
func (d *Discoveries) Groups(ctx context.Context, f GroupFilter, p Page) ([]GroupRow, string, error) {
	args := pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "groups": f.Groups, "not_since": dateOf(f.NotSince)}
	return pageOf(ctx, d.pool, groupsSQL, args, p, func(row pgx.CollectableRow, g *GroupRow) error {
		return row.Scan(g.from(&g.Household), &g.place, &g.Region, &g.FileNo, &g.Head, &g.Group, dayOf(&g.Since), dayOf(&g.LastVisit))
	}, func(g GroupRow) string { return g.place })
}

// Figure is how many clues or applications came one way to one office.
type Figure struct {
	Kind       string       `json:"kind"` // clue, application
	Channel    code.Channel `json:"channel"`
	Via        string       `json:"via,omitzero"`
	Office     string       `json:"office,omitzero"`
	Received   int          `json:"received"`
	Verified   int          `json:"verified"`
	Risk       int          `json:"risk"`
	Duplicates int          `json:"duplicates"`
	Untold     int          `json:"feedback_due"`
	FedBack    int          `json:"fed_back"`
}

// Figures counts what came in between two days, by channel, way and office.
func (d *Discoveries) Figures(ctx context.Context, regions []string, from, to calendar.Day) ([]Figure, error) {
	args := pgx.NamedArgs{"all_regions": regions == nil, "regions": regions, "from": dateOf(from), "to": dateOf(to)}
	figures, err := collectAs(ctx, d.pool, figuresSQL, args, func(row pgx.CollectableRow, f *Figure) error {
		return row.Scan(&f.Kind, &f.Channel, &f.Via, &f.Office, &f.Received, &f.Verified, &f.Risk, &f.Duplicates, &f.Untold, &f.FedBack)
	})
	if err != nil {
		return nil, fmt.Errorf("count clues and applications: %w", err)
	}
	return figures, nil
}

// from reads a household's stream as its id.
func (*FoundHousehold) from(id *string) *streamID { return &streamID{id} }

// streamID scans a stream's name into the id of what it is about.
type streamID struct{ into *string }

// ScanText implements pgtype.TextScanner.
func (s *streamID) ScanText(v pgtype.Text) error {
	*s.into = subject(v.String)
	return nil
}

// pageOf reads a page of rows in the order of their places.
func pageOf[T any](ctx context.Context, pool *pgxpool.Pool, sql string, args pgx.NamedArgs, p Page, scan func(pgx.CollectableRow, *T) error, place func(T) string) ([]T, string, error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	args["after"], args["limit"] = after, p.limit()+1
	rows, err := collectAs(ctx, pool, sql, args, scan)
	if err != nil {
		return nil, "", fmt.Errorf("read the ledgers of discovery: %w", err)
	}
	page, next := paged(rows, p.limit(), place)
	return page, next, nil
}
