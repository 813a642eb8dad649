package duty

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ShutSystem records that a system takes no entries (系统未开放, S1.28): marks and
// entries that wait for it are not overdue meanwhile.
type ShutSystem struct {
	Shut   string       `json:"shut"` // its id
	Region string       `json:"region"`
	System string       `json:"system"` // code.Systems
	From   calendar.Day `json:"from"`
	To     calendar.Day `json:"to,omitzero"` // last day; none: until it is opened
	// Document that says so, and in what words.
	Document string    `json:"document,omitzero"`
	Reason   code.Text `json:"reason"`
}

// SystemShut: the system took no entries.
type SystemShut ShutSystem

// OpenSystem records the first day on which a system takes entries again (系统开放).
type OpenSystem struct {
	Shut   string       `json:"shut"`
	Region string       `json:"region"`
	On     calendar.Day `json:"on"`
}

// SystemOpened: the system takes entries again.
type SystemOpened OpenSystem

func (ShutSystem) isDutyCommand() {}
func (OpenSystem) isDutyCommand() {}
func (SystemShut) isDutyEvent()   {}
func (SystemOpened) isDutyEvent() {}

func (r ruling) shutSystem(c ShutSystem) ([]Event, error) {
	if _, ok := code.Systems.Find(c.System); !ok {
		return refuse(policy.Malformed, "系统“%s”不在代码表中", c.System)
	}
	switch {
	case r.place.Level != code.County && r.place.Level != code.Prefecture && r.place.Level != code.Province:
		return refuse(policy.WrongCapacity, "系统未开放由县级以上登记")
	case c.Shut == "" || c.From == 0 || c.Reason == "":
		return refuse(policy.Malformed, "系统未开放须写明编号、起始日期和原因")
	case c.To != 0 && c.To < c.From:
		return refuse(policy.Malformed, "系统未开放的结束日期早于起始日期")
	case c.From > r.act.Happened:
		return refuse(policy.FutureDay, "系统未开放自%s起，尚未发生", c.From.Chinese())
	}
	if _, twice := r.s.shut[c.Shut]; twice {
		return refuse(policy.Malformed, "系统未开放编号重复")
	}
	return []Event{SystemShut(c)}, nil
}

func (r ruling) openSystem(c OpenSystem) ([]Event, error) {
	shut, ok := r.s.shut[c.Shut]
	switch {
	case !ok:
		return refuse(policy.SystemNotShut, "没有登记这次系统未开放")
	case c.Region != shut.Region:
		return refuse(policy.SystemNotShut, "这次系统未开放登记在另一地区")
	case c.On < shut.From || c.On > r.act.Happened:
		return refuse(policy.Malformed, "开放日期应在%s至%s之间", shut.From.Chinese(), r.act.Happened.Chinese())
	}
	return []Event{SystemOpened(c)}, nil
}

// Closure is a time in which a system took no entries.
type Closure struct {
	Region, System string
	From, To       calendar.Day // To is the last day; none: it is still shut
}

// shutOn says whether the system takes no entries on the day.
func (c Closure) shutOn(on calendar.Day) bool { return c.From <= on && (c.To == 0 || on <= c.To) }

// Suspend returns until when something that waits for a system since a day is in
// time, as seen on a day: each day on which the system was shut meanwhile is
// given back. suspended says that it is shut on the day asked about, so that
// nothing can be overdue.
func Suspend(since, due, on calendar.Day, closures []Closure) (until calendar.Day, suspended bool) {
	until = due
	for day := since + 1; day <= on && day <= until; day++ {
		for _, c := range closures {
			if c.shutOn(day) {
				until++
				break
			}
		}
	}
	for _, c := range closures {
		suspended = suspended || c.shutOn(on)
	}
	return until, suspended
}
