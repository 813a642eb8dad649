package projections

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
)

var (
	//go:embed papers/list.sql
	papersListSQL string
	//go:embed papers/lines.sql
	papersLinesSQL string
	//go:embed papers/interrupted.sql
	papersInterruptedSQL string
)

// PaperRow is a paper in a list.
type PaperRow struct {
	Stream      string       `json:"stream"` // meeting-…, notice-…, document-…
	Version     int64        `json:"version"`
	Kind        string       `json:"kind"` // meeting, notice, fund, or paper.DocumentKinds
	Region      string       `json:"region"`
	Procedure   string       `json:"procedure,omitzero"`
	Number      string       `json:"number,omitzero"` // 文号
	Title       string       `json:"title,omitzero"`
	Place       string       `json:"place,omitzero"`
	Happened    calendar.Day `json:"happened"`
	Recorded    time.Time    `json:"recorded"`
	Lines       int          `json:"lines"`
	Attachment  string       `json:"attachment,omitzero"`
	Interrupted bool         `json:"interrupted,omitzero"`
}

// PaperWithLines is a paper with what it means for each household.
type PaperWithLines struct {
	PaperRow
	Households []PaperLine `json:"households"`
}

// PaperLine is what one event of a paper means for one household.
type PaperLine struct {
	Event     string       `json:"event"`
	Version   int64        `json:"version"`
	Type      string       `json:"type"`
	Happened  calendar.Day `json:"happened"`
	Item      int          `json:"item"`
	Household string       `json:"household"`
	Result    string       `json:"result,omitzero"`
	// Arrived says whether it stands in the household's file.
	Arrived bool `json:"arrived"`
}

// MissingLine is a line of a paper that has not arrived in the household's
// file: whoever entered the paper was interrupted.
type MissingLine struct {
	Paper     string       `json:"paper"` // stream; of a move between two files the first one's
	Kind      string       `json:"kind"`
	Region    string       `json:"region"`
	Number    string       `json:"number,omitzero"`
	Title     string       `json:"title,omitzero"`
	Event     string       `json:"event"`
	Version   int64        `json:"version"`
	Type      string       `json:"type"`
	Happened  calendar.Day `json:"happened"`
	Item      int          `json:"item"`
	Household string       `json:"household"`
}

// PaperFilter says which papers are wanted.
type PaperFilter struct {
	Regions []string // nil is everywhere
	Kind    string
}

// PaperDesk answers questions about papers.
type PaperDesk struct{ pool *pgxpool.Pool }

// NewPaperDesk returns a reader of the papers.
func NewPaperDesk(pool *pgxpool.Pool) *PaperDesk { return &PaperDesk{pool} }

// List returns a page of papers, the latest first.
func (d *PaperDesk) List(ctx context.Context, f PaperFilter, p Page) ([]PaperRow, string, error) {
	key, err := p.after()
	if err != nil {
		return nil, "", err
	}
	var afterDay calendar.Day
	on, stream, _ := strings.Cut(key, " ")
	if key != "" {
		if afterDay, err = calendar.ParseDay(on); err != nil {
			return nil, "", ErrCursor
		}
	}
	found, err := d.query(ctx, f, "", afterDay, stream, p.limit()+1)
	if err != nil {
		return nil, "", err
	}
	page, next := paged(found, p.limit(), func(r PaperRow) string { return r.Happened.String() + " " + r.Stream })
	return page, next, nil
}

func (d *PaperDesk) query(ctx context.Context, f PaperFilter, stream string, afterDay calendar.Day, afterStream string, limit int) ([]PaperRow, error) {
	args := pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "kind": f.Kind, "stream": stream,
		"after_day": dateOf(afterDay), "after_stream": afterStream, "limit": limit}
	found, err := collectAs(ctx, d.pool, papersListSQL, args, func(row pgx.CollectableRow, p *PaperRow) error {
		err := row.Scan(&p.Stream, &p.Version, &p.Kind, &p.Region, &p.Procedure, &p.Number, &p.Title, &p.Place, dayOf(&p.Happened), &p.Recorded,
			&p.Lines, &p.Attachment, &p.Interrupted)
		p.Recorded = p.Recorded.UTC()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the papers: %w", err)
	}
	return found, nil
}

// Get returns a paper with its lines. kind is meeting, notice or document.
func (d *PaperDesk) Get(ctx context.Context, kind, id string) (PaperWithLines, error) {
	stream := kind + "-" + id
	var p PaperWithLines
	found, err := d.query(ctx, PaperFilter{}, stream, 0, "", 1)
	if err != nil {
		return p, err
	}
	if len(found) == 0 {
		return p, fmt.Errorf("%s: %w", stream, ErrNotFound)
	}
	p.PaperRow = found[0]
	p.Households, err = collectAs(ctx, d.pool, papersLinesSQL, pgx.NamedArgs{"stream": stream}, func(row pgx.CollectableRow, l *PaperLine) error {
		return row.Scan(&l.Event, &l.Version, &l.Type, dayOf(&l.Happened), &l.Item, &l.Household, &l.Result, &l.Arrived)
	})
	if err != nil {
		return p, fmt.Errorf("read the lines of %s: %w", stream, err)
	}
	return p, nil
}

// Missing lists lines that have not arrived, the oldest first, at most MaxPage.
// The paper's event can be fanned out again at any time.
func (d *PaperDesk) Missing(ctx context.Context, regions []string) ([]MissingLine, error) {
	args := pgx.NamedArgs{"all_regions": regions == nil, "regions": regions, "limit": MaxPage}
	missing, err := collectAs(ctx, d.pool, papersInterruptedSQL, args, func(row pgx.CollectableRow, l *MissingLine) error {
		return row.Scan(&l.Paper, &l.Kind, &l.Region, &l.Number, &l.Title, &l.Event, &l.Version, &l.Type, dayOf(&l.Happened), &l.Item, &l.Household)
	})
	if err != nil {
		return nil, fmt.Errorf("read interrupted papers: %w", err)
	}
	return missing, nil
}
