package office

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// EntryVoided: an entry about regions, offices, appointments, kin or assignments was
// wrong (更正: 作废) and does not stand, for all days: a voided appointment never
// authorised anything. The entry stays visible, struck through; what was done under
// it stays done and is found (domain/audit).
type EntryVoided struct {
	Event  string    `json:"event"`
	Reason code.Text `json:"reason"`
}

func (EntryVoided) isOfficeEvent() {}

// Fact is an event with the id by which a correction names it.
type Fact struct {
	ID    string
	Event Event
}

type entry struct {
	Fact
	void bool
}

func (d *Directory) entry(id string) *entry {
	i := slices.IndexFunc(d.entries, func(e entry) bool { return e.ID == id && id != "" })
	if i < 0 {
		return nil
	}
	return &d.entries[i]
}

// strike folds anew what stands without the entry. It is rare, and a directory has
// some thousand entries.
func (d *Directory) strike(v EntryVoided) {
	struck := d.entry(v.Event)
	if struck == nil {
		return
	}
	struck.void = true
	anew := NewDirectory()
	for _, e := range d.entries {
		if !e.void {
			anew.evolve(e.Event)
		}
	}
	anew.entries, anew.appointed = d.entries, d.appointed
	*d = *anew
}

// Entry returns the event with the id, void or not.
func (d *Directory) Entry(id string) (Event, bool) {
	e := d.entry(id)
	if e == nil {
		return nil, false
	}
	return e.Event, true
}

// Struck says whether an appointment was entered and is void: acts that bear it
// were done by nobody's authority.
func (d *Directory) Struck(appointment string) bool {
	if d.appointments[appointment] != nil || appointment == "" {
		return false
	}
	return slices.ContainsFunc(d.entries, func(e entry) bool {
		a, ok := e.Event.(Appointed)
		return ok && e.void && a.Appointment == appointment
	})
}

// concerned is the person whom an entry is about, "" if it is about none.
func (d *Directory) concerned(e Event) string {
	switch e := e.(type) {
	case Appointed:
		return e.Person
	case AppointmentEnded:
		if a := d.appointments[e.Appointment]; a != nil {
			return a.Person
		}
	case KinshipDeclared:
		return e.Person
	case KinshipEnded:
		return e.Person
	case RegionEstablished, RegionRenamed, RegionMerged, Established, Renamed, VillageAssigned, VillageAssignmentEnded, EntryVoided:
	}
	return ""
}

// Correctable refuses a correction by the person whom the entry is about: an
// official who declared kin would else be free to decide on them again.
func (d *Directory) Correctable(v EntryVoided, by []string) error {
	e := d.entry(v.Event)
	if e == nil {
		return nil // told by Check
	}
	if person := d.concerned(e.Event); person != "" && slices.Contains(by, person) {
		return policy.Refuse(policy.WrongCapacity, "本人的任职和近亲属备案不能由本人更正")
	}
	return nil
}

// checkVoid: what others rest on is voided after them, so that what stands always
// tells whole. Whether a region or an office is named elsewhere in the record,
// whoever enters it asks the record.
func (d *Directory) checkVoid(v EntryVoided) error {
	e := d.entry(v.Event)
	if e == nil {
		return policy.Refuse(policy.EventUnknown, "没有这条记录")
	}
	_, isVoid := e.Event.(EntryVoided)
	if err := policy.Voidable(isVoid, e.void, v.Reason); err != nil {
		return err
	}
	for _, later := range d.entries {
		if !later.void && restsOn(later.Event, e.Event) {
			return policy.Refuse(policy.EventNotVoidable, "其他登记以此为据，请先更正那些登记")
		}
	}
	return nil
}

// restsOn says whether one entry has no meaning without another.
func restsOn(later, earlier Event) bool {
	switch earlier := earlier.(type) {
	case RegionEstablished:
		return inRegion(later, earlier.Code)
	case Established:
		return ofOffice(later, earlier.Office)
	case Appointed:
		ended, ok := later.(AppointmentEnded)
		return ok && ended.Appointment == earlier.Appointment
	case KinshipDeclared:
		ended, ok := later.(KinshipEnded)
		return ok && ended.Person == earlier.Person && ended.Declaration == earlier.Declaration
	case VillageAssigned:
		ended, ok := later.(VillageAssignmentEnded)
		return ok && ended.Assignment == earlier.Assignment
	case RegionRenamed, RegionMerged, Renamed, AppointmentEnded, KinshipEnded, VillageAssignmentEnded, EntryVoided:
	}
	return false
}

func inRegion(later Event, code string) bool {
	switch later := later.(type) {
	case RegionEstablished:
		return later.Parent == code
	case RegionRenamed:
		return later.Code == code
	case RegionMerged:
		return later.Code == code || later.Successor == code
	case Established:
		return later.Region == code
	case VillageAssigned:
		return later.Village == code
	case Renamed, Appointed, AppointmentEnded, KinshipDeclared, KinshipEnded, VillageAssignmentEnded, EntryVoided:
	}
	return false
}

func ofOffice(later Event, office string) bool {
	switch later := later.(type) {
	case Renamed:
		return later.Office == office
	case Appointed:
		return later.Office == office
	case VillageAssigned:
		return later.Office == office
	case RegionEstablished, RegionRenamed, RegionMerged, Established, AppointmentEnded, KinshipDeclared, KinshipEnded, VillageAssignmentEnded, EntryVoided:
	}
	return false
}
