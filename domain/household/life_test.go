package household

import (
	"reflect"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func person(id, name string, c code.Capacity, l code.Level) act.Person {
	return act.Person{ID: id, Name: name, Appointment: "a-" + id, Capacity: c, Post: "岗位", Office: "o-" + string(l), Region: "629900", Level: l, Covers: true}
}

var (
	cadre     = person("p1", "罗村干", code.VillageCadre, code.Village)
	secretary = person("p2", "柳书记", code.VillageSecretary, code.Village)
	team      = person("p3", "何队员", code.ResidentTeam, code.Village)
	townCadre = person("p4", "包村干", code.TownshipCadre, code.Township)
	reviewer  = person("p5", "丁审核", code.TownshipReviewer, code.Township)
	officer   = person("p6", "方经办", code.CountyOfficer, code.County)
	decider   = person("p7", "周审定", code.CountyDecider, code.County)
)

func by(p ...act.Person) []act.Person { return p }

// idOf makes a well-formed number of nobody.
func idOf(birth string, n int) code.Personal {
	return code.Personal(code.MakeIDNumber("990101", calendar.MustDay(birth), n))
}

func member(id, name, relation, birth string, labour code.Labour) Member {
	return Member{ID: id, Name: name, Sex: "1", IDNumber: idOf(birth, len(name)), Birth: calendar.MustDay(birth),
		Relation: relation, Labour: labour, Registered: true, Living: true, Counted: true}
}

func income(sheet string, of policy.Procedure, from, to string, perHead int64) RecordIncome {
	return RecordIncome{Sheet: sheet, Procedure: of, From: calendar.MustDay(from), To: calendar.MustDay(to), Persons: 4, Items: []IncomeItem{
		{Kind: "wage", Fen: code.Yuan(perHead * 4)}, {Kind: "business", Fen: code.Yuan(2000)}, {Kind: "business_cost", Fen: code.Yuan(2000)}}, Papers: scans("income_form")}
}

func appraisal(of policy.Procedure, meeting string, result code.ReviewResult) RecordAppraisal {
	return RecordAppraisal{Procedure: of, Meeting: meeting, Item: 1, For: 17, Against: 1, Abstained: 1, Recused: []string{"柳七"}, Result: result,
		PaperHash: "hash-" + meeting, Present: 20, Entitled: 30, Seats: []string{"village_committee", "representative", "resident_team"},
		Carries: []string{"minutes", "sign_in"}}
}

// scans are papers of these kinds.
func scans(kinds ...string) []Exhibit {
	papers := make([]Exhibit, len(kinds))
	for i, kind := range kinds {
		papers[i] = Exhibit{Kind: kind, File: "scan"}
	}
	return papers
}

// held are the guarantees as they should be: all of them seen to hold.
func held() []Finding {
	return []Finding{{Guarantee: "education", OK: true}, {Guarantee: "medical", OK: true}, {Guarantee: "housing", OK: true}, {Guarantee: "water", OK: true}}
}

// life is a household's life as it should be, from registration in February
// 2022 to the mark in December, each act on its day by whom it behoves.
var life = deeds{
	{"2022-02-20", by(cadre), RegisterHousehold{Region: "629900101201", Group: "一组", Kind: code.Ordinary, Members: []Member{
		member("m1", "柳一", "head", "1970-05-06", "ordinary"), member("m2", "王二", "spouse", "1972-03-01", "weak"),
		member("m3", "柳三", "daughter", "2008-09-09", "none"), member("m4", "柳四", "parent", "1944-01-31", "lost")}}},
	{"2022-03-01", by(cadre), RecordClue{Clue: "c1", Channel: code.SelfApplication, Content: "户主住院,自付较高"}},
	{"2022-03-01", by(cadre), FileApplication{Application: "a1", Paper: "application-scan", Form: "scan", Content: "申请纳入监测"}},
	{"2022-03-03", by(cadre, team), SurveyHome{Survey: "s1", Procedure: policy.Inclusion, Level: code.Village, Findings: held(), Papers: scans("survey_form", "list")}},
	{"2022-03-03", by(cadre), income("i1", policy.Inclusion, "2021-03-01", "2022-02-28", 4500)},
	{"2022-03-03", by(cadre), SignLetter{Letter: "l1", Paper: "letter-scan", Scope: []string{"public_security", "real_estate", "market"}, Members: []string{"m1", "m2"}, Signer: "m1", Signature: "fingerprint"}},
	{"2022-03-04", by(cadre), VerifyClue{Clue: "c1", Result: "risk", Reason: "住院自付四万元,收入低于监测范围"}},
	{"2022-03-06", by(officer), ReturnComparison{Comparison: "v1", Procedure: policy.Inclusion, Sources: []string{"public_security", "market"},
		Hits: []Hit{{ID: "t1", Member: "m1", Source: "public_security", Kind: "car", Detail: "旧面包车"}}}},
	{"2022-03-08", by(cadre), ExplainHit{Hit: "t1", Explanation: "二手面包车,用于运菜", Accepted: true}},
	{"2022-03-10", by(secretary), appraisal(policy.Inclusion, "meeting-1", code.Pass)},
	{"2022-03-10", by(cadre), PostNotice{Procedure: policy.Inclusion, Notice: "notice-1", Item: 1, Place: "村务公开栏", PaperHash: "hash-n1", Photo: true}},
	{"2022-03-16", by(cadre), RemoveNotice{Notice: "notice-1", Photo: true}},
	{"2022-03-16", by(secretary), ReportByVillage{Procedure: policy.Inclusion, Document: "doc-1", Item: 1}},
	{"2022-03-20", by(reviewer), ReviewByTownship{Procedure: policy.Inclusion, Document: "doc-2", Item: 1, Result: code.Pass, Opinion: "情况属实"}},
	{"2022-03-24", by(decider), DecideInclusion{Document: "doc-3", Item: 1, Result: code.Pass, Class: code.Marginal, Risks: []code.Risk{"illness"},
		Monitoring: Responsible{"p1", "罗村干", "村文书"}, Assistance: Responsible{"p9", "葛帮扶", "局干部"}}},
	{"2022-03-25", by(officer), HandDownList{Procedure: policy.Inclusion, Document: "doc-4", Item: 1}},
	{"2022-03-26", by(cadre), Announce{Procedure: policy.Inclusion, Document: "doc-5", Item: 1, Issuer: "o-county", Executor: "o-village", Place: "村务公开栏"}},
	{"2022-03-28", by(townCadre), EnterSystem{System: "national_monitoring", National: "户9901"}},
	{"2022-04-02", by(cadre), MakePlan{Plan: "pl1", Situation: "四口之家", Problems: "因病支出大", Responsibility: "葛帮扶负责", Measures: []PlannedMeasure{
		{Class: "industry", Content: "养羊十只", Department: "agriculture", Budget: code.Yuan(3000), Due: calendar.MustDay("2022-06-30")},
		{Class: "health", Content: "医疗救助", Department: "medical_insurance", Due: calendar.MustDay("2022-05-31")}}, Papers: scans("measure_form")}},
	{"2022-04-05", by(cadre), StartMeasure{Measure: "z1", Class: "industry", Content: "养羊十只", Department: "agriculture", For: "illness", Budget: code.Yuan(3000)}},
	{"2022-05-10", by(cadre), income("i2", "", "2021-05-01", "2022-04-30", 9000)},
	{"2022-06-01", by(cadre), DeliverMeasure{Measure: "z1", Fen: code.Yuan(3000), Confirmed: true}},
	{"2022-06-15", by(cadre), RecordVisit{Visit: "b1", Kind: "routine", Note: "羊长势良好"}},
	{"2022-10-20", by(cadre), EndRisk{Risk: "illness", Way: "by_assistance", Note: "已康复"}},
	{"2022-11-05", by(cadre, team), SurveyHome{Survey: "s2", Procedure: policy.Elimination, Level: code.Village, Findings: held(), Papers: scans("survey_form", "list")}},
	{"2022-11-05", by(cadre), income("i3", policy.Elimination, "2021-11-01", "2022-10-31", 9600)},
	{"2022-11-08", by(officer), ReturnComparison{Comparison: "v2", Procedure: policy.Elimination, Sources: []string{"market"}}},
	{"2022-11-15", by(secretary), ProposeElimination{Way: "by_assistance", Summary: "收入稳定,风险已消除"}},
	{"2022-11-16", by(secretary), appraisal(policy.Elimination, "meeting-2", code.Pass)},
	{"2022-11-16", by(cadre), PostNotice{Procedure: policy.Elimination, Notice: "notice-2", Item: 1, Place: "村务公开栏", PaperHash: "hash-n2", Photo: true}},
	{"2022-11-22", by(cadre), RemoveNotice{Notice: "notice-2", Photo: true}},
	{"2022-11-22", by(secretary), ReportByVillage{Procedure: policy.Elimination, Document: "doc-6", Item: 1}},
	{"2022-11-25", by(reviewer), ReviewByTownship{Procedure: policy.Elimination, Document: "doc-7", Item: 1, Result: code.Pass, Opinion: "同意"}},
	{"2022-11-30", by(decider), DecideElimination{Document: "doc-8", Item: 1, Result: code.Pass, Way: "by_assistance"}},
	{"2022-12-02", by(cadre), Announce{Procedure: policy.Elimination, Document: "doc-9", Item: 1, Issuer: "o-county", Executor: "o-village", Place: "村务公开栏"}},
	{"2022-12-05", by(townCadre), MarkSystem{System: "national_monitoring"}},
}

// deeds are acts in order.
type deeds []deed

// play enters the deeds one by one; each must become fact without a flag.
func (ds deeds) play(t *testing.T, p policy.Pack) file {
	t.Helper()
	return ds.on(t, p, nil)
}

// on plays the deeds on a file.
func (ds deeds) on(t *testing.T, p policy.Pack, f file) file {
	t.Helper()
	for _, d := range ds {
		f = given(t, p, f).when(d).done()
	}
	return f
}

// find returns the position of the n-th deed of a kind, counting from 1.
func (ds deeds) find(kind Command, n int) int {
	for i, d := range ds {
		if reflect.TypeOf(d.do) == reflect.TypeOf(kind) {
			if n--; n == 0 {
				return i
			}
		}
	}
	panic("no such deed")
}

// before and through return the life up to the n-th deed of a kind.
func (ds deeds) before(kind Command, n int) deeds  { return ds[:ds.find(kind, n)] }
func (ds deeds) through(kind Command, n int) deeds { return ds[:ds.find(kind, n)+1] }

// the returns the n-th deed of a kind.
func (ds deeds) the(kind Command, n int) deed { return ds[ds.find(kind, n)] }

// without leaves the n-th deed of a kind out.
func (ds deeds) without(kind Command, n int) deeds {
	i := ds.find(kind, n)
	return append(append(deeds{}, ds[:i]...), ds[i+1:]...)
}

// As deeds: the same, otherwise.
func (d deed) on(day string) deed        { d.day = day; return d }
func (d deed) from(p ...act.Person) deed { d.by = p; return d }
func (d deed) doing(c Command) deed      { d.do = c; return d }
func monitored(t *testing.T) file {
	t.Helper()
	return life.through(EnterSystem{}, 1).play(t, strict())
}
func assisted(t *testing.T) file   { t.Helper(); return life.through(RecordVisit{}, 1).play(t, strict()) }
func eliminated(t *testing.T) file { t.Helper(); return life.play(t, strict()) }
