package duty

import (
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S1.28: marks wait for the system; that it was not open is a fact with days.
func TestASystemIsShutAndOpened(t *testing.T) {
	t.Parallel()
	mile, county := pack(t, "mile-2020"), Place{Level: code.County, CoveredLevel: code.County}
	shut := ShutSystem{Shut: "s1", Region: "c", System: "national_poverty", From: day("2020-06-01"), Reason: "标注功能未开放"}
	facts := given(t, mile, county, code.CountyOfficer).when("2020-06-02", shut).then(SystemShut(shut))
	given(t, mile, county, code.CountyOfficer, facts...).when("2020-06-03", shut).refused(policy.Malformed)
	open := OpenSystem{Shut: "s1", Region: "c", On: day("2020-07-06")}
	given(t, mile, county, code.CountyOfficer, facts...).when("2020-07-01", open).refused(policy.Malformed) // it is to open
	opened := given(t, mile, county, code.CountyOfficer, facts...).when("2020-07-06", open).then(SystemOpened(open))
	given(t, mile, county, code.CountyOfficer, opened...).when("2020-07-07", open).refused(policy.SystemNotShut)
	open.Region = "elsewhere"
	given(t, mile, county, code.CountyOfficer, facts...).when("2020-07-06", open).refused(policy.SystemNotShut)

	given(t, mile, Place{Level: code.Township, CoveredLevel: code.Township}, code.TownshipCadre).when("2020-06-02", shut).refused(policy.WrongCapacity)
	for what, change := range map[string]func(*ShutSystem){
		"no id": func(c *ShutSystem) { c.Shut = "" }, "no system": func(c *ShutSystem) { c.System = "abacus" }, "no reason": func(c *ShutSystem) { c.Reason = "" },
		"no day": func(c *ShutSystem) { c.From = 0 }, "backwards": func(c *ShutSystem) { c.To = c.From - 1 },
	} {
		c := shut
		change(&c)
		t.Log(what)
		given(t, mile, county, code.CountyOfficer).when("2020-06-02", c).refused(policy.Malformed)
	}
	shut.From = day("2020-06-03")
	given(t, mile, county, code.CountyOfficer).when("2020-06-02", shut).refused(policy.FutureDay)
}

// While the system is shut nothing that waits for it is overdue, and the days
// are given back.
func TestAShutSystemSuspendsWhatIsOverdue(t *testing.T) {
	t.Parallel()
	shut := []Closure{{From: day("2020-06-05"), To: day("2020-06-14")}, {From: day("2020-06-10"), To: day("2020-06-19")}}
	for what, c := range map[string]struct {
		on, until string
		suspended bool
	}{
		"before it is shut":     {"2020-06-04", "2020-06-11", false},
		"while it is shut":      {"2020-06-12", "2020-06-19", true},
		"on its last day":       {"2020-06-19", "2020-06-26", true},
		"open again, days left": {"2020-06-22", "2020-06-26", false},
		"long after":            {"2020-09-01", "2020-06-26", false},
	} {
		until, suspended := Suspend(day("2020-06-01"), day("2020-06-11"), day(c.on), shut)
		if until != day(c.until) || suspended != c.suspended {
			t.Errorf("%s: until %s, suspended %v", what, until, suspended)
		}
	}
	if until, suspended := Suspend(day("2020-06-01"), day("2020-06-03"), day("2020-06-12"), shut); until != day("2020-06-03") || !suspended {
		t.Errorf("due before it was shut: %s, %v", until, suspended)
	}
	if _, suspended := Suspend(day("2020-06-01"), day("2020-06-03"), day("2020-09-12"), []Closure{{From: day("2020-06-05")}}); !suspended {
		t.Error("still shut")
	}
}
