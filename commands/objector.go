package commands

import (
	"context"
	"fmt"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// ObjectorQuestion asks who raised an objection, and why that must be known.
type ObjectorQuestion struct {
	Sheet, Objection string
	// By is the person who asks; Appointment names one of his if he holds several.
	By, Appointment string
	Reason          code.Text
}

// ObjectorShown is who raised an objection (异议人), in clear.
type ObjectorShown struct {
	Name    string `json:"name,omitzero" doc:"异议人姓名"`
	Contact string `json:"contact,omitzero" doc:"异议人联系方式"`
}

// Objector opens who raised an objection to whoever may read it, once record has
// entered that he does and why; whatever fails before, nothing is opened.
func (h *Handler) Objector(ctx context.Context, q ObjectorQuestion, record func(account.PersonalShown) error) (ObjectorShown, error) {
	stream := PaperStream("notice", q.Sheet)
	facts, err := h.paperFacts(ctx, stream)
	if err != nil {
		return ObjectorShown{}, err
	}
	reader, err := h.readerAt(q, paper.Fold(q.Sheet, facts).Region)
	if err != nil {
		return ObjectorShown{}, err
	}
	sealed, appointment, err := paper.Objector(facts, q.Objection, reader)
	if err != nil {
		return ObjectorShown{}, err
	}
	// The key first: a reading is not recorded that could not have been.
	sealer, err := h.Keys.Existing(ctx, ObjectorSubject(stream, q.Objection))
	if err != nil {
		return ObjectorShown{}, fmt.Errorf("key of an objector: %w", err)
	}
	err = record(account.PersonalShown{Household: sealed.Household, Fields: []string{"objector"}, Reason: q.Reason, Sheet: q.Sheet, Objection: q.Objection, Appointment: appointment})
	if err != nil {
		return ObjectorShown{}, err
	}
	return h.openObjector(ctx, stream, q.Objection, sealer)
}

// readerAt is who asks, in his posts of today, for what lies in the region.
func (h *Handler) readerAt(q ObjectorQuestion, region string) (paper.Reader, error) {
	reader := paper.Reader{Posts: h.posts(q.By, region, h.Today()), Today: h.Today()}
	return reader, h.Directory.View(func(d *office.Directory) (err error) {
		reader.Person, err = recorder(d, Request{By: q.By, Appointment: q.Appointment}, region, reader.Today)
		return err
	})
}

// posts are all that a person held on the day.
func (h *Handler) posts(person, region string, on calendar.Day) (held []act.Person) {
	_ = h.Directory.View(func(d *office.Directory) error { // it never fails
		for _, a := range d.Appointments(person, on) {
			held = append(held, d.Person(a, region, on))
		}
		return nil
	})
	return held
}

// Inquirers are the appointments to inquiries into objections to a sheet, the void
// ones too.
func (h *Handler) Inquirers(ctx context.Context, sheet string) ([]paper.Inquirer, error) {
	facts, err := h.paperFacts(ctx, PaperStream("notice", sheet))
	return paper.Fold(sheet, facts).Inquirers, err
}

// openObjector reads the objection again, with its own key.
func (h *Handler) openObjector(ctx context.Context, stream, objection string, sealer wire.Sealer) (ObjectorShown, error) {
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return ObjectorShown{}, fmt.Errorf("read %s: %w", stream, err)
		}
		f, err := PaperFact(rec)
		if err != nil {
			return ObjectorShown{}, err
		}
		if o, is := f.Event.(paper.SheetObjected); !is || o.Objection != objection {
			continue
		}
		e, err := wire.Paper(rec.Type, rec.Data, sealer)
		if err != nil {
			return ObjectorShown{}, fmt.Errorf("%s version %d: %w", stream, rec.Version, err)
		}
		if o, is := e.(paper.SheetObjected); is {
			return ObjectorShown{Name: string(o.Objector), Contact: string(o.Contact)}, nil
		}
	}
	return ObjectorShown{}, fmt.Errorf("%s: objection %s is not there any more", stream, objection)
}
