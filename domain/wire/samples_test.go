package wire

import (
	"time"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// One sample of every event, with invented people, each field filled in.

func day(s string) calendar.Day { return calendar.MustDay(s) }

// scanned is one paper of a kind.
func scanned(kind string) []household.Exhibit {
	return []household.Exhibit{{Kind: kind, File: sha('6')}}
}

func sha(c byte) code.Attachment {
	b := make([]byte, 64)
	for i := range b {
		b[i] = c
	}
	return code.Attachment(b)
}

func number(birth string, n int) code.Personal {
	return code.Personal(code.MakeIDNumber("990101", calendar.MustDay(birth), n))
}

var (
	head = household.Member{ID: "m-01", Name: "柳长福", Sex: "1", IDNumber: number("1968-04-12", 15), Birth: day("1968-04-12"), Relation: "head", Labour: "weak",
		Registered: true, Living: true, Counted: true, Phone: "13900000001", Health: "尿毒症，每周透析三次"}
	away = household.Member{ID: "m-02", Name: "柳小满", Sex: "2", NoDocument: "newborn", Birth: day("2023-02-04"), Relation: "grandchild", Labour: "none",
		Registered: true, Counted: true, CountedReason: "随母在外就医，共同生活"}
	moved = household.Member{ID: "m-03@01JH-split", Name: "柳小川", Sex: "1", IDNumber: number("1998-03-02", 11), Birth: day("1998-03-02"), Relation: "head", Labour: "ordinary",
		Registered: true, Living: true, Counted: true, Was: []household.Origin{{Household: "01JH-split", Member: "m-03"}}}
	monitoring = household.Responsible{Person: "p-village-07", Name: "罗根生", Post: "柳湾村文书"}
	assistance = household.Responsible{Person: "p-county-21", Name: "葛明远", Post: "县农技站干部"}
	risks      = []code.Risk{"illness", "lack_of_labour"}
)

var fundLines = []fund.Line{{Household: "01JH-known", Measure: "z-2023-0101", Tier: "a", Persons: 2, Fen: 300000, Payee: "m-01", Reason: "养殖补助"}}

var paymentLine = household.PaymentLine{Fund: "fund-2023-01", Kind: "project", Name: "防返贫保增收产业发展补助", List: "pay-2023-04", Measure: "z-2023-0101", Persons: 2, Fen: 300000, Payee: "m-01",
	Condition: household.Condition{Tier: "a", Title: "未消除风险监测户", Fen: 300000, Monitored: true, Kind: code.FormerPoor, WithLabour: true, IncomeYear: 2022, IncomeBelow: 800000}, Reason: "养殖补助"}

var samples = map[string]any{
	"household.registered.v1": household.HouseholdRegistered{FileNo: "629900101201-7K2MQ", Region: "629900101201", Group: "二组", Kind: code.FormerPoor,
		Members: []household.Member{head, away}, National: "户6299001012010017", SplitFrom: "01JH-split"},
	"household.brought_forward.v1": household.CaseBroughtForward{Source: "全国防返贫监测信息系统2021年10月31日导出", Class: code.Unstable, Risks: risks,
		Included: day("2020-11-20"), Eliminated: day("2021-09-30"), National: "户6299001012010017", Monitoring: monitoring, Assistance: assistance},
	"household.linked.v1":             household.UnconfirmedLinked{Household: "01JH-known", Reason: "来信所述即柳长福户"},
	"household.unconfirmed_closed.v1": household.UnconfirmedClosed{Reason: "经走访，柳湾村无此户"},
	"household.split.v1":              household.HouseholdSplit{Household: "01JH-new", Members: []string{"m-03", "m-04"}, Reason: "次子结婚分户"},
	"member.health_recorded.v1":       household.HealthRecorded{Member: "m-01", Health: "serious", Disability: "4", Level: "2", Detail: "肾功能衰竭，规律透析"},
	"household.group_found.v1":        household.GroupFound{Group: "left_behind", Belongs: true, Reason: "两老带孙，子女常年在外"},
	"visit.recorded.v1+2":             household.Visited{Visit: "b-2023-0405", Kind: "must_visit", Note: "送药上门", Groups: []string{"left_behind"}},
	"household.merged.v1": household.HouseholdMerged{Into: "01JH-other", Reason: "独居老人并入长子户",
		Relations: []household.Related{{Member: "m-01", Relation: "parent"}}},
	"household.split.v1+2": household.HouseholdSplit{Household: "01JH-new", Members: []string{"m-03", "m-04"}, Reason: "次子结婚分户",
		Relations: []household.Related{{Member: "m-03", Relation: "head"}, {Member: "m-04", Relation: "spouse"}}, Kind: code.Ordinary, Group: "三组"},
	"household.linked.v1+2": household.UnconfirmedLinked{Household: "01JH-known", Reason: "来信所述即柳长福户", Clues: 2},
	"member.left.v1+2":      household.MemberLeft{Member: "m-03", Reason: "marriage", To: "01JH-other", Relation: "daughter_in_law"},
	"member.received.v1":    household.MembersReceived{From: "01JH-old", Reason: "merge", Members: []household.Member{head, away}},
	"clue.joined.v1+2": household.CluesJoined{From: "01JH-letter", Clues: []household.JoinedClue{{Clue: "c-2023-0161", On: day("2023-04-02"), Channel: code.CadreCheck,
		Content: "一键报贫申报", Within: calendar.Period{Days: 5, Count: "working"}}}},
	"clue.joined.v1": household.CluesJoined{From: "01JH-letter", Clues: []household.JoinedClue{{Clue: "c-2023-0160", On: day("2023-04-02"),
		Channel: code.CadreCheck, Via: "routine_check", Department: "petitions", FoundBy: household.Finder{As: "party_member", Name: "柳长贵"},
		Content: "反映柳湾村一户老人无人照料", Result: "risk", Verified: day("2023-04-05"), FedBack: true}}},
	"poverty.analysed.v1": household.PovertyAnalysed{Analysis: "pa-2023-0012", Situation: "户主住院，自付较高，秋粮歉收", Conclusion: "propose", Minutes: sha('4')},
	"platform.entered.v1": household.PlatformEntered{System: "provincial", Number: "渝2020-0117"},
	"member.head_changed.v1+2": household.HeadChanged{Member: "m-05", Reason: "原户主年迈",
		Relations: []household.Related{{Member: "m-05", Relation: "head"}, {Member: "m-01", Relation: "parent"}}},
	"household.closed.v1":       household.NaturallyClosed{Reason: "death", Note: "独居老人病故"},
	"member.added.v1":           household.MemberAdded{Member: head, Reason: "return"},
	"member.added.v1+2":         household.MemberAdded{Member: moved, Reason: "return"},
	"household.registered.v1+2": household.HouseholdRegistered{FileNo: "629900101201-7K2MR", Region: "629900101201", Kind: code.FormerPoor, Members: []household.Member{moved}, SplitFrom: "01JH-split"},
	"member.received.v1+2": household.MembersReceived{From: "01JH-old", Reason: "merge", Members: []household.Member{moved}, Behind: household.Behind{Monitored: true, Class: code.Sudden, Risks: risks,
		Measures: []string{"z-2023-0101"}, RedWarnings: []string{"income"}, Guarantees: []code.Guarantee{"housing"}}},
	"member.residence_found.v1+2": household.ResidenceFound{Member: "m-02", Registered: true, Reason: "随母在县城租房就读",
		Evidence: []code.Attachment{sha('3')}},
	"member.labour_assessed.v1+2":   household.LabourAssessed{Member: "m-05", Labour: "ordinary", Willing: "unwilling", Reason: "在家照料孙辈"},
	"member.document_supplied.v1+2": household.DocumentSupplied{Member: "m-02", IDNumber: number("2023-02-05", 22), Birth: day("2023-02-05"), Reason: "出生医学证明为二月五日"},
	"member.left.v1":                household.MemberLeft{Member: "m-03", Reason: "marriage", To: "01JH-other"},
	"member.residence_found.v1":     household.ResidenceFound{Member: "m-02", Registered: true, Living: true, Counted: true, Reason: "户口已迁回，共同生活"},
	"member.document_supplied.v1":   household.DocumentSupplied{Member: "m-02", IDNumber: number("2023-02-04", 22)},
	"member.labour_assessed.v1":     household.LabourAssessed{Member: "m-01", Labour: "lost", Reason: "透析期间不能劳动"},
	"member.head_changed.v1":        household.HeadChanged{Member: "m-05", Reason: "原户主病故"},
	"clue.recorded.v1+2": household.ClueRecorded{Clue: "c-2023-0142", Channel: code.CadreCheck, Content: "独居老人房屋漏雨",
		Via: "routine_check", FoundBy: household.Finder{As: "group_head", Name: "柳长贵"}},
	"clue.recorded.v1+3": household.ClueRecorded{Clue: "c-2023-0144", Channel: code.CadreCheck, Content: "外出务工人员返乡失业",
		Indicator: household.Indicated{Code: "wages_unstable", ZH: "务工就业收入不稳定"}},
	"clue.recorded.v1+4": household.ClueRecorded{Clue: "c-2023-0145", Channel: code.SelfApplication, Content: "妻子住院手术，自付较高",
		Via: "quick_report", Within: calendar.Period{Days: 5, Count: "working"}},
	"clue.verified.v1+2": household.ClueVerified{Clue: "c-2023-0143", Result: "duplicate", Reason: "与医保推送的是同一件事",
		DuplicateOf: "c-2023-0141", Shortfalls: []string{"policy"}},
	"clue.recorded.v1": household.ClueRecorded{Clue: "c-2023-0141", Channel: code.DepartmentWarning, Department: "medical_insurance",
		Content: "三重保障后个人自付一万八千元", Name: "柳长福", Region: "629900101201"},
	"clue.dispatched.v1":  household.ClueDispatched{Clue: "c-2023-0141", Office: "o-liuhe-township", Due: day("2023-04-10")},
	"clue.verified.v1":    household.ClueVerified{Clue: "c-2023-0141", Result: "risk", Reason: "自付费用已超过上年收入的一半"},
	"clue.fed_back.v1":    household.ClueFedBack{Clue: "c-2023-0141", To: "medical_insurance", Text: "已启动识别程序"},
	"application.sent.v1": household.ApplicationSent{Clue: "c-2023-0091", Writer: "罗根生", Contact: "13900000003", Photos: []code.Attachment{sha('8')}},
	"application.filed.v1": household.ApplicationFiled{Application: "a-2023-0088", Form: "scan", Content: "家中有人长期透析，收入减少", WrittenBy: "罗根生",
		Paper: sha('a')},
	"survey.recorded.v1": household.HomeSurveyed{Survey: "s-2023-0301", Procedure: policy.Inclusion, Level: code.Village,
		Findings: []household.Finding{{Guarantee: "medical", OK: true, Note: "已参保"}, {Guarantee: "housing", Note: "东屋漏雨"}}, Note: "户主当日透析，妻子在家", Photos: []code.Attachment{sha('b'), sha('c')}},
	"survey.recorded.v1+3": household.HomeSurveyed{Survey: "s-2023-0602", Level: code.Village,
		Findings: []household.Finding{{Guarantee: "housing", Note: "山墙开裂", Indicator: household.Indicated{Code: "disaster", ZH: "水旱、冰雹、地震、生物、风灾等自然灾害"}}}},
	"risk.found.v1": household.RiskFound{Risk: "illness", Detail: "尿毒症"},
	"risk.ended.v1": household.RiskEnded{Risk: "housing", Way: "by_assistance", Note: "东屋已翻修验收"},
	"income.recorded.v1": household.IncomeRecorded{Sheet: "i-2023-0301", Procedure: policy.Inclusion, From: day("2022-04-01"), To: day("2023-03-31"), Persons: 4,
		Items: []household.IncomeItem{{Kind: "wage", Note: "长子务工", Fen: 1800000}, {Kind: "business", Note: "玉米三亩", Fen: 420000}, {Kind: "transfer", Note: "耕地补贴", Fen: 96000}, {Kind: "business_cost", Note: "种子化肥", Fen: 156000}},
		Net:   2160000, PerCapita: 540000},
	"income.recorded.v1+2": household.IncomeRecorded{Sheet: "i-2023-0601", From: day("2022-06-01"), To: day("2023-05-31"), Persons: 4,
		Items: []household.IncomeItem{{Kind: "wage", Item: "wage.away", Fen: 1200000}, {Kind: "self_paid", Item: "self_paid.medical", Fen: 1900000}},
		Net:   1200000, PerCapita: 300000, Rigid: []household.RigidItem{{Cause: "illness", Note: "透析自付", Fen: 2300000}},
		Pressure: household.Pressure{Rigid: 2300000, Year: 2022, Before: 2160000, RigidPercent: 100, FallPercent: 30, Exceeds: true, Shrunk: true}},
	"survey.recorded.v1+2": household.HomeSurveyed{Survey: "s-2023-0601", Level: code.Village,
		Findings: []household.Finding{{Guarantee: "water", Note: "旱季断水", LargeRisk: true, Standards: []household.Standard{{Standard: "quantity"}, {Standard: "quality", OK: true}}}}},
	"fund.established.v1": fund.Established{Region: "629900", Kind: "project", Name: "防返贫保增收产业发展补助", Rules: "用于种植、养殖、小规模生产经营、庭院经济", Document: "守乡振发〔2023〕9号",
		Tiers: []household.Condition{paymentLine.Condition}},
	"fund.raised.v1":           fund.Raised{Source: "bridging", Fen: 560400000, Document: "守财农〔2023〕3号", Note: "衔接资金"},
	"fund.approved.v1":         fund.Approved{List: "ap-2023-04", Document: "守乡振发〔2023〕12号", Lines: fundLines, Paper: sha('b')},
	"fund.paid.v1":             fund.Paid{List: "pay-2023-04", Document: "守财农〔2023〕8号", Lines: fundLines, Paper: sha('c')},
	"fund.payment_reversed.v1": fund.Reversed{List: "pay-2023-04", Household: "01JH-known", Reason: "recovered", Note: "误发，已追回"},
	"fund.flag_raised.v1":      fund.FlagRaised{Rule: policy.FundPaidTwice, Basis: policy.Assumed, Cite: "S1.33", Household: "01JH-known", List: "pay-2023-04", Detail: "此前已发放3000元", Back: 1},
	"payment.approved.v1":      household.PaymentApproved(paymentLine),
	"payment.made.v1":          household.PaymentMade(paymentLine),
	"payment.reversed.v1":      household.PaymentReversed{Fund: "fund-2023-01", List: "pay-2023-04", Reason: "recovered", Note: "误发，已追回"},
	"red_warning.raised.v1":    household.RedWarningRaised{Ground: household.LowIncome, Causes: []code.Risk{"illness"}, PerCapita: 300000, Line: 480000, Cite: "S0.20"},
	"red_warning.raised.v1+2":  household.RedWarningRaised{Ground: "housing", Cite: "S0.20", Indicator: household.Indicated{Code: "disaster", ZH: "水旱、冰雹、地震、生物、风灾等自然灾害"}},
	"red_warning.ended.v1":     household.RedWarningEnded{Ground: household.LowIncome, Result: "eased", Note: "临时救助已到账"},
	"authorisation.signed.v1": household.LetterSigned{Letter: "l-2023-0301", Scope: []string{"public_security", "real_estate", "market"}, Members: []string{"m-01", "m-05"},
		Signer: "m-01", Signature: "fingerprint", ProxyWriter: "罗根生", ProxyRelation: "同村", ReadOut: true, Paper: sha('d')},
	"authorisation.signed.v1+2": household.LetterSigned{Letter: "l-2023-0302", Scope: []string{"market"}, Members: []string{"m-01"}, Signer: "m-01", Signature: "signed", Until: day("2024-03-01")},
	"comparison.returned.v1": household.ComparisonReturned{Comparison: "v-2023-0120", Procedure: policy.Inclusion, Sources: []string{"public_security", "market"},
		Hits: []household.Hit{{ID: "v-2023-0120-1", Member: "m-05", Source: "public_security", Kind: "car", Detail: "2009年小型普通客车一辆"}}},
	"comparison.hit_explained.v1": household.HitExplained{Hit: "v-2023-0120-1", Explanation: "二手面包车，用于贩菜，估值六千元", Accepted: true, Paper: sha('e')},
	"committees.studied.v1+2":     household.CommitteesStudied{Procedure: policy.Inclusion, Opinion: "同意提交评议", Meeting: "meeting-2023-0409", Item: 2, PaperHash: string(sha('f'))},
	"committees.studied.v1+3":     household.CommitteesStudied{Procedure: policy.Inclusion, Opinion: "收入情况待补充", Meeting: "meeting-2023-0409", Item: 3, PaperHash: string(sha('f')), Result: code.Reject},
	"appraisal.recorded.v1+2": household.Appraised{Procedure: policy.Elimination, Meeting: "meeting-2023-0410", Item: 4, For: 27, Against: 1, Abstained: 2,
		Recused: []string{"柳长贵"}, Result: code.Pass, PaperHash: string(sha('f')), RollBack: true},
	"committees.studied.v1": household.CommitteesStudied{Procedure: policy.Inclusion, Opinion: "情况属实，同意提交评议"},
	"appraisal.recorded.v1": household.Appraised{Procedure: policy.Inclusion, Meeting: "meeting-2023-0410", Item: 3, For: 27, Against: 1, Abstained: 2,
		Recused: []string{"柳长贵"}, Result: code.Pass, PaperHash: string(sha('f'))},
	"notice.posted.v1": household.NoticePosted{Procedure: policy.Inclusion, Notice: "notice-2023-0031", Item: 3, Place: "柳湾村村务公开栏", PaperHash: string(sha('0')),
		Days: 5, Count: "calendar"},
	"notice.posted.v1+3": household.NoticePosted{Procedure: policy.Inclusion, Notice: "notice-2023-0031", Item: 3, Place: "柳湾村村务公开栏", PaperHash: string(sha('0')),
		Days: 5, Count: "calendar", Class: code.Sudden},
	"notice.objected.v1":               household.NoticeObjected{Notice: "notice-2023-0031", Objection: "ob-2023-0009", Content: "其长子在外有固定工作"},
	"notice.objection_investigated.v1": household.ObjectionInvestigated{Notice: "notice-2023-0031", Objection: "ob-2023-0009", Findings: "入户并走访邻居两户，长子户口已于2022年迁出"},
	"notice.objection_answered.v1":     household.ObjectionAnswered{Notice: "notice-2023-0031", Objection: "ob-2023-0009", Upheld: true, Findings: "长子已单独立户，重新测算"},
	"notice.line_struck.v1":            household.NoticeLineStruck{Notice: "notice-2023-0031", Reason: "异议成立，须重新测算"},
	"notice.removed.v1":                household.NoticeRemoved{Notice: "notice-2023-0031", Posted: day("2023-04-10"), Days: 6},
	"village.reported.v1":              household.VillageReported{Procedure: policy.Inclusion, Document: "doc-village-2023-12", Item: 3},
	"township.reviewed.v1": household.TownshipReviewed{Procedure: policy.Inclusion, Document: "doc-township-2023-31", Item: 7, Result: code.Pass,
		Opinion: "入户核实属实，同意上报"},
	"case.returned.v1": household.CaseReturned{Procedure: policy.Inclusion, By: code.Township, To: policy.IncomeSheet, Reason: "漏算长子务工收入", Document: "doc-township-2023-30"},
	"inclusion.decided.v1": household.InclusionDecided{Document: "doc-county-2023-18", Item: 11, Result: code.Pass, Class: code.Sudden, Risks: risks,
		Monitoring: monitoring, Assistance: assistance, Reason: "符合突发严重困难户条件", Episode: 1},
	"case.returned.v1+2": household.CaseReturned{Procedure: policy.Inclusion, By: code.County, To: policy.Comparison, Reason: "比对有误", Document: "doc-county-2023-31", Item: 4,
		Again: []policy.Step{policy.Comparison, policy.CountyDecision}},
	"notice.posted.v1+2": household.NoticePosted{Procedure: policy.Elimination, Notice: "notice-2023-0032", Item: 1, Place: "柳湾村村务公开栏", PaperHash: string(sha('0')),
		Days: 5, Count: "working", Extend: 3},
	"document.issued.v1+2": paper.DocumentIssued{Region: "629900", Kind: paper.CountyDecision, Procedure: policy.Inclusion, Number: "守乡振发〔2023〕19号", Title: "审定文件",
		Lines:  []paper.DocumentLine{{Household: "01JH-known", Opinion: "漏算务工收入", ReturnTo: policy.IncomeSheet}, {Household: "01JH-a", Result: code.Pass, Opinion: "符合条件", Class: code.Sudden, Risks: risks, Monitoring: monitoring, Assistance: assistance, Way: "natural"}},
		Issuer: "o-county", Executor: "o-liuwan-village", Place: "柳湾村村务公开栏", Paper: sha('6')},
	"inclusion.ended.v1":      household.InclusionEnded{Why: "appraisal_rejected", Reason: "评议认为收入稳定，无返贫风险，已告知农户"},
	"inclusion.revoked.v1":    household.InclusionRevoked{Document: "doc-county-2023-25", Reason: "隐瞒经营性房产"},
	"list.handed_down.v1":     household.ListHandedDown{Procedure: policy.Inclusion, Document: "doc-list-2023-18", Item: 11},
	"decision.announced.v1":   household.Announced{Procedure: policy.Inclusion, Document: "doc-announce-2023-18", Item: 11, Issuer: "o-county", Executor: "o-liuwan-village", Place: "柳湾村村务公开栏"},
	"system.entered.v1":       household.SystemEntered{System: "national_monitoring", National: "户6299001012010017"},
	"system.marked.v1":        household.SystemMarked{System: "national_monitoring"},
	"officer.assigned.v1":     household.OfficerAssigned{Role: code.AssistanceOfficer, Officer: assistance, Reason: "原责任人调离"},
	"green_channel.opened.v1": household.GreenChannelOpened{Reason: "六月五日夜房屋失火", OwedBy: day("2023-07-05")},
	"plan.made.v1": household.PlanMade{Plan: "pl-2023-0055", Situation: "四口之家，两人能劳动", Problems: "医疗支出大，住房漏雨", Responsibility: "葛明远负责，罗根生监测",
		Measures: []household.PlannedMeasure{{Class: "industry", Content: "发放鸡苗一百羽", Department: "agriculture", Budget: 300000, Due: day("2023-06-30")}}},
	"measure.started.v1":   household.MeasureStarted{Measure: "z-2023-0101", Class: "health", Content: "纳入医疗救助", Department: "medical_insurance", For: "illness", Budget: 800000},
	"measure.delivered.v1": household.MeasureDelivered{Measure: "z-2023-0101", Fen: 762300, Evidence: []code.Attachment{sha('1')}, Confirmed: true, Note: "一次性救助已到账"},
	"measure.started.v1+2": household.MeasureStarted{Measure: "z-2023-0102", Class: "industry", Instrument: "planting_breeding", Content: "发放鸡苗一百羽", Department: "agriculture"},
	"plan.made.v1+2": household.PlanMade{Plan: "pl-2023-0056", Situation: "四口之家", Problems: "缺技术", Responsibility: "葛明远负责",
		Measures: []household.PlannedMeasure{{Class: "industry", Instrument: "planting_breeding", Content: "发放鸡苗一百羽", Department: "agriculture", Due: day("2023-06-30")}}},
	"measure.confirmed.v1": household.MeasureConfirmed{Measure: "z-2023-0101", Member: "m-01", Received: true, Signature: "fingerprint", Note: "款已到账", Paper: sha('c')},
	"visit.recorded.v1":    household.Visited{Visit: "b-2023-0404", Kind: "must_visit", Place: "户主家中", Note: "透析后精神尚好，长子在家", Photos: []code.Attachment{sha('2')}},
	"case.studied.v1": household.CaseStudied{Study: "meeting-2023-0602", Kind: code.JointStudy, From: day("2023-01-01"), To: day("2023-05-31"), Situation: "透析费用经救助后仍高，长子务工中断",
		Conclusion: "adjust", Opinion: "增加公益性岗位", FollowUps: []household.FollowUp{{ID: "f1", Content: "安排保洁公益性岗位", Department: "human_resources", Due: day("2023-07-15")}},
		Meeting: "meeting-2023-0602", Item: 2, PaperHash: string(sha('9'))},
	"shortfall.righted.v1": household.ShortfallRighted{Clue: "c-2023-0161", Shortfall: "policy", Done: "低保按月发放，建立部门比对", Document: "守民函〔2023〕8号"},
	"study.followed_up.v1": household.StudyFollowedUp{Study: "meeting-2023-0602", FollowUp: "f1", Done: true, Result: "七月一日已上岗"},
	"officer.handed_over.v1": household.HandedOver{Role: code.AssistanceOfficer, From: assistance, To: household.Responsible{Person: "p-county-22", Name: "秦守信", Post: "县农技站干部"},
		Reason: "原责任人调离", Document: "document-2023-0701", Item: 4, Measures: []string{"z-2023-0101"}, Risks: risks, FollowUps: []string{"f1"}},
	"elimination.proposed.v1":      household.EliminationProposed{Way: "by_assistance", StableReason: "长子签订三年劳动合同", Summary: "收入稳定，风险已消除", Line: 720000, PerCapita: 961250},
	"elimination.proposed.v1+2":    household.EliminationProposed{Way: "natural", StableReason: "土地流转五年租金已付", Line: 720000, PerCapita: 961250, Excepted: true},
	"elimination.deferred.v1+2":    household.EliminationDeferred{Reason: "务工收入尚不稳定", Weakness: []string{"unstable_income", "depends_on_help"}, ReviewBy: day("2023-12-31")},
	"elimination.decided.v1":       household.EliminationDecided{Document: "doc-county-2023-40", Item: 5, Result: code.Pass, Way: "by_assistance", Reason: "评估认定风险稳定消除"},
	"elimination.deferred.v1":      household.EliminationDeferred{Reason: "务工收入尚不稳定，继续帮扶"},
	"elimination.mark_withheld.v1": household.MarkWithheld{Reason: "整户无劳动力，已落实低保，持续跟踪"},
	"elimination.rolled_back.v1":   household.EliminationRolledBack{Document: "doc-county-2023-44", Reason: "复核发现收入不达标"},
	"fall.recorded.v1":             household.FallRecorded{Cause: "illness", Reason: "人均纯收入降至脱贫线以下"},
	"fall.recorded.v1+2":           household.FallRecorded{Cause: "illness", Reason: "医疗救助迟未落实", Shortfalls: []string{"work", "responsibility"}},
	"fact.voided.v1":               household.FactVoided{Event: "5f0c1b3e-0000-5000-8000-000000000012", Reason: "4500误录为45000"},
	"fact.correction_consented.v1": household.CorrectionConsented{Event: "5f0c1b3e-0000-5000-8000-000000000012", Reason: "同意更正"},
	"guard.flag_raised.v1":         household.FlagRaised{Rule: policy.NoticeTooShort, Basis: policy.Assumed, Cite: "S2.19", Detail: "公示2023年4月10日至2023年4月14日共4天，应不少于5天", Back: 1},

	"meeting.held.v1": paper.MeetingHeld{Region: "629900101201", Procedure: policy.Inclusion, Place: "柳湾村村部会议室", Entitled: 42,
		Attendees: []paper.Attendee{{Name: "罗根生", Capacity: "village_committee", Person: "p-village-07"}, {Name: "柳长贵", Capacity: "representative", Person: "p-villager-88"}},
		Items:     []paper.MeetingItem{{Household: "01JH-known", For: 1, Against: 1, Abstained: 1, Recused: []string{"柳长贵"}, Result: code.Pass, Opinion: "因病支出过大，同意", Procedure: policy.Elimination}},
		Minutes:   []code.Attachment{sha('3')}},
	"meeting.held.v1+2": paper.MeetingHeld{Region: "629900101201", Kind: paper.CommitteeMeeting, Procedure: policy.Elimination, Place: "柳湾村村部会议室", Entitled: 5,
		Attendees: []paper.Attendee{{Name: "罗根生", Capacity: "village_committee", Person: "p-village-07"}, {Name: "柳长贵", Capacity: "village_committee", Person: "p-village-08"}},
		Items: []paper.MeetingItem{{Household: "01JH-known", For: 1, Against: 1, Abstained: 1, Recused: []string{"柳长贵"}, Result: code.Pass, Opinion: "建议回退",
			Procedure: policy.Elimination, RollBack: true}}, Minutes: []code.Attachment{sha('3')}},
	"township.reviewed.v1+2":       household.TownshipReviewed{Procedure: policy.Inclusion, Document: "doc-2023-0032", Item: 2, Result: code.Pass, Opinion: "情况属实", Class: code.Sudden},
	"elimination.rolled_back.v1+2": household.EliminationRolledBack{Document: "doc-2023-0077", Item: 3, Reason: "收入核算有误"},
	"inclusion.revoked.v1+2":       household.InclusionRevoked{Document: "doc-2023-0078", Item: 1, Reason: "不符合条件"},
	"meeting.held.v1+3": paper.MeetingHeld{Region: "629900101201", Procedure: policy.Inclusion, Place: "柳湾村村部会议室", Entitled: 1,
		Attendees: []paper.Attendee{{Name: "罗根生", Capacity: "village_committee"}}, Items: []paper.MeetingItem{{Household: "01JH-known", For: 1, Result: code.Pass}}, SignIn: []code.Attachment{sha('6')}},
	"survey.recorded.v1+4": household.HomeSurveyed{Survey: "s-2023-0603", Procedure: policy.Inclusion, Level: code.Village, Findings: []household.Finding{}, Papers: scanned("survey_form")},
	"comparison.returned.v1+2": household.ComparisonReturned{Comparison: "v-2023-0121", Procedure: policy.Inclusion, Sources: []string{"market"},
		Hits: []household.Hit{{ID: "hit-2", Member: "m-01", Source: "market", Kind: "company", Detail: "柳湾养殖合作社理事"}}, Papers: scanned("comparison_result")},
	"committees.studied.v1+4":   household.CommitteesStudied{Procedure: policy.Inclusion, Opinion: "同意", Papers: scanned("minutes")},
	"plan.made.v1+3":            household.PlanMade{Plan: "pl-2023-02", Situation: "四口之家", Problems: "因病", Responsibility: "葛帮扶", Measures: []household.PlannedMeasure{}, Papers: scanned("measure_form")},
	"elimination.proposed.v1+3": household.EliminationProposed{Way: "natural", PerCapita: 900000, Papers: scanned("study_form")},
	"income.recorded.v1+3":      household.IncomeRecorded{Sheet: "i-2023-09", From: day("2022-05-01"), To: day("2023-04-30"), Persons: 2, Items: []household.IncomeItem{{Kind: "wage", Fen: 100}}, Net: 100, PerCapita: 50, Papers: scanned("income_form")},
	"sheet.posted.v1": paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "柳湾村防返贫监测民主评议结果公示", Place: "柳湾村村务公开栏", Phone: "0999-6299012",
		Lines: []paper.SheetLine{{Household: "01JH-known", Head: "柳长福", Persons: 4, Class: code.Sudden}}, Photo: sha('4'), Replaces: "notice-2023-0030"},
	"sheet.objected.v1":               paper.SheetObjected{Objection: "ob-2023-0009", Household: "01JH-known", Content: "其长子在外有固定工作", Objector: "柳某", Contact: "13900000002"},
	"sheet.objection_investigated.v1": paper.SheetObjectionInvestigated{Objection: "ob-2023-0009", Household: "01JH-known", Findings: "入户并走访邻居两户，长子户口已于2022年迁出"},
	"sheet.objection_answered.v1":     paper.SheetObjectionAnswered{Objection: "ob-2023-0009", Household: "01JH-known", Upheld: true, Findings: "长子已单独立户，重新测算"},
	"sheet.line_struck.v1":            paper.SheetLineStruck{Household: "01JH-known", Reason: "异议成立，须重新测算"},
	"sheet.removed.v1":                paper.SheetRemoved{Photo: sha('5'), Posted: day("2023-04-10"), Standing: []string{"01JH-a", "01JH-b"}},
	"inspection.recorded.v1":          inspection.Checked{Notice: "notice-2023-0031", Region: "629900101201", Result: inspection.Different, Place: "柳湾村村务公开栏", Note: "名单少第二户", Photo: sha('7')},
	"inspection.withdrawn.v1":         inspection.Withdrawn{Reason: "看错了公示栏"},
	"document.issued.v1": paper.DocumentIssued{Region: "629900", Kind: paper.CountyDecision, Procedure: policy.Inclusion, Number: "守乡振发〔2023〕18号", Title: "关于审定2023年4月监测对象的通知",
		Lines:  []paper.DocumentLine{{Household: "01JH-known", Result: code.Pass, Opinion: "符合条件", Class: code.Sudden, Risks: risks, Monitoring: monitoring, Assistance: assistance, Way: "by_assistance"}},
		Issuer: "o-county", Executor: "o-liuwan-village", Place: "柳湾村村务公开栏", Paper: sha('6')},

	"document.issued.v1+3": paper.DocumentIssued{Region: "629900", Kind: paper.ScreeningResult, Procedure: policy.Inclusion, Title: "住房安全政策落实情况筛查",
		Lines: []paper.DocumentLine{{Household: "01JH-known", Opinion: "东屋漏雨，未列入改造"}},
		Screening: paper.Screening{Department: "housing", Item: "housing", From: day("2023-01-01"), To: day("2023-03-31"), Checked: 412,
			Summary: "应改未改一户", Shortfalls: []string{"work"}}},

	"study.held.v1": paper.StudyHeld{Region: "629900", Kind: code.JointStudy, Subject: "上半年重点监测户研判", Place: "县乡村振兴局会议室", From: day("2023-01-01"), To: day("2023-05-31"),
		Attendees: []paper.StudyAttendee{{Name: "葛明远", Unit: "县医疗保障局", Department: "medical_insurance", Person: "p-county-21"}},
		Items: []paper.StudyItem{{Household: "01JH-known", Situation: "透析费用经救助后仍高", Conclusion: "adjust", Opinion: "增加公益性岗位",
			FollowUps: []household.FollowUp{{ID: "f1", Content: "安排保洁公益性岗位", Department: "human_resources", Due: day("2023-07-15")}}}},
		Outcome: "重点跟踪因病支出户", Minutes: []code.Attachment{sha('a')}},
	"handover.signed.v1": paper.HandoverSigned{Region: "629900101201", From: assistance, Reason: "原责任人调离", Paper: sha('b'),
		Lines: []paper.HandoverLine{{Household: "01JH-known", Role: code.AssistanceOfficer, To: household.Responsible{Person: "p-county-22", Name: "秦守信", Post: "县农技站干部"}}}},

	"region.established.v1": office.RegionEstablished{Code: "629900101201", Name: "柳湾村", Level: code.Village, Parent: "629900101", From: day("2019-01-01")},
	"region.renamed.v1":     office.RegionRenamed{Code: "629900101201", Name: "柳湾新村", From: day("2024-01-01")},
	"region.merged.v1":      office.RegionMerged{Code: "629900101202", Successor: "629900101201", From: day("2022-12-01"), Document: "守政发〔2022〕31号"},
	"office.established.v1": office.Established{Office: "o-county", Region: "629900", Level: code.County, Name: "守望县扶贫开发办公室", From: day("2019-01-01"), Department: "rural_revitalisation"},
	"office.renamed.v1":     office.Renamed{Office: "o-county", Name: "守望县乡村振兴局", From: day("2021-06-01")},
	"appointment.made.v1": office.Appointed{Appointment: "ap-0007", Office: "o-liuwan-village", Person: "p-village-07", Name: "罗根生", Post: "文书", Capacity: code.VillageCadre,
		From: day("2021-01-15"), To: day("2024-01-14")},
	"appointment.ended.v1": office.AppointmentEnded{Appointment: "ap-0007", Office: "o-liuwan-village", To: day("2023-05-31")},
	"kinship.declared.v1": office.KinshipDeclared{Declaration: "kin-2023-0002", Person: "p-county-21", Household: "01JH-known", Member: "m-05", Relation: "collateral",
		From: day("2023-03-01"), Document: "守纪备〔2023〕2号"},
	"kinship.ended.v1":     office.KinshipEnded{Declaration: "kin-2023-0002", Person: "p-county-21", To: day("2023-05-31"), Reason: "备案有误"},
	"assignment.made.v1":   office.VillageAssigned{Assignment: "bb-2022-0007", Office: "o-county-school", Village: "629900101201", From: day("2022-03-01"), Document: "守农组发〔2022〕2号"},
	"assignment.ended.v1":  office.VillageAssignmentEnded{Assignment: "bb-2022-0007", Office: "o-county-school", To: day("2023-12-31")},
	"policy.adopted.v1":    policy.Adopted{Region: "629900", Name: "county-2023", Version: "1", SHA256: string(sha('7')), Text: "name: county-2023\nversion: \"1\"\n", From: day("2021-01-01"), Document: "守农组发〔2021〕3号"},
	"policy.line_set.v1":   policy.LineSet{Region: "220281", Year: 2022, Yuan: 6500, Document: "省农组〔2022〕5号"},
	"policy.line_set.v1+2": policy.LineSet{Region: "220281", Year: 2022, Yuan: 5200, Document: "省农组〔2022〕5号", Level: code.Province, Red: true},

	"account.opened.v1":           account.Opened{Account: "ac-0007", Login: "luogensheng", Person: "p-village-07", Name: "罗根生", Duty: account.System},
	"account.closed.v1":           account.Closed{Reason: "调离"},
	"account.reopened.v1":         account.Reopened{Reason: "回任"},
	"account.password_set.v1":     account.PasswordSet{Hash: "$argon2id$v=19$m=47104,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g", MustChange: true, Way: "first"},
	"account.link_issued.v1":      account.LinkIssued{Hash: code.Personal(sha('9')), Expires: time.Date(2023, 7, 6, 1, 0, 0, 0, time.UTC)},
	"account.factor_set.v1":       account.FactorSet{Secret: "JBSWY3DPEHPK3PXP", Step: 56147201},
	"account.factor_removed.v1":   account.FactorRemoved{Reason: "手机遗失"},
	"account.sessions_revoked.v1": account.SessionsRevoked{Reason: "疑似他人使用"},
	"account.token_issued.v1":     account.TokenIssued{Token: "tk-01", Name: "与省平台对账", Scopes: []string{"read", "write"}, Hash: string(sha('a')), Expires: day("2024-06-30")},
	"account.token_revoked.v1":    account.TokenRevoked{Token: "tk-01"},
	"login.succeeded.v1":          account.LoggedIn{Address: "10.1.2.3", Agent: "Mozilla/5.0", Step: 56147202},
	"login.failed.v1":             account.LoginFailed{Address: "10.1.2.3", Agent: "Mozilla/5.0", Missed: "password"},
	"login.locked.v1":             account.LockedOut{Address: "10.1.2.3", Until: time.Date(2023, 7, 3, 1, 15, 0, 0, time.UTC)},
	"login.ended.v1":              account.LoggedOut{Address: "10.1.2.3"},
	"personal.shown.v1":           account.PersonalShown{Household: "01JH-known", Member: "m-01", Fields: []string{"id_number", "phone"}, Reason: "核对比对疑点"},
	"copy.made.v1":                account.CopyMade{Kind: "export", What: "/ledger?class=sudden", Rows: 52},
	"copy.made.v1+2":              account.CopyMade{Kind: "print", What: "/households/01JH-known/prints/file", Copy: "7K3Q-MX2A"},
	"account.view_saved.v1":       account.ViewSaved{View: "vw-01", Page: "/ledger", Name: "突发未消除", Asked: "class=sudden&stage=monitored"},
	"account.view_removed.v1":     account.ViewRemoved{View: "vw-01"},

	"duty.done.v1": duty.Done{Duty: "scale_risk_study", Name: "行业部门每年至少研判一次规模性返贫风险并报备案", Region: "629900", Department: "water", From: day("2023-01-01"), To: day("2023-12-31"),
		Opens: day("2023-01-01"), Due: day("2023-12-31"), Document: "守水发〔2023〕7号", Summary: "旱情对北山三村饮水的影响，已备案",
		Persons: []duty.ListedPerson{{Household: "01JH-known", Member: "m-01"}}, Papers: []code.Attachment{sha('9')},
		Flags: []duty.Flag{{Rule: policy.WrongCapacity, Basis: policy.House, Cite: "S2.38", Detail: "经办人身份不符合该项职责的要求"}}},
	"system.shut.v1": duty.SystemShut{Shut: "shut-2023-1", Region: "629900", System: "national_monitoring", From: day("2023-06-10"), To: day("2023-07-20"),
		Document: "省系统函〔2023〕4号", Reason: "系统升级，标注功能未开放"},
	"system.opened.v1": duty.SystemOpened{Shut: "shut-2023-1", Region: "629900", On: day("2023-07-05")},
	"scale_risk.watched.v1": duty.ScaleRiskWatched{Risk: "scale-2023-1", Region: "629900101", Kind: "hail", Since: day("2023-06-11"), Area: "柳河沿岸三个村",
		Households: 86, Content: "冰雹砸毁玉米约一千二百亩", Measures: "组织保险查勘，发放改种种子", Document: "应急〔2023〕9号"},
	"scale_risk.followed.v1": duty.ScaleRiskFollowed{Risk: "scale-2023-1", Region: "629900101", Households: 91, Measures: "保险理赔到户，逐户排查风险"},
	"scale_risk.ended.v1":    duty.ScaleRiskEnded{Risk: "scale-2023-1", Region: "629900101", Reason: "理赔到位，改种完成，逐户排查无新增风险"},
	"check.organised.v1": duty.CheckOrganised{Region: "629900", Title: "2023年上半年防止返贫集中排查", From: day("2023-04-01"), To: day("2023-04-30"), Duty: "concentrated_check",
		Document: "守乡振发〔2023〕11号"},
	"check.village_reported.v1": duty.VillageChecked{Village: "629900101201", Households: 412, Checked: 410, Groups: 6, GroupsChecked: 6, Found: []string{"01JH-known"}, Note: "两户举家外出，已电话核实"},
	"check.ended.v1":            duty.CheckEnded{Summary: "四十一村全部排查，发现风险线索十二条"},

	"log.opened.v1": act.LogOpened{Log: "5f0c1b3e-0000-4000-8000-000000000001", Clock: act.DemonstrationClock, HashSuite: "sha256-rfc6962"},
	"log.demonstration_loaded.v1": act.DemonstrationLoaded{Seed: 20230703, Households: 5216, Events: 181204, Today: time.Date(2023, 7, 3, 1, 0, 0, 0, time.UTC),
		At: time.Date(2026, 1, 2, 3, 4, 5, 678000000, time.UTC)},
}

// metadata is what stands beside every event, each field filled in.
var metadata = act.Act{Happened: day("2023-04-10"), Clock: "15:04",
	DoneBy:     []act.Person{{ID: "p-village-07", Name: "罗根生", Appointment: "ap-0007", Capacity: code.VillageCadre, Post: "文书", Office: "o-liuwan-village", Region: "629900101201", Level: code.Village, Covers: true}},
	RecordedBy: act.Person{ID: "p-township-03", Name: "丁巧云", Appointment: "ap-0012", Capacity: code.TownshipCadre, Post: "包村干部", Office: "o-liuhe-township", Region: "629900101", Level: code.Township, Covers: true},
	Mode:       act.Transcribed, Channel: "api", Pack: act.Pack{Name: "county-2023", Version: "1", SHA256: string(sha('7'))}, Key: "k-2023-0410-3", Body: string(sha('8')),
	Correlation: "cor-2023-0410", Causation: "5f0c1b3e-0000-5000-8000-000000000009", Salt: "00112233445566778899aabbccddeeff"}
