package web

import (
	"context"
	"strconv"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// line is one thing that is known of the household, at one moment and at a later
// one.
type line struct {
	label         string
	before, value string
}

func (l line) changed() bool { return l.before != l.value }

// spanOf is how many columns the value of a line takes: what did not change stands
// for both moments.
func spanOf(l line) string {
	if l.changed() {
		return "1"
	}
	return "2"
}

// known collects what is known at one moment, field by field.
type known struct {
	ctx   context.Context
	v     *visitor
	lines []line
	seen  map[string]int
}

// add notes a field that is not empty. Two of one name are told apart by their
// number.
func (k *known) add(label, value string) {
	if value == "" {
		return
	}
	if k.seen[label]++; k.seen[label] > 1 {
		label += " (" + strconv.Itoa(k.seen[label]) + ")"
	}
	k.lines = append(k.lines, line{label: label, value: value})
}

func (k *known) say(zh, en string) string { return say(k.ctx, zh, en) }

// linesOf is a standing, field by field.
func linesOf(ctx context.Context, v *visitor, h projections.History) []line {
	k := &known{ctx: ctx, v: v, seen: map[string]int{}}
	s := h.State
	k.add(k.say("状态", "State"), term(ctx, household.Stages, s.Stage))
	k.add(k.say("户主", "Head"), shownName(v, s.Head))
	k.add(k.say("农户类型", "Kind"), term(ctx, code.Kinds, s.Kind))
	k.add(k.say("村民小组", "Group"), s.Group)
	k.add(k.say("计入家庭人口", "Counted members"), strconv.Itoa(s.Persons))
	k.members(s.Members)
	for i, e := range s.Episodes {
		k.episode(e, &h.Folded.Episodes[i])
	}
	for _, o := range s.Officers {
		k.add(term(ctx, code.OfficerRoles, o.Role), o.Name+k.say("（自", " (from ")+date(ctx, o.From)+k.say("）", ")"))
	}
	for _, i := range s.Income {
		k.add(strconv.Itoa(i.Year)+k.say("年人均纯收入", " income per head"), yuan(ctx, i.Fen))
	}
	for _, g := range h.Folded.Guarantees {
		k.add(term(ctx, code.Guarantees, g.Guarantee), guaranteeText(ctx, g))
	}
	k.add(k.say("绿色通道，补办程序期限", "Green channel, procedure owed by"), date(ctx, s.GreenOwed))
	if s.Visits > 0 {
		k.add(k.say("走访", "Visits"), strconv.Itoa(s.Visits)+k.say("次，最近", ", last ")+date(ctx, s.LastVisit))
	}
	k.add(k.say("实际返贫（致贫）", "Actual fall into poverty"), date(ctx, s.Fell))
	k.add(k.say("档案结束", "File closed"), date(ctx, s.Closed))
	return k.lines
}

func (k *known) members(all []projections.StandingMember) {
	for _, m := range all {
		value := term(k.ctx, code.Relations, m.Relation) + " · " + term(k.ctx, code.Labours, m.Labour)
		if !m.Counted {
			value += " · " + k.say("不计入", "not counted")
		}
		if m.Left != 0 {
			value += " · " + date(k.ctx, m.Left) + term(k.ctx, code.LeaveReasons, m.Why)
		}
		k.add(shownName(k.v, m.Name), value)
	}
}

func (k *known) episode(e projections.StandingEpisode, whole *household.Episode) {
	of := k.say("监测周期", "Episode ") + strconv.Itoa(max(1, e.Number)) + " · "
	k.add(of+k.say("类别", "class"), term(k.ctx, code.Classes, e.Class))
	k.add(of+k.say("风险", "risks"), terms(k.ctx, code.Risks, e.Risks))
	for _, d := range []struct {
		zh, en string
		day    calendar.Day
	}{
		{"纳入", "included", e.Included}, {"公告", "announced", e.Announced}, {"系统录入", "entered", e.Entered}, {"风险消除", "eliminated", e.Eliminated},
		{"系统标注", "marked", e.Marked}, {"回退", "rolled back", e.RolledBack}, {"撤销认定", "revoked", e.Revoked}, {"暂缓消除", "deferred", e.Deferred}, {"暂不标注", "mark withheld", e.Withheld},
		{"未纳入", "rejected", e.Rejected},
	} {
		k.add(of+k.say(d.zh, d.en), date(k.ctx, d.day))
	}
	if e.ReturnedTo != "" {
		k.add(of+k.say("退回到", "returned to"), term(k.ctx, policy.Steps, e.ReturnedTo))
	}
	k.steps(of+term(k.ctx, policy.Procedures, policy.Inclusion)+" · ", &whole.Inclusion)
	k.steps(of, &whole.Help)
	for i := range whole.Attempts {
		k.steps(of+term(k.ctx, policy.Procedures, policy.Elimination)+" · ", &whole.Attempts[i])
	}
	if e.Measures > 0 {
		k.add(of+k.say("措施", "measures"), strconv.Itoa(e.Measures))
	}
}

// steps are the days on which the steps of a procedure were done, of a notice
// also when it came down and what was objected.
func (k *known) steps(of string, c *household.Chain) {
	for _, s := range policy.Steps {
		done := c.Find(policy.Step(s.Code))
		if done == nil {
			continue
		}
		value := date(k.ctx, done.On)
		if result, ok := code.ReviewResults.Find(done.Result); ok {
			value += " · " + k.say(result.ZH, result.EN)
		}
		k.add(of+k.say(s.ZH, s.EN), value)
	}
	if n := c.Notice; n != nil {
		k.add(of+k.say("公示撤下", "notice taken down"), date(k.ctx, n.Removed))
		k.add(of+k.say("从公示划去", "struck from the notice"), date(k.ctx, n.Struck))
		for _, o := range n.Objections {
			value := date(k.ctx, o.On)
			switch {
			case o.Answered == 0:
				value += k.say("，尚未答复", ", not answered")
			case o.Upheld:
				value += k.say("，答复：成立", ", upheld")
			default:
				value += k.say("，答复：不成立", ", not upheld")
			}
			k.add(of+k.say("异议", "objection"), value)
		}
	}
}

// differ joins two standings: everything known at either, in the order of the
// later one, what differs first.
func differ(was, is []line) []line {
	before := map[string]string{}
	for _, l := range was {
		before[l.label] = l.value
	}
	var changed, same []line
	add := func(l line) {
		if l.changed() {
			changed = append(changed, l)
		} else {
			same = append(same, l)
		}
	}
	for _, l := range is {
		add(line{l.label, before[l.label], l.value})
		delete(before, l.label)
	}
	for _, l := range was {
		if value, gone := before[l.label]; gone {
			add(line{l.label, value, ""})
			delete(before, l.label)
		}
	}
	return append(changed, same...)
}
