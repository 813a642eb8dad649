package projections

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

var (
	//go:embed notices/inspections.sql
	noticesInspectionsSQL string
	//go:embed notices/omitted.sql
	noticesOmittedSQL string
	//go:embed notices/uncovered.sql
	noticesUncoveredSQL string
	//go:embed notices/objection.sql
	noticesObjectionSQL string
	//go:embed notices/compliance.sql
	noticesComplianceSQL string
)

// maxBeside bounds what a page shows beside sheets: more than one screen of them
// is a finding by itself.
const maxBeside = 200

// OmittedLine is a household that passed at the appraisal and was never posted.
type OmittedLine struct {
	Household   string       `json:"household"`
	AppraisedOn calendar.Day `json:"appraised_on"`
	Meeting     string       `json:"meeting"`
}

// SpotInspection is what an inspector saw at the board (现场核查).
type SpotInspection struct {
	ID        string       `json:"id"`
	Version   int64        `json:"version"`
	Notice    string       `json:"notice"`
	Region    string       `json:"region"`
	Result    string       `json:"result"`
	Place     string       `json:"place"`
	Note      string       `json:"note,omitzero"`
	Photo     string       `json:"photo,omitzero"`
	On        calendar.Day `json:"on"`
	Recorded  time.Time    `json:"recorded"`
	By        string       `json:"by"`
	Withdrawn string       `json:"withdrawn,omitzero" doc:"更正原因；更正后不再计入"`
	Title     string       `json:"title"`
	Posted    string       `json:"posted_at" doc:"公示单登记的张贴地点"`
}

// UncoveredCase is a decision before which no sheet hung.
type UncoveredCase struct {
	Household string           `json:"household"`
	Region    string           `json:"region"`
	Procedure policy.Procedure `json:"procedure"`
	Decided   calendar.Day     `json:"decided"`
	Class     code.Class       `json:"class,omitzero"`
}

// Compliance is what a village's sheets amount to (合规情况).
type Compliance struct {
	Region     string `json:"region"`
	Sheets     int64  `json:"sheets"`
	Households int64  `json:"households"`
	Hanging    int64  `json:"hanging"`
	Short      int64  `json:"short" doc:"天数不足"`
	Overdue    int64  `json:"overdue" doc:"期满未登记撤下"`
	NoPhoto    int64  `json:"no_photo" doc:"张贴无照片"`
	NoEndPhoto int64  `json:"no_removal_photo" doc:"撤下无照片"`
	Reused     int64  `json:"reused_photos" doc:"照片重复使用"`
	Hurried    int64  `json:"hurried" doc:"公示未满或异议未答复即进入下一环节的户"`
	Objections int64  `json:"objections"`
	Open       int64  `json:"open_objections"`
	Uninquired int64  `json:"not_inquired" doc:"未经调查即答复的异议"`
	Inspected  int64  `json:"inspected"`
	Missing    int64  `json:"missing" doc:"现场未见"`
	Different  int64  `json:"different" doc:"现场不符"`
	Uncovered  int64  `json:"uncovered" doc:"审定前没有公示的户"`
}

// Faults is how many of the figures call for a look.
func (c Compliance) Faults() int64 {
	return c.Short + c.Overdue + c.NoPhoto + c.NoEndPhoto + c.Reused + c.Hurried + c.Open + c.Uninquired + c.Missing + c.Different + c.Uncovered
}

func (b *Noticeboard) omitted(ctx context.Context, id string) ([]OmittedLine, error) {
	found, err := collectAs(ctx, b.pool, noticesOmittedSQL, pgx.NamedArgs{"id": id, "limit": maxBeside}, func(row pgx.CollectableRow, o *OmittedLine) error {
		return row.Scan(&o.Household, dayOf(&o.AppraisedOn), &o.Meeting)
	})
	if err != nil {
		return nil, fmt.Errorf("read who is missing on notice %s: %w", id, err)
	}
	return found, nil
}

// Inspections are the latest checks on the spot within the regions; nil is
// everywhere.
func (b *Noticeboard) Inspections(ctx context.Context, regions []string) ([]SpotInspection, error) {
	return b.inspections(ctx, "", regions)
}

