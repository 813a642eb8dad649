package api

import "shouwang/domain/household"

func (s *server) visits() {
	onHousehold[household.RecordVisit](s.about("走访"), "visits", "登记走访")
}
