package load_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// The parameters in which the four procedures differ (DOMAIN 2.6), one row each, in
// the order Chongqing, Mile, Jiaohe, the county of 2023.
func TestTheProceduresDifferAsTheDocumentsDo(t *testing.T) {
	t.Parallel()
	four := []string{"chongqing-2020", "mile-2020", "jiaohe-2022", "county-2023"}
	for _, row := range []struct {
		what string
		of   func(policy.Pack) string
		want [4]string
	}{
		{"classes", classesOf, [4]string{
			"脱贫不稳定户 边缘易致贫户", "脱贫监测户 边缘户", "脱贫不稳定户 边缘易致贫户 突发严重困难户", "脱贫不稳定户 边缘易致贫户 突发严重困难户"}},
		{"line", func(p policy.Pack) string { return linesOf(p.IncomeLines) }, [4]string{
			"2020:6000", "2020:4428", "2021:6000 2022:未定(province) 2023:未定(province)起", "2021:6000 2022:6500 2023:7200"}},
		{"red line", func(p policy.Pack) string { return linesOf(p.RedLines) }, [4]string{"2020:4800", "", "", ""}},
		{"size", func(p policy.Pack) string {
			return fmt.Sprintf("%d/%d of %d %v", p.Size.Percent, p.Size.FlaggedPercent, p.Size.BaseYear, p.Size.Unlimited)
		}, [4]string{"5/10 of 2014 false", "0/0 of 0 false", "0/0 of 0 false", "0/0 of 0 true"}},
		{"inclusion as stated", func(p policy.Pack) string { return chain(stated(p)) }, [4]string{
			"application home_survey platform_entry comparison county_decision list_handed_down system_entry",
			"poverty_analysis application home_survey appraisal township_review county_decision system_entry",
			"clue home_survey authorisation committee_study appraisal notice village_report township_verification township_review comparison county_decision announcement system_entry",
			"clue comparison"}},
		{"elimination as stated", func(p policy.Pack) string {
			var steps []policy.Step
			for _, s := range p.Elimination {
				if s.Basis == policy.Stated && !s.Optional {
					steps = append(steps, s.Step)
				}
			}
			return chain(steps)
		}, [4]string{
			"", "township_review system_mark", "proposal appraisal notice village_report township_review county_decision system_mark",
			"home_survey income_sheet comparison proposal appraisal notice village_report township_review county_decision announcement system_mark"}},
		{"appraisal stated", func(p policy.Pack) string { return statedIn(p, policy.Appraisal) }, [4]string{"", "inclusion", "inclusion assistance elimination", "elimination"}},
		{"notice stated", func(p policy.Pack) string { return statedIn(p, policy.Notice) }, [4]string{"", "", "inclusion assistance elimination", "elimination"}},
		{"letter", func(p policy.Pack) string {
			s, _ := p.StepRule(policy.Inclusion, policy.Authorisation)
			return fmt.Sprintf("%s optional=%v %s", s.Basis, s.Optional, p.Guard(policy.LetterMissing).Mode)
		}, [4]string{"assumed optional=true flag", "assumed optional=true flag", "stated optional=false block", "assumed optional=false flag"}},
		{"comparison", func(p policy.Pack) string {
			s, _ := p.StepRule(policy.Inclusion, policy.Comparison)
			return fmt.Sprintf("%s optional=%v before appraisal=%v before decision=%v", s.Level, s.Optional, before(p, policy.Comparison, policy.Appraisal), before(p, policy.Comparison, policy.CountyDecision))
		}, [4]string{
			"county optional=false before appraisal=true before decision=true", "county optional=true before appraisal=true before decision=true",
			"county optional=false before appraisal=false before decision=true", "county optional=false before appraisal=true before decision=true"}},
		{"announcement", func(p policy.Pack) string {
			s, _ := p.StepRule(policy.Inclusion, policy.Announcement)
			return fmt.Sprintf("%s %s", s.Level, s.Basis)
		}, [4]string{"village assumed", "village assumed", "village stated", "village assumed"}},
		{"duties", dutiesOf, [4]string{
			"每周|每月（次期）第5日至第10日", "每月（次期）第3日前|2020年6月30日前|2020年6月30日前|每月|每季度",
			"每年4月、10月|每季度|每半年|每半年|每年", "每半年|每半年|每季度"}},
		{"stable income", func(p policy.Pack) string {
			return fmt.Sprintf("%d %s", p.EliminationIf.IncomeMonths, p.Guard(policy.EliminationStable).Mode)
		}, [4]string{"0 flag", "0 flag", "0 flag", "6 block"}},
		{"income above the line", func(p policy.Pack) string { return grounds(p, policy.EliminationIncome) }, [4]string{"flag assumed", "flag assumed", "flag assumed", "block stated"}},
		{"guarantees", func(p policy.Pack) string { return grounds(p, policy.EliminationGuarantee) }, [4]string{"flag assumed", "flag assumed", "block stated", "block stated"}},
		{"risks gone", func(p policy.Pack) string { return grounds(p, policy.EliminationRisk) }, [4]string{"flag assumed", "flag stated", "block stated", "block stated"}},
		{"no new risk", func(p policy.Pack) string { return grounds(p, policy.EliminationNewRisk) }, [4]string{"flag assumed", "flag assumed", "flag assumed", "block stated"}},
		{"unable to work", func(p policy.Pack) string {
			return fmt.Sprintf("%v %s", p.EliminationIf.NoLabourWithheld, grounds(p, policy.EliminationNoLabour))
		}, [4]string{"false flag assumed", "false flag assumed", "true block stated", "true flag assumed"}},
		{"single risk", func(p policy.Pack) string { return fmt.Sprint(p.EliminationIf.SingleRiskFast) }, [4]string{"false", "false", "false", "true"}},
		{"marked, never deleted", func(p policy.Pack) string { return string(p.Elimination[len(p.Elimination)-1].Step) }, [4]string{"system_mark", "system_mark", "system_mark", "system_mark"}},
		// No document gives the days of a notice, a quorum or the time of the chain.
		{"assumed", func(p policy.Pack) string {
			return fmt.Sprintf("%s %d %s, %s %d/%d, %s %d", p.Notice.Basis, p.Notice.Days, p.Notice.Count, p.Appraisal.Basis, p.Appraisal.QuorumNumerator, p.Appraisal.QuorumDenominator, p.Chain.Basis, p.Chain.Days)
		}, [4]string{
			"assumed 5 calendar, assumed 2/3, assumed 15", "assumed 5 calendar, assumed 2/3, assumed 15",
			"assumed 5 calendar, assumed 2/3, assumed 15", "assumed 5 calendar, assumed 2/3, assumed 15"}},
	} {
		for i, name := range four {
			if got := row.of(read(t, name)); got != row.want[i] {
				t.Errorf("%s of %s: %q, want %q", row.what, name, got, row.want[i])
			}
		}
	}
}

