package demonstration

import (
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// tell writes the stories into the diary. Where a story is like everybody's for
// a while it goes along in the county's rounds.
func (b *builder) tell() {
	b.scanned()
	b.awaitingMark()
	b.typedLate()
	b.fiveOnASheet()
	b.returnedTwice()
	b.warnedWithoutRisk()
	b.fire()
	b.rolledBack()
	b.includedAgain()
	b.deferred()
	b.withheld()
	b.digitSlipped()
	b.split()
	b.died()
	b.repaired()
	b.downTooSoon()
	b.upToday()
	b.dueToday()
}

// scanned is D01: the whole way from a scanned code to a plan.
func (b *builder) scanned() {
	h := b.story("D01", "柳德顺", "扫码申报至一户一策，全程办理", code.Ordinary, 5, true)
	h.risks = []code.Risk{"illness"}
	v, t, lines := h.village, h.village.town, linesOf(h)
	b.act(h, "2023-03-06 09:12", v.grid, household.RecordClue{Clue: "c1", Channel: code.SelfApplication, Content: "扫码申报：妻子住院手术，自付费用较高"})
	b.act(h, "2023-03-06 09:15", v.grid, household.FileApplication{Application: "a1", Form: "scan", Content: "妻子住院手术，自付费用四万余元，申请纳入监测"})
	survey := h.survey(policy.Inclusion, "s1", "夫妻二人、子女二人、老人一人；病历和票据已核", "")
	b.act(h, "2023-03-07 09:40", v.clerk, survey, v.team)
	b.act(h, "2023-03-07 10:20", v.clerk, h.sheet(policy.Inclusion, at("2023-03-07 10:20").day(), 5860))
	letter := household.SignLetter{Letter: "l1", Scope: []string{"public_security", "real_estate", "market", "finance", "social_insurance", "housing_fund"}, Members: h.adults(at("2023-03-07 10:40").day()),
		Signer: "m1", Signature: "fingerprint", ProxyWriter: v.team.name, ProxyRelation: "驻村第一书记，与该户无亲属关系", ReadOut: true}
	letter.Paper = b.photo("letter D01", v.name, at("2023-03-07 10:40").day())
	b.act(h, "2023-03-07 10:40", v.clerk, letter)
	b.act(h, "2023-03-07 11:05", v.clerk, household.VerifyClue{Clue: "c1", Result: "risk", Reason: "自付医疗费四万余元，人均纯收入低于监测范围"})
	b.act(h, "2023-03-08 15:30", b.county.officers[0], household.ReturnComparison{Comparison: "v1", Procedure: policy.Inclusion, Sources: []string{"public_security", "real_estate", "market", "finance"},
		Hits: []household.Hit{{ID: "v1-1", Member: "m1", Source: "public_security", Kind: "car", Detail: "名下有小型普通客车一辆，2011年注册"}}})
	b.act(h, "2023-03-09 10:10", v.clerk, household.ExplainHit{Hit: "v1-1", Explanation: "二手面包车，购入价八千元，用于拉运蔬菜，已查看行驶证", Accepted: true})

	b.write("D01 meeting", "2023-03-10 15:00", v.secretary, meetingOf(v, policy.Inclusion, lines, h.random))
	b.hangs("D01 sheet", "2023-03-10 16:30", "2023-03-15 09:20", v, policy.Inclusion, lines)
	b.write("D01 report", "2023-03-15 10:00", v.secretary, reportOf(v, policy.Inclusion, lines))
	verification := h.survey("", "s2", "复核入户：与村级调查一致", "")
	verification.Procedure, verification.Level = policy.Inclusion, code.Township
	b.act(h, "2023-03-16 10:00", t.cadre, verification, t.reviewer)
	b.write("D01 review", "2023-03-16 15:00", t.reviewer, reviewOf(t, policy.Inclusion, lines))
	b.decides("D01", "2023-03-20 10:00", "2023-03-21 09:30", "2023-03-22 09:10", "2023-03-23 16:00", h)
	b.plans(h, "2023-03-27 10:00")
	b.starts(h, 1, "2023-03-29 11:00", riskOf("illness").measures[0])
	b.starts(h, 2, "2023-04-03 09:50", development[0])
	b.starts(h, 3, "2023-04-10 14:30", further[0])
	b.act(h, "2023-04-20 10:30", v.clerk, household.DeliverMeasure{Measure: "z1", Fen: code.Yuan(21300), Confirmed: true, Note: "医疗救助资金到账"})
	b.act(h, "2023-05-08 10:30", v.clerk, household.DeliverMeasure{Measure: "z2", Fen: code.Yuan(6000), Confirmed: true, Note: "基础母羊六只已领"})
	b.act(h, "2023-05-25 16:10", v.clerk, household.RecordVisit{Visit: "w1", Kind: "must_visit", Place: "家中", Note: "术后恢复良好，母羊长势良好", Photos: []code.Attachment{b.photo("visit D01", v.name, at("2023-05-25 16:10").day())}})
}

// awaitingMark is D02: one of the 75, decided with the others.
func (b *builder) awaitingMark() {
	h := b.story("D02", "柳满仓", "县级已认定风险消除，待公告和系统标注", code.FormerPoor, 4, true)
	h.risks = []code.Risk{"unstable_work"}
	b.lives(h, 0)
	b.act(h, "2023-06-13 10:20", h.village.clerk, household.RecordVisit{Visit: "w90", Kind: "routine", Note: "已告知县级认定结果，待公告"})
}

// typedLate is D03: the appraisal of 10 April was typed on 9 May, after the
// township had put its review on paper on 20 April.
func (b *builder) typedLate() {
	h := b.story("D03", "柳秀英", "4月10日民主评议，5月9日补录，晚于乡镇4月20日审核", code.FormerPoor, 5, true)
	h.risks = []code.Risk{"disability"}
	v, t, lines := h.village, h.village.town, linesOf(h)
	b.applies(h, timetable{clue: date(2023, 3, 30), survey: date(2023, 3, 31), comparison: date(2023, 4, 4)}, 1)
	b.hangs("D03 sheet", "2023-04-11 09:00", "2023-04-17 09:00", v, policy.Inclusion, lines)
	b.write("D03 report", "2023-04-18 09:30", v.secretary, reportOf(v, policy.Inclusion, lines))
	b.write("D03 review", "2023-04-20 15:20", t.reviewer, reviewOf(t, policy.Inclusion, lines))
	b.tells("2023-05-09 10:20", deed{key: "D03 meeting", by: v.clerk.id, happened: date(2023, 4, 10), doers: []string{v.secretary.id}, id: b.paperID("D03 meeting"),
		paper: meetingOf(v, policy.Inclusion, lines, h.random)})
	b.decides("D03", "2023-05-11 10:00", "2023-05-12 09:00", "2023-05-15 10:00", "2023-05-17 10:30", h)
	b.plans(h, "2023-05-22 11:00")
	b.starts(h, 1, "2023-05-24 09:30", riskOf("disability").measures[0])
	b.starts(h, 2, "2023-06-05 15:00", development[1])
}

// fiveOnASheet is D04: a sheet of five, one objection upheld, four proceed, a
// new sheet for the one.
func (b *builder) fiveOnASheet() {
	var homes []*home
	for i, head := range []string{"柳建国", "柳有才", "王玉兰", "柳来顺", "赵秋实"} {
		s := standIns()[3+i]
		kind := code.Ordinary
		if i == 1 {
			kind = code.FormerPoor
		}
		h := b.story(s.story, head, "雹灾五户同榜公示，一户异议成立重新公示", kind, s.persons, true)
		h.risks = []code.Risk{"natural_disaster"}
		b.applies(h, timetable{clue: date(2023, 5, 4), survey: date(2023, 5, 5), comparison: date(2023, 5, 8)}, 1)
		homes = append(homes, h)
	}
	v, t := homes[0].village, homes[0].village.town
	four, one := homes[:4], homes[4]
	b.write("D04 meeting", "2023-05-09 15:00", v.secretary, meetingOf(v, policy.Inclusion, linesOf(homes...), one.random))
	sheet := sheetOf(v, policy.Inclusion, linesOf(homes...))
	sheet.Lines[4].Persons = 5
	sheet.Photo = b.photo("D04 up", v.board(), date(2023, 5, 9))
	b.write("D04 sheet", "2023-05-09 16:40", v.clerk, sheet)
	b.write("D04 sheet", "2023-05-11 10:15", v.clerk, paper.RaiseSheetObjection{Objection: "o1", Household: one.id, Content: "该户公示5人，其长女去年已出嫁，不应计入", Objector: "柳某某", Contact: "同村村民"})
	b.write("D04 sheet", "2023-05-12 15:30", v.clerk, paper.InvestigateSheetObjection{Objection: "o1", Household: one.id, Findings: "走访长女婆家并查户籍，长女2022年出嫁，户口已迁出"})
	b.write("D04 sheet", "2023-05-15 11:00", v.clerk, paper.AnswerSheetObjection{Objection: "o1", Household: one.id, Upheld: true, Findings: "经查长女已于2022年出嫁并迁出户口，公示人数有误，异议成立，划去重新公示"})
	b.write("D04 sheet", "2023-05-15 11:10", v.clerk, paper.StrikeSheetLine{Household: one.id, Reason: "人数有误，重新公示"})
	b.write("D04 sheet", "2023-05-16 09:00", v.clerk, paper.RemoveSheet{Photo: b.photo("D04 down", v.board(), date(2023, 5, 16))})
	b.write("D04 report", "2023-05-16 10:00", v.secretary, reportOf(v, policy.Inclusion, linesOf(four...)))
	b.write("D04 review", "2023-05-17 15:00", t.reviewer, reviewOf(t, policy.Inclusion, linesOf(four...)))
	b.decides("D04", "2023-05-18 16:00", "2023-05-19 10:00", "2023-05-22 10:10", "2023-05-24 10:10", four...)

	again := sheetOf(v, policy.Inclusion, linesOf(one))
	again.Replaces, again.Photo = b.paperID("D04 sheet"), b.photo("D04 again up", v.board(), date(2023, 5, 17))
	b.write("D04 second sheet", "2023-05-17 16:00", v.clerk, again)
	b.write("D04 second sheet", "2023-05-23 09:00", v.clerk, paper.RemoveSheet{Photo: b.photo("D04 again down", v.board(), date(2023, 5, 23))})
	b.write("D04 second report", "2023-05-23 10:00", v.secretary, reportOf(v, policy.Inclusion, linesOf(one)))
	b.write("D04 second review", "2023-05-25 15:00", t.reviewer, reviewOf(t, policy.Inclusion, linesOf(one)))
	b.decides("D04 second", "2023-05-29 10:00", "2023-05-30 09:00", "2023-05-31 10:00", "2023-06-02 10:00", one)
	for i, h := range homes {
		b.plans(h, "2023-06-05 10:00")
		b.starts(h, 1, "2023-06-07 10:00", riskOf("natural_disaster").measures[0])
		if i < 4 {
			b.starts(h, 2, "2023-06-14 10:00", riskOf("natural_disaster").measures[1])
		}
	}
}

// returnedTwice is D05: the township sends it back for the survey, the county
// for the township's opinion.
func (b *builder) returnedTwice() {
	h := b.story("D05", "柳双喜", "乡镇、县级各退回一次，补正后纳入", code.Ordinary, 5, true)
	h.risks = []code.Risk{"industry_failure"}
	v, t, lines := h.village, h.village.town, linesOf(h)
	b.applies(h, timetable{clue: date(2023, 3, 1), survey: date(2023, 3, 2), comparison: date(2023, 3, 3)}, 1)
	b.write("D05 meeting", "2023-03-06 15:00", v.secretary, meetingOf(v, policy.Inclusion, lines, h.random))
	b.hangs("D05 sheet", "2023-03-06 16:30", "2023-03-13 09:00", v, policy.Inclusion, lines)
	b.write("D05 report", "2023-03-13 10:00", v.secretary, reportOf(v, policy.Inclusion, lines))
	b.act(h, "2023-03-15 11:00", t.reviewer, household.ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.HomeSurvey, Reason: "入户调查未核实贷款余额和存栏数，收支测算依据不足，退回重新调查"})

	b.act(h, "2023-03-17 09:30", v.clerk, h.survey(policy.Inclusion, "s2", "重新入户：存栏由六十只减至二十二只，贷款余额三万元，已查看银行回单", ""), v.team)
	b.act(h, "2023-03-17 10:10", v.clerk, h.sheet(policy.Inclusion, date(2023, 3, 17), 5320))
	b.act(h, "2023-03-17 10:30", v.clerk, household.SignLetter{Letter: "l2", Scope: []string{"public_security", "market", "finance"}, Members: h.adults(date(2023, 3, 17)), Signer: "m1", Signature: "signed"})
	b.act(h, "2023-03-20 15:00", b.county.officers[0], household.ReturnComparison{Comparison: "v2", Procedure: policy.Inclusion, Sources: []string{"public_security", "market", "finance"}})
	b.write("D05 second meeting", "2023-03-22 15:00", v.secretary, meetingOf(v, policy.Inclusion, lines, h.random))
	b.hangs("D05 second sheet", "2023-03-22 16:30", "2023-03-28 09:00", v, policy.Inclusion, lines)
	b.write("D05 second report", "2023-03-28 10:00", v.secretary, reportOf(v, policy.Inclusion, lines))
	b.write("D05 second review", "2023-03-29 15:00", t.reviewer, reviewOf(t, policy.Inclusion, lines))
	b.act(h, "2023-03-31 11:00", b.county.officers[0], household.ReturnCase{Procedure: policy.Inclusion, By: code.County, To: policy.TownshipReview, Reason: "审核意见未写明帮扶建议，退回乡镇补充"})
	b.write("D05 third review", "2023-04-04 15:00", t.reviewer, reviewOf(t, policy.Inclusion, lines))
	b.decides("D05", "2023-04-07 10:00", "2023-04-10 09:00", "2023-04-11 10:00", "2023-04-13 10:00", h)
	b.plans(h, "2023-04-17 10:00")
	b.starts(h, 1, "2023-04-19 10:00", development[0])
	b.starts(h, 2, "2023-04-26 10:00", riskOf("industry_failure").measures[1])
}
