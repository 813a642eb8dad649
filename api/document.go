package api

import "shouwang/domain/paper"

func (s *server) documents() {
	onNewPaper[paper.IssueDocument](s.about("文件与名单"), "/documents", "上报名单、审核意见、审定文件、返回名单、公告；逐户记入档案")
}
