package tell

import (
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// duties says what falls due again and again, or once.
func (w *writer) duties() {
	for _, d := range w.pack.Duties {
		w.add("职责·"+d.ID, "%s：%s%s，%s由%s履行，以%s为完成%s。%s", d.Name, d.When(), bounds(d), owedOf(d), owners(d),
			policy.DutyActs.ZH(string(d.DoneBy)), figures(d), basis(d.Basis, d.Cite, d.Reason))
	}
}

// figures says of a report that its figures are kept as the record counted them.
func figures(d policy.Duty) string {
	if !d.Figures {
		return ""
	}
	return "，登记时存下系统中的新增、消除户数，所报不符的予以标记"
}

// owedOf says of what a duty is owed: "每户（监测对象），村级", "各乡镇级", "县级各部门（教育、住建）".
func owedOf(d policy.Duty) string {
	level := code.Levels.ZH(string(d.Level))
	switch d.Per {
	case policy.PerHousehold:
		return "每户（" + policy.Abouts.ZH(string(d.About)) + "），" + level
	case policy.PerRegion:
		return "各" + level
	case policy.PerDepartment:
	}
	return level + "各部门（" + departments(d.Departments) + "）"
}

// bounds says from when until when a duty is owed, where that is not always.
func bounds(d policy.Duty) string {
	text := ""
	if d.From != 0 {
		text += "，自" + d.From.Chinese() + "起"
	}
	if d.Until != 0 {
		text += "，至" + d.Until.Chinese()
	}
	return text
}

func departments(all []string) string {
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = code.Departments.ZH(d)
	}
	return strings.Join(names, "、")
}

// owners are who owes a duty: the household's own officer, who has one of the
// capacities, or whoever has one.
func owners(d policy.Duty) string {
	who := capacities(d.Capacities)
	if d.Officer != "" {
		return code.OfficerRoles.ZH(string(d.Officer)) + "（" + who + "）"
	}
	return who
}
