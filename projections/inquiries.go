package projections

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/paper"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

//go:embed notices/inquiries.sql
var noticesInquiriesSQL string

// maxInquiries bounds the inquiries shown to one person: nobody conducts so many,
// and those longest ago are of no use to him.
const maxInquiries = 200

// appointedInquirer is an appointment to an inquiry that stands.
type appointedInquirer struct {
	event   string
	version eventlog.Version
	paper.SheetInquirerAppointed
	made calendar.Day
	by   string
}

func (n *noticeFile) appointed(rec eventlog.Record, e paper.SheetInquirerAppointed, on calendar.Day) error {
	a, err := wire.DecodeMeta(rec.Meta)
	if err != nil {
		return err
	}
	var by []string
	for _, p := range a.DoneBy {
		by = append(by, p.Name)
	}
	n.inquirers = append(n.inquirers, appointedInquirer{rec.ID.String(), rec.Version, e, on, strings.Join(by, "、")})
	return nil
}

func (n *noticeFile) inquirerRows(w *Rows) {
	for _, i := range n.inquirers {
		w.Row()
		w.Text(i.event)
		w.Int8(int64(i.version))
		w.Text(i.Objection)
		w.Text(i.Person)
		w.Day(max(i.From, 1)) // a fold takes anything
		w.Day(i.To)
		w.Text(i.Number)
		w.Day(i.made)
		w.Text(i.by)
	}
}

// Inquiry is an inquiry into an objection to which somebody is appointed.
type Inquiry struct {
	Notice    string       `json:"notice"`
	Objection string       `json:"objection"`
	Region    string       `json:"region"`
	Title     string       `json:"title"`
	Place     string       `json:"place"`
	Posted    calendar.Day `json:"posted"`
	Household string       `json:"household"`
	Head      string       `json:"head" doc:"公示单上所写户主"`
	Content   string       `json:"content"`
	Raised    calendar.Day `json:"raised"`
	Inquired  calendar.Day `json:"inquired,omitzero"`
	Answered  calendar.Day `json:"answered,omitzero"`
	From      calendar.Day `json:"from" doc:"委派起"`
	To        calendar.Day `json:"to,omitzero" doc:"委派止；没有则至另行通知"`
	Number    string       `json:"number,omitzero" doc:"文号"`
	Made      calendar.Day `json:"made" doc:"决定委派之日"`
	MadeBy    string       `json:"made_by" doc:"委派人"`
}

// Open says whether the appointment is for the day.
func (i Inquiry) Open(day calendar.Day) bool { return i.From <= day && (i.To == 0 || day <= i.To) }

// Inquiries are those to which the person is appointed, over or not, as of a day.
func (b *Noticeboard) Inquiries(ctx context.Context, person string, today calendar.Day) ([]Inquiry, error) {
	found, err := collectAs(ctx, b.pool, noticesInquiriesSQL, pgx.NamedArgs{"person": person, "today": dateOf(today), "limit": maxInquiries}, func(row pgx.CollectableRow, i *Inquiry) error {
		return row.Scan(&i.Notice, &i.Objection, &i.Region, &i.Title, &i.Place, dayOf(&i.Posted), &i.Household, &i.Head, &i.Content, dayOf(&i.Raised), dayOf(&i.Inquired), dayOf(&i.Answered),
			dayOf(&i.From), dayOf(&i.To), &i.Number, dayOf(&i.Made), &i.MadeBy)
	})
	if err != nil {
		return nil, fmt.Errorf("read the inquiries of a person: %w", err)
	}
	return found, nil
}
