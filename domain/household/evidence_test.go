package household

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// wanting is the strict pack that wants the papers of a step, on these grounds.
func wanting(of policy.Procedure, step policy.Step, basis policy.Basis, kinds ...string) policy.Pack {
	p := strict()
	for i, s := range p.Steps(of) {
		if s.Step == step {
			for _, kind := range kinds {
				p.Steps(of)[i].Evidence = append(p.Steps(of)[i].Evidence, policy.Evidence{Kind: kind, Grounds: policy.Grounds{Basis: basis, Cite: "T.paper", Reason: "通行做法"}})
			}
		}
	}
	return p
}

// Every step is held to the papers that the pack wants of it: stated, a missing
// one blocks where the pack says so; assumed, or typed in, it is flagged.
func TestEveryStepIsHeldToItsPapers(t *testing.T) {
	t.Parallel()
	in, help, out := policy.Inclusion, policy.Assistance, policy.Elimination
	bare := func(c Command) Command {
		switch c := c.(type) {
		case AnalysePoverty:
			c.Minutes = ""
			return c
		case FileApplication:
			c.Paper = ""
			return c
		case SurveyHome:
			c.Papers = nil
			return c
		case RecordIncome:
			c.Papers = nil
			return c
		case SignLetter:
			c.Paper = ""
			return c
		case RecordAppraisal:
			c.Carries = nil
			return c
		case ReportByVillage:
			c.Document = ""
			return c
		case ReviewByTownship:
			c.Document = ""
			return c
		case DecideInclusion:
			c.Document = ""
			return c
		case DecideElimination:
			c.Document = ""
			return c
		case HandDownList:
			c.Document = ""
			return c
		case Announce:
			c.Document = ""
			return c
		case MakePlan:
			c.Papers = nil
			return c
		}
		return c // it carries none
	}
	with := func(c Command) Command {
		switch c := c.(type) {
		case ReturnComparison:
			c.Papers = scans("comparison_result")
			return c
		case ProposeElimination:
			c.Papers = scans("study_form", "list")
			return c
		case StudyByCommittees:
			c.Papers = scans("minutes", "sign_in", "list")
			return c
		case DeliverMeasure:
			c.Evidence = []code.Attachment{"scan"}
			return c
		}
		return c
	}
	study := deed{"2022-03-09", by(secretary), StudyByCommittees{Procedure: in, Opinion: "提交评议"}}
	for name, c := range map[string]struct {
		of    policy.Procedure
		step  policy.Step
		do    deed
		nth   int
		kinds []string
	}{
		"application":             {in, policy.Application, life.the(FileApplication{}, 1), 1, []string{"application_form"}},
		"survey":                  {in, policy.HomeSurvey, life.the(SurveyHome{}, 1), 1, []string{"survey_form", "list"}},
		"income":                  {in, policy.IncomeSheet, life.the(RecordIncome{}, 1), 1, []string{"income_form"}},
		"letter":                  {in, policy.Authorisation, life.the(SignLetter{}, 1), 1, []string{"letter"}},
		"comparison":              {in, policy.Comparison, life.the(ReturnComparison{}, 1), 1, []string{"comparison_result"}},
		"committees":              {in, policy.CommitteeStudy, study, 0, []string{"minutes", "sign_in", "list"}},
		"appraisal":               {in, policy.Appraisal, life.the(RecordAppraisal{}, 1), 1, []string{"minutes", "sign_in"}},
		"village report":          {in, policy.VillageReport, life.the(ReportByVillage{}, 1), 1, []string{"list"}},
		"township review":         {in, policy.TownshipReview, life.the(ReviewByTownship{}, 1), 1, []string{"review_opinion", "list"}},
		"decision":                {in, policy.CountyDecision, life.the(DecideInclusion{}, 1), 1, []string{"decision_document", "list"}},
		"list handed down":        {in, policy.ListHandedDown, life.the(HandDownList{}, 1), 1, []string{"list"}},
		"announcement":            {in, policy.Announcement, life.the(Announce{}, 1), 1, []string{"announcement_text"}},
		"plan":                    {help, policy.Plan, life.the(MakePlan{}, 1), 1, []string{"measure_form"}},
		"delivery":                {help, policy.MeasureDelivered, life.the(DeliverMeasure{}, 1), 1, []string{"delivery_proof"}},
		"proposal":                {out, policy.Proposal, life.the(ProposeElimination{}, 1), 1, []string{"study_form", "list"}},
		"decision of elimination": {out, policy.CountyDecision, life.the(DecideElimination{}, 1), 1, []string{"decision_document", "list"}},
	} {
		t.Run(name, func(t *testing.T) {
			ds := life.before(RecordAppraisal{}, 1)
			if c.nth > 0 {
				ds = life.before(c.do.do, c.nth)
			}
			f := ds.play(t, strict())
			less := c.do.doing(bare(c.do.do))
			var each []policy.Rule
			for range c.kinds {
				each = append(each, policy.EvidenceMissing)
			}
			stated, assumed := wanting(c.of, c.step, policy.Stated, c.kinds...), wanting(c.of, c.step, policy.Assumed, c.kinds...)
			cited(t, given(t, stated, f).when(less), policy.EvidenceMissing, "T.paper")
			given(t, stated, f).whenTyped("2024-06-01", less).flagged(each...)
			given(t, assumed, f).when(less).flagged(each...)
			given(t, stated, f).when(c.do.doing(with(c.do.do))).done()
		})
	}
	t.Run("the letters go up with the list", func(t *testing.T) {
		p := wanting(in, policy.VillageReport, policy.Stated, "letter")
		f := life.before(ReportByVillage{}, 1).play(t, strict())
		given(t, p, f).when(life.the(ReportByVillage{}, 1)).done()
		f = whatever(t, lenient(), life.before(ReportByVillage{}, 1).without(SignLetter{}, 1))
		given(t, p, f).whenTyped("2024-06-01", life.the(ReportByVillage{}, 1)).flagged(policy.BeforeAsserted, policy.EvidenceMissing)
	})
	t.Run("papers have a kind and a file", func(t *testing.T) {
		f := life.before(SurveyHome{}, 1).play(t, strict())
		for _, papers := range [][]Exhibit{{{Kind: "poem", File: "scan"}}, {{Kind: "survey_form"}}, make([]Exhibit, MaxExhibits+1)} {
			d := life.the(SurveyHome{}, 1)
			c := d.do.(SurveyHome)
			c.Papers = papers
			never(t, f, d.doing(c), policy.Malformed)
		}
	})
}

