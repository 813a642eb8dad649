package office

import (
	"cmp"
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// VillageAssigned: an office or institution answers for helping a village (包保帮扶,
// S2.34) from a day on.
type VillageAssigned struct {
	Assignment string       `json:"assignment"`
	Office     string       `json:"office"`
	Village    string       `json:"village"` // region
	From       calendar.Day `json:"from"`
	Document   string       `json:"document,omitzero"`
}

// VillageAssignmentEnded: the last day of an assignment.
type VillageAssignmentEnded struct {
	Assignment string       `json:"assignment"`
	Office     string       `json:"office"`
	To         calendar.Day `json:"to"`
}

func (VillageAssigned) isOfficeEvent()        {}
func (VillageAssignmentEnded) isOfficeEvent() {}

// Assignment is an office's assignment to a village with its last day, if it has
// one.
type Assignment struct {
	VillageAssigned
	To calendar.Day `json:"to,omitzero"`
}

// Assignments returns which offices answer for the villages of a region on the
// day, by the tree of that day, sorted by village and assignment. An empty
// region is everywhere.
func (d *Directory) Assignments(region string, on calendar.Day) []Assignment {
	var held []Assignment
	for _, a := range d.assignments {
		if a.From <= on && (a.To == 0 || on <= a.To) && (region == "" || d.Contains(region, a.Village, on)) {
			held = append(held, *a)
		}
	}
	slices.SortFunc(held, func(a, b Assignment) int {
		return cmp.Or(cmp.Compare(a.Village, b.Village), cmp.Compare(a.Assignment, b.Assignment))
	})
	return held
}

func (d *Directory) applyAssignment(e Event) {
	switch e := e.(type) {
	case VillageAssigned:
		d.assignments[e.Assignment] = &Assignment{VillageAssigned: e}
	case VillageAssignmentEnded:
		if a := d.assignments[e.Assignment]; a != nil {
			a.To = e.To
		}
	default: // no other event is about assignments
	}
}

func (d *Directory) checkAssignment(e VillageAssigned) error {
	village := d.regions[e.Village]
	switch {
	case village == nil || village.Level != code.Village:
		return policy.Refuse(policy.RegionUnknown, "包保的应是行政村")
	case d.offices[e.Office] == nil || e.Assignment == "" || d.assignments[e.Assignment] != nil || e.From == 0:
		return policy.Refuse(policy.Malformed, "包保须写明机构、不重复的编号和日期")
	}
	return nil
}

func (d *Directory) checkAssignmentEnd(e VillageAssignmentEnded) error {
	if a := d.assignments[e.Assignment]; a == nil || a.Office != e.Office || a.To != 0 || e.To < a.From {
		return policy.Refuse(policy.Malformed, "没有这项未结束的包保，或日期有误")
	}
	return nil
}
