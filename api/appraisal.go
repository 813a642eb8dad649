package api

import "shouwang/domain/household"

// appraisals has the committees' study; the appraisal meeting is a paper.
func (s *server) appraisals() {
	onHousehold[household.StudyByCommittees](s.about("民主评议"), "committee-studies", "两委研究")
}
