package demonstration

import (
	"fmt"
	"math/rand/v2"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
)

// official is somebody who holds one appointment.
type official struct {
	id       string
	name     string
	post     string
	capacity code.Capacity
	office   string
	from     calendar.Day
	to       calendar.Day // last day; none: still in office
}

// responsible names the official as a household's officer.
func (o official) responsible() household.Responsible {
	return household.Responsible{Person: o.id, Name: o.name, Post: o.post}
}

func (o official) appointed() office.Appointed {
	return office.Appointed{Appointment: o.id + "-1", Office: o.office, Person: o.id, Name: o.name, Post: o.post, Capacity: o.capacity, From: o.from}
}

var (
	inOffice  = calendar.Date(2020, 1, 6)  // most have been in office since
	electedOn = calendar.Date(2021, 12, 1) // elections of village committees in some villages
	takenOver = calendar.Date(2022, 7, 1)  // the county's deciding official changes
)

// department is a department's office in the county.
type department struct {
	code, name string
	officer    official
}

// authority is the county's own officials.
type authority struct {
	officers    []official // the first sets the directory up
	decider     official   // until takenOver
	nextDecider official
	inspector   official
	departments []department
}

func (a authority) decides(on calendar.Day) official {
	if on >= takenOver {
		return a.nextDecider
	}
	return a.decider
}

func (a authority) department(code string) department {
	for _, d := range a.departments {
		if d.code == code {
			return d
		}
	}
	panic("no department " + code)
}

func countyOfficials() authority {
	at := func(role, name, post string, c code.Capacity) official {
		return official{id: County + "-" + role, name: name, post: post, capacity: c, office: County, from: inOffice}
	}
	a := authority{
		officers: []official{
			at("officer1", "方静宜", "监测股股长", code.CountyOfficer),
			at("officer2", "程书远", "监测股干部", code.CountyOfficer),
			at("officer3", "江沐晨", "信息中心干部", code.CountyOfficer),
		},
		decider:     at("decider1", "周秉文", "主任", code.CountyDecider),
		nextDecider: at("decider2", "吴启明", "局长", code.CountyDecider),
		inspector:   official{id: County + "-inspector", name: "郑砚秋", post: "县纪委监委第三室干部", capacity: code.Inspector, office: County + "-discipline", from: inOffice},
	}
	a.nextDecider.from = takenOver
	for _, d := range []struct{ code, name, person, post string }{
		{"medical_insurance", "县医保局", "秦思远", "待遇保障股干部"},
		{"civil_affairs", "县民政局", "苏晚晴", "社会救助股股长"},
		{"housing", "县住建局", "罗永川", "村镇股干部"},
		{"agriculture", "县农业农村局", "葛云鹏", "产业股干部"},
		{"human_resources", "县人社局", "温如海", "就业股干部"},
		{"emergency", "县应急局", "韩立冬", "救灾股股长"},
	} {
		id := County + "-" + d.code
		a.departments = append(a.departments, department{code: d.code, name: d.name, officer: official{
			id: id + "-officer", name: d.person, post: d.post, capacity: code.DepartmentOfficer, office: id, from: inOffice}})
	}
	return a
}

// appoint gives every township and village its officials.
func appoint(towns []*township, random *rand.Rand) {
	for _, t := range towns {
		at := func(role, post string, c code.Capacity) official {
			return official{id: t.code + "-" + role, name: personName(random), post: post, capacity: c, office: t.code, from: inOffice}
		}
		t.cadre = at("cadre", "包村干部", code.TownshipCadre)
		t.reviewer = at("reviewer", "分管副职", code.TownshipReviewer)
		t.paired = official{id: t.code + "-paired", name: personName(random), post: "县直部门结对帮扶干部", capacity: code.PairedCadre, office: County + "-agriculture", from: inOffice}
		for _, v := range t.villages {
			appointVillage(v, random)
		}
	}
	t := towns[0]
	t.cadre.name, t.reviewer.name, t.reviewer.post, t.paired.name = "丁晓岚", "马立新", "分管副镇长", "乔延年"
	v := t.villages[0]
	v.secretary.name, v.clerk.name, v.team.name, v.team.post, v.grid.name = "柳长庚", "罗桂芳", "何建邦", "驻村第一书记", "田小满"
}

func appointVillage(v *village, random *rand.Rand) {
	at := func(role, post string, c code.Capacity) official {
		return official{id: v.code + "-" + role, name: personName(random), post: post, capacity: c, office: v.code, from: inOffice}
	}
	v.secretary = at("secretary", "村党组织书记", code.VillageSecretary)
	v.clerk = at("clerk", "村文书", code.VillageCadre)
	v.team = at("team", "驻村工作队员", code.ResidentTeam)
	v.grid = at("grid", "网格员", code.GridWorker)
	for range 16 {
		v.villager = append(v.villager, personName(random))
	}
	if v.index%9 == 4 && v.heir == nil {
		next := at("secretary2", "村党组织书记", code.VillageSecretary)
		next.from = electedOn
		v.next, v.secretary.to = &next, electedOn-1
	}
	if v.heir != nil {
		for _, o := range []*official{&v.secretary, &v.clerk, &v.team, &v.grid} {
			o.to = mergedOn - 1
		}
	}
}

// leads returns the village's secretary on the day.
func (v *village) leads(on calendar.Day) official {
	v = v.seat(on)
	if v.next != nil && on >= v.next.from {
		return *v.next
	}
	return v.secretary
}

// writes returns the village's clerk on the day.
func (v *village) writes(on calendar.Day) official { return v.seat(on).clerk }

// decree numbers a county document: the authority's name changed in June 2021.
func decree(on calendar.Day, n int) string {
	issuer := "守扶办发"
	if on >= renamedOn {
		issuer = "守乡振发"
	}
	return fmt.Sprintf("%s〔%d〕%d号", issuer, on.Year(), n)
}
