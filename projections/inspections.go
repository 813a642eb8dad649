package projections

import (
	"strings"
	"time"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/inspection"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// inspectionPrefix begins the streams of checks on the spot.
const inspectionPrefix = "inspection-"

// spotCheck is what an inspector saw on the spot (现场核查).
type spotCheck struct {
	inspection.Checked
	on        calendar.Day
	recorded  time.Time
	by        string
	withdrawn string
}

// inspected takes in a record of a check on the spot.
func (n *noticeFile) inspected(rec eventlog.Record) error {
	e, err := wire.Inspection(rec.Type, rec.Data)
	if err != nil {
		return err
	}
	a, err := wire.DecodeMeta(rec.Meta)
	if err != nil {
		return err
	}
	switch e := e.(type) {
	case inspection.Checked:
		n.check = &spotCheck{Checked: e, on: a.Happened, recorded: rec.RecordedAt, by: namesOf(a.DoneBy)}
		n.photo(string(e.Photo), "inspection", a.Happened)
	case inspection.Withdrawn:
		if n.check != nil {
			n.check.withdrawn = string(e.Reason)
		}
	}
	return nil
}

func namesOf(people []act.Person) string {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return strings.Join(names, "、")
}

func (n *noticeFile) inspectionRow(w *Rows) {
	if n.check == nil {
		return
	}
	c := n.check
	w.Row()
	w.Int8(int64(n.version))
	w.Text(c.Notice)
	w.Text(c.Region)
	w.Text(c.Result)
	w.Text(string(c.Place))
	w.Text(string(c.Note))
	w.Text(string(c.Photo))
	w.Day(c.on)
	w.Instant(c.recorded)
	w.Text(c.by)
	w.Text(c.withdrawn)
}
