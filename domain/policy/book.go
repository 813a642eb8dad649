package policy

import (
	"slices"

	"shouwang/domain/calendar"
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
}

func (Adopted) isPolicyEvent() {}
func (LineSet) isPolicyEvent() {}

// Book knows which pack is in force in a region on a day.
type Book struct {
	parse   func(text []byte) (Pack, error)
	adopted map[string][]adoption
	lines   map[string][]LineSet
}

type adoption struct {
	from calendar.Day
	pack Pack
}

// NewBook returns an empty book. parse reads the text of a pack.
func NewBook(parse func(text []byte) (Pack, error)) *Book {
	return &Book{parse: parse, adopted: map[string][]adoption{}, lines: map[string][]LineSet{}}
}

// Apply takes one event in. A pack that can no longer be read is an error of
// the program, since adopting checked it.
func (b *Book) Apply(e Event) error {
	switch e := e.(type) {
	case Adopted:
		pack, err := b.parse([]byte(e.Text))
		if err != nil {
			return err
		}
		b.adopted[e.Region] = append(b.adopted[e.Region], adoption{e.From, pack})
	case LineSet:
		b.lines[e.Region] = append(b.lines[e.Region], e)
	}
	return nil
}

// InForce returns the pack in force on the day for the first of the regions
// that has one: ask with a village's regions from the nearest up (村, 乡镇, 县, …).
func (b *Book) InForce(regions []string, on calendar.Day) (Pack, bool) {
	for _, region := range regions {
		var found *adoption
		for i, a := range b.adopted[region] {
			if a.from <= on && (found == nil || a.from >= found.from) {
				found = &b.adopted[region][i]
			}
		}
		if found != nil {
			return b.withLines(found.pack, regions), true
		}
	}
	return Pack{}, false
}

// withLines fills in lines that were set after the pack was adopted.
func (b *Book) withLines(p Pack, regions []string) Pack {
	for _, region := range regions {
		for _, set := range b.lines[region] {
			p.IncomeLines = slices.Clone(p.IncomeLines)
			i := slices.IndexFunc(p.IncomeLines, func(l Line) bool { return l.Year == set.Year })
			line := Line{Year: set.Year, Yuan: set.Yuan, Cite: set.Document}
			if i < 0 {
				p.IncomeLines = append(p.IncomeLines, line)
			} else if p.IncomeLines[i].Undetermined {
				p.IncomeLines[i] = line
			}
		}
	}
	return p
}
