package api

import (
	"context"

	"shouwang/domain/code"
	"shouwang/domain/office"
)

// Appointment is an appointment as of a day, with its office and terms.
type Appointment struct {
	office.Appointed
	CapacityName string        `json:"capacity_name"`
	At           office.Office `json:"at" doc:"机构在当日的名称、区划和层级"`
}

// Person is somebody with the appointments held on a day.
type Person struct {
	Person       string        `json:"person"`
	Name         string        `json:"name"`
	Appointments []Appointment `json:"appointments"`
	// Kin is whom he declared to be near kin of (近亲属备案).
	Kin []Kin `json:"kin,omitzero"`
}

// OfficeWithHolders is an office with those who held its posts on a day.
type OfficeWithHolders struct {
	office.Office
	LevelName string        `json:"level_name"`
	Holders   []Appointment `json:"holders,omitzero"`
}

func (s *server) offices() {
	g := s.about("机构与任职")
	administers(g, "/offices", "登记机构", func(e office.Established) string { return e.Office })
	administers(g, "/office-names", "机构更名", func(e office.Renamed) string { return e.Office })
	administers(g, "/appointments", "登记任职", func(e office.Appointed) string { return e.Appointment })
	administers(g, "/appointment-endings", "任职结束", func(e office.AppointmentEnded) string { return e.Appointment })
	administers(g, "/kinship-declarations", "近亲属备案", func(e office.KinshipDeclared) string { return e.Declaration })
	administers(g, "/kinship-endings", "近亲属备案结束", func(e office.KinshipEnded) string { return e.Declaration })
	administers(g, "/village-assignments", "登记包保：机构帮扶行政村", func(e office.VillageAssigned) string { return e.Assignment })
	administers(g, "/village-assignment-endings", "包保结束", func(e office.VillageAssignmentEnded) string { return e.Assignment })
	s.assignments(g)
	get(g, "/offices", "list-offices", "某日的机构", func(_ context.Context, in *struct {
		OnDay
		Region  string `query:"region" maxLength:"15" doc:"行政区划代码：含其下全部；不填为全部"`
		Holders bool   `query:"holders" doc:"连同任职人员"`
	}) (*answer[list[OfficeWithHolders]], error) {
		day, err := in.day(s.today())
		if err != nil {
			return nil, err
		}
		out := list[OfficeWithHolders]{Items: []OfficeWithHolders{}}
		err = s.Handler.Directory.View(func(d *office.Directory) error {
			for _, o := range d.Offices(in.Region, day) {
				item := OfficeWithHolders{Office: o, LevelName: code.Levels.ZH(string(o.Level))}
				if in.Holders {
					for _, a := range d.Holders(o.ID, day) {
						item.Holders = append(item.Holders, appointmentOf(a, o))
					}
				}
				out.Items = append(out.Items, item)
			}
			return nil
		})
		return answerOf(out), err
	})
	get(g, "/people/{person}", "get-person", "一个人在某日的任职", func(_ context.Context, in *struct {
		Person string `path:"person"`
		OnDay
	}) (*answer[Person], error) {
		day, err := in.day(s.today())
		if err != nil {
			return nil, err
		}
		out := Person{Person: in.Person, Appointments: []Appointment{}}
		err = s.Handler.Directory.View(func(d *office.Directory) error {
			if !d.Known(in.Person) {
				return newProblem(readNotFound, "没有这个人的任职")
			}
			out.Name = d.NameOf(in.Person)
			for _, a := range d.Appointments(in.Person, day) {
				at, _ := d.Office(a.Office, day) // appointed to an office that began later: shown without it
				out.Appointments = append(out.Appointments, appointmentOf(a, at))
			}
			for _, k := range d.Kinships(in.Person, day) {
				out.Kin = append(out.Kin, Kin{k, code.KinRelations.ZH(k.Relation)})
			}
			return nil
		})
		return answerOf(out), err
	})
}

func appointmentOf(a office.Appointed, at office.Office) Appointment {
	return Appointment{Appointed: a, CapacityName: code.Capacities.ZH(string(a.Capacity)), At: at}
}

// inOffice asks that whoever uploads or finishes is in office today, as for any
// act.
func (s *server) inOffice(person string) error {
	return s.Handler.Directory.View(func(d *office.Directory) error {
		if len(d.Appointments(person, s.today())) == 0 {
			return newProblem("recorder.unknown", "")
		}
		return nil
	})
}
