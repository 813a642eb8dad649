package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// inquiry is the village's inquiry into the objection o1 to the first sheet.
func inquiry(day string) deed {
	return deed{day, by(cadre), InvestigateObjection{Notice: "notice-1", Objection: "o1", Findings: "走访邻居并查车辆登记"}}
}

// Objection, inquiry, answer: three acts, each with its people and its day.
func TestAnObjectionIsLookedIntoBeforeItIsAnswered(t *testing.T) {
	t.Parallel()
	f := posted(t)
	never(t, f, inquiry("2022-03-13"), policy.PaperLineUnknown) // nobody objected
	f = given(t, strict(), f).when(deed{"2022-03-12", by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o1", Content: "家有小轿车"}}).done()
	answer := deed{"2022-03-15", by(cadre), AnswerObjection{Notice: "notice-1", Objection: "o1", Findings: "系他人车辆"}}

	never(t, f, inquiry("2022-03-13").doing(InvestigateObjection{Notice: "notice-1", Objection: "o1"}), policy.Malformed)
	never(t, f, inquiry("2022-03-13").doing(InvestigateObjection{Notice: "notice-1", Objection: "o9", Findings: "x"}), policy.PaperLineUnknown)
	never(t, f, inquiry("2022-03-13").doing(InvestigateObjection{Notice: "notice-9", Objection: "o1", Findings: "x"}), policy.PaperLineUnknown)
	given(t, strict(), f).whenTyped("2022-04-01", inquiry("2022-03-11")).flagged(policy.OrderDates)

	breaks(t, f, answer, policy.NoticeNoInquiry)
	// No source asks for it in so many words: without one the answer stands, flagged.
	given(t, real(t, "county-2023"), f).when(answer).flagged(policy.NoticeNoInquiry)
	unheard := given(t, strict(), f).whenTyped("2022-04-01", answer).flagged(policy.NoticeNoInquiry)
	// What was found on paper is recorded after the answer; what came later is told.
	given(t, strict(), unheard).whenTyped("2022-04-01", inquiry("2022-03-14")).done()
	given(t, strict(), unheard).whenTyped("2022-04-01", inquiry("2022-03-16")).flagged(policy.OrderDates)

	f = given(t, strict(), f).when(inquiry("2022-03-13")).then(ObjectionInvestigated{Notice: "notice-1", Objection: "o1", Findings: "走访邻居并查车辆登记"})
	f = given(t, strict(), f).when(inquiry("2022-03-14")).done() // once more, before the answer
	s := f.state()
	if o := s.Episode().Inclusion.Notice.Objections[0]; o.Inquired != calendar.MustDay("2022-03-13") || o.Answered != 0 {
		t.Errorf("%+v", o)
	}
	given(t, strict(), f).whenTyped("2022-04-01", answer.on("2022-03-12")).flagged(policy.NoticeNoInquiry)
	given(t, strict(), f).when(answer).done()
}
