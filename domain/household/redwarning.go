package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// A red warning (红色预警, S0.20) is raised by rule, for monitored households only:
// when the income per head falls below the year's red line, with its cause, or
// when an item of 两不愁三保障 or the water fails with a large risk. It is a
// recorded fact beside the sheet, survey or decision that led to it, and only a
// recorded act ends it.

// LowIncome is the ground of a red warning by income; the others are the codes of
// code.Guarantees.
const LowIncome = "income"

// RedWarningRaised: the household stands under a red warning.
type RedWarningRaised struct {
	Ground string `json:"ground"` // LowIncome, or the guarantee that failed
	// Causes of the income's fall: the sheet's rigid expenditure, or else the
	// risks that were open.
	Causes    []code.Risk `json:"causes,omitzero"`
	PerCapita code.Fen    `json:"per_capita_fen,omitzero"`
	Line      code.Fen    `json:"line_fen,omitzero"` // the red line that applied
	Cite      string      `json:"cite,omitzero"`
	// Indicator by which it was noticed, as the survey that led to it says.
	Indicator Indicated `json:"indicator,omitzero"`
}

// EndRedWarning ends a red warning (解除红色预警), with what was done about it.
type EndRedWarning struct {
	Ground string    `json:"ground"`
	Result string    `json:"result"` // RedWarningEnds
	Note   code.Text `json:"note"`
}

// RedWarningEnded: the warning on that ground is over.
type RedWarningEnded EndRedWarning

func (EndRedWarning) isCommand()  {}
func (RedWarningRaised) isEvent() {}
func (RedWarningEnded) isEvent()  {}

// RedWarningEnds are how a red warning ends.
var RedWarningEnds = code.List{
	{Code: "solved", ZH: "问题已解决", EN: "solved"},
	{Code: "eased", ZH: "风险已缓解，继续监测", EN: "eased, monitored further"},
	{Code: "mistaken", ZH: "经核实为误报", EN: "found to be mistaken"},
}

// GroundName is what a red warning is about, in Chinese.
func GroundName(ground string) string {
	if ground == LowIncome {
		return "人均纯收入低于红色预警线"
	}
	return code.Guarantees.ZH(ground) + "出现问题"
}

// RedWarning is a red warning as the state keeps it.
type RedWarning struct {
	Ground string
	Causes []code.Risk
	Since  calendar.Day
	Ended  calendar.Day
}

// redWarning returns the open warning on a ground that stood by the day, or nil.
func (s *State) redWarning(ground string, on calendar.Day) *RedWarning {
	for i := range s.RedWarnings {
		if w := &s.RedWarnings[i]; w.Ground == ground && w.Ended == 0 && w.Since <= on {
			return w
		}
	}
	return nil
}

// warns says whether the rule of red warnings holds for the household on the day
// of the act, and where it is written: it is monitored, and the pack knows it.
func (r *ruling) warns() (e *Episode, cite string) {
	cite, known := r.pack.RedWarnings()
	if !known || !r.s.monitoredOn(r.act.Happened) {
		return nil, ""
	}
	return r.s.episodeOn(r.act.Happened), cite
}

// incomeWarning raises the warning by income that a sheet leads to, unless one
// stands or a later sheet is in the file.
func (r *ruling) incomeWarning(sheet IncomeRecorded) []Event {
	if e, _ := r.warns(); e != nil {
		for _, other := range r.s.Sheets {
			if other.On > r.act.Happened {
				return nil
			}
		}
		return r.lowIncome(e, sheet.PerCapita, causesOf(sheet.Rigid))
	}
	return nil
}

func (r *ruling) lowIncome(e *Episode, perHead code.Fen, causes []code.Risk) []Event {
	cite, _ := r.pack.RedWarnings()
	line, set := r.pack.RedLineOf(r.act.Happened.Year())
	if !set || perHead >= line || r.s.redWarning(LowIncome, r.act.Happened) != nil {
		return nil
	}
	return []Event{RedWarningRaised{Ground: LowIncome, Causes: r.s.causeOf(causes, e), PerCapita: perHead, Line: line, Cite: cite}}
}

// guaranteeWarnings raises a warning for each item that a survey finds failing
// with a large risk, unless one stands or a later survey found it in order.
func (r *ruling) guaranteeWarnings(findings []Finding) []Event {
	e, cite := r.warns()
	if e == nil {
		return nil
	}
	var raised []Event
	for _, f := range findings {
		if !f.OK && f.LargeRisk && !r.s.foundAfter(f.Guarantee, r.act.Happened) {
			raised = append(raised, r.failing(f.Guarantee, f.Indicator, cite)...)
		}
	}
	return raised
}

func (r *ruling) failing(g code.Guarantee, by Indicated, cite string) []Event {
	if r.s.redWarning(string(g), r.act.Happened) != nil {
		return nil
	}
	return []Event{RedWarningRaised{Ground: string(g), Cite: cite, Indicator: by}}
}

// foundAfter says whether the item was looked at after the day.
func (s *State) foundAfter(g code.Guarantee, on calendar.Day) bool {
	for _, have := range s.Guarantees {
		if have.Guarantee == g && have.On > on {
			return true
		}
	}
	return false
}

// inclusionWarnings raises what already holds of a household on the day on which
// it becomes a monitored one.
func (r *ruling) inclusionWarnings(risks []code.Risk) []Event {
	cite, known := r.pack.RedWarnings()
	if !known {
		return nil
	}
	var raised []Event
	if sheet := r.s.currentSheet(r.act.Happened); sheet != nil {
		causes := sheet.Causes
		if len(causes) == 0 {
			causes = risks
		}
		raised = append(raised, r.lowIncome(nil, sheet.PerCapita, causes)...)
	}
	for _, g := range r.s.Guarantees {
		if !g.OK && g.LargeRisk && g.On <= r.act.Happened {
			raised = append(raised, r.failing(g.Guarantee, Indicated{}, cite)...)
		}
	}
	return raised
}

func (s *State) redWarningRaised(f Fact, e RedWarningRaised) {
	if s.redWarning(e.Ground, f.Happened()) == nil {
		s.RedWarnings = append(s.RedWarnings, RedWarning{Ground: e.Ground, Causes: e.Causes, Since: f.Happened()})
	}
}

func (r *ruling) endRedWarning(c EndRedWarning) []Event {
	r.known(RedWarningEnds, c.Result, "解除结果")
	switch {
	case c.Note == "":
		return r.refuse(policy.Malformed, "解除红色预警须写明采取的措施和结果")
	case r.s.redWarning(c.Ground, r.act.Happened) == nil:
		return r.refuse(policy.RedWarningUnknown, "该户当日没有这项红色预警")
	}
	return []Event{RedWarningEnded(c)}
}

func (s *State) redWarningEnded(f Fact, e RedWarningEnded) {
	if w := s.redWarning(e.Ground, f.Happened()); w != nil {
		w.Ended = f.Happened()
	}
}
