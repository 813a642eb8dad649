package duty

import (
	"unicode/utf8"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

const (
	// maxTitle bounds a check's title.
	maxTitle = 200
	// maxCheckDays is half a year: a check is concentrated.
	maxCheckDays = 183
	// maxVillage bounds a village's households and groups: no village has more.
	maxVillage = 100_000
)

// OrganiseCheck organises a concentrated check of all rural households in a
// region (集中排查, S2.2, S2.15).
type OrganiseCheck struct {
	Region string       `json:"region"`
	Title  string       `json:"title"`
	From   calendar.Day `json:"from"`
	To     calendar.Day `json:"to"`
	// Duty of the pack that it fulfils, if any.
	Duty     string `json:"duty,omitzero"`
	Document string `json:"document,omitzero"`
}

// CheckOrganised: a concentrated check began.
type CheckOrganised OrganiseCheck

// ReportVillageCheck is what one village reports of the check. A later report
// takes the place of an earlier one.
type ReportVillageCheck struct {
	Village string `json:"village"` // code of the village
	// Households of the village, registered or living there, and those of them
	// that were checked: 不漏一户.
	Households int `json:"households"`
	Checked    int `json:"checked"`
	// Groups (村民小组/社) of the village, and those reached: 不留死角.
	Groups        int `json:"groups"`
	GroupsChecked int `json:"groups_checked"`
	// Found are the households at which a risk was found.
	Found []string  `json:"found,omitzero"`
	Note  code.Text `json:"note,omitzero"`
}

// VillageChecked: the village reported.
type VillageChecked ReportVillageCheck

// EndCheck ends the check: no village reports any more.
type EndCheck struct {
	Summary code.Text `json:"summary"`
}

// CheckEnded: the check ended.
type CheckEnded EndCheck

func (OrganiseCheck) isDutyCommand()      {}
func (ReportVillageCheck) isDutyCommand() {}
func (EndCheck) isDutyCommand()           {}
func (CheckOrganised) isDutyEvent()       {}
func (VillageChecked) isDutyEvent()       {}
func (CheckEnded) isDutyEvent()           {}

// organiseCheck: S2.15, the county organises it; any level may check its own.
func (r ruling) organiseCheck(c OrganiseCheck) ([]Event, error) {
	switch {
	case r.s.organised != nil:
		return refuse(policy.CheckExists, "这次集中排查已登记")
	case c.Title == "" || utf8.RuneCountInString(c.Title) > maxTitle:
		return refuse(policy.Malformed, "集中排查须有名称，不超过%d字", maxTitle)
	case c.From == 0 || c.To < c.From || c.To-c.From > maxCheckDays:
		return refuse(policy.Malformed, "集中排查须写明起止日期，不超过%d天", maxCheckDays)
	case c.From > r.act.Happened+maxCheckDays:
		return refuse(policy.Malformed, "集中排查的起始日期过远")
	}
	if kind := code.PersonalNumber(c.Title); kind != "" {
		return refuse(policy.PersonalInText, "名称中不应写%s", kind)
	}
	if c.Duty == "" {
		return []Event{CheckOrganised(c)}, nil
	}
	d, ok := r.pack.Duty(c.Duty)
	switch {
	case !ok || d.DoneBy != policy.ByCheck:
		return refuse(policy.DutyUnknown, "办法中没有这项集中排查的职责")
	case !StandsFor(r.place.CoveredLevel, r.place.Top, d.Level):
		return refuse(policy.DutyNotOwed, "“%s”由%s组织", d.Name, code.Levels.ZH(string(d.Level)))
	}
	return []Event{CheckOrganised(c)}, nil
}

// reportVillageCheck: 三不 is a matter of numbers: households and groups checked
// of all that there are (S4.10).
func (r ruling) reportVillageCheck(c ReportVillageCheck) ([]Event, error) {
	switch {
	case r.s.organised == nil:
		return refuse(policy.CheckUnknown, "没有这次集中排查")
	case r.s.ended != 0 && r.act.Happened > r.s.ended:
		return refuse(policy.CheckOver, "这次集中排查已于%s结束", r.s.ended.Chinese())
	case r.act.Happened < r.s.organised.From:
		return refuse(policy.Malformed, "早于排查开始之日%s", r.s.organised.From.Chinese())
	case r.place.CoveredLevel != code.Village:
		return refuse(policy.Malformed, "排查情况逐村报告")
	case c.Households < 1 || c.Households > maxVillage || c.Checked < 0 || c.Checked > c.Households:
		return refuse(policy.Malformed, "须写明全村户数和已排查户数，后者不大于前者")
	case c.Groups < 1 || c.Groups > maxVillage || c.GroupsChecked < 0 || c.GroupsChecked > c.Groups:
		return refuse(policy.Malformed, "须写明村民小组数和已到组数，后者不大于前者")
	case len(c.Found) > c.Checked:
		return refuse(policy.Malformed, "发现风险的户多于已排查的户")
	}
	seen := map[string]bool{}
	for i, h := range c.Found {
		if h == "" || seen[h] {
			return refuse(policy.Malformed, "发现风险的农户第%d行重复或为空", i+1)
		}
		seen[h] = true
	}
	return []Event{VillageChecked(c)}, nil
}

func (r ruling) endCheck(c EndCheck) ([]Event, error) {
	switch {
	case r.s.organised == nil:
		return refuse(policy.CheckUnknown, "没有这次集中排查")
	case r.s.ended != 0:
		return refuse(policy.CheckOver, "这次集中排查已于%s结束", r.s.ended.Chinese())
	case c.Summary == "":
		return refuse(policy.Malformed, "结束排查须写明情况")
	}
	return []Event{CheckEnded(c)}, nil
}