// Nothing that no document states blocks, and no sheet's days or meeting's quorum
// does anywhere.
func TestWhatNoDocumentGivesOnlyFlags(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"chongqing-2020", "mile-2020", "jiaohe-2022", "county-2023", "national-2020", "xinyu-2020", "jiangkou-2020"} {
		p := read(t, name)
		for _, rule := range []policy.Rule{policy.NoticeTooShort, policy.NoticeStanding, policy.AppraisalBelowQuorum, policy.ChainLate, policy.StepLate} {
			if got := grounds(p, rule); got != "flag assumed" || p.Guard(rule).Reason == "" {
				t.Errorf("%s: %s is %s %q", name, rule, got, p.Guard(rule).Reason)
			}
		}
		if p.Notice.Basis != policy.Assumed || p.Appraisal.Basis != policy.Assumed || p.Chain.Basis != policy.Assumed || p.Notice.Reason == "" || p.Appraisal.Reason == "" || p.Chain.Reason == "" {
			t.Errorf("%s states days, a quorum or the time of the chain", name)
		}
		for _, of := range policy.Procedures.Codes() {
			for _, s := range p.Steps(policy.Procedure(of)) {
				if s.Limit != nil {
					t.Errorf("%s: no document gives %s a time limit", name, s.Step)
				}
			}
		}
	}
}

// Xinyu compares over the data of more than sixty departments, after the letter,
// again and again; Jiangkou helps in an order (S3.4, S3.6).
func TestWhatXinyuAndJiangkouState(t *testing.T) {
	t.Parallel()
	xinyu := read(t, "xinyu-2020")
	compare, _ := xinyu.StepRule(policy.Inclusion, policy.Comparison)
	again, ok := xinyu.Duty("repeated_comparison")
	if !strings.Contains(compare.Says, "60多个政府部门") || compare.Order != policy.Block || !before(xinyu, policy.Authorisation, policy.Comparison) || xinyu.Guard(policy.LetterMissing).Mode != policy.Block ||
		!ok || again.About != policy.AboutAuthorised || again.DoneBy != policy.ByComparison {
		t.Errorf("%+v %+v", compare, again)
	}
	jiangkou := read(t, "jiangkou-2020")
	if order := jiangkou.Guard(policy.HelpOrder); !slices.Equal(jiangkou.HelpOrder, []string{"policy", "society", "relief"}) || order.Basis != policy.Stated || order.Cite != "S3.6" {
		t.Errorf("%v %+v", jiangkou.HelpOrder, order)
	}
	for _, name := range []string{"national-2020", "xinyu-2020"} {
		if len(read(t, name).HelpOrder) > 0 {
			t.Errorf("%s states no order of help", name)
		}
	}
}

func classesOf(p policy.Pack) string {
	var names []string
	for _, c := range p.Classes {
		names = append(names, p.Named(string(c), max(p.ValidFrom, calendar.MustDay("2020-12-31"))))
	}
	return strings.Join(names, " ")
}

func linesOf(lines []policy.Line) string {
	var said []string
	for _, l := range lines {
		text := fmt.Sprintf("%d:%d", l.Year, l.Yuan)
		if l.Undetermined {
			text = fmt.Sprintf("%d:未定(%s)", l.Year, l.By)
		}
		if l.Onward {
			text += "起"
		}
		said = append(said, text)
	}
	return strings.Join(said, " ")
}

func dutiesOf(p policy.Pack) string {
	var said []string
	for _, d := range p.Duties {
		said = append(said, d.When())
	}
	return strings.Join(said, "|")
}

func chain(steps []policy.Step) string {
	said := make([]string, len(steps))
	for i, s := range steps {
		said[i] = string(s)
	}
	return strings.Join(said, " ")
}

// statedIn are the procedures in which the document itself asks for a step.
func statedIn(p policy.Pack, step policy.Step) string {
	var said []string
	for _, of := range policy.Procedures.Codes() {
		if s, ok := p.StepRule(policy.Procedure(of), step); ok && s.Basis == policy.Stated && !s.Optional {
			said = append(said, of)
		}
	}
	return strings.Join(said, " ")
}

func before(p policy.Pack, a, b policy.Step) bool {
	place := func(step policy.Step) int {
		return slices.IndexFunc(p.Inclusion, func(s policy.StepRule) bool { return s.Step == step })
	}
	return place(a) >= 0 && place(a) < place(b)
}

func grounds(p policy.Pack, rule policy.Rule) string {
	g := p.Guard(rule)
	return string(g.Mode) + " " + string(g.Basis)
}
