package api

import (
	"shouwang/domain/household"
	"shouwang/domain/paper"
)

func (s *server) studies() {
	g := s.about("研判")
	onNewPaper[paper.HoldStudy](g, "/studies", "研判会：部门会商或乡镇研判，逐户结论和落实事项；逐户记入档案")
	onHousehold[household.StudyHousehold](g, "studies", "逐户动态监测分析研判")
	onHousehold[household.FollowUpStudy](g, "study-follow-ups", "研判事项落实情况")
}

func (s *server) handovers() {
	g := s.about("责任人交接")
	onNewPaper[paper.HandOverHouseholds](g, "/handovers", "责任人交接清单；逐户记入档案，未完成事项一并移交")
	onHousehold[household.HandOver](g, "handovers", "一户的责任人交接")
}
