package load

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func (c *checker) steps(of policy.Procedure, steps []policy.StepRule) {
	seen := map[policy.Step]int{}
	for i, s := range steps {
		place, what := at{string(of), i}, string(of)+" step "+string(s.Step)
		c.listed(place, policy.Steps, string(s.Step), string(of)+": step")
		if _, twice := seen[s.Step]; twice {
			c.bad(place, "%s stands twice", what)
		}
		seen[s.Step] = i
		if len(s.Capacities) == 0 || s.Level == "" {
			c.bad(place, "%s: who acts, at which level?", what)
		} else {
			c.listed(append(slices.Clone(place), "level"), code.Levels, string(s.Level), what+": level")
		}
		for j, who := range s.Capacities {
			c.listed(append(slices.Clone(place), "capacities", j), code.Capacities, string(who), what+": capacity")
		}
		if len(s.Capacities) > 0 && !slices.ContainsFunc(s.Capacities, func(who code.Capacity) bool { return actsAt(who, s.Level) }) {
			c.bad(place, "%s: none of these capacities acts at the level %s", what, s.Level)
		}
		if _, known := policy.Steps.Find(string(s.Step)); known && !slices.Contains(belongs[of], s.Step) {
			c.bad(place, "%s is no step of that procedure", what)
		}
		c.mode(place, what, s.Order, s.Basis)
		c.basis(place, what, s.Basis, s.Cite, s.Reason)
		c.papers(place, what, s)
	}
	for _, needed := range needs[of] {
		if _, ok := seen[needed]; !ok {
			c.bad(at{string(of)}, "%s: a pack says who takes the step %s", of, needed)
		}
	}
	for _, pair := range cannotPrecede {
		first, has := seen[pair[0]]
		second, hasToo := seen[pair[1]]
		if has && hasToo && first > second {
			c.bad(at{string(of), first}, "%s: %s cannot come after %s", of, pair[0], pair[1])
		}
	}
}

// papers checks what a step leaves on paper and how long it may take.
func (c *checker) papers(place at, what string, s policy.StepRule) {
	for i, e := range s.Evidence {
		place := append(slices.Clone(place), "evidence", i)
		c.listed(place, policy.EvidenceKinds, e.Kind, what+": evidence")
		c.grounds(place, what+": evidence", e.Grounds)
		if _, known := policy.EvidenceKinds.Find(e.Kind); known && !slices.Contains(leaves[s.Step], e.Kind) {
			c.bad(place, "%s leaves no %s: nobody could ever show it", what, e.Kind)
		}
		if slices.ContainsFunc(s.Evidence[:i], func(other policy.Evidence) bool { return other.Kind == e.Kind }) {
			c.bad(place, "%s: evidence %s stands twice", what, e.Kind)
		}
	}
	c.system(place, what, s)
	if s.Limit != nil {
		c.limit(append(slices.Clone(place), "limit"), what+": limit", *s.Limit)
	}
}

// actsAt says whether people of the capacity are appointed at the level. Resident
// teams, grid workers and paired cadres come from anywhere and act in villages.
func actsAt(who code.Capacity, level code.Level) bool {
	switch who {
	case code.VillageCadre, code.VillageSecretary, code.ResidentTeam, code.GridWorker, code.PairedCadre:
		return level == code.Village || level == code.Group
	case code.TownshipCadre, code.TownshipReviewer:
		return level == code.Township
	case code.CountyOfficer, code.CountyDecider:
		return level == code.County || level == code.Prefecture || level == code.Province
	case code.DepartmentOfficer:
		return level != code.Village && level != code.Group
	}
	return false // inspectors check, they take no step
}

