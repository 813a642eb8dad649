package projections

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// The commonest events, decoded only as far as the register shows them. A
// rebuild of the register spends most of its time here.

// ledgerFact is a fact with what the register needs of it.
func ledgerFact(rec eventlog.Record) (household.Fact, error) {
	e, err := ledgerEvent(rec)
	if err != nil {
		return household.Fact{}, err
	}
	day, err := happened(rec.Meta)
	if err != nil {
		return household.Fact{}, err
	}
	return household.Fact{Version: int64(rec.Version), Recorded: rec.RecordedAt, Event: e, Act: act.Act{Happened: day}}, nil
}

func ledgerEvent(rec eventlog.Record) (household.Event, error) {
	switch rec.Type {
	case "visit.recorded.v1":
		return household.Visited{}, nil // only that it happened
	case "guard.flag_raised.v1":
		return household.FlagRaised{}, nil
	case "household.registered.v1":
		var e slimRegistered
		err := decode(rec, &e)
		return e.event(), err
	case "income.recorded.v1":
		var e slimIncome
		err := decode(rec, &e)
		return household.IncomeRecorded{Sheet: e.Sheet, Procedure: e.Procedure, To: e.To.day(), PerCapita: e.PerCapita}, err
	case "inclusion.decided.v1":
		var e slimInclusion
		err := decode(rec, &e)
		return household.InclusionDecided{Result: e.Result, Class: e.Class, Risks: e.Risks, Monitoring: e.Monitoring, Assistance: e.Assistance, Episode: e.Episode}, err
	case "measure.started.v1":
		var e slimMeasure
		err := decode(rec, &e)
		return household.MeasureStarted{Measure: e.Measure, Class: e.Class, For: e.For}, err
	}
	return householdEvent(rec)
}

type slimRegistered struct {
	FileNo   string       `json:"file_no"`
	Region   string       `json:"region"`
	Group    string       `json:"group"`
	Kind     code.Kind    `json:"kind"`
	National string       `json:"national_no"`
	Members  []slimPerson `json:"members"`
}

type slimPerson struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	IDNumber   code.Personal `json:"id_number"`
	Birth      slimDay       `json:"birth"`
	Relation   string        `json:"relation"`
	Labour     code.Labour   `json:"labour"`
	Registered bool          `json:"registered"`
	Living     bool          `json:"living"`
	Counted    bool          `json:"counted"`
}

func (e *slimRegistered) event() household.HouseholdRegistered {
	members := make([]household.Member, len(e.Members))
	for i, m := range e.Members {
		members[i] = household.Member{ID: m.ID, Name: m.Name, IDNumber: m.IDNumber, Birth: m.Birth.day(), Relation: m.Relation,
			Labour: m.Labour, Registered: m.Registered, Living: m.Living, Counted: m.Counted}
	}
	return household.HouseholdRegistered{FileNo: e.FileNo, Region: e.Region, Group: e.Group, Kind: e.Kind, National: e.National, Members: members}
}

type slimIncome struct {
	Sheet     string           `json:"sheet"`
	Procedure policy.Procedure `json:"procedure"`
	To        slimDay          `json:"to"`
	PerCapita code.Fen         `json:"per_capita_fen"`
}

type slimInclusion struct {
	Result     code.ReviewResult     `json:"result"`
	Class      code.Class            `json:"class"`
	Risks      []code.Risk           `json:"risks"`
	Monitoring household.Responsible `json:"monitoring_officer"`
	Assistance household.Responsible `json:"assistance_officer"`
	Episode    int                   `json:"episode"`
}

type slimMeasure struct {
	Measure string            `json:"measure"`
	Class   code.MeasureClass `json:"class"`
	For     code.Risk         `json:"for"`
}

// slimDay is a day as it stands in an event. Reading it costs nothing until it
// is asked for.
type slimDay string

func (d slimDay) day() calendar.Day {
	if len(d) == len("2006-01-02") {
		if day, ok := plainDay([]byte(d)); ok {
			return day
		}
	}
	var day calendar.Day
	_ = day.UnmarshalText([]byte(d)) // it was a day when it was written
	return day
}
