package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

// officesOf are the offices of the visitor's region and of those within it.
func (s *site) officesOf(v *visitor) (all []office.Office) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { all = d.Offices(v.region, v.today); return nil }) // never fails
	return all
}

func (s *site) holders(id string, on calendar.Day) (all []office.Appointed) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { all = d.Holders(id, on); return nil }) // never fails
	return all
}

// kinships are what those in office in the visitor's region declared and that
// still holds.
func (s *site) kinships(v *visitor) (all []office.Kinship) {
	seen := map[string]bool{}
	for _, o := range s.officesOf(v) {
		for _, a := range s.holders(o.ID, v.today) {
			if seen[a.Person] {
				continue
			}
			seen[a.Person] = true
			_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
				for _, k := range d.Kinships(a.Person, v.today) {
					if k.To == 0 {
						all = append(all, k)
					}
				}
				return nil
			})
		}
	}
	return all
}

func (s *site) assignments(v *visitor) (all []office.Assignment) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { all = d.Assignments(v.region, v.today); return nil }) // never fails
	return all
}

func (s *site) nameOf(person string) (name string) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { name = d.NameOf(person); return nil }) // never fails
	return name
}

// watchedBy are the risks of scale on the list of the visitor's office.
func (s *site) watchedBy(ctx context.Context, v *visitor) (mine []projections.ScaleRisk) {
	all, err := s.Reads.Owed.ScaleRisks(ctx, s.area(v, ""), "", true)
	if err != nil {
		return nil // the page says that there is none to choose
	}
	for _, r := range all {
		if r.Office == v.post.Office {
			mine = append(mine, r)
		}
	}
	return mine
}

// dutyFacts reads what an office recorded of its duties, or what a check's
// villages reported.
func (s *site) dutyFacts(ctx context.Context, stream string) (facts []duty.Fact, err error) {
	for rec, err := range s.Handler.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, err
		}
		e, err := wire.Duty(rec.Type, rec.Data)
		if err != nil {
			return nil, err
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return nil, err
		}
		facts = append(facts, duty.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Event: e})
	}
	return facts, nil
}

// closures are the times in which a system is shut, by the visitor's office.
func (s *site) closures(ctx context.Context, v *visitor) (shut []duty.SystemShut) {
	facts, err := s.dutyFacts(ctx, commands.DutyStream(v.post.Office))
	if err != nil {
		return nil // the form then offers none
	}
	void := voided(facts)
	for _, f := range facts {
		switch e := f.Event.(type) {
		case duty.SystemShut:
			if !void[f.ID] {
				shut = append(shut, e)
			}
		case duty.SystemOpened:
			if !void[f.ID] {
				shut = slices.DeleteFunc(shut, func(have duty.SystemShut) bool { return have.Shut == e.Shut })
			}
		default: // nothing of a system
		}
	}
	return shut
}

func voided(facts []duty.Fact) map[string]bool {
	void := map[string]bool{}
	for _, f := range facts {
		if e, is := f.Event.(duty.FactVoided); is {
			void[e.Event] = true
		}
	}
	return void
}

// lookedUp finds those whom a form names by the number of their file.
func (s *site) lookedUp(r *http.Request, f filling, c any) (any, error) {
	switch c := c.(type) {
	case office.KinshipDeclared:
		id, err := s.fileNumbered(r, f, c.Household)
		if err != nil {
			return nil, err
		}
		if c.Household, c.Member = id, s.memberOf(r.Context(), id, c.Member); c.Member == "" {
			return nil, misfill("member", "该户没有这个姓名的成员")
		}
		return c, nil
	case foundAt:
		for _, number := range c.files {
			id, err := s.fileNumbered(r, f, number)
			if err != nil {
				return nil, misfill("found", "没有查到档案编号“%s”", number)
			}
			c.Found = append(c.Found, id)
		}
		return c.ReportVillageCheck, nil
	case listedPersons:
		for _, line := range c.lines {
			id, err := s.fileNumbered(r, f, line[0])
			if err != nil {
				return nil, misfill("persons", "没有查到档案编号“%s”", line[0])
			}
			member := s.memberOf(r.Context(), id, line[1])
			if member == "" {
				return nil, misfill("persons", "%s户没有成员“%s”", line[0], line[1])
			}
			c.Persons = append(c.Persons, duty.ListedPerson{Household: id, Member: member})
		}
		return c.RecordDone, nil
	}
	return c, nil
}

// memberOf is the member of that name in a household, "" where there is none.
func (s *site) memberOf(ctx context.Context, id, name string) string {
	facts, err := s.Handler.Facts(ctx, id)
	if err != nil {
		return "" // nobody of that name is found
	}
	for _, m := range household.Fold(id, facts, household.Times{}).Members {
		if m.Name == strings.TrimSpace(name) && m.Left == 0 {
			return m.ID
		}
	}
	return ""
}