// belongs are the steps that each procedure may have.
var belongs = map[policy.Procedure][]policy.Step{
	policy.Inclusion: {
		policy.Clue, policy.PovertyAnalysis, policy.Application, policy.PlatformEntry, policy.HomeSurvey, policy.IncomeSheet, policy.Authorisation, policy.Comparison, policy.CommitteeStudy,
		policy.Appraisal, policy.Notice, policy.VillageReport, policy.TownshipVerification, policy.TownshipReview, policy.CountyDecision,
		policy.ListHandedDown, policy.Announcement, policy.SystemEntry,
	},
	policy.Assistance: {
		policy.CommitteeStudy, policy.Plan, policy.Appraisal, policy.Notice, policy.VillageReport, policy.TownshipReview, policy.CountyDecision,
		policy.ListHandedDown, policy.Announcement, policy.MeasureStarted, policy.MeasureDelivered,
	},
	policy.Elimination: {
		policy.HomeSurvey, policy.IncomeSheet, policy.Authorisation, policy.Comparison, policy.CommitteeStudy, policy.Proposal, policy.Appraisal,
		policy.Notice, policy.VillageReport, policy.TownshipVerification, policy.TownshipReview, policy.CountyDecision, policy.ListHandedDown,
		policy.Announcement, policy.SystemMark,
	},
}

// system checks the named system of an entry.
func (c *checker) system(place at, what string, s policy.StepRule) {
	if s.System == "" {
		return
	}
	c.listed(append(slices.Clone(place), "system"), code.Systems, s.System, what+": system")
	switch s.Step {
	case policy.SystemEntry, policy.SystemMark:
	case policy.PlatformEntry:
		if policy.National(s.System) {
			c.bad(place, "%s: the platform is a local one", what)
		}
	default:
		c.bad(place, "%s: only an entry or a mark goes into a system", what)
	}
}

// leaves are the papers that each step can leave, and so be asked for.
var leaves = map[policy.Step][]string{
	policy.PovertyAnalysis:      {"minutes"},
	policy.Application:          {"application_form"},
	policy.HomeSurvey:           {"survey_form", "list"},
	policy.TownshipVerification: {"survey_form", "list"},
	policy.IncomeSheet:          {"income_form"},
	policy.Authorisation:        {"letter"},
	policy.Comparison:           {"comparison_result"},
	policy.CommitteeStudy:       {"minutes", "sign_in", "list"},
	policy.Proposal:             {"study_form", "list"},
	policy.Appraisal:            {"minutes", "sign_in"},
	policy.Notice:               {"notice_photo"},
	policy.VillageReport:        {"list", "letter"},
	policy.TownshipReview:       {"review_opinion", "list"},
	policy.CountyDecision:       {"decision_document", "list"},
	policy.ListHandedDown:       {"list"},
	policy.Announcement:         {"announcement_text"},
	policy.Plan:                 {"measure_form"},
	policy.MeasureDelivered:     {"delivery_proof"},
}

// needs are the steps without which a procedure decides nothing.
var needs = map[policy.Procedure][]policy.Step{
	policy.Inclusion:   {policy.CountyDecision},
	policy.Assistance:  {policy.MeasureStarted},
	policy.Elimination: {policy.CountyDecision},
}

// cannotPrecede are pairs of which the second rests on the first anywhere.
var cannotPrecede = [][2]policy.Step{
	{policy.VillageReport, policy.TownshipReview},
	{policy.TownshipReview, policy.CountyDecision},
	{policy.Appraisal, policy.Notice},
	{policy.Notice, policy.CountyDecision},
	{policy.CountyDecision, policy.ListHandedDown},
	{policy.CountyDecision, policy.Announcement},
	{policy.CountyDecision, policy.SystemEntry},
	{policy.CountyDecision, policy.SystemMark},
	{policy.Announcement, policy.SystemMark},
	{policy.MeasureStarted, policy.MeasureDelivered},
	{policy.Clue, policy.CountyDecision},
	{policy.Application, policy.CountyDecision},
	{policy.HomeSurvey, policy.CountyDecision},
	{policy.IncomeSheet, policy.CountyDecision},
	{policy.Authorisation, policy.CountyDecision},
	{policy.Comparison, policy.CountyDecision},
	{policy.CommitteeStudy, policy.CountyDecision},
	{policy.Appraisal, policy.CountyDecision},
	{policy.VillageReport, policy.CountyDecision},
	{policy.Proposal, policy.CountyDecision},
	{policy.Proposal, policy.TownshipReview},
	{policy.TownshipVerification, policy.CountyDecision},
	{policy.Appraisal, policy.MeasureStarted},
	{policy.Notice, policy.MeasureStarted},
}
