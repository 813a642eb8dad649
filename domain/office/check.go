package office

import (
	"unicode/utf8"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Administers refuses whoever may not enter regions, offices, appointments and packs:
// the county and those above it do (S0.12).
func Administers(by act.Person) error {
	if !by.Level.AtLeast(code.County) {
		return policy.Refuse(policy.WrongCapacity, "机构、任职和办法由县级以上登记")
	}
	return nil
}

// Check refuses facts about regions, offices and appointments that refer to
// nothing or contradict the directory.
func (d *Directory) Check(e Event) error {
	switch e := e.(type) {
	case RegionEstablished:
		return d.checkRegion(e)
	case RegionRenamed:
		if d.regions[e.Code] == nil || !named(e.Name) || e.From == 0 {
			return policy.Refuse(policy.RegionUnknown, "没有这个行政区划，或名称、日期有误")
		}
	case RegionMerged:
		if d.regions[e.Code] == nil || d.regions[e.Successor] == nil || e.Code == e.Successor || e.From == 0 || d.leadsTo(e.Successor, e.Code) {
			return policy.Refuse(policy.RegionUnknown, "撤并须写明原区划、承接区划和日期")
		}
		if d.regions[e.Code].until != 0 {
			return policy.Refuse(policy.Malformed, "该区划已撤并")
		}
	case Established:
		if d.regions[e.Region] == nil {
			return policy.Refuse(policy.RegionUnknown, "没有这个行政区划")
		}
		if e.Office == "" || d.offices[e.Office] != nil || !named(e.Name) || e.From == 0 {
			return policy.Refuse(policy.Malformed, "机构编号重复，或名称、日期有误")
		}
		if _, ok := code.Levels.Find(string(e.Level)); !ok {
			return policy.Refuse(policy.Malformed, "机构层级不在代码表中")
		}
	case Renamed:
		if d.offices[e.Office] == nil || !named(e.Name) || e.From == 0 {
			return policy.Refuse(policy.Malformed, "没有这个机构，或名称、日期有误")
		}
	case Appointed:
		if d.offices[e.Office] == nil || d.appointments[e.Appointment] != nil || e.Appointment == "" || e.Person == "" || e.Person == act.Public || !named(e.Name) || e.From == 0 || e.To != 0 && e.To < e.From {
			return policy.Refuse(policy.Malformed, "任职须写明机构、人员、编号和起止日期")
		}
		if _, ok := code.Capacities.Find(string(e.Capacity)); !ok {
			return policy.Refuse(policy.Malformed, "履职身份不在代码表中")
		}
	case AppointmentEnded:
		if a := d.appointments[e.Appointment]; a == nil || a.Office != e.Office || e.To < a.From {
			return policy.Refuse(policy.Malformed, "没有这项任职，或日期有误")
		}
	case KinshipDeclared:
		return d.checkKinship(e)
	case KinshipEnded:
		return d.checkKinshipEnd(e)
	case VillageAssigned:
		return d.checkAssignment(e)
	case VillageAssignmentEnded:
		return d.checkAssignmentEnd(e)
	case EntryVoided:
		return d.checkVoid(e)
	}
	return nil
}

func (d *Directory) checkRegion(e RegionEstablished) error {
	for _, c := range e.Code {
		if c < '0' || c > '9' {
			return policy.Refuse(policy.Malformed, "行政区划代码应为数字")
		}
	}
	switch _, known := code.Levels.Find(string(e.Level)); {
	case len(e.Code) < 2 || len(e.Code) > 15:
		return policy.Refuse(policy.Malformed, "行政区划代码应为2至15位")
	case d.regions[e.Code] != nil:
		return policy.Refuse(policy.Malformed, "行政区划代码已登记，不得重复使用")
	case e.Parent != "" && d.regions[e.Parent] == nil:
		return policy.Refuse(policy.RegionUnknown, "没有这个上级区划")
	case !known || !named(e.Name) || e.From == 0:
		return policy.Refuse(policy.Malformed, "行政区划须写明名称、层级和日期")
	}
	return nil
}

func named(s string) bool { return s != "" && utf8.RuneCountInString(s) <= 100 }

// leadsTo says whether a region lies in another, or ever comes to, whatever the
// day: regions must not be merged in a circle.
func (d *Directory) leadsTo(from, to string) bool {
	seen := map[string]bool{}
	var search func(code string) bool
	search = func(code string) bool {
		r := d.regions[code]
		if code == to || r == nil || seen[code] {
			return code == to
		}
		seen[code] = true
		return search(r.Parent) || search(r.successor)
	}
	return search(from)
}
