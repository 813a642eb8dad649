package office

import (
	"slices"
	"strings"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Directory answers questions about regions, offices and appointments for any
// day. It is folded from events; a reader may share it once nobody applies.
type Directory struct {
	regions      map[string]*region
	codes        []string // of all regions, sorted
	offices      map[string]*office
	appointments map[string]*Appointed
	byPerson     map[string][]string  // appointment ids in order of appointment
	children     map[string][]string  // region codes, by parent
	merged       map[string][]string  // region codes, by successor
	kin          map[string][]Kinship // by person
	assignments  map[string]*Assignment

	entries   []entry // what was ever taken in; corrections may name it
	appointed bool    // somebody, ever: a voided appointment was one
}

type dated struct {
	from  calendar.Day
	value string
}

type region struct {
	RegionEstablished
	names     []dated
	successor string
	until     calendar.Day // first day on which the successor rules
}

type office struct {
	Established
	names []dated
}

// NewDirectory returns an empty directory.
func NewDirectory() *Directory {
	return &Directory{
		regions: map[string]*region{}, offices: map[string]*office{}, appointments: map[string]*Appointed{},
		byPerson: map[string][]string{}, children: map[string][]string{}, merged: map[string][]string{},
		kin: map[string][]Kinship{}, assignments: map[string]*Assignment{},
	}
}

// Apply takes one event in, under no name by which a correction could mean it.
func (d *Directory) Apply(e Event) { d.Take(Fact{Event: e}) }

// Take takes one fact in. Like every fold it never fails: what refers to nothing
// known changes nothing.
func (d *Directory) Take(f Fact) {
	d.entries = append(d.entries, entry{Fact: f})
	if v, ok := f.Event.(EntryVoided); ok {
		d.strike(v)
		return
	}
	d.evolve(f.Event)
}

func (d *Directory) evolve(e Event) {
	switch e := e.(type) {
	case RegionEstablished:
		if at, known := slices.BinarySearch(d.codes, e.Code); !known {
			d.codes = slices.Insert(d.codes, at, e.Code)
		}
		d.regions[e.Code] = &region{RegionEstablished: e, names: []dated{{e.From, e.Name}}}
		d.children[e.Parent] = append(d.children[e.Parent], e.Code)
	case RegionRenamed:
		if r := d.regions[e.Code]; r != nil {
			r.names = append(r.names, dated{e.From, e.Name})
		}
	case RegionMerged:
		if r := d.regions[e.Code]; r != nil {
			r.successor, r.until = e.Successor, e.From
			d.merged[e.Successor] = append(d.merged[e.Successor], e.Code)
		}
	case Established:
		d.offices[e.Office] = &office{Established: e, names: []dated{{e.From, e.Name}}}
	case Renamed:
		if o := d.offices[e.Office]; o != nil {
			o.names = append(o.names, dated{e.From, e.Name})
		}
	case Appointed:
		if d.appointments[e.Appointment] == nil {
			d.byPerson[e.Person] = append(d.byPerson[e.Person], e.Appointment)
		}
		d.appointments[e.Appointment], d.appointed = &e, true
	case AppointmentEnded:
		if a := d.appointments[e.Appointment]; a != nil {
			a.To = e.To
		}
	case KinshipDeclared, KinshipEnded:
		d.applyKinship(e)
	case VillageAssigned, VillageAssignmentEnded:
		d.applyAssignment(e)
	case EntryVoided: // Take leaves out what it names
	}
}

// Region is a region as of a day.
type Region struct {
	Code      string       `json:"code"`
	Name      string       `json:"name"`
	Level     code.Level   `json:"level"`
	Parent    string       `json:"parent,omitzero"`
	From      calendar.Day `json:"from"`
	To        calendar.Day `json:"to,omitzero"` // last day under this code
	Successor string       `json:"successor,omitzero"`
}

// Region returns the region with the code as it was called on the day. A code
// that has ended is still found, with its successor.
func (d *Directory) Region(code string, on calendar.Day) (Region, bool) {
	r := d.regions[code]
	if r == nil || on < r.From {
		return Region{}, false
	}
	out := Region{Code: r.Code, Name: valueOn(r.names, on), Level: r.Level, Parent: r.Parent, From: r.From, Successor: r.successor}
	if r.until != 0 {
		out.To = r.until - 1
	}
	return out, true
}

// Current returns the code under which a region's households stand on the day:
// the code itself, or that of the last successor by then.
func (d *Directory) Current(code string, on calendar.Day) string {
	for range len(d.regions) {
		r := d.regions[code]
		if r == nil || r.until == 0 || on < r.until {
			break
		}
		code = r.successor
	}
	return code
}

// Contains says whether the region lies in (or is) the ancestor, by the tree of
// the day: a merged region lies where its successor lies.
func (d *Directory) Contains(ancestor, code string, on calendar.Day) bool {
	ancestor = d.Current(ancestor, on)
	for range len(d.regions) + 1 {
		if code == "" {
			return false
		}
		if code = d.Current(code, on); code == ancestor {
			return true
		}
		r := d.regions[code]
		if r == nil {
			return false
		}
		code = r.Parent
	}
	return false
}

// Regions returns every code that lies in (or is) the ancestor on the day,
// merged ones included, sorted.
func (d *Directory) Regions(ancestor string, on calendar.Day) []string {
	var codes []string
	seen := map[string]bool{} // a fold takes anything, circles too
	var collect func(code string)
	collect = func(code string) {
		if seen[code] {
			return
		}
		seen[code] = true
		if d.regions[code] != nil {
			codes = append(codes, code)
		}
		for _, child := range d.children[code] {
			if d.Current(child, on) == child { // else it is found where its successor lies
				collect(child)
			}
		}
		for _, merged := range d.merged[code] {
			if r := d.regions[merged]; r.successor == code && on >= r.until {
				collect(merged)
			}
		}
	}
	collect(d.Current(ancestor, on))
	slices.Sort(codes)
	return codes
}

// Whole says whether sorted codes of regions are all the codes that there are
// from the first of them to the last, and to any that begins like the last:
// whoever seeks what lies in them may then seek between the two.
func (d *Directory) Whole(codes []string) bool {
	if len(codes) == 0 {
		return false
	}
	first, known := slices.BinarySearch(d.codes, codes[0])
	last, _ := slices.BinarySearch(d.codes, codes[len(codes)-1])
	if !known || last-first+1 != len(codes) {
		return false
	}
	return last+1 == len(d.codes) || !strings.HasPrefix(d.codes[last+1], codes[len(codes)-1])
}

// Ancestor returns the region's ancestor (or itself) at a level on the day, "".
func (d *Directory) Ancestor(code string, level code.Level, on calendar.Day) string {
	for range len(d.regions) + 1 {
		code = d.Current(code, on)
		r := d.regions[code]
		if r == nil {
			return ""
		}
		if r.Level == level {
			return code
		}
		code = r.Parent
	}
	return ""
}

// Children returns the regions directly under a parent that exist on the day,
// sorted by code.
func (d *Directory) Children(parent string, on calendar.Day) []Region {
	var out []Region
	for _, c := range d.children[parent] {
		if r, ok := d.Region(c, on); ok && (r.To == 0 || on <= r.To) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Region) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return out
}

// Office is an office as of a day.
type Office struct {
	ID         string     `json:"id"`
	Region     string     `json:"region"`
	Level      code.Level `json:"level"`
	Name       string     `json:"name"`
	Department string     `json:"department,omitzero"`
}

// Title is a post with its office, whose name the post's own may begin with.
func (o Office) Title(post string) string {
	if strings.HasPrefix(post, o.Name) {
		return post
	}
	return o.Name + post
}

// Office returns the office as it was called on the day.
func (d *Directory) Office(id string, on calendar.Day) (Office, bool) {
	o := d.offices[id]
	if o == nil || on < o.From {
		return Office{}, false
	}
	return Office{ID: o.Office, Region: o.Region, Level: o.Level, Name: valueOn(o.names, on), Department: o.Department}, true
}

// Appointments returns the appointments the person held on the day.
func (d *Directory) Appointments(person string, on calendar.Day) []Appointed {
	var held []Appointed
	for _, id := range d.byPerson[person] {
		if a := d.appointments[id]; a.From <= on && (a.To == 0 || on <= a.To) {
			held = append(held, *a)
		}
	}
	return held
}

// Known says whether the person was ever appointed to anything.
func (d *Directory) Known(person string) bool { return len(d.byPerson[person]) > 0 }

// Person describes an appointment's holder as of the day, for acts on
// households of the region.
func (d *Directory) Person(a Appointed, household string, on calendar.Day) act.Person {
	p := act.Person{ID: a.Person, Name: a.Name, Appointment: a.Appointment, Capacity: a.Capacity, Post: a.Post, Office: a.Office}
	if o, ok := d.Office(a.Office, on); ok {
		p.Region, p.Level = o.Region, o.Level
		p.Covers = d.Contains(o.Region, household, on)
	}
	return p
}

func valueOn(names []dated, on calendar.Day) string {
	value, from := "", calendar.Day(0)
	for _, n := range names {
		if n.from <= on && n.from >= from {
			value, from = n.value, n.from
		}
	}
	return value
}

// Last returns the person's last appointment, held or ended.
func (d *Directory) Last(person string) (Appointed, bool) {
	ids := d.byPerson[person]
	if len(ids) == 0 {
		return Appointed{}, false
	}
	return *d.appointments[ids[len(ids)-1]], true
}

// NameOf returns a person's name as last appointed, "" if he never was.
func (d *Directory) NameOf(person string) string {
	ids := d.byPerson[person]
	if len(ids) == 0 {
		return ""
	}
	return d.appointments[ids[len(ids)-1]].Name
}

// Empty says whether nobody was ever appointed to anything: the log is still
// being set up. An appointment that is void was one: nobody sets up a log again by
// voiding them all.
func (d *Directory) Empty() bool { return !d.appointed }
