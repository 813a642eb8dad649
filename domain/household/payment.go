package household

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// What a fund (防贫救助资金等) approves for and pays to the household: its line of the
// fund's list. The fund's own stream holds the whole list and what the fund can
// pay; here it is judged whether the household was entitled to it (S1.33).

// FundKinds are the kinds of funds (S1.18, S2.36, S3.6, S4.5, S4.23).
var FundKinds = code.List{
	{Code: "relief", ZH: "防贫救助基金", EN: "relief fund"},
	{Code: "petty", ZH: "乡镇临时备用金", EN: "township petty fund"},
	{Code: "special", ZH: "防止返贫专项资金", EN: "special fund"},
	{Code: "project", ZH: "补助项目资金", EN: "subsidy project"},
}

// ReversalReasons say why a payment no longer stands.
var ReversalReasons = code.List{
	{Code: "mistaken", ZH: "误登冲销", EN: "entered by mistake"},
	{Code: "recovered", ZH: "资金追回", EN: "money recovered"},
	{Code: "returned", ZH: "未能到户退回", EN: "came back undelivered"},
}

// Condition is who qualifies for a subsidy project, and at what rate (S4.5). An
// empty field asks for nothing.
type Condition struct {
	Tier  string   `json:"tier"`
	Title string   `json:"title"`
	Fen   code.Fen `json:"fen"` // for each household
	// Monitored: included and its risk not eliminated.
	Monitored bool      `json:"monitored,omitzero"`
	Kind      code.Kind `json:"kind,omitzero"`
	// WithLabour: not wholly without labour (非整户无劳动力).
	WithLabour bool `json:"with_labour,omitzero"`
	// IncomeBelow is a bound on the net income per head recorded for IncomeYear.
	IncomeYear  int      `json:"income_year,omitzero"`
	IncomeBelow code.Fen `json:"income_below_fen,omitzero"`
}

// PaymentLine is the household's line of a fund's list.
type PaymentLine struct {
	Fund string `json:"fund"`
	Kind string `json:"kind"` // FundKinds
	Name string `json:"name"`
	// List is the approval or payment list on which the line stands.
	List    string `json:"list"`
	Measure string `json:"measure,omitzero"` // that it pays for
	// Persons are those helped, not all members.
	Persons   int       `json:"persons"`
	Fen       code.Fen  `json:"fen"`
	Payee     string    `json:"payee,omitzero"` // member
	Condition Condition `json:"condition,omitzero"`
	// Reason, among others why an earlier source of help does not serve (S3.6).
	Reason code.Text `json:"reason,omitzero"`
}

// ApprovePayment: the fund approved a payment to the household.
type ApprovePayment PaymentLine

// PaymentApproved: the household stands on the approved list.
type PaymentApproved PaymentLine

// RecordPayment: the fund paid the household.
type RecordPayment PaymentLine

// PaymentMade: the household was paid.
type PaymentMade PaymentLine

// ReversePayment: a payment no longer stands.
type ReversePayment struct {
	Fund   string    `json:"fund"`
	List   string    `json:"list"`
	Reason string    `json:"reason"` // ReversalReasons
	Note   code.Text `json:"note,omitzero"`
}

// PaymentReversed: the payment was a mistake, or came back.
type PaymentReversed ReversePayment

func (ApprovePayment) isCommand() {}
func (RecordPayment) isCommand()  {}
func (ReversePayment) isCommand() {}
func (PaymentApproved) isEvent()  {}
func (PaymentMade) isEvent()      {}
func (PaymentReversed) isEvent()  {}

// Payment is a payment as the state keeps it.
type Payment struct {
	Fund, List, Measure string
	On                  calendar.Day
	Fen                 code.Fen
	Reversed            calendar.Day
}

func (r *ruling) approvePayment(c ApprovePayment) []Event {
	if !r.payable(PaymentLine(c)) {
		return nil
	}
	r.entitledToPayment(PaymentLine(c))
	r.helpOrder(c.Kind, c.Reason != "")
	return []Event{PaymentApproved(c)}
}

func (r *ruling) recordPayment(c RecordPayment) []Event {
	if !r.payable(PaymentLine(c)) {
		return nil
	}
	if r.s.payment(c.Fund, c.List) != nil {
		return r.refuse(policy.PaymentExists, "该户已有这份名单的发放记录")
	}
	r.entitledToPayment(PaymentLine(c))
	return []Event{PaymentMade(c)}
}

// payable refuses a line that says nothing or refers to nothing.
func (r *ruling) payable(c PaymentLine) bool {
	switch {
	case c.Fund == "" || c.List == "":
		r.refuse(policy.Malformed, "须写明资金和名单")
	case c.Fen <= 0 || c.Fen > MaxIncome:
		r.refuse(policy.Malformed, "金额应在1000万元以内，且大于0")
	case c.Persons < 1 || c.Persons > MaxMembers:
		r.refuse(policy.Malformed, "受助人数应为1至%d人", MaxMembers)
	case c.Measure != "" && r.s.measure(c.Measure) == nil:
		r.refuse(policy.MeasureUnknown, "该户没有这项措施")
	case c.Payee != "" && r.s.find(c.Payee) == nil:
		r.refuse(policy.MemberUnknown, "收款人不是该户成员")
	}
	r.known(FundKinds, c.Kind, "资金种类")
	return r.refusal == nil
}

