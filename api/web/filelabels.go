package web

import (
	"context"
	"strings"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/projections"
)

func stageColour(s household.Stage) string {
	switch s {
	case household.StageMonitored:
		return "bg-red-lt"
	case household.StageInclusion:
		return "bg-azure-lt"
	case household.StageEliminated:
		return "bg-green-lt"
	default:
		return "bg-secondary-lt"
	}
}

func stepClass(s stage) string {
	switch {
	case s.stands:
		return "done"
	case s.next != nil && s.next.Overdue:
		return "next late"
	case s.next != nil:
		return "next"
	}
	return ""
}

// risksOf are an episode's risks, with which are gone.
func risksOf(ctx context.Context, e *household.Episode) string {
	var names []string
	for _, r := range e.Risks {
		name := term(ctx, code.Risks, r.Risk)
		if r.Gone != 0 {
			name += say(ctx, "（已消除）", " (gone)")
		}
		names = append(names, name)
	}
	return strings.Join(names, say(ctx, "、", ", "))
}

func guaranteeText(ctx context.Context, g household.GuaranteeState) string {
	if g.OK {
		return say(ctx, "有保障", "secured") + " · " + date(ctx, g.On)
	}
	return say(ctx, "未保障", "not secured") + " · " + date(ctx, g.On)
}

func dayCount(count string) string {
	if count == "working" {
		return "个工作日"
	}
	return "天"
}

func daysCounted(count string) string {
	if count == "working" {
		return " working days"
	}
	return " days"
}

// delivered says when a measure arrived, and how much of it.
func delivered(ctx context.Context, d dossier, measure string) string {
	for _, f := range factsOf[household.MeasureDelivered](d) {
		if e := f.Event.(household.MeasureDelivered); e.Measure == measure {
			text := date(ctx, f.Happened())
			if e.Fen != 0 {
				text += " " + yuan(ctx, e.Fen)
			}
			return text + " " + string(e.Note)
		}
	}
	return say(ctx, "尚未落实", "not yet")
}

// beijing is an instant as people here write it.
func beijing(t time.Time) string { return t.In(calendar.Beijing).Format("2006-01-02 15:04") }

func doerList(all []projections.Doer) string {
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = d.String()
	}
	return strings.Join(names, "、")
}

// documentless says why there is no ID number.
func documentless(ctx context.Context, m household.Member) string {
	if m.NoDocument == "" {
		return say(ctx, "未登记", "not recorded")
	}
	return term(ctx, code.NoDocumentReasons, m.NoDocument)
}
