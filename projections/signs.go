package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

var (
	//go:embed owed/signtables.sql
	signTables string
	//go:embed owed/signs.sql
	signsSQL string
)

func signTable() Table[dossier] {
	return Table[dossier]{
		Name:    "signs",
		Columns: []string{"place", "region", "file_no", "head", "kind", "on_day", "fen", "year", "outcome", "decided"},
		Rows:    (*dossier).signRows,
	}
}

func (d *dossier) signRows(w *Rows) {
	for i, s := range d.Signs() {
		w.Row()
		w.Text(fmt.Sprintf("%s %s %03d", s.On, d.ID, i))
		w.Text(d.Region)
		w.Text(d.FileNo)
		w.Text(d.head())
		w.Text(string(s.Kind))
		w.Day(s.On)
		w.Int8(int64(s.PerCapita))
		w.Int2(small(s.Year))
		w.Text(string(s.Outcome))
		w.Day(s.Decided)
	}
}

// SignRow is a sign of risk in a household's file.
type SignRow struct {
	Household string
	Region    string
	FileNo    string
	Head      string
	household.Sign

	place string
}

// SignsOf lists the signs in a file as it was folded.
func SignsOf(s *household.State) []SignRow {
	d := dossier{State: *s}
	signs := d.Signs()
	rows := make([]SignRow, len(signs))
	for i, sign := range signs {
		rows[i] = SignRow{Household: s.ID, Region: s.Region, FileNo: s.FileNo, Head: d.head(), Sign: sign}
	}
	return rows
}

// Signs answers which files show signs of risk. They stand in the model of what
// is owed.
type Signs struct{ pool *pgxpool.Pool }

// NewSigns returns a reader of the signs.
func NewSigns(pool *pgxpool.Pool) *Signs { return &Signs{pool} }

// MaxSigns bounds how many signs one question looks through: those of some ten
// thousand households. Where there are more, the page's cursor goes on.
const MaxSigns = 20_000

// Find returns a page of what judge finds in the signs, the oldest first. Regions
// nil is everywhere.
func (s *Signs) Find(ctx context.Context, regions []string, kind household.SignKind, p Page, judge func(SignRow) (InclusionFinding, bool)) ([]InclusionFinding, string, error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	found := []InclusionFinding{}
	for range MaxSigns / MaxPage {
		signs, err := s.signs(ctx, regions, kind, after)
		if err != nil {
			return nil, "", err
		}
		for _, sign := range signs {
			if f, ok := judge(sign); ok {
				if len(found) == p.limit() {
					return found, cursor(after), nil
				}
				found = append(found, f)
			}
			after = sign.place
		}
		if len(signs) < MaxPage {
			return found, "", nil
		}
	}
	return found, cursor(after), nil
}

// signs returns the next MaxPage signs.
func (s *Signs) signs(ctx context.Context, regions []string, kind household.SignKind, after string) ([]SignRow, error) {
	args := pgx.NamedArgs{"all_regions": regions == nil, "regions": regions, "kind": string(kind), "after": after, "limit": MaxPage}
	signs, err := collectAs(ctx, s.pool, signsSQL, args, func(row pgx.CollectableRow, r *SignRow) error {
		var stream string
		var fen int64
		err := row.Scan(&stream, &r.place, &r.Region, &r.FileNo, &r.Head, &r.Kind, dayOf(&r.On), &fen, &r.Year, &r.Outcome, dayOf(&r.Decided))
		r.Household, r.PerCapita = subject(stream), code.Fen(fen)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the signs of risk: %w", err)
	}
	return signs, nil
}

// InclusionFinding is a household that should be included and is not (应纳未纳), or was
// included late (纳入不及时), by the pack of its place (S4.13).
type InclusionFinding struct {
	Household string                   `json:"household"`
	Region    string                   `json:"region"`
	FileNo    string                   `json:"file_no,omitzero"`
	Head      string                   `json:"head,omitzero"`
	Finding   household.InclusionFault `json:"finding"`
	Name      string                   `json:"name"`
	Sign      household.SignKind       `json:"sign"`
	SignName  string                   `json:"sign_name"`
	On        calendar.Day             `json:"on"`
	Due       calendar.Day             `json:"due" doc:"全程时限的最后一天"`
	Decided   calendar.Day             `json:"decided,omitzero"`
	Outcome   household.SignOutcome    `json:"outcome"`
	PerCapita code.Fen                 `json:"income_per_head_fen,omitzero"`
}
