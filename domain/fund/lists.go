package fund

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// Line is one household on an approval or payment list.
type Line struct {
	Household string    `json:"household"`
	Measure   string    `json:"measure,omitzero"` // the measure it pays for
	Tier      string    `json:"tier,omitzero"`    // of a subsidy project
	Persons   int       `json:"persons"`          // helped, not all members
	Fen       code.Fen  `json:"fen"`
	Payee     string    `json:"payee,omitzero"` // member who takes it
	Reason    code.Text `json:"reason,omitzero"`
}

// Approve approves payments to the households of a list (资金审批).
type Approve struct {
	List     string          `json:"list"`
	Document string          `json:"document,omitzero"` // 文号
	Lines    []Line          `json:"lines"`
	Paper    code.Attachment `json:"paper,omitzero"`
}

// Approved: the list was approved.
type Approved Approve

// Pay records that the households of a list were paid (资金发放).
type Pay struct {
	List     string          `json:"list"`
	Document string          `json:"document,omitzero"`
	Lines    []Line          `json:"lines"`
	Paper    code.Attachment `json:"paper,omitzero"`
}

// Paid: the households were paid.
type Paid Pay

// Reverse takes back one household's payment: it was a mistake, or came back.
type Reverse struct {
	List      string    `json:"list"`
	Household string    `json:"household"`
	Reason    string    `json:"reason"` // household.ReversalReasons
	Note      code.Text `json:"note"`
}

// Reversed: the payment no longer stands.
type Reversed Reverse

func (Approve) isFundCommand() {}
func (Pay) isFundCommand()     {}
func (Reverse) isFundCommand() {}
func (Approved) isFundEvent()  {}
func (Paid) isFundEvent()      {}
func (Reversed) isFundEvent()  {}

func (r *ruling) approve(c Approve) []Event {
	if !r.there() || !r.listed(c.List, c.Lines, r.s.approved) {
		return nil
	}
	on := r.act.Happened
	if raised, all := r.s.raisedBy(on), total(r.s.approved, on)+amount(c.Lines); all > raised {
		r.fails(policy.FundBeyondBalance, c.List, "", "累计批准%d元，已筹集%d元", all/100, raised/100)
	}
	r.entitled("approve", c.List)
	return []Event{Approved(c)}
}

func (r *ruling) pay(c Pay) []Event {
	if !r.there() || !r.listed(c.List, c.Lines, r.s.paid) {
		return nil
	}
	on := r.act.Happened
	for _, line := range c.Lines {
		r.audit(c.List, line)
	}
	if raised, all := r.s.raisedBy(on), total(r.s.paid, on)+amount(c.Lines); all > raised {
		r.fails(policy.FundBeyondBalance, c.List, "", "累计发放%d元，已筹集%d元", all/100, raised/100)
	}
	r.entitled("pay", c.List)
	return []Event{Paid(c)}
}

// audit: S1.33, each payment stands on an approval and none is made twice. An
// approval may be paid in parts; a project pays a household once, at one rate.
func (r *ruling) audit(list string, line Line) {
	approved := total(r.same(r.s.approved, line), r.act.Happened)
	before := total(r.same(r.s.paid, line), always)
	switch {
	case approved == 0:
		r.fails(policy.FundWithoutApproval, list, line.Household, "发放%d元，此前没有审批", line.Fen/100)
	case before == 0 && line.Fen > approved:
		r.fails(policy.FundWithoutApproval, list, line.Household, "发放%d元，只批准%d元", line.Fen/100, approved/100)
	}
	if before > 0 && before+line.Fen > approved {
		r.fails(policy.FundPaidTwice, list, line.Household, "此前已发放%d元，再发放%d元，共批准%d元", before/100, line.Fen/100, approved/100)
	}
}

// same are the grants for the same household and what is paid for there.
func (r *ruling) same(all []grant, line Line) []grant {
	var mine []grant
	for _, g := range all {
		if g.household == line.Household && (r.s.Kind == "project" || g.measure == line.Measure) {
			mine = append(mine, g)
		}
	}
	return mine
}

// always is later than every day: what was paid, whenever it was.
const always = calendar.Day(1 << 30)

func (r *ruling) reverse(c Reverse) []Event {
	if !r.there() {
		return nil
	}
	r.known(household.ReversalReasons, c.Reason, "冲销原因")
	switch {
	case c.Note == "":
		return r.refuse(policy.Malformed, "冲销须写明经过")
	case r.s.payment(c.List, c.Household) == nil:
		return r.refuse(policy.PaymentUnknown, "这份名单没有向该户发放")
	}
	r.entitled("reverse", c.List)
	return []Event{Reversed(c)}
}

// listed checks a list before anything is written: what a household's line would
// refuse as malformed is refused here.
func (r *ruling) listed(list string, lines []Line, before []grant) bool {
	switch {
	case list == "":
		r.refuse(policy.Malformed, "名单编号缺失")
	case len(lines) == 0 || len(lines) > paper.MaxLines:
		r.refuse(policy.Malformed, "名单应为1至%d户", paper.MaxLines)
	case slices.ContainsFunc(before, func(g grant) bool { return g.list == list }):
		r.refuse(policy.PaperExists, "这份名单已登记")
	}
	for i, l := range lines {
		switch {
		case l.Household == "" || slices.ContainsFunc(lines[:i], func(other Line) bool { return other.Household == l.Household }):
			r.refuse(policy.Malformed, "名单第%d行重复或未写明农户", i+1)
		case l.Fen <= 0 || l.Fen > household.MaxIncome:
			r.refuse(policy.Malformed, "名单第%d行金额应在1000万元以内，且大于0", i+1)
		case l.Persons < 1 || l.Persons > household.MaxMembers:
			r.refuse(policy.Malformed, "名单第%d行受助人数应为1至%d人", i+1, household.MaxMembers)
		case (l.Tier == "") != (len(r.s.Tiers) == 0) || l.Tier != "" && !slices.ContainsFunc(r.s.Tiers, func(t household.Condition) bool { return t.Tier == l.Tier }):
			r.refuse(policy.Malformed, "名单第%d行须写明项目的一类条件", i+1)
		}
	}
	return r.refusal == nil
}

func amount(lines []Line) code.Fen {
	var all code.Fen
	for _, l := range lines {
		all += l.Fen
	}
	return all
}
