package policy

import (
	"cmp"
	"maps"
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Event is a fact about which procedure a region follows.
//
//sumtype:decl
type Event interface{ isPolicyEvent() }

// Adopted: the region follows the pack from a day on. The whole text is kept,
// so that what was in force can be read for ever.
type Adopted struct {
	Region   string       `json:"region"`
	Name     string       `json:"name"`
	Version  string       `json:"version"`
	SHA256   string       `json:"sha256"`
	Text     string       `json:"text"`
	From     calendar.Day `json:"from"`
	Document string       `json:"document,omitzero"`
}

// LineSet: the level to which the document left it has set a year's income line.
type LineSet struct {
	Region   string `json:"region"`
	Year     int    `json:"year"`
	Yuan     int64  `json:"yuan"`
	Document string `json:"document"`
	// Level of the authority whose document it is, where the pack left the line to
	// one (S2.9: the province's).
	Level code.Level `json:"level,omitzero"`
	// Red: it is the line of 红色预警 that was set.
	Red bool `json:"red,omitzero"`
}

func (Adopted) isPolicyEvent() {}
func (LineSet) isPolicyEvent() {}

// Book knows which pack is in force in a region on a day.
type Book struct {
	parse   func(text []byte) (Pack, error)
	adopted map[string][]Adoption
	lines   map[string][]setLine
	entries []entry // what was ever taken in; corrections may name it
}

// setLine is a line that was set, with the id by which a correction names it.
type setLine struct {
	id string
	LineSet
}

// Adoption is a pack that a region follows from a day on.
type Adoption struct {
	Region   string
	From     calendar.Day
	Document string
	Pack     Pack

	id string // by which a correction names it
}

// NewBook returns an empty book. parse reads the text of a pack.
func NewBook(parse func(text []byte) (Pack, error)) *Book {
	return &Book{parse: parse, adopted: map[string][]Adoption{}, lines: map[string][]setLine{}}
}

// Apply takes one event in, under no name by which a correction could mean it.
func (b *Book) Apply(e Event) error { return b.Take(Fact{Event: e}) }

// Take takes one fact in. A pack that can no longer be read is an error of the
// program, since adopting checked it.
func (b *Book) Take(f Fact) error {
	b.entries = append(b.entries, entry{Fact: f})
	switch e := f.Event.(type) {
	case Adopted:
		pack, err := b.parse([]byte(e.Text))
		if err != nil {
			return err
		}
		b.adopted[e.Region] = append(b.adopted[e.Region], Adoption{e.Region, e.From, e.Document, pack, f.ID})
	case LineSet:
		b.lines[e.Region] = append(b.lines[e.Region], setLine{f.ID, e})
	case AdoptionVoided:
		b.strike(e)
	}
	return nil
}

// InForce returns the pack in force on the day for the first of the regions
// that has one: ask with a village's regions from the nearest up (村, 乡镇, 县, …).
// One whose validity has ended gives way to that of a region above; where there
// is none, it goes on until another is adopted.
func (b *Book) InForce(regions []string, on calendar.Day) (Pack, bool) {
	found := b.inForce(regions, on)
	if found == nil {
		return Pack{}, false
	}
	return b.withLines(found.Pack, regions), true
}

// Since returns the day from which the pack in force on a day holds for the first
// of the regions that has one; none where there is no pack.
func (b *Book) Since(regions []string, on calendar.Day) calendar.Day {
	if found := b.inForce(regions, on); found != nil {
		return found.From
	}
	return 0
}

func (b *Book) inForce(regions []string, on calendar.Day) *Adoption {
	var expired *Adoption
	for _, region := range regions {
		var found *Adoption
		for i, a := range b.adopted[region] {
			if a.From <= on && (found == nil || a.From >= found.From) {
				found = &b.adopted[region][i]
			}
		}
		switch {
		case found == nil:
		case !found.Pack.Expired(on):
			return found
		case expired == nil:
			expired = found
		}
	}
	return expired
}

// Adoptions returns what the regions had adopted by the day, the latest first.
func (b *Book) Adoptions(regions []string, on calendar.Day) []Adoption {
	var all []Adoption
	for _, region := range regions {
		for _, a := range b.adopted[region] {
			if a.From <= on {
				all = append(all, a)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Adoption) int { return cmp.Compare(b.From, a.From) })
	return all
}

// Adopters returns the regions that ever adopted a pack of their own, sorted.
func (b *Book) Adopters() []string { return slices.Sorted(maps.Keys(b.adopted)) }

// withLines fills in lines that were set after the pack was adopted: the nearest
// region's, and of several of one region the one set last.
func (b *Book) withLines(p Pack, regions []string) Pack {
	if !slices.ContainsFunc(regions, func(r string) bool { return len(b.lines[r]) > 0 }) {
		return p
	}
	p.IncomeLines, p.RedLines = slices.Clone(p.IncomeLines), slices.Clone(p.RedLines)
	for _, region := range slices.Backward(regions) {
		for _, set := range b.lines[region] {
			lines := &p.IncomeLines
			if set.Red {
				lines = &p.RedLines
			}
			// Whose it is to set stays so: a correction is his too.
			left, _ := governing(*lines, set.Year)
			line := Line{Year: set.Year, Yuan: set.Yuan, By: left.By, Onward: left.Onward && left.Year == set.Year, Cite: set.Document, SetIn: region}
			i := slices.IndexFunc(*lines, func(l Line) bool { return l.Year == set.Year })
			switch {
			case i < 0:
				*lines = append(*lines, line)
			case (*lines)[i].Undetermined || (*lines)[i].SetIn != "":
				(*lines)[i] = line
			}
		}
	}
	return p
}

// Settable says whether a line may be set under the pack: the pack leaves the
// year open, and it is the level to which it leaves it, or one above, that sets
// it.
func (p Pack) Settable(set LineSet) error {
	lines := p.IncomeLines
	if set.Red {
		lines = p.RedLines
	}
	l, ok := governing(lines, set.Year)
	switch {
	case !ok:
	case !l.Undetermined && l.SetIn == "":
		return Refuse(LineStated, "%d年的收入线办法已写明为%d元", l.Year, l.Yuan)
	case l.By != "" && !set.Level.AtLeast(l.By):
		return &Refusal{Rule: LineOfOtherLevel, Cite: l.Cite, Reason: p.Named(string(l.By), calendar.Date(set.Year, 1, 1)) + "方可确定该年收入线，须写明确定的层级和文件"}
	}
	return nil
}

// governing is the line that says whose it is to set a year's: the year's own, or
// the last one before it that holds onward (…年起).
func governing(lines []Line, year int) (line Line, ok bool) {
	for _, l := range lines {
		if l.Year == year {
			return l, true
		}
		if l.Onward && l.Year < year && (!ok || l.Year > line.Year) {
			line, ok = l, true
		}
	}
	return line, ok
}
