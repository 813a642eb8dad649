package household

import (
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
		FollowUps: []FollowUp{{ID: "f1", Content: "随访"}}}}).done()
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
	// He who left hands over nothing twice.
	given(t, strict(), f).when(d.on("2022-05-02")).refused(policy.NotInCharge)
}