func (b *Noticeboard) inspections(ctx context.Context, notice string, regions []string) ([]SpotInspection, error) {
	args := pgx.NamedArgs{"notice": notice, "all_regions": regions == nil, "regions": regions, "limit": maxBeside}
	found, err := collectAs(ctx, b.pool, noticesInspectionsSQL, args, func(row pgx.CollectableRow, i *SpotInspection) error {
		err := row.Scan(&i.ID, &i.Version, &i.Notice, &i.Region, &i.Result, &i.Place, &i.Note, &i.Photo, dayOf(&i.On), &i.Recorded, &i.By, &i.Withdrawn, &i.Title, &i.Posted)
		i.Recorded = i.Recorded.UTC()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the checks on the spot: %w", err)
	}
	return found, nil
}

// Compliance sums up the sheets of every village within the regions that has any.
func (b *Noticeboard) Compliance(ctx context.Context, regions []string, today calendar.Day) ([]Compliance, error) {
	found, err := collectAs(ctx, b.pool, noticesComplianceSQL, pgx.NamedArgs{"regions": regions, "today": dateOf(today)}, func(row pgx.CollectableRow, c *Compliance) error {
		return row.Scan(&c.Region, &c.Sheets, &c.Households, &c.Hanging, &c.Short, &c.Overdue, &c.NoPhoto, &c.NoEndPhoto, &c.Reused,
			&c.Hurried, &c.Objections, &c.Open, &c.Uninquired, &c.Inspected, &c.Missing, &c.Different, &c.Uncovered)
	})
	if err != nil {
		return nil, fmt.Errorf("sum up the notices: %w", err)
	}
	return found, nil
}

// Uncovered are the latest decisions within the regions before which no sheet
// of the procedure hung.
func (b *Noticeboard) Uncovered(ctx context.Context, regions []string) ([]UncoveredCase, error) {
	found, err := collectAs(ctx, b.pool, noticesUncoveredSQL, pgx.NamedArgs{"regions": regions, "limit": maxBeside}, func(row pgx.CollectableRow, u *UncoveredCase) error {
		return row.Scan(&u.Household, &u.Region, &u.Procedure, dayOf(&u.Decided), &u.Class)
	})
	if err != nil {
		return nil, fmt.Errorf("read the decisions without a notice: %w", err)
	}
	return found, nil
}

// Objection finds an objection by its id, and the sheet that it was raised to.
func (b *Noticeboard) Objection(ctx context.Context, id string) (notice string, o NoticeObjection, err error) {
	type found struct {
		notice string
		NoticeObjection
	}
	rows, err := collectAs(ctx, b.pool, noticesObjectionSQL, pgx.NamedArgs{"id": id}, func(row pgx.CollectableRow, f *found) error {
		return row.Scan(&f.notice, &f.ID, &f.Household, &f.Content, dayOf(&f.Raised), dayOf(&f.Inquired), &f.Inquiry, dayOf(&f.Answered), &f.Upheld, &f.Findings)
	})
	switch {
	case err != nil:
		return "", o, fmt.Errorf("look for an objection: %w", err)
	case len(rows) == 0:
		return "", o, fmt.Errorf("objection: %w", ErrNotFound)
	}
	return rows[0].notice, rows[0].NoticeObjection, nil
}

// Plus is what two places' sheets amount to together.
func (c Compliance) Plus(o Compliance) Compliance {
	return Compliance{Region: c.Region, Sheets: c.Sheets + o.Sheets, Households: c.Households + o.Households, Hanging: c.Hanging + o.Hanging,
		Short: c.Short + o.Short, Overdue: c.Overdue + o.Overdue, NoPhoto: c.NoPhoto + o.NoPhoto, NoEndPhoto: c.NoEndPhoto + o.NoEndPhoto,
		Reused: c.Reused + o.Reused, Hurried: c.Hurried + o.Hurried, Objections: c.Objections + o.Objections, Open: c.Open + o.Open,
		Uninquired: c.Uninquired + o.Uninquired, Inspected: c.Inspected + o.Inspected, Missing: c.Missing + o.Missing,
		Different: c.Different + o.Different, Uncovered: c.Uncovered + o.Uncovered}
}
