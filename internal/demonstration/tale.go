package demonstration

import (
	"fmt"
	"slices"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
)

// Story is one of the fixed stories, told of a household.
type Story struct {
	Code      string // D01
	Household string // stream id
	FileNo    string
	Head      string
	Title     string
}

// Stories lists the stories of the county with the seed, without loading it.
func Stories(seed int64) []Story {
	b := newBuilder(seed)
	b.tell()
	return b.stories
}

// at is a minute of a day, written as "2023-03-06 09:20".
type at string

func (t at) split() (calendar.Day, int) {
	clock, err := time.Parse("2006-01-02 15:04", string(t))
	if err != nil {
		panic(err)
	}
	return calendar.MustDay(string(t)[:10]), clock.Hour()*60 + clock.Minute()
}

func (t at) day() calendar.Day { d, _ := t.split(); return d }

// story opens the file of a story's household in the showcase village.
func (b *builder) story(name, head, title string, kind code.Kind, persons int, able bool) *home {
	return b.storyIn(b.all[0], name, head, title, kind, persons, able)
}

func (b *builder) storyIn(v *village, name, head, title string, kind code.Kind, persons int, able bool) *home {
	h := b.home(name, v, kind, persons, able)
	h.members[0].Name = head
	h.told = true
	for _, s := range standIns() {
		if s.story == name {
			h.class, h.in, h.out, h.measures = s.class, s.in, s.out, s.measures
		}
	}
	b.stories = append(b.stories, Story{Code: name, Household: h.id, FileNo: h.fileNo(), Head: head, Title: title})
	b.registers(h)
	return h
}

// tells puts a deed into the diary at its minute.
func (b *builder) tells(when at, d deed) {
	day, minute := when.split()
	p := b.diary.page(day)
	p.told = append(p.told, told{minute, d})
	slices.SortStableFunc(p.told, func(a, b told) int { return a.minute - b.minute })
}

// act tells of an act on a household on its day.
func (b *builder) act(h *home, when at, by official, c household.Command, also ...official) string {
	key := h.nextKey()
	b.tells(when, deed{key: key, by: by.id, also: idsOf(also), id: h.id, on: c})
	return key
}

// later tells of an act typed after the day on which it happened.
func (b *builder) later(h *home, when at, happened string, by official, c household.Command, doers ...official) string {
	key := h.nextKey()
	b.tells(when, deed{key: key, by: by.id, happened: calendar.MustDay(happened), doers: idsOf(doers), id: h.id, on: c})
	return key
}

// write tells of an act on a paper; its name and kind of act make its key.
func (b *builder) write(name string, when at, by official, c paper.Command) {
	b.tells(when, deed{key: fmt.Sprintf("%s-%T", name, c), by: by.id, id: b.paperID(name), paper: c})
}

// linesOf makes lines of a round that is a story's own.
func linesOf(homes ...*home) []*line {
	lines := make([]*line, len(homes))
	for i, h := range homes {
		lines[i] = &line{h, passed, h.class, h.risks}
	}
	return lines
}
