package api

import "shouwang/domain/household"

func (s *server) decisions() {
	g := s.about("县级审定")
	onHousehold[household.DecideInclusion](g, "inclusion-decisions", "县级审定（识别纳入）")
	onHousehold[household.EndInclusion](g, "inclusion-endings", "识别终止：评议未通过、撤回或核实无风险")
	onHousehold[household.HandDownList](g, "lists-handed-down", "名单返回")
	onHousehold[household.Announce](g, "announcements", "公告")
	onHousehold[household.EnterSystem](g, "system-entries", "系统录入")
}