// entitledToPayment holds what makes a household one that the fund may help: it
// is monitored or under a green channel, or meets the project's condition; and
// whoever takes the money still belongs to it.
func (r *ruling) entitledToPayment(c PaymentLine) {
	on := r.act.Happened
	if c.Condition.Tier != "" {
		for _, why := range r.s.unmet(c.Condition, on) {
			r.fails(policy.FundNotEntitled, "不符合“%s”的条件：%s", c.Condition.Title, why)
		}
		if c.Fen != c.Condition.Fen {
			r.fails(policy.FundNotEntitled, "金额与“%s”的标准每户%d元不符", c.Condition.Title, c.Condition.Fen/100)
		}
	} else if !r.s.monitoredOn(on) && !r.green(r.s.episodeOn(on)) {
		r.fails(policy.FundNotEntitled, "该户当日不是监测对象，也未开绿色通道")
	}
	if m := r.s.find(c.Payee); c.Payee != "" && m != nil && m.Left != 0 && m.Left <= on {
		r.fails(policy.FundNotEntitled, "收款人%s已于%s不在该户", m.Name, m.Left.Chinese())
	}
}

// unmet lists what the household does not meet of a condition on a day.
func (s *State) unmet(c Condition, on calendar.Day) []string {
	var missing []string
	if c.Monitored && !s.monitoredOn(on) {
		missing = append(missing, "不是风险未消除的监测对象")
	}
	if c.Kind != "" && s.Kind != c.Kind {
		missing = append(missing, "不是"+code.Kinds.ZH(string(c.Kind)))
	}
	if c.WithLabour && s.NoLabour() {
		missing = append(missing, "整户无劳动力")
	}
	if c.IncomeYear != 0 {
		if sheet := s.sheetOf(c.IncomeYear, on); sheet == nil || sheet.PerCapita >= c.IncomeBelow {
			missing = append(missing, "人均纯收入不在规定范围")
		}
	}
	return missing
}

// monitoredOn says whether the household was included by the end of the day and
// its risk neither eliminated nor its inclusion revoked.
func (s *State) monitoredOn(on calendar.Day) bool {
	e := s.episodeOn(on)
	return e != nil && e.Included != 0 && e.Included <= on && !e.endedBefore(on+1)
}

// helpOrder: S3.6, existing policy first, then society, then the relief fund.
// What comes before a source has been tried when a measure of it started by the
// day, or a reason says why not. A household brought forward may have been helped
// by what nobody entered here: of it that is only told.
func (r *ruling) helpOrder(source string, explained bool) {
	at := slices.Index(r.pack.HelpOrder, source)
	if at < 0 || explained {
		return
	}
	g := r.pack.Guard(policy.HelpOrder)
	if e := r.s.episodeOn(r.act.Happened); e != nil && e.Brought {
		g.Mode = policy.Flag
	}
	for _, earlier := range r.pack.HelpOrder[:at] {
		if !r.s.helpedBy(earlier, r.act.Happened) {
			r.failsAs(g, "应先%s，再%s", policy.HelpSources.ZH(earlier), policy.HelpSources.ZH(source))
		}
	}
}

// helpedBy says whether a measure from the source had started by the day.
func (s *State) helpedBy(source string, on calendar.Day) bool {
	for _, e := range s.Episodes {
		for _, m := range e.Measures {
			if m.Started <= on && sourceOf(m.Class) == source {
				return true
			}
		}
	}
	return false
}

// sourceOf is the source of help from which a measure comes.
func sourceOf(class code.MeasureClass) string {
	if class == "society" {
		return "society"
	}
	return "policy"
}

// payment returns a payment of a fund's list that stands, or nil.
func (s *State) payment(fund, list string) *Payment {
	for i := range s.Payments {
		if p := &s.Payments[i]; p.Fund == fund && p.List == list && p.Reversed == 0 {
			return p
		}
	}
	return nil
}

func (s *State) paymentMade(f Fact, e PaymentMade) {
	s.Payments = append(s.Payments, Payment{Fund: e.Fund, List: e.List, Measure: e.Measure, On: f.Happened(), Fen: e.Fen})
}

func (r *ruling) reversePayment(c ReversePayment) []Event {
	r.known(ReversalReasons, c.Reason, "冲销原因")
	if r.s.payment(c.Fund, c.List) == nil {
		return r.refuse(policy.PaymentUnknown, "该户没有这份名单的发放记录")
	}
	return []Event{PaymentReversed(c)}
}

func (s *State) paymentReversed(f Fact, e PaymentReversed) {
	if p := s.payment(e.Fund, e.List); p != nil {
		p.Reversed = f.Happened()
	}
}