// A sheet is photographed as it goes up and as it comes down, where the pack wants
// photographs of it.
func TestANoticeIsPhotographedUpAndDown(t *testing.T) {
	t.Parallel()
	stated, assumed := wanting(policy.Inclusion, policy.Notice, policy.Stated, "notice_photo"), wanting(policy.Inclusion, policy.Notice, policy.Assumed, "notice_photo")
	for _, d := range []deed{
		life.the(PostNotice{}, 1).doing(PostNotice{Procedure: policy.Inclusion, Notice: "notice-1", Item: 1, Place: "村务公开栏"}),
		life.the(RemoveNotice{}, 1).doing(RemoveNotice{Notice: "notice-1"}),
	} {
		f := life.before(d.do, 1).play(t, strict())
		cited(t, given(t, stated, f).when(d), policy.NoticePhotoMissing, "T.paper")
		given(t, stated, f).whenTyped("2024-06-01", d).flagged(policy.NoticePhotoMissing)
		given(t, assumed, f).when(d).flagged(policy.NoticePhotoMissing)
		given(t, stated, f).when(life.the(d.do, 1)).done()
		given(t, strict(), f).when(d).done() // a pack that wants none
		a := actOn(act.Performed, d.day, d.day, stated, d.by)
		a.Channel, a.Demonstration = act.GeneratedChannel, true
		given(t, stated, f).whenAct(a, d.do).done()
	}
}

// S1.40, S0.14, S0.17, S2.20: what each document's own steps leave on paper.
func TestThePapersOfTheDocuments(t *testing.T) {
	t.Parallel()
	mileSurvey, chongqingSurvey := mile().the(SurveyHome{}, 1), chongqing().the(SurveyHome{}, 1)
	none := func(d deed) deed {
		c := d.do.(SurveyHome)
		c.Papers = nil
		return d.doing(c)
	}
	f := mile().before(SurveyHome{}, 1).play(t, unending(t, "mile-2020"))
	given(t, unending(t, "mile-2020"), f).when(none(mileSurvey)).flagged(policy.EvidenceMissing)
	f = chongqing().before(SurveyHome{}, 1).play(t, unending(t, "chongqing-2020"))
	given(t, unending(t, "chongqing-2020"), f).when(none(chongqingSurvey)).flagged(policy.EvidenceMissing)
	f = chongqing().before(HandDownList{}, 1).play(t, unending(t, "chongqing-2020"))
	given(t, unending(t, "chongqing-2020"), f).when(life.the(HandDownList{}, 1).doing(HandDownList{Procedure: policy.Inclusion})).flagged(policy.EvidenceMissing)
	p := real(t, "jiaohe-2022")
	f = jiaohe().before(ReportByVillage{}, 1).play(t, p)
	given(t, p, f).when(jiaohe().the(ReportByVillage{}, 1).doing(ReportByVillage{Procedure: policy.Inclusion})).flagged(policy.EvidenceMissing)
	less := jiaohe().the(RecordAppraisal{}, 1)
	c := less.do.(RecordAppraisal)
	c.Carries = []string{"minutes"}
	f = jiaohe().before(RecordAppraisal{}, 1).play(t, p)
	given(t, p, f).when(less.doing(c)).flagged(policy.EvidenceMissing)
}
