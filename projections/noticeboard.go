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
	"shouwang/domain/code"
)

var (
	//go:embed notices/list.sql
	noticesListSQL string
	//go:embed notices/lines.sql
	noticesLinesSQL string
	//go:embed notices/objections.sql
	noticesObjectionsSQL string
	//go:embed notices/photos.sql
	noticesPhotosSQL string
)

// NoticeState is where a sheet stands on a day.
type NoticeState string

// The states.
const (
	NoticeUp       NoticeState = "up"       // 公示中
	NoticeEnded    NoticeState = "ended"    // past its days, not recorded as taken down
	NoticeObjected NoticeState = "objected" // an objection waits for its answer
	NoticeRemoved  NoticeState = "removed"  // taken down
)

// NoticeStates with their terms.
var NoticeStates = code.List{
	{Code: "up", ZH: "公示中", EN: "up"},
	{Code: "ended", ZH: "公示期满，待撤下并拍照", EN: "past its end, to be taken down"},
	{Code: "objected", ZH: "有异议待答复", EN: "under objection"},
	{Code: "removed", ZH: "已撤下", EN: "taken down"},
}

// Notice is a sheet in a list.
type Notice struct {
	ID        string       `json:"id"`
	Version   int64        `json:"version"`
	Region    string       `json:"region"`
	Procedure string       `json:"procedure"`
	Title     string       `json:"title"`
	Place     string       `json:"place"`
	Phone     string       `json:"phone,omitzero"`
	Replaces  string       `json:"replaces,omitzero"`
	Posted    calendar.Day `json:"posted"`
	Recorded  time.Time    `json:"recorded"`
	Photo     string       `json:"photo,omitzero"`
	// Days are required, counted as Count says; 0 while no household's line
	// is recorded. MayComeDown is the first day on which they are over, none
	// where nobody can say: Unsure tells why.
	Days            int          `json:"days_required"`
	Count           string       `json:"count,omitzero"`
	MayComeDown     calendar.Day `json:"may_come_down,omitzero"`
	Removed         calendar.Day `json:"removed,omitzero"`
	RemovedRecorded time.Time    `json:"removed_recorded,omitzero"`
	RemovalPhoto    string       `json:"removal_photo,omitzero"`
	// Stood is removal day minus posting day. Hung is how long it hung by both
	// counts, until it came down or the day asked about.
	Stood  int           `json:"days_stood,omitzero"`
	Hung   calendar.Span `json:"hung"`
	Short  bool          `json:"short,omitzero"`  // it stood for less than required
	Unsure string        `json:"unsure,omitzero"` // why the days are not known
	Lines  int           `json:"lines"`
	Struck int           `json:"struck"`
	Open   int           `json:"open_objections"`
	State  NoticeState   `json:"state"`
}

// NoticeSheet is a sheet with everything on it.
type NoticeSheet struct {
	Notice
	Households []NoticeLine      `json:"households"`
	Objections []NoticeObjection `json:"objections"`
	SamePhotos []SamePhoto       `json:"same_photos"`
	// Omitted passed at the same meeting and stand on no sheet since.
	Omitted     []OmittedLine    `json:"omitted"`
	Inspections []SpotInspection `json:"inspections" doc:"现场核查"`
}

// NoticeLine is one household on a sheet.
type NoticeLine struct {
	Item      int          `json:"item"`
	Household string       `json:"household"`
	Head      string       `json:"head"`
	Persons   int          `json:"persons"`
	Class     code.Class   `json:"class,omitzero"`
	Struck    calendar.Day `json:"struck,omitzero"`
	Reason    string       `json:"reason,omitzero"`
	NextStep  string       `json:"next_step,omitzero"`
	NextOn    calendar.Day `json:"next_on,omitzero"`
	// Waited says whether the next step came after the notice had run its days
	// and every objection to the line was answered; absent without a next step,
	// or where nobody can say.
	Waited *bool `json:"waited,omitzero"`
	// The appraisal before the sheet went up, and the decision that it was for.
	Appraised    code.ReviewResult `json:"appraised,omitzero"`
	AppraisedOn  calendar.Day      `json:"appraised_on,omitzero"`
	Meeting      string            `json:"meeting,omitzero"`
	Decided      code.ReviewResult `json:"decided,omitzero"`
	DecidedOn    calendar.Day      `json:"decided_on,omitzero"`
	DecidedClass code.Class        `json:"decided_class,omitzero"`
}

