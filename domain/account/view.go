package account

import (
	"slices"
	"unicode/utf8"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

const (
	// MaxViews bounds the views of one account: what fits beside each other
	// above a list.
	MaxViews = 20
	// maxViewName is what a person reads at a glance.
	maxViewName = 20
	// maxViewAsked bounds a page's parameters: every filter and every column.
	maxViewAsked = 1000
)

// ViewSaved: the person keeps what he asked a list for, under a name (常用视图).
// Saved again under the same name, it is the later one.
type ViewSaved struct {
	View  string    `json:"view"` // id
	Page  string    `json:"page"` // such as /ledger
	Name  code.Text `json:"name"`
	Asked string    `json:"asked"` // the parameters of the page's address
}

// ViewRemoved: the person wants the view no longer.
type ViewRemoved struct {
	View string `json:"view"`
}

func (ViewSaved) isAccountEvent()   {}
func (ViewRemoved) isAccountEvent() {}

// SaveView answers whether the account may keep the view.
func (s *State) SaveView(e ViewSaved) error {
	anew := !slices.ContainsFunc(s.Views, func(v ViewSaved) bool { return v.Page == e.Page && v.Name == e.Name })
	switch {
	case !s.Open():
		return policy.Refuse(policy.AccountUnknown, "没有这个账户，或已停用")
	case e.Name == "" || utf8.RuneCountInString(string(e.Name)) > maxViewName:
		return policy.Refuse(policy.Malformed, "视图须有名称，至多%d字", maxViewName)
	case len(e.Asked) > maxViewAsked:
		return policy.Refuse(policy.Malformed, "视图的条件太长")
	case anew && len(s.Views) >= MaxViews:
		return policy.Refuse(policy.Malformed, "一个账户至多保存%d个视图，请先删去不用的", MaxViews)
	case slices.ContainsFunc(s.Views, func(v ViewSaved) bool { return v.View == e.View }):
		return policy.Refuse(policy.Malformed, "视图编号重复")
	}
	return nil
}

// RemoveView answers whether there is such a view.
func (s *State) RemoveView(id string) error {
	if !slices.ContainsFunc(s.Views, func(v ViewSaved) bool { return v.View == id }) {
		return policy.Refuse(policy.Malformed, "没有这个视图，或已删去")
	}
	return nil
}

// viewSaved puts the view in the place of an earlier one of the same name.
func (s *State) viewSaved(e ViewSaved) {
	s.Views = slices.Clone(s.Views)
	for i, v := range s.Views {
		if v.Page == e.Page && v.Name == e.Name {
			s.Views[i] = e
			return
		}
	}
	s.Views = append(s.Views, e)
}

func (s *State) viewRemoved(id string) {
	s.Views = slices.DeleteFunc(slices.Clone(s.Views), func(v ViewSaved) bool { return v.View == id })
}
