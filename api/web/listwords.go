package web

import (
	"context"
	"slices"
	"strconv"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// listTitle is what a document over a list is usually called.
func listTitle(_ context.Context, l roll) string {
	return l.place + policy.Procedures.ZH(string(l.of)) + paper.DocumentKinds.ZH(string(l.kind))
}

// usualOffice is the office of the level that mostly issues or puts up: the
// authority in charge, in which somebody decides, or the village itself.
func (l roll) usualOffice(level code.Level) string {
	if level == code.County && l.authority != "" {
		return l.authority
	}
	for _, o := range l.offices {
		if o.Level == level && o.Department == "" {
			return o.ID
		}
	}
	return ""
}

// riskTicked says whether the risk is ticked: as it was sent, or as the file
// names it so far.
func (l roll) riskTicked(h onPaper, risk string) bool {
	if l.q.Has("result_" + h.ID) {
		return slices.Contains(l.q["risk_"+h.ID], risk)
	}
	e := h.Episode()
	return e != nil && slices.ContainsFunc(e.Risks, func(have household.RiskState) bool { return string(have.Risk) == risk && have.Gone == 0 })
}

// run is the chain of the procedure that is under way.
func (h onPaper) run(of policy.Procedure) *household.Chain {
	e := h.Episode()
	switch {
	case e == nil:
		return nil
	case of == policy.Inclusion:
		return &e.Inclusion
	case of == policy.Assistance:
		return &e.Help
	case len(e.Attempts) > 0:
		return &e.Attempts[len(e.Attempts)-1]
	}
	return nil
}

// summary is what the file says so far, in a line: income, appraisal, notice,
// what was looked into.
func (h onPaper) summary(ctx context.Context, of policy.Procedure) (told []string) {
	if n := len(h.Sheets); n > 0 {
		told = append(told, say(ctx, "人均纯收入", "income per head ")+yuan(ctx, h.Sheets[n-1].PerCapita))
	}
	open := 0
	for _, c := range h.Comparisons {
		open += len(c.Open)
	}
	if open > 0 {
		told = append(told, strconv.Itoa(open)+say(ctx, "条比对疑点未核实", " hits not explained"))
	}
	c := h.run(of)
	if c == nil {
		return told
	}
	if a := c.Appraisal; a != nil {
		told = append(told, date(ctx, a.On)+say(ctx, "评议", " appraisal ")+term(ctx, code.ReviewResults, a.Result))
	}
	if n := c.Notice; n != nil {
		line := date(ctx, n.Posted) + say(ctx, "公示", " posted")
		switch {
		case n.Removed != 0:
			line += say(ctx, "，"+strconv.Itoa(int(n.Removed-n.Posted))+"天后撤下", ", down after "+strconv.Itoa(int(n.Removed-n.Posted))+" days")
		case n.Struck != 0:
			line += say(ctx, "，已划去", ", struck")
		default:
			line += say(ctx, "，尚未撤下", ", still up")
		}
		if len(n.Objections) > 0 {
			line += say(ctx, "，异议"+strconv.Itoa(len(n.Objections))+"条", ", objections: "+strconv.Itoa(len(n.Objections)))
		}
		told = append(told, line)
	}
	if e := h.Episode(); e.ReturnedTo != "" {
		told = append(told, say(ctx, "退回到", "returned to ")+term(ctx, policy.Steps, e.ReturnedTo)+"："+string(e.ReturnedReason))
	}
	return told
}