// NoticeObjection is an objection; who raised it stands nowhere here.
type NoticeObjection struct {
	ID        string       `json:"id"`
	Household string       `json:"household"`
	Content   string       `json:"content"`
	Raised    calendar.Day `json:"raised"`
	Inquired  calendar.Day `json:"inquired,omitzero" doc:"首次调查之日"`
	Inquiry   string       `json:"inquiry,omitzero" doc:"首次调查情况"`
	Answered  calendar.Day `json:"answered,omitzero"`
	Upheld    bool         `json:"upheld,omitzero"`
	Findings  string       `json:"findings,omitzero"`
}

// SamePhoto is another use of a photograph that this sheet uses.
type SamePhoto struct {
	Use      string       `json:"use"`
	Hash     string       `json:"hash"`
	Stream   string       `json:"stream"`
	OtherUse string       `json:"other_use"`
	On       calendar.Day `json:"on"`
}

// NoticeFilter says which sheets are wanted.
type NoticeFilter struct {
	Regions  []string // every code within a region; nil is everywhere
	State    NoticeState
	From, To calendar.Day // posting days; none is no bound
	Today    calendar.Day // the day on which the state is judged
	Hanging  bool         // only those that nobody recorded as taken down by Today
}

// Noticeboard answers questions about notice sheets.
type Noticeboard struct{ pool *pgxpool.Pool }

// NewNoticeboard returns a reader of the notices.
func NewNoticeboard(pool *pgxpool.Pool) *Noticeboard { return &Noticeboard{pool} }

// List returns a page of sheets, the latest posted first.
func (b *Noticeboard) List(ctx context.Context, f NoticeFilter, p Page) ([]Notice, string, error) {
	key, err := p.after()
	if err != nil {
		return nil, "", err
	}
	var afterDay calendar.Day
	afterID := ""
	if key != "" {
		on, id, _ := strings.Cut(key, " ")
		if afterDay, err = calendar.ParseDay(on); err != nil {
			return nil, "", ErrCursor
		}
		afterID = id
	}
	found, err := b.query(ctx, f, "", afterDay, afterID, p.limit()+1)
	if err != nil {
		return nil, "", err
	}
	page, next := paged(found, p.limit(), func(n Notice) string { return n.Posted.String() + " " + n.ID })
	return page, next, nil
}

func (b *Noticeboard) query(ctx context.Context, f NoticeFilter, id string, afterDay calendar.Day, afterID string, limit int) ([]Notice, error) {
	if f.From == 0 {
		f.From = calendar.Date(1900, 1, 1)
	}
	if f.To == 0 {
		f.To = farAway
	}
	rows, err := b.pool.Query(ctx, noticesListSQL, pgx.NamedArgs{
		"all_regions": f.Regions == nil, "regions": f.Regions, "state": string(f.State), "id": id,
		"from_day": dateOf(f.From), "to_day": dateOf(f.To), "today": dateOf(f.Today),
		"after_day": dateOf(afterDay), "after_id": afterID, "limit": limit, "hanging": f.Hanging,
	})
	if err != nil {
		return nil, fmt.Errorf("read the notices: %w", err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Notice, error) { return scanNotice(row, f.Today) })
	if err != nil {
		return nil, fmt.Errorf("read the notices: %w", err)
	}
	return found, nil
}

func scanNotice(row pgx.CollectableRow, today calendar.Day) (Notice, error) {
	var n Notice
	var taken *time.Time
	err := row.Scan(&n.ID, &n.Version, &n.Region, &n.Procedure, &n.Title, &n.Place, &n.Phone, &n.Replaces, dayOf(&n.Posted), &n.Recorded, &n.Photo,
		dayOf(&n.Removed), &taken, &n.RemovalPhoto, &n.Lines, &n.Struck, &n.Open, &n.Days, &n.Count, dayOf(&n.MayComeDown), &n.State)
	n.Recorded = n.Recorded.UTC()
	if taken != nil {
		n.RemovedRecorded = taken.UTC()
	}
	n.counted(today)
	return n, err
}

