package paper

import (
	"strconv"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// MaxScreened bounds how many households one screening may have looked at: more
// than any county has.
const MaxScreened = 1_000_000

// Screening is what a department screened: how policy and work for one of 两不愁三
// 保障 or 饮水安全 are carried out (S1.7).
type Screening struct {
	Department string         `json:"department,omitzero"` // code.Departments
	Item       code.Guarantee `json:"item,omitzero"`
	From       calendar.Day   `json:"from,omitzero"`
	To         calendar.Day   `json:"to,omitzero"`
	Checked    int            `json:"checked,omitzero"` // households looked at
	Summary    code.Text      `json:"summary,omitzero"`
	// Shortfalls are what in the work itself fell short (S2.11).
	Shortfalls []string `json:"shortfalls,omitzero"` // code.Shortfalls
}

// screened checks what a screening result must say, and that nothing else says it.
func (c IssueDocument) screened() error {
	s := c.Screening
	if c.Kind != ScreeningResult {
		if s.Department != "" || s.Checked != 0 {
			return policy.Refuse(policy.Malformed, "只有部门筛查结果写明筛查情况")
		}
		return nil
	}
	if err := listed(code.Departments, s.Department, "部门"); err != nil {
		return err
	}
	if err := listed(code.Guarantees, string(s.Item), "保障项目"); err != nil {
		return err
	}
	for _, cause := range s.Shortfalls {
		if err := listed(code.Shortfalls, cause, "落实不到位的方面"); err != nil {
			return err
		}
	}
	switch {
	case s.From == 0 || s.To < s.From:
		return policy.Refuse(policy.Malformed, "筛查须写明起止日期")
	case s.Summary == "":
		return policy.Refuse(policy.Malformed, "筛查须写明政策、工作落实情况")
	case s.Checked < len(c.Lines) || s.Checked > MaxScreened:
		return policy.Refuse(policy.Malformed, "筛查户数应不少于发现问题的户数，不超过%d户", MaxScreened)
	}
	for i, line := range c.Lines {
		if line.Opinion == "" {
			return policy.Refuse(policy.Malformed, "名单第%d行须写明发现的问题", i+1)
		}
	}
	return nil
}

// finding is what a line of a screening means for the household: a warning of the
// department, which goes round like any other.
func (e DocumentIssued) finding(id string, item int, l DocumentLine) household.Command {
	return household.RecordClue{Clue: id + "-" + strconv.Itoa(item), Channel: code.DepartmentWarning, Via: "screening",
		Department: e.Screening.Department, Content: l.Opinion}
}
