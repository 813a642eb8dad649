package api

import "shouwang/domain/household"

func (s *server) authorisations() {
	onHousehold[household.SignLetter](s.about("承诺授权"), "authorisations", "签订承诺授权书")
}
