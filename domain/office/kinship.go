package office

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// KinshipDeclared: an official declared that he is near kin of a member of a
// household (近亲属备案). From its day on he recuses where that household is decided
// on. Every declaration is a record of its own.
type KinshipDeclared struct {
	Declaration string       `json:"declaration"`
	Person      string       `json:"person"`
	Household   string       `json:"household"`
	Member      string       `json:"member"`
	Relation    string       `json:"relation"` // code.KinRelations
	From        calendar.Day `json:"from"`
	Document    string       `json:"document,omitzero"`
}

// KinshipEnded: the relation ended, or was declared by mistake; the last day of it.
type KinshipEnded struct {
	Declaration string       `json:"declaration"`
	Person      string       `json:"person"`
	To          calendar.Day `json:"to"`
	Reason      code.Text    `json:"reason"`
}

func (KinshipDeclared) isOfficeEvent() {}
func (KinshipEnded) isOfficeEvent()    {}

// Kinship is a declaration with the last day of it, if it has one.
type Kinship struct {
	KinshipDeclared
	To calendar.Day `json:"to,omitzero"`
}

func (k Kinship) holds(on calendar.Day) bool { return k.From <= on && (k.To == 0 || on <= k.To) }

// Kin returns how the person is related, as declared for the day, to a member of
// the household; "" where nothing was declared.
func (d *Directory) Kin(person, household string, on calendar.Day) string {
	for _, k := range d.kin[person] {
		if k.Household == household && k.holds(on) {
			return k.Relation
		}
	}
	return ""
}

// KinOf returns how the person is related to one member of a household, as declared
// for the day; "" where nothing was declared of that member.
func (d *Directory) KinOf(person, household, member string, on calendar.Day) string {
	for _, k := range d.kin[person] {
		if k.Household == household && k.Member == member && k.holds(on) {
			return k.Relation
		}
	}
	return ""
}

// Kinships returns what the person had declared for the day, in order of entry.
func (d *Directory) Kinships(person string, on calendar.Day) []Kinship {
	var held []Kinship
	for _, k := range d.kin[person] {
		if k.holds(on) {
			held = append(held, k)
		}
	}
	return held
}

func (d *Directory) applyKinship(e Event) {
	switch e := e.(type) {
	case KinshipDeclared:
		d.kin[e.Person] = append(d.kin[e.Person], Kinship{KinshipDeclared: e})
	case KinshipEnded:
		if k := d.kinship(e.Person, e.Declaration); k != nil {
			k.To = e.To
		}
	default: // no other event is about kin
	}
}

func (d *Directory) kinship(person, declaration string) *Kinship {
	i := slices.IndexFunc(d.kin[person], func(k Kinship) bool { return k.Declaration == declaration })
	if i < 0 {
		return nil
	}
	return &d.kin[person][i]
}

// checkKinship: whether household and member are there, whoever enters it asks
// the household's file.
func (d *Directory) checkKinship(e KinshipDeclared) error {
	switch {
	case !d.Known(e.Person):
		return policy.Refuse(policy.RecorderUnknown, "没有这个人的任职")
	case e.Declaration == "" || d.kinship(e.Person, e.Declaration) != nil || e.Household == "" || e.Member == "" || e.From == 0:
		return policy.Refuse(policy.Malformed, "近亲属备案须写明不重复的编号、农户、成员和日期")
	}
	if _, ok := code.KinRelations.Find(e.Relation); !ok {
		return policy.Refuse(policy.Malformed, "亲属关系不在代码表中")
	}
	return nil
}

func (d *Directory) checkKinshipEnd(e KinshipEnded) error {
	k := d.kinship(e.Person, e.Declaration)
	if k == nil || k.To != 0 || e.To < k.From-1 || e.Reason == "" {
		return policy.Refuse(policy.Malformed, "没有这项未结束的近亲属备案，或日期、原因有误")
	}
	return nil
}
