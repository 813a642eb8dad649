package projections

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// appraisal is one appraisal (民主评议) of a household.
type appraisal struct {
	procedure policy.Procedure
	meeting   string
	on        calendar.Day
	result    code.ReviewResult
}

// ruling is one county decision (县级审定) on a household.
type ruling struct {
	procedure policy.Procedure
	on        calendar.Day
	result    code.ReviewResult
	class     code.Class
}

// until is the day from which another sheet stands for the line.
func (n *noticeFile) until(line postedLine) calendar.Day {
	until := farAway
	for _, other := range n.posted {
		if other.procedure == line.procedure && other.on > line.on {
			until = min(until, other.on)
		}
	}
	return until
}

// appraisedBefore is the last appraisal before the line went up.
func (n *noticeFile) appraisedBefore(line postedLine) appraisal {
	last := appraisal{}
	for _, a := range n.appraised {
		if a.procedure == line.procedure && a.on <= line.on && a.on >= last.on {
			last = a
		}
	}
	return last
}

// decidedAfter is the first decision that the line's sheet was for.
func (n *noticeFile) decidedAfter(line postedLine) ruling {
	first, until := ruling{}, n.until(line)
	for _, d := range n.decided {
		if d.procedure == line.procedure && d.on >= line.on && d.on < until && (first.on == 0 || d.on < first.on) {
			first = d
		}
	}
	return first
}

// comparedRow ends a line's row with what was appraised before and decided after.
func (n *noticeFile) comparedRow(w *Rows, line postedLine) {
	before, after := n.appraisedBefore(line), n.decidedAfter(line)
	w.Text(string(before.result))
	w.Day(before.on)
	w.Text(before.meeting)
	w.Text(string(after.result))
	w.Day(after.on)
	w.Text(string(after.class))
}

func (n *noticeFile) appraisedRows(w *Rows) {
	for _, a := range n.appraised {
		w.Row()
		w.Text(string(a.procedure))
		w.Text(a.meeting)
		w.Day(a.on)
		w.Text(string(a.result))
	}
}

func (n *noticeFile) decidedRows(w *Rows) {
	for _, d := range n.decided {
		w.Row()
		w.Text(n.region)
		w.Text(string(d.procedure))
		w.Day(d.on)
		w.Text(string(d.result))
		w.Text(string(d.class))
		w.Text(n.hungBefore(d))
	}
}

// hungBefore is the last sheet that the household stood on before a decision.
func (n *noticeFile) hungBefore(d ruling) string {
	notice, on := "", calendar.Day(0)
	for _, line := range n.posted {
		if line.procedure == d.procedure && line.on <= d.on && line.on >= on {
			notice, on = line.notice, line.on
		}
	}
	return notice
}
