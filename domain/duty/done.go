package duty

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// MaxPersons bounds those named on one list: a township's warning list of a
// quarter has some dozens, and each is looked up in his file.
const MaxPersons = 500

// maxStated bounds a stated figure: no county has as many households.
const maxStated = 1_000_000

// RecordDone records that an office did a duty of its own (履职登记): a report
// sent, a list handed up, a study held.
type RecordDone struct {
	Duty   string `json:"duty"` // its id in the pack
	Region string `json:"region"`
	// Department, for a duty of departments.
	Department string `json:"department,omitzero"`
	// For is a day of the period that it is about: any day of May for May's report.
	For      calendar.Day `json:"for"`
	Document string       `json:"document,omitzero"` // 文号, or the id of the paper or study
	Summary  code.Text    `json:"summary"`
	// Persons are those on the list (监测预警人员名单, S2.16).
	Persons []ListedPerson    `json:"persons,omitzero"`
	Papers  []code.Attachment `json:"papers,omitzero"`
	// Stated is what the report says, for a duty whose report states figures.
	Stated *Stated `json:"stated,omitzero"`
}

// ListedPerson is one line of a list of persons: a member of a household's file.
type ListedPerson struct {
	Household string `json:"household"`
	Member    string `json:"member"`
}

// Done: the office did it. Period is the one it is about, Due the last day on
// which it was in time by the pack of that day; Name is the duty's.
type Done struct {
	Duty       string            `json:"duty"`
	Name       string            `json:"name"`
	Region     string            `json:"region"`
	Department string            `json:"department,omitzero"`
	From       calendar.Day      `json:"from,omitzero"`
	To         calendar.Day      `json:"to"`
	Opens      calendar.Day      `json:"opens,omitzero"`
	Due        calendar.Day      `json:"due"`
	Document   string            `json:"document,omitzero"`
	Summary    code.Text         `json:"summary"`
	Persons    []ListedPerson    `json:"persons,omitzero"`
	Papers     []code.Attachment `json:"papers,omitzero"`
	// Flags are what it did not satisfy, where the record takes it all the same.
	Flags []Flag `json:"flags,omitzero"`
	// Stated is what the report says; Figures are what the record counted then.
	Stated  Claim   `json:"stated,omitzero"`
	Figures Figures `json:"figures,omitzero"`
}

// Flag is a guard that a recorded fact did not satisfy.
type Flag struct {
	Rule   policy.Rule  `json:"rule"`
	Basis  policy.Basis `json:"basis"`
	Cite   string       `json:"cite,omitzero"`
	Detail string       `json:"detail"`
}

func (RecordDone) isDutyCommand() {}
func (Done) isDutyEvent()         {}

// recordDone: the duty is one of the pack, of this level and department, and
// the period is over or under way.
func (r ruling) recordDone(c RecordDone) ([]Event, error) {
	d, ok := r.pack.Duty(c.Duty)
	switch {
	case !ok:
		return refuse(policy.DutyUnknown, "办法中没有这项职责")
	case d.Per == policy.PerHousehold:
		return refuse(policy.DutyUnknown, "“%s”逐户履行，以%s为完成，不另行登记", d.Name, policy.DutyActs.ZH(string(d.DoneBy)))
	case d.DoneBy == policy.ByCheck:
		return refuse(policy.DutyUnknown, "“%s”以组织集中排查为完成，不另行登记", d.Name)
	case !StandsFor(r.place.CoveredLevel, r.place.Top, d.Level):
		return refuse(policy.DutyNotOwed, "“%s”由%s履行", d.Name, code.Levels.ZH(string(d.Level)))
	case c.Summary == "":
		return refuse(policy.Malformed, "履职登记须写明内容")
	case len(c.Persons) > MaxPersons:
		return refuse(policy.Malformed, "名单不应超过%d人", MaxPersons)
	}
	if err := r.department(d, c.Department); err != nil {
		return nil, err
	}
	seen := map[ListedPerson]bool{}
	for i, p := range c.Persons {
		if p.Household == "" || p.Member == "" || seen[p] {
			return refuse(policy.Malformed, "名单第%d行重复或未写明农户和成员", i+1)
		}
		seen[p] = true
	}
	turn, ok := d.TurnAbout(c.For)
	if c.For == 0 && d.Every != calendar.Once || !ok {
		return refuse(policy.DutyPeriod, "须写明所属期；“%s”为%s", d.Name, d.When())
	}
	if turn.From > r.act.Happened {
		return refuse(policy.DutyPeriod, "所属期%s尚未开始", turn.From.Chinese())
	}
	done := Done{Duty: d.ID, Name: d.Name, Region: c.Region, Department: c.Department, From: turn.From, To: turn.To, Opens: turn.Opens, Due: turn.Due,
		Document: c.Document, Summary: c.Summary, Persons: c.Persons, Papers: c.Papers}
	if err := r.figures(d, c.Stated, &done); err != nil {
		return nil, err
	}
	if !r.act.HasCapacity("", d.Capacities) {
		g := r.pack.Guard(policy.WrongCapacity)
		detail := "经办人身份不符合该项职责的要求"
		if r.act.Mode == act.Performed && g.Mode == policy.Block {
			return nil, &policy.Refusal{Rule: g.Rule, Cite: g.Cite, Reason: detail}
		}
		done.Flags = append(done.Flags, Flag{g.Rule, g.Basis, g.Cite, detail})
	}
	return []Event{done}, nil
}

func (r ruling) department(d policy.Duty, department string) error {
	if d.Per != policy.PerDepartment {
		if department != "" {
			return policy.Refuse(policy.DutyNotOwed, "“%s”不是部门的职责", d.Name)
		}
		return nil
	}
	for _, owes := range d.Departments {
		if owes == department {
			if r.place.Department != "" && r.place.Department != department {
				return policy.Refuse(policy.DutyNotOwed, "该机构不是%s部门", code.Departments.ZH(department))
			}
			return nil
		}
	}
	return policy.Refuse(policy.DutyNotOwed, "“%s”须写明是哪个部门履行", d.Name)
}
