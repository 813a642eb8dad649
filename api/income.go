package api

import "shouwang/domain/household"

func (s *server) incomes() {
	onHousehold[household.RecordIncome](s.about("收支测算"), "income-sheets", "收支测算表")
}