func (n *Notice) period() calendar.Period { return calendar.Period{Days: n.Days, Count: n.Count} }

// counted tells by both counts how long the sheet hung, and whether that was
// enough, as far as anybody can know.
func (n *Notice) counted(today calendar.Day) {
	until := max(today, n.Posted)
	if n.Removed != 0 {
		until, n.Stood = n.Removed, int(n.Removed-n.Posted)
	}
	n.Hung = calendar.Announced().Span(n.Posted, until)
	over, known := n.period().Over(n.Posted, until)
	n.Short = n.Removed != 0 && known && !over
	if !known || n.Days > 0 && n.MayComeDown == 0 {
		n.Unsure = calendar.Unannounced(n.Posted, max(until, n.Posted+calendar.Day(n.Days))) + "，期满日期无法认定"
	}
}

// Get returns a sheet with its lines and objections, judged on a day.
func (b *Noticeboard) Get(ctx context.Context, id string, today calendar.Day) (NoticeSheet, error) {
	var s NoticeSheet
	found, err := b.query(ctx, NoticeFilter{Today: today}, id, 0, "", 1)
	if err != nil {
		return s, err
	}
	if len(found) == 0 {
		return s, fmt.Errorf("notice %s: %w", id, ErrNotFound)
	}
	s.Notice = found[0]
	args := pgx.NamedArgs{"id": id}
	if s.Objections, err = collectAs[NoticeObjection](ctx, b.pool, noticesObjectionsSQL, args, func(row pgx.CollectableRow, o *NoticeObjection) error {
		return row.Scan(&o.ID, &o.Household, &o.Content, dayOf(&o.Raised), dayOf(&o.Inquired), &o.Inquiry, dayOf(&o.Answered), &o.Upheld, &o.Findings)
	}); err != nil {
		return s, fmt.Errorf("read the objections to notice %s: %w", id, err)
	}
	if s.Households, err = collectAs(ctx, b.pool, noticesLinesSQL, args, func(row pgx.CollectableRow, l *NoticeLine) error {
		err := row.Scan(&l.Item, &l.Household, &l.Head, &l.Persons, &l.Class, dayOf(&l.Struck), &l.Reason, &l.NextStep, dayOf(&l.NextOn),
			&l.Appraised, dayOf(&l.AppraisedOn), &l.Meeting, &l.Decided, dayOf(&l.DecidedOn), &l.DecidedClass)
		l.Waited = s.waited(*l)
		return err
	}); err != nil {
		return s, fmt.Errorf("read the lines of notice %s: %w", id, err)
	}
	if s.SamePhotos, err = collectAs(ctx, b.pool, noticesPhotosSQL, args, func(row pgx.CollectableRow, p *SamePhoto) error {
		return row.Scan(&p.Use, &p.Hash, &p.Stream, &p.OtherUse, dayOf(&p.On))
	}); err != nil {
		return s, fmt.Errorf("read the photographs of notice %s: %w", id, err)
	}
	if s.Omitted, err = b.omitted(ctx, id); err != nil {
		return s, err
	}
	s.Inspections, err = b.inspections(ctx, id, nil)
	return s, err
}

// waited judges by the days on which things happened.
func (s *NoticeSheet) waited(l NoticeLine) *bool {
	if l.NextOn == 0 {
		return nil
	}
	over, known := s.period().Over(s.Posted, l.NextOn)
	waited := over && (s.Removed == 0 || l.NextOn >= s.Removed)
	for _, o := range s.Objections {
		if o.Household == l.Household && (o.Answered == 0 || o.Answered > l.NextOn) {
			waited, known = false, true
		}
	}
	if !known {
		return nil
	}
	return &waited
}

// collectAs runs a query and scans every row into a value.
func collectAs[T any](ctx context.Context, pool *pgxpool.Pool, sql string, args pgx.NamedArgs, scan func(pgx.CollectableRow, *T) error) ([]T, error) {
	rows, err := pool.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (T, error) {
		var v T
		err := scan(row, &v)
		return v, err
	})
}
