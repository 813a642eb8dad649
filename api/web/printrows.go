package web

import (
	"context"
	"slices"
	"strconv"

	"shouwang/domain/code"
	"shouwang/domain/household"
)

// number is the printout's own number, not somebody's.
func (p printout) number() string { return p.mark.number }

// maskedNote says how personal data stand on the paper.
func (p printout) maskedNote() string {
	if p.full {
		return "含完整个人信息，请妥善保管"
	}
	return "个人信息已脱敏"
}

// mayUnmask says whether the visitor may have personal data printed in full.
func (d dossier) mayUnmask(v *visitor) bool { return slices.Contains(namesakes, v.role) }

func contains(all []string, one string) bool { return slices.Contains(all, one) }

// inGroup says whether the household was last found in the special group.
func (d dossier) inGroup(group string) bool {
	return slices.ContainsFunc(d.Groups, func(g household.GroupState) bool { return g.Group == group && g.Belongs })
}

// surveyed are the notes of a survey, item by item.
func surveyed(e household.HomeSurveyed) (notes []string) {
	for _, f := range e.Findings {
		if f.Note != "" {
			notes = append(notes, code.Guarantees.ZH(string(f.Guarantee))+"："+string(f.Note))
		}
	}
	if e.Note != "" {
		notes = append(notes, string(e.Note))
	}
	return notes
}

// measures are the rows of the form of measures: those of the plan that have not
// begun, and those begun.
func (p printout) measures(ctx context.Context, plan household.PlanMade) (rows [][]string) {
	begun := map[code.MeasureClass]bool{}
	started := factsOf[household.MeasureStarted](p.dossier)
	for _, f := range slices.Backward(started) {
		e := f.Event.(household.MeasureStarted)
		begun[e.Class] = true
		rows = append(rows, []string{term(ctx, code.MeasureClasses, e.Class), string(e.Content), code.Departments.ZH(e.Department),
			date(ctx, f.Happened()), delivered(ctx, p.dossier, e.Measure), p.confirmed(ctx, e.Measure)})
	}
	for _, m := range plan.Measures {
		if !begun[m.Class] {
			rows = append(rows, []string{term(ctx, code.MeasureClasses, m.Class), string(m.Content), code.Departments.ZH(m.Department), "", "", ""})
		}
	}
	for len(rows) < emptyRows {
		rows = append(rows, make([]string, 6))
	}
	return rows
}

// emptyRows is the room that the form of measures leaves at least.
const emptyRows = 4

// confirmed says whether the household said that a measure arrived.
func (p printout) confirmed(ctx context.Context, measure string) string {
	for _, f := range factsOf[household.MeasureConfirmed](p.dossier) {
		if e := f.Event.(household.MeasureConfirmed); e.Measure == measure {
			if e.Received {
				return "已收到 " + date(ctx, f.Happened())
			}
			return "未收到 " + date(ctx, f.Happened())
		}
	}
	return ""
}

// incomes are the net incomes per head by year.
func (d dossier) incomes(ctx context.Context) (lines []string) {
	var years []int
	for _, s := range d.Sheets {
		if !slices.Contains(years, s.Year()) {
			years = append(years, s.Year())
		}
	}
	slices.Sort(years)
	for _, year := range years {
		if fen, ok := d.IncomeOf(year); ok {
			lines = append(lines, strconv.Itoa(year)+"年 "+yuan(ctx, fen))
		}
	}
	return lines
}

// measureSums says how many measures began and how many arrived.
func (d dossier) measureSums() string {
	begun, arrived := 0, 0
	for _, e := range d.Episodes {
		for _, m := range e.Measures {
			begun++
			if m.Delivered != 0 {
				arrived++
			}
		}
	}
	return "共" + strconv.Itoa(begun) + "项，已落实" + strconv.Itoa(arrived) + "项"
}
