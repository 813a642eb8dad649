package account

import "shouwang/domain/code"

// PersonalShown: the person had somebody's personal data shown in full, and said
// why (查看完整个人信息).
type PersonalShown struct {
	Household string    `json:"household"`
	Member    string    `json:"member,omitzero"` // "": all of them
	Fields    []string  `json:"fields"`
	Reason    code.Text `json:"reason"`
	// Sheet and Objection name the objection whose objector was shown (异议人身份).
	Sheet     string `json:"sheet,omitzero"`
	Objection string `json:"objection,omitzero"`
	// Appointment is the entry of the sheet that appointed the person to conduct the
	// inquiry, where he read it by that (受委派调查).
	Appointment string `json:"appointment,omitzero"`
}

// CopyMade: the person took a copy out of the system (导出、打印).
type CopyMade struct {
	Kind string `json:"kind"` // export or print
	What string `json:"what"` // the address of the page, with its filters
	Rows int    `json:"rows,omitzero"`
	// Copy is the number that the copy itself bears, so that a sheet which is
	// found tells who took it out and when.
	Copy string `json:"copy,omitzero"`
}

func (PersonalShown) isAccountEvent() {}
func (CopyMade) isAccountEvent()      {}
