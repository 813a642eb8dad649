package projections

import (
	"math"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// farAway is later than every day: who counts now counts at the end of it.
var farAway = calendar.Date(2200, 12, 31)

// householdColumns after the stream, in the order in which row writes them.
var householdColumns = []string{
	"version", "place", "file_no", "region", "village_group", "national_no", "unconfirmed",
	"head", "kind", "class", "stage", "episode", "risks", "persons", "persons_included", "no_labour",
	"included", "eliminated", "announced", "marked", "closed", "fell", "green_owed",
	"monitoring", "monitoring_name", "assistance", "assistance_name",
	"measures", "developed", "income_year", "income_fen", "visits", "last_visit", "flags", "red_since", "red_grounds", "keys",
}

func (l *ledger) row(w *Rows) {
	count, _ := l.Count(farAway)
	episode := household.Episode{}
	if e := l.Episode(); e != nil {
		episode = *e
	}
	w.Row()
	w.Int8(l.Version)
	w.Text(l.place())
	w.Text(l.FileNo)
	w.Text(l.Region)
	w.Text(l.Group)
	w.Text(l.national)
	w.Bool(l.Unconfirmed)
	w.Text(l.headName())
	w.Text(string(l.Kind))
	w.Text(string(l.class()))
	w.Text(string(l.Stage()))
	w.Int2(small(episode.Number))
	w.Texts(openRisks(episode))
	w.Int2(small(l.CountedOn(farAway)))
	w.Int2(small(count.AtInclusion))
	w.Bool(len(l.Members) > 0 && l.NoLabour())
	w.Day(count.Included)
	w.Day(count.Eliminated)
	w.Day(count.Announced)
	w.Day(count.Marked)
	w.Day(l.Closed)
	w.Day(l.Fell)
	l.greenOwed(w, episode)
	l.officer(w, code.MonitoringOfficer)
	l.officer(w, code.AssistanceOfficer)
	w.Int2(small(measures(l.Episodes)))
	w.Bool(developed(l.Episodes))
	if year, fen, ok := l.lastIncome(); ok {
		w.Int2(small(year))
		w.Int8(int64(fen))
	} else {
		w.Null()
		w.Null()
	}
	w.Int2(small(l.Visits))
	w.Day(l.LastVisit)
	w.Int2(small(l.flags))
	since, grounds := l.redNow()
	w.Day(since)
	w.Texts(grounds)
	w.Int8s(l.searchKeys())
}

// redNow is since when the household stands under a red warning, and on which
// grounds.
func (l *ledger) redNow() (since calendar.Day, grounds []string) {
	for _, warning := range l.RedWarnings {
		if warning.Ended == 0 {
			grounds = append(grounds, warning.Ground)
			if since == 0 || warning.Since < since {
				since = warning.Since
			}
		}
	}
	return since, grounds
}

// small fits a count into a smallint: beyond 32,767 a household has other
// problems than a wrong figure.
func small(n int) int16 { return int16(min(n, math.MaxInt16)) }

func measures(episodes []household.Episode) int {
	n := 0
	for _, e := range episodes {
		n += len(e.Measures)
	}
	return n
}

// developed says whether a development measure (开发式帮扶) was begun.
func developed(episodes []household.Episode) bool {
	for _, e := range episodes {
		for _, m := range e.Measures {
			if m.Class.Development() {
				return true
			}
		}
	}
	return false
}

// openRisks are the risks that are not gone, or all of them once they all are.
func openRisks(e household.Episode) []string {
	var open, all []string
	for _, r := range e.Risks {
		all = append(all, string(r.Risk))
		if r.Gone == 0 {
			open = append(open, string(r.Risk))
		}
	}
	if len(open) == 0 {
		return all
	}
	return open
}

// greenOwed writes the day by which the procedure is owed, while it is.
func (l *ledger) greenOwed(w *Rows, e household.Episode) {
	green := l.GreenOf(&e)
	if green == nil || e.Included != 0 {
		w.Null()
		return
	}
	w.Day(green.OwedBy)
}

func (l *ledger) officer(w *Rows, role code.OfficerRole) {
	for _, o := range l.Officers {
		if o.Role == role {
			w.Text(o.Person)
			w.Text(o.Name)
			return
		}
	}
	w.Null()
	w.Null()
}

// lastIncome is the recorded income of the latest year that has one.
func (l *ledger) lastIncome() (year int, fen code.Fen, ok bool) {
	for _, s := range l.Sheets {
		year = max(year, s.Year())
	}
	fen, ok = l.IncomeOf(year)
	return year, fen, ok
}

// incomes writes one row for each year with a sheet.
func (l *ledger) incomes(w *Rows) {
	done := map[int]bool{}
	for _, s := range l.Sheets {
		year := s.Year()
		fen, ok := l.IncomeOf(year)
		if !ok || done[year] {
			continue
		}
		done[year] = true
		w.Row()
		w.Int2(small(year))
		w.Int8(int64(fen))
	}
}

func (l *ledger) count(add Add) {
	if l.Unconfirmed || l.FileNo == "" {
		return
	}
	c, _ := l.Count(farAway)
	add([]string{l.Region, string(l.Kind), string(l.class()), string(l.Stage())},
		1, int64(l.CountedOn(farAway)), int64(c.AtInclusion))
}
