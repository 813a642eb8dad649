package api

import "shouwang/domain/paper"

func (s *server) meetings() {
	onNewPaper[paper.HoldMeeting](s.about("民主评议"), "/meetings", "民主评议会：参会人员、逐户表决、回避；逐户记入档案")
}
