package household

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// What fell short in the work stays open until somebody says what was done about
// it, once for each cause and each case in which it showed.
func TestAShortfallIsPutRight(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), registered(t)).when(deed{"2022-05-01", by(cadre), RecordClue{Clue: "c8", Channel: "cadre_check", Content: "低保未及时办理"}}).done()
	f = given(t, strict(), f).when(deed{"2022-05-02", by(cadre), VerifyClue{Clue: "c8", Result: "no_risk", Reason: "已补办", Shortfalls: []string{"policy", "work"}}}).done()
	f = given(t, strict(), f).when(deed{"2022-05-10", by(officer), RecordFall{Cause: "illness", Reason: "收入低于脱贫线", Shortfalls: []string{"policy"}}}).done()
	right := deed{"2022-05-20", by(townCadre), RightShortfall{Clue: "c8", Shortfall: "policy", Done: "低保按月发放，建立部门比对"}}
	never(t, f, right.doing(RightShortfall{Clue: "c8", Shortfall: "policy"}), policy.Malformed)
	never(t, f, right.doing(RightShortfall{Clue: "c8", Shortfall: "luck", Done: "x"}), policy.Malformed)
	never(t, f, right.doing(RightShortfall{Clue: "c8", Shortfall: "responsibility", Done: "x"}), policy.ShortfallUnknown)
	breaks(t, f, right.on("2022-05-01"), policy.OrderDates)
	f = given(t, strict(), f).when(right).then(ShortfallRighted(right.do.(RightShortfall)))
	never(t, f, right, policy.ShortfallUnknown)
	s := f.state()
	want := []ShortfallState{{Clue: "c8", Shortfall: "policy", On: calendar.MustDay("2022-05-02"), Righted: calendar.MustDay("2022-05-20")},
		{Clue: "c8", Shortfall: "work", On: calendar.MustDay("2022-05-02")}, {Shortfall: "policy", On: calendar.MustDay("2022-05-10")}}
	if diff := cmp.Diff(want, s.Shortfalls); diff != "" {
		t.Error(diff)
	}
	// A void act rights nothing.
	f = given(t, strict(), f).when(void("2022-05-21", townCadre, f.id(ShortfallRighted{}))).done()
	if s = f.state(); s.Shortfalls[0].Righted != 0 {
		t.Errorf("%+v", s.Shortfalls)
	}
}
