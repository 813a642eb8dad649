package projections

import (
	"fmt"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// untilReport tells registration, members, clues and the way to the decision; nil
// where sinceReport tells the rest.
func (t *teller) untilReport(f household.Fact) []string {
	switch e := f.Event.(type) {
	case household.HouseholdRegistered:
		return append([]string{"登记建档，档案编号" + e.FileNo}, t.registered(e)...)
	case household.CaseBroughtForward:
		return []string{"存量导入（来源：" + string(e.Source) + "）", code.Classes.ZH(string(e.Class)), by(e.Included, "纳入"), by(e.Eliminated, "风险消除"),
			with("风险类型：", listOf(code.Risks, e.Risks)), officer("监测责任人", e.Monitoring), officer("帮扶责任人", e.Assistance), "不含此前各环节材料"}
	case household.UnconfirmedLinked:
		return []string{"待确认线索关联到农户" + e.Household, with("理由：", e.Reason)}
	case household.UnconfirmedClosed:
		return []string{"待确认线索办结", with("理由：", e.Reason)}
	case household.MemberAdded:
		return []string{"增加家庭成员" + e.Member.Name, code.Relations.ZH(e.Member.Relation), with("原因：", code.JoinReasons.ZH(e.Reason)), counted(e.Member.Counted)}
	case household.MemberLeft:
		return []string{"减少家庭成员" + t.name(e.Member), with("原因：", code.LeaveReasons.ZH(e.Reason)), with("去向农户：", e.To)}
	case household.ResidenceFound:
		return []string{"核实" + t.name(e.Member) + "的居住情况：" + residence(e.Registered, e.Living), counted(e.Counted), with("", e.Reason), papers(len(e.Evidence))}
	case household.DocumentSupplied:
		return []string{"补登" + t.name(e.Member) + "的身份证号码", by(e.Birth, "出生（更正）"), with("原因：", e.Reason)}
	case household.LabourAssessed:
		return []string{"认定" + t.name(e.Member) + "为" + code.Labours.ZH(string(e.Labour)), code.Willingness.ZH(e.Willing), with("", e.Reason)}
	case household.HeadChanged:
		return []string{"户主变更为" + t.name(e.Member), t.related(e.Relations), with("", e.Reason)}
	case household.HouseholdSplit:
		return []string{t.namesOf(e.Members) + "分户到" + e.Household, with("", e.Reason)}
	case household.HealthRecorded:
		return []string{"登记" + t.name(e.Member) + "的健康状况（内容密封）"}
	case household.GroupFound:
		return []string{belonging(e.Belongs) + "“" + code.SpecialGroups.ZH(e.Group) + "”", string(e.Reason)}
	case household.HouseholdMerged:
		return []string{"整户并入农户" + e.Into, with("原因：", e.Reason)}
	case household.MembersReceived:
		return []string{"从农户" + e.From + "转入" + namesIn(e.Members), with("原因：", code.JoinReasons.ZH(e.Reason)), with("原户尚有：", e.Behind.String())}
	case household.CluesJoined:
		return append([]string{"并入待确认档案" + e.From + "的线索"}, joined(e.Clues)...)
	case household.PovertyAnalysed:
		return []string{"贫情分析：" + code.AnalysisConclusions.ZH(e.Conclusion), string(e.Situation)}
	case household.PlatformEntered:
		return []string{"录入" + code.Systems.ZH(e.System), with("编号", e.Number)}
	case household.ClueRecorded:
		return []string{"收到线索（" + code.Channels.ZH(string(e.Channel)) + with("：", code.Vias.ZH(e.Via)) + "）", finder(e.FoundBy), with("预警指标：", e.Indicator.ZH), with("", code.Departments.ZH(e.Department)), string(e.Content), with("所指农户：", e.Name), within(e.Within)}
	case household.ClueDispatched:
		return []string{"线索分发到" + e.Office + "核实", by(e.Due, "前办结")}
	case household.ClueVerified:
		return []string{"线索核实：" + code.ClueResults.ZH(e.Result), with("重复的是", e.DuplicateOf), string(e.Reason), listOf(code.Shortfalls, e.Shortfalls)}
	case household.ClueFedBack:
		return []string{"向" + code.Departments.ZH(string(e.To)) + "反馈线索办理结果", string(e.Text)}
	case household.ApplicationSent:
		said := []string{"申报附件：" + with("代写人", e.Writer)}
		if e.Contact != "" {
			said = append(said, "留有联系电话")
		}
		return append(said, photos(len(e.Photos)))
	case household.ApplicationFiled:
		return []string{"农户申请（" + code.ApplicationForms.ZH(e.Form) + "）", string(e.Content), with("代书人：", e.WrittenBy)}
	case household.HomeSurveyed:
		return append([]string{survey(e.Level) + of(e.Procedure)}, findings(e)...)
	case household.RiskFound:
		return []string{"发现风险：" + code.Risks.ZH(string(e.Risk))}
	case household.RiskEnded:
		return []string{"风险“" + code.Risks.ZH(string(e.Risk)) + "”已消除（" + code.EliminationWays.ZH(e.Way) + "）", string(e.Note)}
	case household.IncomeRecorded:
		return []string{"收支测算" + of(e.Procedure) + "：" + e.From.Chinese() + "至" + e.To.Chinese(),
			fmt.Sprintf("%d人", e.Persons), "纯收入" + yuan(e.Net), "人均纯收入" + yuan(e.PerCapita), rigid(e.Pressure), papers(len(e.Papers))}
	case household.LetterSigned:
		return []string{"签署承诺授权书（" + code.Signatures.ZH(e.Signature) + "）", "签署人" + t.name(e.Signer),
			with("授权查询：", listOf(code.ComparisonSources, e.Scope)), t.proxy(e), by(e.Until, "前有效")}
	case household.ComparisonReturned:
		return []string{"信息比对" + of(e.Procedure), with("比对来源：", listOf(code.ComparisonSources, e.Sources)), t.hitsOf(e.Hits), papers(len(e.Papers))}
	case household.HitExplained:
		return []string{"疑点“" + t.hit(e.Hit) + "”核实：" + string(e.Explanation), accepted(e.Accepted)}
	case household.CommitteesStudied:
		return []string{"村“两委”研究" + of(e.Procedure) + code.ReviewResults.ZH(string(e.Result)), string(e.Opinion), t.item(e.Meeting, e.Item), papers(len(e.Papers))}
	case household.Appraised:
		return []string{"民主评议" + appraisedWhat(e) + code.ReviewResults.ZH(string(e.Result)),
			fmt.Sprintf("赞成%d票、反对%d票、弃权%d票", e.For, e.Against, e.Abstained), t.recused(e.Recused), t.item(e.Meeting, e.Item)}
	case household.NoticePosted:
		return []string{"张贴公示" + of(e.Procedure), with("地点：", e.Place), fmt.Sprintf("公示期%d天", e.Days), t.item(e.Notice, e.Item)}
	case household.NoticeObjected:
		return []string{"公示期间收到异议：" + string(e.Content)}
	case household.ObjectionInvestigated:
		return []string{"调查异议：" + string(e.Findings)}
	case household.ObjectionAnswered:
		return []string{"异议调查答复：" + upheld(e.Upheld), string(e.Findings)}
	case household.NoticeLineStruck:
		return []string{"从公示名单划去", string(e.Reason)}
	case household.NoticeRemoved:
		return []string{fmt.Sprintf("撤下公示，共公示%d天", e.Days)}
	case household.VillageReported, household.TownshipReviewed, household.CaseReturned, household.InclusionDecided,
		household.ListHandedDown, household.Announced, household.SystemEntered, household.OfficerAssigned,
		household.GreenChannelOpened, household.PlanMade, household.MeasureStarted, household.MeasureDelivered,
		household.Visited, household.CaseStudied, household.StudyFollowedUp, household.HandedOver, household.MeasureConfirmed,
		household.EliminationProposed, household.EliminationDecided, household.EliminationDeferred,
		household.MarkWithheld, household.SystemMarked, household.EliminationRolledBack, household.InclusionRevoked,
		household.NaturallyClosed, household.ShortfallRighted, household.FallRecorded, household.FactVoided, household.CorrectionConsented,
		household.FlagRaised, household.InclusionEnded, household.RedWarningRaised, household.RedWarningEnded,
		household.PaymentApproved, household.PaymentMade, household.PaymentReversed: // told by sinceReport
	}
	return nil
}

// sinceReport tells reports, decisions, help and what came after.
func (t *teller) sinceReport(f household.Fact) []string {
	switch e := f.Event.(type) {
	case household.VillageReported:
		return []string{"村级上报" + of(e.Procedure), t.item(e.Document, e.Item)}
	case household.TownshipReviewed:
		return []string{"乡镇审核" + of(e.Procedure) + code.ReviewResults.ZH(string(e.Result)), string(e.Opinion), with("建议类别：", code.Classes.ZH(string(e.Class))), t.item(e.Document, e.Item)}
	case household.CaseReturned:
		return []string{code.Levels.ZH(string(e.By)) + "退回" + of(e.Procedure) + "到“" + policy.Steps.ZH(string(e.To)) + "”", with("原因：", e.Reason)}
	case household.InclusionDecided:
		if e.Result != code.Pass {
			return []string{"县级审定不予纳入", with("原因：", e.Reason), t.item(e.Document, e.Item)}
		}
		return []string{inclusion(e.Episode), code.Classes.ZH(string(e.Class)), with("风险类型：", listOf(code.Risks, e.Risks)),
			officer("监测责任人", e.Monitoring), officer("帮扶责任人", e.Assistance), with("", e.Reason), t.item(e.Document, e.Item)}
	case household.InclusionEnded:
		return []string{"识别终止（" + code.InclusionEndings.ZH(e.Why) + "）", with("情况：", e.Reason)}
	case household.ListHandedDown:
		return []string{"审定名单返回" + of(e.Procedure), t.item(e.Document, e.Item)}
	case household.Announced:
		return []string{"公告" + of(e.Procedure), "发布：" + t.officeOf(f, e.Issuer), "执行：" + t.officeOf(f, e.Executor), with("地点：", e.Place), t.item(e.Document, e.Item)}
	case household.SystemEntered:
		return []string{"系统录入" + with("：", code.Systems.ZH(e.System)), with("户编号", e.National)}
	case household.OfficerAssigned:
		return []string{"明确" + code.OfficerRoles.ZH(string(e.Role)), officer("为", e.Officer), string(e.Reason)}
	case household.GreenChannelOpened:
		return []string{"开通绿色通道，先行帮扶", string(e.Reason), by(e.OwedBy, "前补办程序")}
	case household.PlanMade:
		return append([]string{"制定一户一策", with("底数：", e.Situation), with("问题：", e.Problems), with("责任：", e.Responsibility)}, append(planned(e), papers(len(e.Papers)))...)
	case household.MeasureStarted:
		return []string{"实施" + code.MeasureClasses.ZH(string(e.Class)) + "：" + string(e.Content), with("责任部门：", code.Departments.ZH(e.Department)), budget(e.Budget), with("未用前一来源的理由：", e.Reason)}
	case household.MeasureDelivered:
		return []string{"落实措施“" + t.measure(e.Measure) + "”", amount(e.Fen), confirmed(e.Confirmed), string(e.Note)}
	case household.MeasureConfirmed:
		return []string{t.name(e.Member) + received(e.Received) + "措施“" + t.measure(e.Measure) + "”", with("", code.Signatures.ZH(e.Signature)), string(e.Note)}
	case household.Visited:
		return []string{"走访（" + code.VisitKinds.ZH(e.Kind) + "）", listOf(code.SpecialGroups, e.Groups), string(e.Note), photos(len(e.Photos))}
	case household.CaseStudied:
		return append([]string{"研判" + with("：", code.StudyKinds.ZH(string(e.Kind))), with("结论：", code.StudyConclusions.ZH(string(e.Conclusion))), string(e.Situation), string(e.Opinion)}, t.tasks(e)...)
	case household.ShortfallRighted:
		return []string{"整改" + code.Shortfalls.ZH(e.Shortfall), string(e.Done), with("文件", e.Document)}
	case household.StudyFollowedUp:
		return []string{"研判事项" + followed(e.Done), string(e.Result)}
	case household.HandedOver:
		return []string{code.OfficerRoles.ZH(string(e.Role)) + "交接", officer("移交人", e.From), officer("接收人", e.To), with("原因：", e.Reason), handed(e), t.item(e.Document, e.Item)}
	case household.EliminationProposed:
		return []string{"提出风险消除（" + code.EliminationWays.ZH(e.Way) + "）", "人均纯收入" + yuan(e.PerCapita), line(e.Line), excepted(e), string(e.Summary), papers(len(e.Papers))}
	case household.EliminationDecided:
		if e.Result != code.Pass {
			return []string{"县级评估认定不予消除", with("原因：", e.Reason), t.item(e.Document, e.Item)}
		}
		return []string{"县级评估认定风险消除（" + code.EliminationWays.ZH(e.Way) + "）", with("", e.Reason), t.item(e.Document, e.Item)}
	case household.EliminationDeferred:
		return []string{"暂缓消除，继续帮扶", with("原因：", e.Reason), listOf(code.Weaknesses, e.Weakness), by(e.ReviewBy, "前复核")}
	case household.MarkWithheld:
		return []string{"暂不标注风险消除，继续跟踪", with("原因：", e.Reason)}
	case household.SystemMarked:
		return []string{"在" + code.Systems.ZH(e.System) + "标注风险消除"}
	case household.EliminationRolledBack:
		return []string{"风险消除回退，继续监测帮扶", with("原因：", e.Reason), t.item(e.Document, e.Item)}
	case household.InclusionRevoked:
		return []string{"撤销认定", with("原因：", e.Reason), t.item(e.Document, e.Item)}
	case household.NaturallyClosed:
		return []string{"自然减少（" + code.NaturalClosings.ZH(e.Reason) + "）", string(e.Note)}
	case household.FallRecorded:
		return []string{"实际返贫致贫（" + code.Risks.ZH(string(e.Cause)) + "）", string(e.Reason), listOf(code.Shortfalls, e.Shortfalls)}
	case household.FactVoided:
		return []string{"更正：前述一条记录作废", with("原因：", e.Reason)}
	case household.CorrectionConsented:
		return []string{"同意更正前述一条记录", with("理由：", e.Reason)}
	case household.PaymentApproved:
		return t.payment("批准", household.PaymentLine(e))
	case household.PaymentMade:
		return t.payment("发放", household.PaymentLine(e))
	case household.PaymentReversed:
		return []string{"资金冲销：" + household.ReversalReasons.ZH(e.Reason), string(e.Note)}
	case household.RedWarningRaised:
		return []string{"红色预警：" + household.GroundName(e.Ground), belowRed(e), with("原因：", listOf(code.Risks, e.Causes)), with("预警指标：", e.Indicator.ZH), with("依据", e.Cite)}
	case household.RedWarningEnded:
		return []string{"解除红色预警（" + household.GroundName(e.Ground) + "）：" + household.RedWarningEnds.ZH(e.Result), string(e.Note)}
	case household.FlagRaised:
		return []string{"提示：" + e.Detail, with("依据", e.Cite)}
	case household.HouseholdRegistered, household.CaseBroughtForward, household.UnconfirmedLinked,
		household.UnconfirmedClosed, household.MemberAdded, household.MemberLeft, household.ResidenceFound,
		household.DocumentSupplied, household.LabourAssessed, household.HeadChanged, household.HouseholdSplit,
		household.HealthRecorded, household.GroupFound, household.HouseholdMerged, household.MembersReceived, household.CluesJoined, household.PovertyAnalysed, household.PlatformEntered,
		household.ClueRecorded, household.ClueDispatched, household.ClueVerified, household.ClueFedBack,
		household.ApplicationFiled, household.ApplicationSent, household.HomeSurveyed, household.RiskFound, household.RiskEnded,
		household.IncomeRecorded, household.LetterSigned, household.ComparisonReturned, household.HitExplained,
		household.CommitteesStudied, household.Appraised, household.NoticePosted, household.NoticeObjected,
		household.ObjectionInvestigated, household.ObjectionAnswered, household.NoticeLineStruck, household.NoticeRemoved: // told by untilReport
	}
	return nil
}
