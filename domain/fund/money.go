package fund

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// Limits of a fund.
const (
	// MaxRaised bounds one sum that comes in: a billion yuan, beyond which a digit
	// slipped.
	MaxRaised = code.Fen(1_000_000_000_00)
	// MaxTiers bounds the rates of a project: the one on record has two.
	MaxTiers = 10
)

// Sources of a fund's money (S2.36, S3.7).
var Sources = code.List{
	{Code: "fiscal", ZH: "财政安排", EN: "public budget"},
	{Code: "bridging", ZH: "衔接资金", EN: "bridging funds"},
	{Code: "project_income", ZH: "项目收益", EN: "project income"},
	{Code: "donation", ZH: "社会捐赠", EN: "donations"},
	{Code: "other", ZH: "其他", EN: "other"},
}

// Establish sets a fund up, with its management rules (管理办法); a subsidy project
// says who qualifies at which rate.
type Establish struct {
	Region   string                `json:"region"`
	Kind     string                `json:"kind"` // household.FundKinds
	Name     string                `json:"name"`
	Rules    code.Text             `json:"rules"` // what it may be used for, how it is approved and paid
	Document string                `json:"document,omitzero"`
	Tiers    []household.Condition `json:"tiers,omitzero"`
}

// Established: the fund is there.
type Established Establish

// Raise records money that came in (筹集).
type Raise struct {
	Source   string    `json:"source"` // Sources
	Fen      code.Fen  `json:"fen"`
	Document string    `json:"document,omitzero"`
	Note     code.Text `json:"note,omitzero"`
}

// Raised: the money is in the fund.
type Raised Raise

func (Establish) isFundCommand() {}
func (Raise) isFundCommand()     {}
func (Established) isFundEvent() {}
func (Raised) isFundEvent()      {}

func (r *ruling) establish(c Establish) []Event {
	r.known(household.FundKinds, c.Kind, "资金种类")
	switch {
	case r.s.Exists:
		return r.refuse(policy.PaperExists, "这项资金已登记")
	case c.Region == "" || c.Name == "" || c.Rules == "":
		return r.refuse(policy.Malformed, "资金须写明所在地、名称和管理规定")
	case len(c.Tiers) > MaxTiers || (c.Kind == "project") != (len(c.Tiers) > 0):
		return r.refuse(policy.Malformed, "补助项目须写明1至%d类条件和标准，其他资金不写", MaxTiers)
	}
	for i, tier := range c.Tiers {
		if tier.Tier == "" || tier.Title == "" || tier.Fen <= 0 || tier.Fen > household.MaxIncome ||
			slices.ContainsFunc(c.Tiers[:i], func(other household.Condition) bool { return other.Tier == tier.Tier }) {
			return r.refuse(policy.Malformed, "第%d类条件须有编号、名称和标准，且不重复", i+1)
		}
		if tier.Kind != "" {
			r.known(code.Kinds, string(tier.Kind), "农户类型")
		}
		if (tier.IncomeYear == 0) != (tier.IncomeBelow == 0) {
			return r.refuse(policy.Malformed, "第%d类条件的收入须写明年度和上限", i+1)
		}
	}
	r.entitled("establish", "")
	return []Event{Established(c)}
}

func (r *ruling) raise(c Raise) []Event {
	if !r.there() {
		return nil
	}
	r.known(Sources, c.Source, "资金来源")
	if c.Fen <= 0 || c.Fen > MaxRaised {
		return r.refuse(policy.Malformed, "筹集金额应在10亿元以内，且大于0")
	}
	r.entitled("raise", "")
	return []Event{Raised(c)}
}

// there refuses an act on a fund that nobody set up.
func (r *ruling) there() bool {
	if !r.s.Exists {
		r.refuse(policy.FundUnknown, "没有这项资金")
	}
	return r.s.Exists
}

// raisedBy is what had come in by the end of the day.
func (s *State) raisedBy(on calendar.Day) code.Fen {
	var all code.Fen
	for _, r := range s.raised {
		if r.on <= on {
			all += r.fen
		}
	}
	return all
}

// total adds what stands of some grants by the end of the day.
func total(grants []grant, on calendar.Day) code.Fen {
	var all code.Fen
	for _, g := range grants {
		if g.on <= on && (g.reversed == 0 || g.reversed > on) {
			all += g.fen
		}
	}
	return all
}
