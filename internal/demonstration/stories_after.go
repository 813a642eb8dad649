package demonstration

import (
	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// warnedWithoutRisk is D06: a department's warning, no risk, and the department
// is told.
func (b *builder) warnedWithoutRisk() {
	h := b.story("D06", "马海云", "医保预警，核实无风险，已反馈", code.Ordinary, 4, true)
	officer := b.county.department("medical_insurance").officer
	b.act(h, "2023-05-15 10:00", officer, household.RecordClue{Clue: "c1", Channel: code.DepartmentWarning, Department: "medical_insurance", Content: "2023年4月个人自付医疗费用一万二千元，超过预警线"})
	b.act(h, "2023-05-16 09:30", b.county.officers[0], household.DispatchClue{Clue: "c1", Office: h.village.town.code, Due: date(2023, 5, 22)})
	b.act(h, "2023-05-18 16:20", h.village.clerk, household.VerifyClue{Clue: "c1", Result: "no_risk", Reason: "入户核实：商业保险已赔付九千元，户主月工资六千元，家庭收入稳定"})
	b.act(h, "2023-05-19 11:00", b.county.officers[0], household.FeedBackClue{Clue: "c1", To: "medical_insurance", Text: "已核实，无返贫致贫风险，不予纳入"})
}

// fire is D07: help first, the procedure owed on 5 July.
func (b *builder) fire() {
	h := b.story("D07", "柳树森", "住房失火，绿色通道先行救助，程序7月5日前补办", code.Ordinary, 4, true)
	h.risks = []code.Risk{"accident"}
	v := h.village
	b.act(h, "2023-06-05 09:05", v.clerk, household.RecordClue{Clue: "c1", Channel: code.CadreCheck, Content: "6月4日夜间厨房失火，住房烧毁两间，无人员伤亡"})
	b.act(h, "2023-06-05 10:00", v.town.reviewer, household.OpenGreenChannel{Reason: "火灾受损情况清楚，先行救助", OwedBy: date(2023, 7, 5)})
	b.plans(h, "2023-06-05 11:00")
	b.starts(h, 1, "2023-06-05 15:00", riskOf("accident").measures[1])
	b.act(h, "2023-06-08 10:30", v.clerk, household.DeliverMeasure{Measure: "z1", Fen: code.Yuan(5000), Confirmed: true, Note: "急难救助金当日发放"})
	b.starts(h, 2, "2023-06-12 10:00", riskOf("housing").measures[0])
	b.act(h, "2023-06-06 10:00", v.clerk, household.VerifyClue{Clue: "c1", Result: "risk", Reason: "现场查看，住房两间及家具粮食烧毁"})
	b.act(h, "2023-06-19 10:00", v.clerk, h.survey(policy.Inclusion, "s1", "住房两间烧毁，暂住邻居家，正在修建", "housing"), v.team)
	b.act(h, "2023-06-19 10:30", v.clerk, h.sheet(policy.Inclusion, date(2023, 6, 19), 9100))
}

// rolledBack is D08: eliminated in November 2022, rolled back in February 2023.
func (b *builder) rolledBack() {
	h := b.story("D08", "柳水顺", "2022年11月风险消除，2023年2月回退", code.Ordinary, 4, true)
	h.risks, h.out = []code.Risk{"illness"}, gone2022b
	h.measures--
	b.lives(h, 0)
	b.act(h, "2023-02-15 10:00", b.county.nextDecider, household.RollBackElimination{Reason: "守乡振函〔2023〕3号：复核发现收支测算漏计透析支出，风险并未稳定消除"})
	b.starts(h, 90, "2023-03-02 10:00", riskOf("illness").measures[0])
	b.act(h, "2023-04-18 15:00", h.village.clerk, household.RecordVisit{Visit: "w90", Kind: "review", Note: "每周透析三次，门诊慢病待遇已落实"})
}

// includedAgain is D09: eliminated in December 2021, included anew in March 2023.
func (b *builder) includedAgain() {
	h := b.story("D09", "柳春生", "2021年12月风险消除，2023年3月重新识别纳入", code.FormerPoor, 3, true)
	h.risks, h.out = []code.Risk{"unstable_work"}, gone2021b
	h.measures--
	b.lives(h, 0)
	h.class, h.risks = code.Sudden, []code.Risk{"accident"}
	v, t, lines := h.village, h.village.town, linesOf(h)
	b.applies(h, timetable{clue: date(2023, 3, 2), survey: date(2023, 3, 3), comparison: date(2023, 3, 6)}, 2)
	b.write("D09 meeting", "2023-03-07 15:00", v.secretary, meetingOf(v, policy.Inclusion, lines, h.random))
	b.hangs("D09 sheet", "2023-03-07 16:30", "2023-03-13 09:10", v, policy.Inclusion, lines)
	b.write("D09 report", "2023-03-13 10:10", v.secretary, reportOf(v, policy.Inclusion, lines))
	b.write("D09 review", "2023-03-14 15:00", t.reviewer, reviewOf(t, policy.Inclusion, lines))
	b.decides("D09", "2023-03-16 10:00", "2023-03-17 09:30", "2023-03-20 10:00", "2023-03-22 10:00", h)
	b.act(h, "2023-03-27 10:00", v.clerk, household.MakePlan{Plan: "p2", Situation: "三口之家，户主车祸骨折", Problems: "医疗支出大，暂不能务工", Responsibility: code.Text("帮扶责任人" + t.paired.name),
		Measures: []household.PlannedMeasure{{Class: "health", Content: "落实医疗救助", Department: "medical_insurance"}, {Class: "public_post", Content: "妻子安排保洁员岗位", Department: "human_resources"}}})
	b.starts(h, 91, "2023-03-29 10:00", riskOf("accident").measures[0])
}

// deferred is D10: what was put forward was not stable enough, help goes on.
func (b *builder) deferred() {
	h := b.story("D10", "柳成海", "暂缓消除，继续帮扶", code.Ordinary, 5, true)
	h.risks, h.ownSheets = []code.Risk{"unstable_work"}, true
	h.measures--
	b.lives(h, 0)
	v := h.village
	b.act(h, "2022-11-21 10:00", v.clerk, h.survey("", "s90", "三保障和饮水安全有保障；务工合同次年2月到期", ""), v.team)
	b.act(h, "2022-11-21 10:40", v.clerk, h.sheet("", date(2022, 11, 21), 8120))
	b.act(h, "2022-12-05 15:00", b.county.officers[0], household.DeferElimination{Reason: "收入依靠一份将到期的务工合同，稳定性不足，暂缓消除，继续帮扶"})
	b.act(h, "2023-01-10 10:00", b.county.officers[0], household.AssignOfficer{Role: code.AssistanceOfficer, Officer: b.county.department("human_resources").officer.responsible(), Reason: "原帮扶责任人岗位调整，改由人社局干部帮扶就业"})
	b.starts(h, 90, "2023-03-07 10:00", development[3])
}

// withheld is D11: wholly without labour, 低保 in place, the mark withheld.
func (b *builder) withheld() {
	h := b.story("D11", "柳长林", "整户无劳动力，低保已落实，暂不标注", code.Ordinary, 2, false)
	h.risks = []code.Risk{noLabour.code}
	h.measures--
	b.lives(h, 0)
	b.starts(h, 90, "2022-03-08 10:00", noLabour.measures[0])
	b.act(h, "2022-04-12 10:00", h.village.clerk, household.DeliverMeasure{Measure: "z90", Fen: code.Yuan(900), Confirmed: true, Note: "农村低保金按月发放，首月到账"})
	b.act(h, "2022-12-06 10:00", b.county.officers[0], household.WithholdMark{Reason: "整户无劳动力，社会保障已落实，暂不标注风险消除，持续跟踪监测"})
}

// digitSlipped is D12: 4,500 yuan per head typed as 45,000. The proposal, the
// appraisal, the sheet and the review relied on it.
func (b *builder) digitSlipped() {
	h := b.story("D12", "柳金凤", "人均收入4500元误录为45000元，更正", code.Ordinary, 3, true)
	h.risks, h.ownSheets = []code.Risk{"unstable_work"}, true
	b.lives(h, 0)
	v, t, lines := h.village, h.village.town, linesOf(h)
	b.act(h, "2022-11-10 10:00", v.clerk, h.sheet("", date(2022, 11, 10), 8600))
	b.act(h, "2023-05-08 10:00", v.clerk, household.EndRisk{Risk: "unstable_work", Way: "by_assistance", Note: "在县城务工"})
	b.act(h, "2023-05-16 09:30", v.clerk, h.survey(policy.Elimination, "s90", "三保障和饮水安全有保障", ""), v.team)
	wrong := b.act(h, "2023-05-16 10:10", v.clerk, h.sheet(policy.Elimination, date(2023, 5, 16), 45000))
	b.act(h, "2023-05-17 15:00", b.county.officers[0], household.ReturnComparison{Comparison: "v90", Procedure: policy.Elimination, Sources: []string{"public_security", "market", "finance"}})
	b.act(h, "2023-05-18 11:00", v.secretary, household.ProposeElimination{Way: "by_assistance", Summary: "收入稳定超过监测范围"})
	b.write("D12 meeting", "2023-05-19 15:00", v.secretary, meetingOf(v, policy.Elimination, lines, h.random))
	b.hangs("D12 sheet", "2023-05-19 16:30", "2023-05-25 09:00", v, policy.Elimination, lines)
	b.write("D12 report", "2023-05-25 10:00", v.secretary, reportOf(v, policy.Elimination, lines))
	b.write("D12 review", "2023-05-29 15:00", t.reviewer, reviewOf(t, policy.Elimination, lines))

	event := eventlog.DeriveID(commands.HouseholdStream(h.id), wrong, 0).String()
	b.act(h, "2023-06-01 16:00", t.reviewer, household.ConsentToCorrection{Event: event, Reason: "县级复核发现人均纯收入疑多录一位，同意更正"})
	b.act(h, "2023-06-02 09:20", v.clerk, household.VoidFact{Event: event, Reason: "人均纯收入4500元误录为45000元"})
	b.later(h, "2023-06-02 09:40", "2023-05-16", v.clerk, h.sheet(policy.Elimination, date(2023, 5, 16), 4500), v.clerk, v.team)
	refusal := b.decisionOf(policy.Elimination, date(2023, 6, 5), lines)
	refusal.Lines[0].Result, refusal.Lines[0].Way, refusal.Lines[0].Opinion = code.Reject, "", "更正后人均纯收入4500元，未超过监测范围，不予消除"
	b.write("D12 decision", "2023-06-05 10:00", b.county.nextDecider, refusal)
	b.act(h, "2023-06-06 10:00", v.clerk, household.RecordRisk{Risk: "unstable_work", Detail: "务工不足两月，工资未结清"})
}

// split is D13: somebody lives here who is not registered here, and a son
// marries and takes a household of his own.
func (b *builder) split() {
	h := b.story("D13", "柳立秋", "人在户不在；长子结婚分户", code.Ordinary, 6, true)
	h.risks = []code.Risk{"illness"}
	son := &h.members[2]
	son.Birth = date(1999, 4, 11)
	son.IDNumber, son.Labour = h.village.idNumber(1, son.Birth, h.random), "ordinary"
	h.members[5].Registered, h.members[5].CountedReason = false, "户口在外县女儿家，一直在本户共同生活"
	b.lives(h, 0)
	v := h.village
	b.act(h, "2022-05-10 10:00", v.clerk, household.RecordResidence{Member: "m6", Registered: false, Living: true, Counted: true, Reason: "人在户不在：户口未迁回，实际在本户共同生活，计入家庭人口"})

	n := b.home("D13-2", v, code.Ordinary, 2, true)
	n.members[0].Name, n.members[0].Birth, n.members[0].IDNumber, n.members[0].Sex = son.Name, son.Birth, son.IDNumber, "1"
	n.members[1].Sex, n.members[1].Birth = "2", date(2000, 9, 2)
	n.members[1].IDNumber = v.idNumber(2, n.members[1].Birth, n.random)
	b.stories = append(b.stories, Story{Code: "D13-2", Household: n.id, FileNo: n.fileNo(), Head: n.head(), Title: "从D13分出的新户"})
	joins := eventlog.DeriveID(commands.HouseholdStream(h.id), "D13 split", 0).String()
	b.tells("2023-05-18 10:00", deed{key: h.nextKey(), by: v.clerk.id, id: h.id, joins: joins, on: household.SplitHousehold{Household: n.id, Members: []string{"m3"}, Reason: "长子结婚，另立门户"}})
	b.tells("2023-05-18 10:05", deed{key: n.nextKey(), by: v.clerk.id, id: n.id, joins: joins, on: household.RegisterHousehold{Region: v.code, Group: h.group, Kind: code.Ordinary, Members: n.members, SplitFrom: h.id}})
}

// died is D14: whoever lived alone died on 2 July.
func (b *builder) died() {
	h := b.story("D14", "柳福才", "独居老人7月2日去世，自然减少", code.Ordinary, 1, false)
	h.risks = []code.Risk{noLabour.code}
	b.lives(h, 0)
	v := h.village
	b.later(h, "2023-07-03 08:20", "2023-07-02", v.clerk, household.RecordLeaving{Member: "m1", Reason: "death"}, v.clerk)
	b.later(h, "2023-07-03 08:25", "2023-07-02", v.clerk, household.CloseNaturally{Reason: "death", Note: "独居老人因病去世，村委会协助料理后事"}, v.clerk)
}

// repaired is D15: nothing but an unsafe house, repaired, and soon eliminated.
func (b *builder) repaired() {
	h := b.story("D15", "柳万山", "仅住房安全问题，修缮后及时消除", code.Ordinary, 3, true)
	h.risks = []code.Risk{"housing"}
	v, t, lines := h.village, h.village.town, linesOf(h)
	b.applies(h, timetable{clue: date(2022, 4, 6), survey: date(2022, 4, 7), comparison: date(2022, 4, 8)}, 1)
	b.write("D15 meeting", "2022-04-11 15:00", v.secretary, meetingOf(v, policy.Inclusion, lines, h.random))
	b.hangs("D15 sheet", "2022-04-11 16:30", "2022-04-18 09:00", v, policy.Inclusion, lines)
	b.write("D15 report", "2022-04-18 10:00", v.secretary, reportOf(v, policy.Inclusion, lines))
	b.write("D15 review", "2022-04-19 15:00", t.reviewer, reviewOf(t, policy.Inclusion, lines))
	b.decides("D15", "2022-04-20 10:00", "2022-04-21 10:00", "2022-04-22 10:00", "2022-04-25 10:00", h)
	b.plans(h, "2022-04-27 10:00")
	b.starts(h, 1, "2022-05-06 10:00", riskOf("housing").measures[0])
	b.act(h, "2022-06-20 10:00", v.clerk, household.DeliverMeasure{Measure: "z1", Fen: code.Yuan(20000), Confirmed: true, Note: "危房改造竣工验收合格"})
	b.act(h, "2022-06-24 10:00", v.clerk, household.EndRisk{Risk: "housing", Way: "by_assistance", Note: "住房经鉴定为B级，安全"})
	b.act(h, "2022-06-27 10:00", v.clerk, h.survey(policy.Elimination, "s9", "住房修缮完工，三保障和饮水安全均有保障", ""), v.team)
	b.act(h, "2022-06-27 10:30", v.clerk, h.sheet(policy.Elimination, date(2022, 6, 27), 9260))
	b.act(h, "2022-06-28 10:00", b.county.officers[0], household.ReturnComparison{Comparison: "v9", Procedure: policy.Elimination, Sources: []string{"public_security", "real_estate"}})
	b.act(h, "2022-06-29 10:00", v.secretary, household.ProposeElimination{Way: "by_assistance", Summary: "风险单一，住房已修缮，收入高于监测范围"})
	b.write("D15 second meeting", "2022-06-30 15:00", v.secretary, meetingOf(v, policy.Elimination, lines, h.random))
	sheet := sheetOf(v, policy.Elimination, lines)
	sheet.Photo = b.photo("D15 second up", v.board(), date(2022, 6, 30))
	b.write("D15 second sheet", "2022-06-30 16:30", v.clerk, sheet)
	// The photograph of this sheet coming down is that of another, a year before.
	b.write("D15 second sheet", "2022-07-06 09:00", v.clerk, paper.RemoveSheet{Photo: b.photo(reused, v.board(), date(2021, 9, 10))})
	b.write("D15 second report", "2022-07-06 10:00", v.secretary, reportOf(v, policy.Elimination, lines))
	b.write("D15 second review", "2022-07-08 15:00", t.reviewer, reviewOf(t, policy.Elimination, lines))
	b.write("D15 second decision", "2022-07-11 10:00", b.county.nextDecider, b.decisionOf(policy.Elimination, date(2022, 7, 11), lines))
	b.write("D15 second announcement", "2022-07-13 10:00", v.clerk, announcementOf(v, policy.Elimination, lines))
	b.act(h, "2022-07-15 10:00", t.cadre, household.MarkSystem{System: "national_monitoring"})
}
