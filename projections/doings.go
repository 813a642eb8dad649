package projections

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/eventlog"
)

var (
	//go:embed doers/list.sql
	doersListSQL string
	//go:embed doers/latest.sql
	doersLatestSQL string
	//go:embed doers/count.sql
	doersCountSQL string
)

// Doing is a record that names a person: as one who did it, typed it, or both.
type Doing struct {
	Stream   string       `json:"stream"`
	Version  int64        `json:"version"`
	Happened calendar.Day `json:"happened"`
	Recorded time.Time    `json:"recorded"`
	Done     bool         `json:"done,omitzero"`  // 经办
	Typed    bool         `json:"typed,omitzero"` // 录入
}

// DoingFilter says which of a person's records are wanted.
type DoingFilter struct {
	Person string
	Which  string // done or typed; empty: both
	Times  household.Times
}

// DoingCount is how many records a person did and typed; All counts those that he
// did and typed once.
type DoingCount struct {
	Done  int64 `json:"done"`
	Typed int64 `json:"typed"`
	All   int64 `json:"all"`
}

// Doings answers what one person did.
type Doings struct{ pool *pgxpool.Pool }

// NewDoings returns a reader of what people did.
func NewDoings(pool *pgxpool.Pool) *Doings { return &Doings{pool} }

func (f DoingFilter) args() pgx.NamedArgs {
	args := clocks(f.Times)
	args["person"], args["which"] = f.Person, f.Which
	return args
}

func clocks(t household.Times) pgx.NamedArgs {
	args := pgx.NamedArgs{"as_of": dateOf(t.AsOf), "known_at": (*time.Time)(nil)}
	if !t.KnownAt.IsZero() {
		args["known_at"] = &t.KnownAt
	}
	return args
}

// from lets a page begin at a place in the order; "" is its beginning.
func from(args pgx.NamedArgs, key string) error {
	args["after"], args["after_stream"], args["after_version"] = (*time.Time)(nil), "", int64(0)
	if key == "" {
		return nil
	}
	at, stream, version, err := doingPlace(key)
	args["after"], args["after_stream"], args["after_version"] = &at, stream, version
	return err
}

// Count counts a person's records, whatever the filter says of which.
func (d *Doings) Count(ctx context.Context, f DoingFilter) (c DoingCount, err error) {
	if err = d.pool.QueryRow(ctx, doersCountSQL, f.args()).Scan(&c.Done, &c.Typed, &c.All); err != nil {
		err = fmt.Errorf("count what %s did: %w", f.Person, err)
	}
	return c, err
}

// List returns a page of a person's records in the order in which they were
// recorded, and the cursors of the pages before and after it; an empty one: there
// is none. back: the page ends before the cursor, or at the end without one.
func (d *Doings) List(ctx context.Context, f DoingFilter, p Page, back bool) (page []Doing, before, after string, err error) {
	key, err := p.after()
	if err != nil {
		return nil, "", "", err
	}
	args := f.args()
	args["limit"] = p.limit() + 1
	if err := from(args, key); err != nil {
		return nil, "", "", err
	}
	sql := doersListSQL
	if back {
		sql = doersLatestSQL
	}
	found, err := collectAs(ctx, d.pool, sql, args, func(row pgx.CollectableRow, e *Doing) error {
		err := row.Scan(&e.Stream, &e.Version, &e.Recorded, dayOf(&e.Happened), &e.Done, &e.Typed)
		e.Recorded = e.Recorded.UTC()
		return err
	})
	if err != nil {
		return nil, "", "", fmt.Errorf("read what %s did: %w", f.Person, err)
	}
	page, before, after = turned(found, p.limit(), key != "", back)
	return page, before, after, nil
}

// turned cuts what was found to a page, in the order in which it was recorded,
// and returns the cursors of the pages before and after it. begun: the page was
// asked for by a cursor.
func turned(found []Doing, limit int, begun, back bool) (page []Doing, before, after string) {
	page, further := paged(found, limit, Doing.place)
	if len(page) == 0 {
		return page, "", ""
	}
	if back {
		slices.Reverse(page)
		if begun {
			after = cursor(page[len(page)-1].place())
		}
		return page, further, after
	}
	if begun {
		before = cursor(page[0].place())
	}
	return page, before, further
}

// place is where a record stands in the order.
func (e Doing) place() string {
	return strconv.FormatInt(e.Recorded.UnixMicro(), 10) + " " + strconv.FormatInt(e.Version, 10) + " " + e.Stream
}

func doingPlace(key string) (at time.Time, stream string, version int64, err error) {
	micros, rest, _ := strings.Cut(key, " ")
	number, stream, _ := strings.Cut(rest, " ")
	m, err := strconv.ParseInt(micros, 10, 64)
	if err == nil {
		version, err = strconv.ParseInt(number, 10, 64)
	}
	if err != nil || len(stream) > eventlog.MaxName || strings.ContainsRune(stream, 0) {
		return at, "", 0, ErrCursor
	}
	return time.UnixMicro(m).UTC(), stream, version, nil
}
