package demonstration

import (
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// verdict is who refuses a household in a round, if anybody.
type verdict int

const (
	passed verdict = iota
	refusedByTownship
	refusedByCounty
)

// round is a round of a procedure through the county: townships begin on
// different days, villages take part with the households they have.
type round struct {
	name  string
	of    policy.Procedure
	start calendar.Day
	lines map[*village][]*line
}

// line is a household in a round, with its class and risks at that time.
type line struct {
	home    *home
	verdict verdict
	class   code.Class
	risks   []code.Risk
}

func (r *round) add(h *home, v verdict) {
	r.lines[h.village] = append(r.lines[h.village], &line{h, v, h.class, h.risks})
}

// timetable is when a township's steps of a round are taken.
type timetable struct {
	clue, survey, comparison, proposal, appraisal, removal, review, decision, handedDown, announcement, entry calendar.Day
}

// times returns a township's timetable: the county decides two weeks after the
// clues came in, and the notice stands at least five days before that.
func (r *round) times(t *township) timetable {
	start := workdays(r.start-1, 1+t.index%8)
	w := timetable{clue: start, survey: work(start + 1)}
	w.comparison = work(w.survey + 1)
	w.appraisal = work(w.comparison + 1)
	if r.of == policy.Elimination {
		w.proposal = work(w.comparison + 1)
		w.appraisal = work(w.proposal + 1)
	}
	w.removal = work(w.appraisal + 5)
	w.review = work(w.removal + 1)
	w.decision = work(max(start+14, w.review+1))
	w.handedDown = work(w.decision + 1)
	w.announcement = work(w.handedDown + 1)
	w.entry = work(w.announcement + 1)
	return w
}

// applies takes a household through what comes before the appraisal: clue or
// application, survey, income sheet, letter, comparison. n numbers its cases.
func (b *builder) applies(h *home, w timetable, n int) {
	b.notices(h, w.clue, riskOf(h.risks[0]), n)
	b.examines(h, w, n)
}

// examines is all of that after the clue.
func (b *builder) examines(h *home, w timetable, n int) {
	first := riskOf(h.risks[0])
	id := func(kind string) string { return fmt.Sprintf("%s%d", kind, n) }
	clerk, team := h.village.writes(w.clue), h.village.seat(w.clue).team
	surveyed := h.survey(policy.Inclusion, id("s"), first.survey, first.guarantee)
	sheet := h.sheet(policy.Inclusion, w.survey, h.poorly(w.survey))
	letter := household.SignLetter{Letter: id("l"), Scope: []string{"public_security", "real_estate", "market", "finance", "social_insurance"},
		Members: h.adults(w.survey), Signer: "m1", Signature: "signed_and_fingerprint"}
	verified := household.VerifyClue{Clue: id("c"), Result: "risk", Reason: first.survey}
	if h.random.IntN(4) == 0 {
		// Filled in by hand at the home and typed on the next working day.
		b.typed(h, w.comparison, w.survey, clerk, surveyed, clerk, team)
		b.typed(h, w.comparison, w.survey, clerk, sheet, clerk)
		b.typed(h, w.comparison, w.survey, clerk, letter, clerk)
		b.typed(h, w.comparison, w.survey, clerk, verified, clerk)
	} else {
		b.does(h, w.survey, clerk, surveyed, team)
		b.does(h, w.survey, clerk, sheet)
		b.does(h, w.survey, clerk, letter)
		b.does(h, w.survey, clerk, verified)
	}
	b.compares(h, w.comparison, policy.Inclusion, id("v"))
}

// notices is how the household comes to notice: one of the five channels.
func (b *builder) notices(h *home, on calendar.Day, first risk, n int) {
	clue := fmt.Sprintf("c%d", n)
	clerk := h.village.writes(on)
	switch channel := h.random.IntN(10); {
	case channel < 3:
		b.does(h, on, clerk, household.RecordClue{Clue: clue, Channel: code.SelfApplication, Content: first.clue})
		b.does(h, on, clerk, household.FileApplication{Application: fmt.Sprintf("a%d", n), Form: h.form(on), Content: "申请纳入防止返贫监测：" + first.clue})
	case channel < 7:
		b.does(h, on, h.village.seat(on).grid, household.RecordClue{Clue: clue, Channel: code.CadreCheck, Content: first.clue})
	case channel < 9:
		warning := pick(h.random, warnings)
		officer := b.county.officers[h.random.IntN(len(b.county.officers))]
		b.does(h, on, officer, household.RecordClue{Clue: clue, Channel: code.DepartmentWarning, Department: warning.department, Content: warning.content})
		b.does(h, on, officer, household.DispatchClue{Clue: clue, Office: h.village.town.code, Due: on + 5})
		b.does(h, workdays(on, 4), officer, household.FeedBackClue{Clue: clue, To: code.Text(warning.department), Text: "经核实存在风险，已进入识别程序"})
	default:
		b.does(h, on, b.county.officers[2], household.RecordClue{Clue: clue, Channel: code.SystemAnalysis, Content: "系统比对提示收入下降：" + first.clue})
	}
}

// form is how a household applies: by scanning a code since 20 February 2023.
func (h *home) form(on calendar.Day) string {
	if on >= calendar.Date(2023, 2, 20) {
		return "scan"
	}
	return pick(h.random, []string{"written", "oral", "hotline_12317"})
}

// survey composes a home survey in which all is well but for one guarantee, if
// any.
func (h *home) survey(of policy.Procedure, id string, note code.Text, fails code.Guarantee) household.SurveyHome {
	s := household.SurveyHome{Survey: id, Procedure: of, Level: code.Village, Note: note}
	for _, g := range []code.Guarantee{"education", "medical", "housing", "water"} {
		s.Findings = append(s.Findings, household.Finding{Guarantee: g, OK: g != fails})
	}
	return s
}

// compares enters the county's comparison; one in twelve brings a hit, which
// the village explains.
func (b *builder) compares(h *home, on calendar.Day, of policy.Procedure, id string) {
	officer := b.county.officers[(h.village.town.index+on.Year())%3]
	c := household.ReturnComparison{Comparison: id, Procedure: of, Sources: []string{"public_security", "real_estate", "market", "finance"}}
	hit := of == policy.Inclusion && h.random.IntN(12) == 0
	if hit {
		c.Hits = []household.Hit{{ID: id + "-1", Member: "m1", Source: "public_security", Kind: "car", Detail: "名下登记二手微型客车一辆"}}
	}
	b.does(h, on, officer, c)
	if hit {
		b.does(h, on, h.village.writes(on), household.ExplainHit{Hit: id + "-1", Explanation: "车辆购于多年前，已不值钱，用于拉运农产品，不影响纳入", Accepted: true})
	}
}

// adults are the members of 18 years or more on the day.
func (h *home) adults(on calendar.Day) []string {
	var ids []string
	for _, m := range h.members {
		if m.Birth <= on.AddMonths(-18*12) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// enters is the township's entry in the national system after the announcement.
func (b *builder) enters(h *home, on calendar.Day) {
	b.does(h, on, h.village.town.cadre, household.EnterSystem{System: "national_monitoring", National: h.national()})
}

// national is the household's number in the national system.
func (h *home) national() string { return fmt.Sprintf("9962%010d", h.random.Int64N(10_000_000_000)) }
