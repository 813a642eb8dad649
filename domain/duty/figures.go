package duty

import (
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// Stated is what a report itself states of its period: the new households at risk
// and those whose risk was removed (新增风险户、风险消除户, S1.9).
type Stated struct {
	New        int `json:"new"`
	Eliminated int `json:"eliminated"`
}

// Claim is what a report stated, as the record keeps it.
type Claim struct {
	Made       bool `json:"made"` // it stated something
	New        int  `json:"new"`
	Eliminated int  `json:"eliminated"`
}

// Sum counts households and their persons, those of the last day of the period.
type Sum struct {
	Households int `json:"households"`
	Persons    int `json:"persons"`
}

// Figures are what the record counted for the period of a report when the report was
// recorded. They stay as they were, whatever is entered or voided later.
type Figures struct {
	Counted    bool `json:"counted"` // else nobody counted
	New        Sum  `json:"new"`
	Eliminated Sum  `json:"eliminated"`
	RolledBack Sum  `json:"rolled_back"` // 风险消除回退
	Fallen     Sum  `json:"fallen"`      // 实际返贫致贫
	Monitored  Sum  `json:"monitored"`   // open on the last day
}

// Counted returns the period whose figures are frozen with an act, if it has some:
// it sends a report of which the pack says that it states figures.
func Counted(c Command, pack policy.Pack) (region string, from, to calendar.Day, ok bool) {
	report, is := c.(RecordDone)
	if !is {
		return "", 0, 0, false
	}
	d, known := pack.Duty(report.Duty)
	if !known || !d.Figures {
		return "", 0, 0, false
	}
	turn, ok := d.TurnAbout(report.For)
	return report.Region, turn.From, turn.To, ok && report.For != 0
}

// figures adds to the fact what was stated and what the record counts, and flags
// where they differ: the report is out, so it is told and never refused.
func (r ruling) figures(d policy.Duty, stated *Stated, done *Done) error {
	if stated != nil && !d.Figures {
		return policy.Refuse(policy.Malformed, "“%s”不填报新增、消除户数", d.Name)
	}
	if stated != nil && (min(stated.New, stated.Eliminated) < 0 || max(stated.New, stated.Eliminated) > maxStated) {
		return policy.Refuse(policy.Malformed, "新增、消除户数应为0至%d", maxStated)
	}
	if !d.Figures {
		return nil
	}
	done.Figures = r.place.Figures
	if stated == nil {
		return nil
	}
	done.Stated = Claim{Made: true, New: stated.New, Eliminated: stated.Eliminated}
	if !done.Figures.Counted {
		return nil
	}
	counted := Stated{New: done.Figures.New.Households, Eliminated: done.Figures.Eliminated.Households}
	if *stated != counted {
		reason := policy.Refuse(policy.FiguresDiffer, "所报新增%d户、消除%d户，系统中为新增%d户、消除%d户", stated.New, stated.Eliminated, counted.New, counted.Eliminated)
		done.Flags = append(done.Flags, Flag{Rule: policy.FiguresDiffer, Basis: policy.House, Cite: d.Cite, Detail: reason.Reason})
	}
	return nil
}
