package projections

import (
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/paper"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Prefixes of the streams of offices' own duties and of concentrated checks.
const (
	dutyPrefix  = "duty-"
	checkPrefix = "check-"
)

// owes says whether a stream has a part in what is owed: the households', the
// offices' own, the checks and, for the studies held there, the meetings.
func owes(stream string) bool {
	return isHousehold(stream) || strings.HasPrefix(stream, dutyPrefix) || strings.HasPrefix(stream, checkPrefix) || strings.HasPrefix(stream, meetingPrefix)
}

// office is what an office's own stream, a check's or a study meeting's tells.
type office struct {
	version  eventlog.Version
	deeds    []deed
	closures []shutting
	scale    []scaleRisk
	check    *duty.CheckOrganised
	ended    calendar.Day
	summary  string
	villages []villageReport
}

type deed struct {
	duty.Done
	version eventlog.Version
	on      calendar.Day
}

type shutting struct {
	duty.SystemShut
	opened calendar.Day
}

type villageReport struct {
	duty.VillageChecked
	on calendar.Day
}

// fold takes in a record of a stream that is no household's.
func (o *office) fold(rec eventlog.Record, struck bool) error {
	o.version = rec.Version
	if struck {
		return nil
	}
	if strings.HasPrefix(rec.Stream, meetingPrefix) {
		return o.study(rec)
	}
	e, err := wire.Duty(rec.Type, rec.Data)
	if err != nil {
		return err
	}
	on, err := happened(rec.Meta)
	if err != nil {
		return err
	}
	switch e := e.(type) {
	case duty.Done:
		o.deeds = append(o.deeds, deed{e, rec.Version, on})
	case duty.SystemShut:
		o.closures = append(o.closures, shutting{SystemShut: e})
	case duty.SystemOpened:
		for i := range o.closures {
			if o.closures[i].Shut == e.Shut && o.closures[i].opened == 0 {
				o.closures[i].opened = e.On
			}
		}
	case duty.ScaleRiskWatched, duty.ScaleRiskFollowed, duty.ScaleRiskEnded:
		o.watch(e, on)
	case duty.CheckOrganised:
		o.check = &e
	case duty.VillageChecked:
		o.reported(villageReport{e, on})
	case duty.CheckEnded:
		o.ended, o.summary = on, string(e.Summary)
	case duty.FactVoided: // what it names was left out
	}
	return nil
}

// reported keeps a village's later report.
func (o *office) reported(r villageReport) {
	for i := range o.villages {
		if o.villages[i].Village == r.Village {
			o.villages[i] = r
			return
		}
	}
	o.villages = append(o.villages, r)
}

// study: a meeting fulfils the duty of its place to study, and that of each
// department that sat in it (S1.10, S2.37).
func (o *office) study(rec eventlog.Record) error {
	if rec.Type != "study.held.v1" {
		return nil
	}
	e, err := wire.Paper(rec.Type, rec.Data, nil)
	if err != nil {
		return err
	}
	on, err := happened(rec.Meta)
	if err != nil {
		return err
	}
	held, ok := e.(paper.StudyHeld)
	if !ok {
		return nil
	}
	seats := map[string]bool{}
	add := func(department string) {
		if !seats[department] {
			seats[department] = true
			o.deeds = append(o.deeds, deed{duty.Done{Name: code.StudyKinds.ZH(string(held.Kind)), Region: held.Region, Department: department, To: on, Due: on,
				Document: subject(rec.Stream), Summary: held.Subject}, rec.Version, on})
		}
	}
	add("")
	for _, who := range held.Attendees {
		add(who.Department)
	}
	return nil
}

// officeTables hold what offices recorded.
func officeTables() []Table[dossier] {
	return []Table[dossier]{
		{Name: "deeds", Columns: []string{"version", "duty", "name", "region", "department", "from_day", "to_day", "due", "done", "document", "summary", "persons"},
			Rows: (*dossier).deedRows},
		{Name: "closures", Columns: []string{"shut", "region", "system", "from_day", "to_day", "reason"}, Rows: (*dossier).closureRows},
		{Name: "scale_risks", Columns: []string{"risk", "region", "kind", "since", "listed", "area", "households", "content", "measures", "followed", "ended", "reason", "document"},
			Rows: (*dossier).scaleRows},
		{Name: "checks", Columns: []string{"version", "region", "title", "duty", "from_day", "to_day", "ended", "summary"}, Rows: (*dossier).checkRow, Single: true},
		{Name: "villages", Columns: []string{"village", "reported", "households", "checked", "groups", "groups_checked", "found", "note"}, Rows: (*dossier).villageRows},
	}
}

func (d *dossier) deedRows(w *Rows) {
	for _, done := range d.office.deeds {
		w.Row()
		w.Int8(int64(done.version))
		w.Text(done.Duty)
		w.Text(done.Name)
		w.Text(done.Region)
		w.Text(done.Department)
		w.Day(done.From)
		w.Day(max(done.To, 1))
		w.Day(max(done.Due, 1))
		w.Day(max(done.on, 1))
		w.Text(done.Document)
		w.Text(string(done.Summary))
		w.Int4(int32(len(done.Persons)))
	}
}

func (d *dossier) closureRows(w *Rows) {
	for _, c := range d.office.closures {
		to := c.To
		if c.opened != 0 {
			to = c.opened - 1
		}
		w.Row()
		w.Text(c.Shut)
		w.Text(c.Region)
		w.Text(c.System)
		w.Day(max(c.From, 1))
		w.Day(to)
		w.Text(string(c.Reason))
	}
}

func (d *dossier) checkRow(w *Rows) {
	o := &d.office
	if o.check == nil {
		return
	}
	w.Row()
	w.Int8(int64(o.version))
	w.Text(o.check.Region)
	w.Text(o.check.Title)
	w.Text(o.check.Duty)
	w.Day(max(o.check.From, 1))
	w.Day(max(o.check.To, 1))
	w.Day(o.ended)
	w.Text(o.summary)
}

func (d *dossier) villageRows(w *Rows) {
	for _, v := range d.office.villages {
		w.Row()
		w.Text(v.Village)
		w.Day(max(v.on, 1))
		w.Int4(int32(v.Households))
		w.Int4(int32(v.Checked))
		w.Int4(int32(v.Groups))
		w.Int4(int32(v.GroupsChecked))
		w.Int4(int32(len(v.Found)))
		w.Text(string(v.Note))
	}
}
