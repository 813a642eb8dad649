package api

import "shouwang/domain/household"

func (s *server) clues() {
	g := s.about("线索与申请")
	onExisting[household.RecordClue](g, "clues", "登记线索")
	opens[household.RecordClue](g, "/clues", "登记未匹配到农户的线索（待确认）")
	onHousehold[household.DispatchClue](g, "clue-dispatches", "线索分发")
	onHousehold[household.VerifyClue](g, "clue-verifications", "线索核实")
	onHousehold[household.FeedBackClue](g, "clue-feedbacks", "线索反馈")
	onHousehold[household.AnalysePoverty](g, "poverty-analyses", "贫情分析")
	onHousehold[household.EnterPlatform](g, "platform-entries", "录入地方平台")
	opens[household.SendApplication](g, "/applications", "代农户申报（待确认）：农户自己扫码申报的同样进入档案")
	onHousehold[household.FileApplication](g, "applications", "农户申请")
}
