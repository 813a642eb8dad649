package household

import (
	"shouwang/domain/act"
	"shouwang/domain/policy"
)

// Decide answers whether the procedure allows the act now, and what becomes
// fact if it does. The error is a *Refusal.
//
// The pack has the step order under which the episode opened and the numbers
// and guards of the day on which the act happened. Guards that fail block an
// act performed in the system if the pack says so; otherwise the fact stands
// and a FlagRaised follows it.
func Decide(s State, c Command, a act.Act, p policy.Pack) ([]Event, error) {
	r := &ruling{s: &s, act: a, pack: p}
	var events []Event
	if r.admissible(c) {
		events = r.decide(c)
	}
	if r.refusal != nil {
		return nil, r.refusal
	}
	return append(events, r.flags(len(events))...), nil
}

func (r *ruling) decide(c Command) []Event {
	switch c := c.(type) {
	case RegisterHousehold:
		return r.register(c)
	case BringForward:
		return r.bringForward(c)
	case LinkUnconfirmed:
		return r.linkUnconfirmed(c)
	case CloseUnconfirmed:
		return r.closeUnconfirmed(c)
	case AddMember:
		return r.addMember(c)
	case RecordLeaving:
		return r.recordLeaving(c)
	case RecordResidence:
		return r.recordResidence(c)
	case SupplyDocument:
		return r.supplyDocument(c)
	case AssessLabour:
		return r.assessLabour(c)
	case ChangeHead:
		return r.changeHead(c)
	case SplitHousehold:
		return r.splitHousehold(c)
	case RecordHealth:
		return r.recordHealth(c)
	case RecordGroup:
		return r.recordGroup(c)
	case MergeHousehold:
		return r.mergeHousehold(c)
	case ReceiveMembers:
		return r.receiveMembers(c)
	case JoinClues:
		return r.joinClues(c)
	case AnalysePoverty:
		return r.analysePoverty(c)
	case EnterPlatform:
		return r.enterPlatform(c)
	case RecordClue:
		return r.recordClue(c)
	case DispatchClue:
		return r.dispatchClue(c)
	case VerifyClue:
		return r.verifyClue(c)
	case FeedBackClue:
		return r.feedBackClue(c)
	case SendApplication:
		return r.sendApplication(c)
	case FileApplication:
		return r.fileApplication(c)
	case SurveyHome:
		return r.surveyHome(c)
	case RecordRisk:
		return r.recordRisk(c)
	case EndRisk:
		return r.endRisk(c)
	case RecordIncome:
		return r.recordIncome(c)
	case SignLetter:
		return r.signLetter(c)
	case ReturnComparison:
		return r.returnComparison(c)
	case ExplainHit:
		return r.explainHit(c)
	case StudyByCommittees:
		return r.studyByCommittees(c)
	case RecordAppraisal:
		return r.recordAppraisal(c)
	case PostNotice:
		return r.postNotice(c)
	case RaiseObjection:
		return r.raiseObjection(c)
	case InvestigateObjection:
		return r.investigateObjection(c)
	case AnswerObjection:
		return r.answerObjection(c)
	case StrikeNoticeLine:
		return r.strikeNoticeLine(c)
	case RemoveNotice:
		return r.removeNotice(c)
	case ReportByVillage:
		return r.reportByVillage(c)
	case ReviewByTownship:
		return r.reviewByTownship(c)
	case ReturnCase:
		return r.returnCase(c)
	case DecideInclusion:
		return r.decideInclusion(c)
	case EndInclusion:
		return r.endInclusion(c)
	case HandDownList:
		return r.handDownList(c)
	case Announce:
		return r.announce(c)
	case EnterSystem:
		return r.enterSystem(c)
	case AssignOfficer:
		return r.assignOfficer(c)
	case OpenGreenChannel:
		return r.openGreenChannel(c)
	case MakePlan:
		return r.makePlan(c)
	case StartMeasure:
		return r.startMeasure(c)
	case DeliverMeasure:
		return r.deliverMeasure(c)
	case ConfirmMeasure:
		return r.confirmMeasure(c)
	case RecordVisit:
		return r.recordVisit(c)
	case StudyHousehold:
		return r.studyHousehold(c)
	case RecordStudyLine:
		return r.recordStudyLine(c)
	case FollowUpStudy:
		return r.followUpStudy(c)
	case HandOver:
		return r.handOver(c)
	case ProposeElimination:
		return r.proposeElimination(c)
	case DecideElimination:
		return r.decideElimination(c)
	case DeferElimination:
		return r.deferElimination(c)
	case WithholdMark:
		return r.withholdMark(c)
	case MarkSystem:
		return r.markSystem(c)
	case RollBackElimination:
		return r.rollBackElimination(c)
	case RevokeInclusion:
		return r.revokeInclusion(c)
	case CloseNaturally:
		return r.closeNaturally(c)
	case RightShortfall:
		return r.rightShortfall(c)
	case RecordFall:
		return r.recordFall(c)
	case ApprovePayment:
		return r.approvePayment(c)
	case RecordPayment:
		return r.recordPayment(c)
	case ReversePayment:
		return r.reversePayment(c)
	case EndRedWarning:
		return r.endRedWarning(c)
	case VoidFact:
		return r.voidFact(c)
	case VoidLine:
		return r.voidLine(c)
	case ConsentToCorrection:
		return r.consentToCorrection(c)
	}
	r.refuse(policy.Malformed, "未知的操作")
	return nil
}
