// Package office has the dated records of who may act where: regions, offices
// and appointments. Names, parents and posts change; every question is asked
// for a day.
package office

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Event is a fact about regions, offices and appointments.
//
//sumtype:decl
type Event interface{ isOfficeEvent() }

// RegionEstablished: a region with its code as the authorities gave it (统计用区划代码).
// Codes are never rewritten or reused.
type RegionEstablished struct {
	Code   string       `json:"code"`
	Name   string       `json:"name"`
	Level  code.Level   `json:"level"`
	Parent string       `json:"parent,omitzero"`
	From   calendar.Day `json:"from"`
}

// RegionRenamed: the region has another name from a day on.
type RegionRenamed struct {
	Code string       `json:"code"`
	Name string       `json:"name"`
	From calendar.Day `json:"from"`
}

// RegionMerged: the region ended and its successor took it over (撤并). What was
// recorded under the old code keeps it and is found through the successor.
type RegionMerged struct {
	Code      string       `json:"code"`
	Successor string       `json:"successor"`
	From      calendar.Day `json:"from"` // first day of the successor's rule
	Document  string       `json:"document,omitzero"`
}

// Established: an office (机构) of a region.
type Established struct {
	Office string       `json:"office"`
	Region string       `json:"region"`
	Level  code.Level   `json:"level"`
	Name   string       `json:"name"`
	From   calendar.Day `json:"from"`
	// Department is the code of the department for a department's office, "".
	Department string `json:"department,omitzero"`
}

// Renamed: the authority is called otherwise from a day on (扶贫办 → 乡村振兴局 → 农业农村局).
type Renamed struct {
	Office string       `json:"office"`
	Name   string       `json:"name"`
	From   calendar.Day `json:"from"`
}

// Appointed: a person holds a post in an office, in a capacity, from a day on.
type Appointed struct {
	Appointment string        `json:"appointment"`
	Office      string        `json:"office"`
	Person      string        `json:"person"`
	Name        string        `json:"name"`
	Post        string        `json:"post"`
	Capacity    code.Capacity `json:"capacity"`
	From        calendar.Day  `json:"from"`
	To          calendar.Day  `json:"to,omitzero"` // last day; no day: still in office
}

// AppointmentEnded: the last day of an appointment.
type AppointmentEnded struct {
	Appointment string       `json:"appointment"`
	Office      string       `json:"office"`
	To          calendar.Day `json:"to"`
}

func (RegionEstablished) isOfficeEvent() {}
func (RegionRenamed) isOfficeEvent()     {}
func (RegionMerged) isOfficeEvent()      {}
func (Established) isOfficeEvent()       {}
func (Renamed) isOfficeEvent()           {}
func (Appointed) isOfficeEvent()         {}
func (AppointmentEnded) isOfficeEvent()  {}
