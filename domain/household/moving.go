package household

import "slices"

// What moves between two households is one act with an event in each file. The
// first file's command says all; the other file's follows from it and from what
// the first file knew before.

// Counterpart returns the act that the command on the household with that id means
// for another file, and that file's id. before are the facts of the household
// before the command, personal fields open; ok is false where the command leaves
// other files alone.
func Counterpart(id string, before []Fact, c Command) (other string, act Command, ok bool) {
	switch c := c.(type) {
	case SplitHousehold:
		if len(c.Relations) == 0 {
			return "", nil, false
		}
		from := Fold(id, before, Times{})
		to := RegisterHousehold{Region: from.Region, Group: c.Group, Kind: c.Kind, SplitFrom: id, Members: leavers(id, before, c.Members, c.Relations)}
		if to.Group == "" {
			to.Group = from.Group
		}
		if to.Kind == "" {
			to.Kind = from.Kind
		}
		return c.Household, to, true
	case MergeHousehold:
		from := Fold(id, before, Times{})
		return c.Into, ReceiveMembers{From: id, Reason: "merge", Behind: from.behind(), Members: elsewhere(id, leavers(id, before, from.Present(), c.Relations))}, true
	case RecordLeaving:
		if c.Relation == "" {
			return "", nil, false
		}
		members := leavers(id, before, []string{c.Member}, []Related{{c.Member, c.Relation}})
		return c.To, ReceiveMembers{From: id, Reason: c.Reason, Members: elsewhere(id, members)}, true
	case LinkUnconfirmed:
		return c.Household, CluesOf(id, before), c.Clues > 0
	default:
		return "", nil, false
	}
}

// Began returns the command that a first event was entered by and the other
// household it reaches, so that an interrupted move can be found and finished.
func Began(e Event) (c Command, other string, ok bool) {
	switch e := e.(type) {
	case HouseholdSplit:
		return SplitHousehold(e), e.Household, len(e.Relations) > 0
	case HouseholdMerged:
		return MergeHousehold(e), e.Into, true
	case MemberLeft:
		return RecordLeaving(e), e.To, e.Relation != ""
	case UnconfirmedLinked:
		return LinkUnconfirmed(e), e.Household, e.Clues > 0
	default:
		return nil, "", false
	}
}

// leavers are the members as the household's file knows them, with their new
// relations.
func leavers(household string, before []Fact, ids []string, relations []Related) []Member {
	state := Fold(household, before, Times{})
	members := make([]Member, 0, len(ids))
	for _, id := range ids {
		known := state.find(id)
		if known == nil {
			continue
		}
		m := Member{ID: id, Name: known.Name, Sex: known.Sex, NoDocument: known.NoDocument, Birth: known.Birth, Relation: relationOf(id, relations),
			Was: append(slices.Clip(known.Was), Origin{household, id}), Labour: known.Labour, Registered: known.Registered, Living: known.Living, Counted: known.Counted, CountedReason: known.CountedReason}
		personal(before, &m)
		members = append(members, m)
	}
	return members
}

// behind is what a file that ends leaves open.
func (s *State) behind() Behind {
	var b Behind
	for _, w := range s.RedWarnings {
		if w.Ended == 0 {
			b.RedWarnings = append(b.RedWarnings, w.Ground)
		}
	}
	for _, g := range s.Guarantees {
		if !g.OK {
			b.Guarantees = append(b.Guarantees, g.Guarantee)
		}
	}
	e := s.Episode()
	if e == nil || !s.Monitored() {
		return b
	}
	b.Monitored, b.Class = true, e.Class
	for _, risk := range e.Risks {
		if risk.Gone == 0 {
			b.Risks = append(b.Risks, risk.Risk)
		}
	}
	for _, m := range e.Measures {
		if m.Delivered == 0 {
			b.Measures = append(b.Measures, m.ID)
		}
	}
	return b
}

// personal fills in what the state does not keep: the numbers as last supplied.
func personal(before []Fact, m *Member) {
	take := func(given Member) {
		if given.ID == m.ID {
			m.IDNumber, m.Phone, m.Health = given.IDNumber, given.Phone, given.Health
		}
	}
	for _, f := range Standing(before, Times{}) {
		switch e := f.Event.(type) {
		case HouseholdRegistered:
			for _, given := range e.Members {
				take(given)
			}
		case MembersReceived:
			for _, given := range e.Members {
				take(given)
			}
		case MemberAdded:
			take(e.Member)
		case DocumentSupplied:
			if e.Member == m.ID {
				m.IDNumber = e.IDNumber
			}
		default: // the others hold no number of a member's
		}
	}
}

// elsewhere gives members ids that the other household cannot have used.
func elsewhere(from string, members []Member) []Member {
	members = slices.Clone(members)
	for i := range members {
		members[i].ID += "@" + from
	}
	return members
}
