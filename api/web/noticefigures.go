package web

import (
	"slices"

	"shouwang/projections"
)

// complianceFigure is a column of the compliance sheet (合规情况表).
type complianceFigure struct {
	zh, en string
	of     func(projections.Compliance) int64
	fault  bool // anything but none calls for a look
}

var complianceFigures = []complianceFigure{
	{"公示单", "sheets", func(c projections.Compliance) int64 { return c.Sheets }, false},
	{"涉及户", "households", func(c projections.Compliance) int64 { return c.Households }, false},
	{"在墙", "hanging", func(c projections.Compliance) int64 { return c.Hanging }, false},
	{"天数不足", "too short", func(c projections.Compliance) int64 { return c.Short }, true},
	{"期满未撤", "not taken down", func(c projections.Compliance) int64 { return c.Overdue }, true},
	{"张贴无照片", "no photo up", func(c projections.Compliance) int64 { return c.NoPhoto }, true},
	{"撤下无照片", "no photo down", func(c projections.Compliance) int64 { return c.NoEndPhoto }, true},
	{"照片重复", "photo reused", func(c projections.Compliance) int64 { return c.Reused }, true},
	{"未等候即办理（户）", "did not wait", func(c projections.Compliance) int64 { return c.Hurried }, true},
	{"异议", "objections", func(c projections.Compliance) int64 { return c.Objections }, false},
	{"异议未答复", "unanswered", func(c projections.Compliance) int64 { return c.Open }, true},
	{"未经调查即答复", "no inquiry", func(c projections.Compliance) int64 { return c.Uninquired }, true},
	{"审定前无公示（户）", "no notice", func(c projections.Compliance) int64 { return c.Uncovered }, true},
	{"现场核查", "checks", func(c projections.Compliance) int64 { return c.Inspected }, false},
	{"现场未见", "not seen", func(c projections.Compliance) int64 { return c.Missing }, true},
	{"现场不符", "differs", func(c projections.Compliance) int64 { return c.Different }, true},
}

// mayReplay says whether the visitor may look into households' files.
func mayReplay(v *visitor) bool { return v != nil && slices.Contains(replayers, v.role) }
