package code

// Healths as the registration form has them (DOMAIN 6.5).
var Healths = List{
	{"healthy", "健康", "healthy"},
	{"chronic", "长期慢性病", "long-term chronic illness"},
	{"chronic_burden", "负担较重的慢性病", "chronic illness that weighs heavily"},
	{"serious", "患有大病", "serious illness"},
	{"frail", "失能失智", "disabled or demented by age"},
}

// Disabilities are the categories of the disability card, 1 to 7 (DOMAIN 6.5).
var Disabilities = List{
	{"1", "视力残疾", "sight"},
	{"2", "听力残疾", "hearing"},
	{"3", "言语残疾", "speech"},
	{"4", "肢体残疾", "limbs"},
	{"5", "智力残疾", "intellect"},
	{"6", "精神残疾", "mental"},
	{"7", "多重残疾", "multiple"},
}

// DisabilityLevels from the severest: the first two count as 重度.
var DisabilityLevels = List{{"1", "一级", "level 1"}, {"2", "二级", "level 2"}, {"3", "三级", "level 3"}, {"4", "四级", "level 4"}}

// SpecialGroups are the kinds of households to which attention is owed (S2.7) and
// the six that must be visited and the six that must be checked (S4.11, S4.12).
var SpecialGroups = List{
	{"serious_illness", "大病重病患者家庭", "somebody seriously ill"},
	{"chronic_burden", "负担较重的慢性病患者家庭", "a chronic illness that weighs heavily"},
	{"severe_disability", "重度残疾人家庭", "somebody severely disabled"},
	{"left_behind", "留守老人妇女儿童", "old people, women or children left behind"},
	{"single_parent", "单亲家庭", "single parent"},
	{"frail_elderly", "失能失智老年人", "disabled or demented elderly"},
	{"setback", "遭遇重大变故和自然灾害家庭", "a great setback or a natural disaster"},
	{"subsistence", "农村低保和特困供养对象", "on subsistence allowance or support"},
	{"inpatient", "有病人住院家庭", "somebody in hospital"},
	{"students", "供养高中和大中专学生家庭", "students of upper schools or colleges"},
	{"disability", "残疾人家庭", "somebody disabled"},
	{"sudden_accident", "突发意外家庭", "a sudden accident"},
	{"complaint", "有投诉举报情况", "a complaint or report"},
}

// The lists that are made of special groups.
var groupLists = map[string][]string{
	"attention":  {"serious_illness", "chronic_burden", "severe_disability", "frail_elderly"},
	"must_visit": {"serious_illness", "chronic_burden", "severe_disability", "left_behind", "single_parent", "frail_elderly", "setback"},
	"must_check": {"subsistence", "inpatient", "students", "disability", "sudden_accident", "complaint"},
}

// GroupLists are the lists by name: 重点关注 (S2.7), 六必访 (S4.11), 六必查 (S4.12).
// 单亲家庭和失能老年人 are one of the six to be visited and two groups here.
var GroupLists = List{
	{"attention", "重点关注", "close attention"},
	{"must_visit", "六必访", "must visit"},
	{"must_check", "六必查", "must check"},
}

// GroupsOf returns the groups of a list, nil for a list that there is not.
func GroupsOf(list string) []string { return groupLists[list] }

// GroupsByHealth are the groups to which a member's health and disability bring a
// household; level is the level of the disability, empty without one.
func GroupsByHealth(health, level string) []string {
	var groups []string
	switch health {
	case "serious":
		groups = append(groups, "serious_illness")
	case "chronic_burden":
		groups = append(groups, "chronic_burden")
	case "frail":
		groups = append(groups, "frail_elderly")
	}
	if level != "" {
		groups = append(groups, "disability")
	}
	if level == "1" || level == "2" {
		groups = append(groups, "severe_disability")
	}
	return groups
}
