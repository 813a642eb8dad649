package household

import (
	"slices"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// A cadre leaves: his successor answers from that day on, for what was open too.
func TestACadreLeavesAndHandsOver(t *testing.T) {
	t.Parallel()
	f := life.through(StartMeasure{}, 1).play(t, strict())
	f = given(t, strict(), f).when(deed{"2022-04-10", by(cadre), StudyHousehold{Study: "y1", Kind: code.PeriodicStudy, Situation: "平稳", Conclusion: "keep",
		FollowUps: []FollowUp{{ID: "f1", Content: "随访"}, {ID: "f2", Content: "复查"}}}}).done()
	// What was finished by then is not handed over.
	f = given(t, strict(), f).when(deed{"2022-04-12", by(cadre), FollowUpStudy{Study: "y1", FollowUp: "f2", Done: true, Result: "已复查"}}).done()
	f = f.with(t, "2022-04-12", StartMeasure{Measure: "z2", Class: "health", Content: "医疗救助", Department: "medical_insurance"})
	f = f.with(t, "2022-04-20", DeliverMeasure{Measure: "z2", Confirmed: true})
	f = f.with(t, "2022-04-12", RecordRisk{Risk: "accident"})
	f = f.with(t, "2022-04-25", EndRisk{Risk: "accident", Way: "natural"})
	leaves, comes := Responsible{"p9", "葛帮扶", "局干部"}, Responsible{"p10", "秦守信", "局干部"}
	d := deed{"2022-05-01", by(townCadre), HandOver{Role: code.AssistanceOfficer, From: leaves, To: comes, Reason: "调离", Document: "document-1", Item: 3}}
	never(t, f, d.doing(HandOver{Role: "cook", From: leaves, To: comes, Reason: "x"}), policy.Malformed)
	never(t, f, d.doing(HandOver{Role: code.AssistanceOfficer, From: leaves, To: leaves, Reason: "x"}), policy.Malformed)
	never(t, f, d.doing(HandOver{Role: code.AssistanceOfficer, To: comes, Reason: "x"}), policy.Malformed)
	never(t, f, d.doing(HandOver{Role: code.AssistanceOfficer, From: leaves, To: comes}), policy.Malformed)
	breaks(t, f, d.doing(HandOver{Role: code.MonitoringOfficer, From: leaves, To: comes, Reason: "调离"}), policy.NotInCharge)
	given(t, strict(), f).whenTyped("2022-05-01", d.on("2022-03-20")).flagged(policy.OrderDates)

	f = given(t, strict(), f).when(d).then(HandedOver{Role: code.AssistanceOfficer, From: leaves, To: comes, Reason: "调离", Document: "document-1", Item: 3,
		Measures: []string{"z1"}, Risks: []code.Risk{"illness"}, FollowUps: []string{"f1"}})
	for day, want := range map[string]string{"2022-04-30": "p9", "2022-05-01": "p10"} {
		s := Fold("h1", f, Times{AsOf: calendar.MustDay(day)})
		if have := s.Officer(code.AssistanceOfficer); have.Person != want {
			t.Errorf("on %s %+v answers, want %s", day, have, want)
		}
	}
	s := f.state()
	if s.Officer(code.MonitoringOfficer).Person != "p1" {
		t.Error("the other role changed hands")
	}
	// Typed late, a handover carries what was open on its own day.
	later := f[:len(f)-1].with(t, "2022-06-01", StartMeasure{Measure: "z3", Class: "water", Content: "接水", Department: "water"})
	later = later.with(t, "2022-06-02", RecordRisk{Risk: "water"})
	late := given(t, strict(), later).whenTyped("2022-06-10", d.on("2022-04-15"))
	if e := late.stands()[len(later)].Event.(HandedOver); !slices.Equal(e.Measures, []string{"z1", "z2"}) || !slices.Equal(e.Risks, []code.Risk{"illness", "accident"}) {
		t.Errorf("open on 15 April: %+v", e)
	}
	// He who left hands over nothing twice.
	given(t, strict(), f).when(d.on("2022-05-02")).refused(policy.NotInCharge)
}
