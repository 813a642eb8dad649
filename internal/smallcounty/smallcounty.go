// Package smallcounty is the county that tests play in: one village, its township
// and another, the county, and the people appointed there.
package smallcounty

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
)

// Codes of an area that does not exist.
const (
	County   = "629900"
	Township = "629900101"
	Village  = "629900101201"
)

// Since is the day from which everything stands: before any pack.
func Since() calendar.Day { return calendar.Date(2020, 1, 1) }

// Places are the regions and offices, in the order in which they are set up.
func Places() []office.Event {
	from := Since()
	return []office.Event{
		office.RegionEstablished{Code: County, Name: "守望县", Level: code.County, From: from},
		office.RegionEstablished{Code: Township, Name: "柳河镇", Level: code.Township, Parent: County, From: from},
		office.RegionEstablished{Code: Village, Name: "柳湾村", Level: code.Village, Parent: Township, From: from},
		office.RegionEstablished{Code: "629900102", Name: "上坪乡", Level: code.Township, Parent: County, From: from},
		office.Established{Office: "v", Region: Village, Level: code.Village, Name: "柳湾村村民委员会", From: from},
		office.Established{Office: "t", Region: Township, Level: code.Township, Name: "柳河镇人民政府", From: from},
		office.Established{Office: "t2", Region: "629900102", Level: code.Township, Name: "上坪乡人民政府", From: from},
		office.Established{Office: "c", Region: County, Level: code.County, Name: "县乡村振兴局", From: from},
	}
}

// People are the appointments. The county's officer comes first: he appoints the
// others. One person serves village and township, another reviews for the
// township and decides for the county.
func People() []office.Appointed {
	all := []office.Appointed{
		{Person: "officer", Office: "c", Capacity: code.CountyOfficer, Post: "经办人"},
		{Person: "cadre", Office: "v", Capacity: code.VillageCadre, Post: "村文书"},
		{Person: "second", Office: "v", Capacity: code.ResidentTeam, Post: "驻村队员"},
		{Person: "reviewer", Office: "t", Capacity: code.TownshipReviewer, Post: "分管副镇长"},
		{Person: "stranger", Office: "t2", Capacity: code.TownshipReviewer, Post: "副乡长"},
		{Person: "decider", Office: "c", Capacity: code.CountyDecider, Post: "局长"},
		{Person: "inspector", Office: "c", Capacity: code.Inspector, Post: "纪委干部"},
		{Person: "both", Office: "v", Capacity: code.GridWorker, Post: "网格员"},
		{Person: "both", Appointment: "a-both-2", Office: "t", Capacity: code.TownshipCadre, Post: "包村干部"},
		{Person: "twice", Office: "t", Capacity: code.TownshipReviewer, Post: "副镇长"},
		{Person: "twice", Appointment: "a-twice-2", Office: "c", Capacity: code.CountyDecider, Post: "副局长"},
	}
	for i := range all {
		a := &all[i]
		if a.Appointment == "" {
			a.Appointment = "a-" + a.Person
		}
		a.Name, a.From = a.Person, Since()
	}
	return all
}
