package main

import (
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// duties says what falls due again and again, or once.
func (w *packWriter) duties() {
	for _, d := range w.pack.Duties {
		w.add("职责·"+d.ID, "%s：%s，%s由%s履行，以%s为完成。%s", d.Name, d.When(), owedOf(d), owners(d),
			policy.DutyActs.ZH(string(d.DoneBy)), basis(d.Basis, d.Cite, d.Reason))
	}
}

// owedOf says of what a duty is owed: "每户（监测对象）", "各乡镇级", "县级各部门（教育、住建）".
func owedOf(d policy.Duty) string {
	level := code.Levels.ZH(string(d.Level))
	switch d.Per {
	case policy.PerHousehold:
		return "每户（" + policy.Abouts.ZH(string(d.About)) + "）"
	case policy.PerRegion:
		return "各" + level
	case policy.PerDepartment:
	}
	names := make([]string, len(d.Departments))
	for i, department := range d.Departments {
		names[i] = code.Departments.ZH(department)
	}
	return level + "各部门（" + strings.Join(names, "、") + "）"
}

// owners are who owes a duty: the household's own officer, or whoever has the
// capacity.
func owners(d policy.Duty) string {
	if d.Officer != "" {
		return code.OfficerRoles.ZH(string(d.Officer))
	}
	return capacities(d.Capacities)
}
