package paper

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Concerned are the offices that an objection to a sheet concerns: those whose
// people put the sheet up, took the objection in, inquired into it, answered it,
// struck a line or took the sheet down, and those who typed any of it. Whoever
// sent the objection himself, without an office, concerns none.
type Concerned struct {
	Offices []string   // ids, each once
	Level   code.Level // of the highest of them; the village's, whose notice it is, at least
}

// ConcernedBy returns the offices that the facts of a sheet concern.
func ConcernedBy(facts []Fact) Concerned {
	c := Concerned{Level: code.Village}
	for _, f := range facts {
		for _, p := range append(slices.Clip(f.Act.DoneBy), f.Act.RecordedBy) {
			if p.Office == "" {
				continue
			}
			if !slices.Contains(c.Offices, p.Office) {
				c.Offices = append(c.Offices, p.Office)
			}
			if p.Level.AtLeast(c.Level) {
				c.Level = p.Level
			}
		}
	}
	return c
}

// Objector returns the objection as it was raised, sealed as it stands in the
// record, if the person may read who raised it: a discipline inspector (纪检监察)
// of a level above every office concerned, whose office covers the village. The
// offices concerned cannot, at whatever level, nor can their inspectors of the
// same level. The error is a *policy.Refusal.
func Objector(facts []Fact, objection string, reader act.Person) (SheetObjected, error) {
	i := slices.IndexFunc(facts, func(f Fact) bool {
		o, is := f.Event.(SheetObjected)
		return is && o.Objection == objection
	})
	if i < 0 {
		return SheetObjected{}, policy.Refuse(policy.ObjectionUnknown, "没有这条异议")
	}
	concerned := ConcernedBy(facts)
	switch {
	case reader.Capacity != code.Inspector:
		return SheetObjected{}, policy.Refuse(policy.ObjectorSealed, "异议人的身份只供上级纪检监察机构查看")
	case !reader.Covers:
		return SheetObjected{}, policy.Refuse(policy.ObjectorSealed, "您所在机构不管辖该地，不能查看异议人的身份")
	case slices.Contains(concerned.Offices, reader.Office) || concerned.Level.AtLeast(reader.Level) || !reader.Level.AtLeast(concerned.Level):
		level, _ := code.Levels.Find(string(concerned.Level))
		return SheetObjected{}, policy.Refuse(policy.ObjectorSealed, "该公示由%s机构经办，异议人的身份只供其上级纪检监察机构查看", level.ZH)
	}
	o := facts[i].Event.(SheetObjected)
	if o.Objector == "" && o.Contact == "" {
		return SheetObjected{}, policy.Refuse(policy.ObjectorUnnamed, "异议人没有留下姓名和联系方式")
	}
	return o, nil
}
