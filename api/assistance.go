package api

import "shouwang/domain/household"

func (s *server) assistance() {
	g := s.about("帮扶")
	onHousehold[household.AssignOfficer](g, "officers", "明确监测责任人、帮扶责任人")
	onHousehold[household.OpenGreenChannel](g, "green-channels", "开通绿色通道")
	onHousehold[household.MakePlan](g, "plans", "制定一户一策")
	onHousehold[household.StartMeasure](g, "measures", "措施实施")
	onHousehold[household.EndRedWarning](g, "red-warning-endings", "解除红色预警")
	onHousehold[household.DeliverMeasure](g, "measure-deliveries", "措施落实")
	onHousehold[household.ConfirmMeasure](g, "measure-confirmations", "农户确认收到或反映未收到措施")
}
