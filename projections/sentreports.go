package projections

import (
	"slices"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/household"
)

// SentReport is a report of an office with which the figures of a period were
// kept (S1.9).
type SentReport struct {
	Name     string
	From, To calendar.Day
	Recorded time.Time
}

// MovedReports lists the figures kept with reports, recorded after the fact, for
// which the household would have counted otherwise without it.
func MovedReports(id string, facts []household.Fact, event string, sent []SentReport) []MovedFigure {
	at := slices.IndexFunc(facts, func(f household.Fact) bool { return f.ID == event })
	if at < 0 {
		return nil
	}
	stands, void := household.BothWays(facts, event)
	var moved []MovedFigure
	for _, r := range sent {
		if r.Recorded.Before(facts[at].Recorded) {
			continue
		}
		was, is := r.counts(id, stands), r.counts(id, void)
		for i, c := range was {
			if c.n != is[i].n {
				moved = append(moved, MovedFigure{Report: r.Name, AsOf: r.To, Figure: c.zh, Stands: c.n, Void: is[i].n})
			}
		}
	}
	return moved
}

// tally is one figure of a report, and what a household adds to it.
type tally struct {
	zh string
	n  int
}

// counts is what a household added to the report when it was recorded.
func (r SentReport) counts(id string, facts []household.Fact) (all []tally) {
	m := Month{From: r.From, To: r.To}
	s := household.Fold(id, facts, household.Times{AsOf: r.To, KnownAt: r.Recorded})
	m.take(&s)
	f := m.figures()
	for _, figure := range []struct {
		zh string
		of duty.Sum
	}{{"新增", f.New}, {"风险消除", f.Eliminated}, {"风险消除回退", f.RolledBack}, {"返贫致贫", f.Fallen}, {"期末监测", f.Monitored}} {
		all = append(all, tally{figure.zh + "户数", figure.of.Households}, tally{figure.zh + "人数", figure.of.Persons})
	}
	return all
}
