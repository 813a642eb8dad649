package policy

import (
	"slices"

	"shouwang/domain/code"
)

// AdoptionVoided: a pack was adopted, or a line set, by mistake (更正: 作废): it was never
// in force here. Acts keep the pack under which they were recorded, whose text stays
// readable; what is entered from now on follows the one that stands.
type AdoptionVoided struct {
	Event  string    `json:"event"`
	Reason code.Text `json:"reason"`
}

func (AdoptionVoided) isPolicyEvent() {}

// Fact is an event with the id by which a correction names it.
type Fact struct {
	ID    string
	Event Event
}

type entry struct {
	Fact
	void bool
}

func (b *Book) entry(id string) *entry {
	i := slices.IndexFunc(b.entries, func(e entry) bool { return e.ID == id && id != "" })
	if i < 0 {
		return nil
	}
	return &b.entries[i]
}

func (b *Book) strike(v AdoptionVoided) {
	e := b.entry(v.Event)
	if e == nil {
		return
	}
	e.void = true
	switch struck := e.Event.(type) {
	case Adopted:
		b.adopted[struck.Region] = slices.DeleteFunc(slices.Clone(b.adopted[struck.Region]), func(a Adoption) bool { return a.id == v.Event })
	case LineSet:
		b.lines[struck.Region] = slices.DeleteFunc(slices.Clone(b.lines[struck.Region]), func(l setLine) bool { return l.id == v.Event })
	case AdoptionVoided:
	}
}

// RegionOf is the region for which an entry was made, void or not; "" where there
// is no such entry.
func (b *Book) RegionOf(event string) string {
	e := b.entry(event)
	if e == nil {
		return ""
	}
	switch e := e.Event.(type) {
	case Adopted:
		return e.Region
	case LineSet:
		return e.Region
	case AdoptionVoided:
		return b.RegionOf(e.Event)
	}
	return ""
}

// Correctable refuses a correction that refers to nothing, or to what is void.
func (b *Book) Correctable(v AdoptionVoided) error {
	e := b.entry(v.Event)
	if e == nil {
		return Refuse(EventUnknown, "没有这条记录")
	}
	_, isVoid := e.Event.(AdoptionVoided)
	return Voidable(isVoid, e.void, v.Reason)
}

// Voidable refuses to mark an entry void (更正: 作废) that is a void itself, that is void
// already, or for no reason.
func Voidable(isVoid, void bool, reason code.Text) error {
	switch {
	case isVoid:
		return Refuse(EventNotVoidable, "作废不能再作废，请重新登记")
	case void:
		return Refuse(EventVoided, "这条记录已作废")
	case reason == "":
		return Refuse(Malformed, "更正须写明原因")
	}
	return nil
}
