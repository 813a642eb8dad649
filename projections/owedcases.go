package projections

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// caseTables hold what duties of each household are reckoned from.
func caseTables() []Table[dossier] {
	return []Table[dossier]{
		{Name: "cases", Columns: []string{"region", "file_no", "head", "monitored", "authorised", "visited", "collected", "compared", "helped", "studied", "monitoring", "assistance"},
			Rows: (*dossier).caseRow, Single: true},
		{Name: "sought", Columns: []string{"region", "on_day"}, Rows: (*dossier).soughtRows},
	}
}

// monitoredSince is the day from which the household is monitored without a
// break; none while it is not.
func (d *dossier) monitoredSince() calendar.Day {
	if e := d.Episode(); e != nil && d.Monitored() {
		return max(e.Included, e.RolledBack)
	}
	return 0
}

// authorisedSince is the day of the first letter of a household that is being
// identified or monitored (S3.4).
func (d *dossier) authorisedSince() calendar.Day {
	if stage := d.Stage(); stage != household.StageInclusion && stage != household.StageMonitored {
		return 0
	}
	var first calendar.Day
	for _, l := range d.Letters {
		if first == 0 || l.On < first {
			first = l.On
		}
	}
	return first
}

func (d *dossier) caseRow(w *Rows) {
	monitored, authorised := d.monitoredSince(), d.authorisedSince()
	if monitored == 0 && authorised == 0 {
		return
	}
	var compared, helped calendar.Day
	for _, c := range d.Comparisons {
		compared = max(compared, c.On)
	}
	if e := d.Episode(); e != nil {
		for _, m := range e.Measures {
			helped = max(helped, m.Started)
		}
	}
	w.Row()
	w.Text(d.Region)
	w.Text(d.FileNo)
	w.Text(d.head())
	for _, day := range []calendar.Day{monitored, authorised, d.LastVisit, d.Collected, compared, helped, d.Studied} {
		w.Day(day)
	}
	w.Text(d.officer(code.MonitoringOfficer))
	w.Text(d.officer(code.AssistanceOfficer))
}

func (d *dossier) officer(role code.OfficerRole) string {
	i := slices.IndexFunc(d.Officers, func(o household.Officer) bool { return o.Role == role })
	if i < 0 {
		return ""
	}
	return d.Officers[i].Person
}

func (d *dossier) soughtRows(w *Rows) {
	for _, on := range d.sought {
		w.Row()
		w.Text(d.Region)
		w.Day(on)
	}
}
