package duty

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// A village's wrong report is struck through, and the one before it stands again.
func TestAWrongReportOfACheckIsVoided(t *testing.T) {
	t.Parallel()
	county := Place{CoveredLevel: code.County}
	village := Place{CoveredLevel: code.Village}
	p := pack(t, "jiaohe-2022")
	organised := OrganiseCheck{Region: "629900", Title: "4月集中排查", From: day("2022-04-01"), To: day("2022-04-30")}
	f := given(t, p, county, code.CountyOfficer).when("2022-04-01", organised).then(CheckOrganised(organised))
	first := ReportVillageCheck{Village: "629900101201", Households: 400, Checked: 400, Groups: 4, GroupsChecked: 4}
	slip := first
	slip.Households = 4000
	f = given(t, p, village, code.VillageCadre, f...).when("2022-04-20", first).then(VillageChecked(first))
	f = given(t, p, village, code.VillageCadre, f...).when("2022-04-21", slip).then(VillageChecked(slip))

	void := VoidDutyFact{Event: "e3", Reason: "户数多录一位"}
	given(t, p, village, code.VillageCadre, f...).when("2022-04-22", VoidDutyFact{Event: "e3"}).refused(policy.Malformed)
	given(t, p, village, code.VillageCadre, f...).when("2022-04-22", VoidDutyFact{Event: "e9", Reason: "录错"}).refused(policy.EventUnknown)
	f = given(t, p, village, code.VillageCadre, f...).when("2022-04-22", void).then(FactVoided(void))
	if s := Fold("c", f); !s.reported["629900101201"] || s.Version != 4 || s.RegionOf("e3") != "629900101201" || s.RegionOf("e4") != "629900" || s.RegionOf("e9") != "" {
		t.Errorf("%+v", s)
	}
	given(t, p, village, code.VillageCadre, f...).when("2022-04-22", void).refused(policy.EventVoided)
	given(t, p, village, code.VillageCadre, f...).when("2022-04-22", VoidDutyFact{Event: "e4", Reason: "作废有误"}).refused(policy.EventNotVoidable)

	// What reports rest on is voided after them, and may then be organised anew.
	wrong := VoidDutyFact{Event: "e1", Reason: "起止日期有误"}
	given(t, p, county, code.CountyOfficer, f...).when("2022-04-23", wrong).refused(policy.EventNotVoidable)
	f = given(t, p, village, code.VillageCadre, f...).when("2022-04-23", VoidDutyFact{Event: "e2", Reason: "一并重报"}).done()
	f = given(t, p, county, code.CountyOfficer, f...).when("2022-04-23", wrong).then(FactVoided(wrong))
	given(t, p, village, code.VillageCadre, f...).when("2022-04-24", first).refused(policy.CheckUnknown)
	again := organised
	again.To = day("2022-05-10")
	f = given(t, p, county, code.CountyOfficer, f...).when("2022-04-24", again).then(CheckOrganised(again))
	f = given(t, p, county, code.CountyOfficer, f...).when("2022-05-11", EndCheck{Summary: "完成"}).done()
	f = given(t, p, county, code.CountyOfficer, f...).when("2022-05-11", VoidDutyFact{Event: "e8", Reason: "尚有一村未报"}).done()
	given(t, p, village, code.VillageCadre, f...).when("2022-05-12", first).then(VillageChecked(first))
}

// What an office recorded of its duties, of a system and of the watch list is
// voided the same way; what rests on it first.
func TestAnOfficesWrongEntriesAreVoided(t *testing.T) {
	t.Parallel()
	county := Place{Level: code.County, CoveredLevel: code.County}
	p := pack(t, "jiaohe-2022")
	enter := func(f []Fact, c Command) []Fact {
		return given(t, p, county, code.CountyOfficer, f...).when("2022-05-10", c).done()
	}
	void := func(event string) VoidDutyFact { return VoidDutyFact{Event: event, Reason: "登记有误"} }
	shut := ShutSystem{Shut: "s1", Region: "629900", System: "national_monitoring", From: day("2022-05-01"), Reason: "升级"}
	watch := WatchScaleRisk{Risk: "r1", Region: "629900", Kind: code.ScaleRisks[0].Code, Since: day("2022-05-01"), Households: 20, Content: "雹灾"}
	f := enter(nil, shut)                                                                       // e1
	f = enter(f, OpenSystem{Shut: "s1", Region: "629900", On: day("2022-05-05")})               // e2
	f = enter(f, watch)                                                                         // e3
	f = enter(f, FollowScaleRisk{Risk: "r1", Region: "629900", Households: 30, Measures: "补种"}) // e4
	f = enter(f, EndScaleRisk{Risk: "r1", Region: "629900", Reason: "已补种"})                     // e5
	for _, rested := range []string{"e1", "e3"} {
		given(t, p, county, code.CountyOfficer, f...).when("2022-05-10", void(rested)).refused(policy.EventNotVoidable)
	}
	f = enter(f, void("e5"))
	if s := Fold("o", f); s.scale["r1"].ended != 0 {
		t.Errorf("the risk is off the list: %+v", s.scale)
	}
	f = enter(enter(f, void("e4")), void("e3"))
	f = enter(f, void("e2"))
	if _, still := Fold("o", f).shut["s1"]; !still {
		t.Error("the system is not shut, though its opening is void")
	}
	f = enter(f, void("e1"))
	if s := Fold("o", f); len(s.shut) != 0 || len(s.scale) != 0 {
		t.Errorf("%+v", s)
	}
	f = enter(f, shut) // and may be entered rightly
	if diff := cmp.Diff(map[string]SystemShut{"s1": SystemShut(shut)}, Fold("o", f).shut); diff != "" {
		t.Error(diff)
	}
	for event, region := range map[string]string{"e1": "629900", "e2": "629900", "e3": "629900", "e4": "629900", "e5": "629900"} {
		if got := Fold("o", f).RegionOf(event); got != region {
			t.Errorf("%s is about %q", event, got)
		}
	}
}
