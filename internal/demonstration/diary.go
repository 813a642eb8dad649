package demonstration

import (
	"maps"
	"slices"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/paper"
)

// deed is one act to be entered: on a household or on a paper.
type deed struct {
	key      string
	by       string       // id of whoever enters it
	also     []string     // ids of who did it with him
	happened calendar.Day // when it is entered later than it happened
	doers    []string     // ids of who did what is entered later
	id       string       // of the household or paper
	on       household.Command
	paper    paper.Command
	joins    string // correlation of acts on several households
}

// request composes the act's request.
func (d deed) request() commands.Request {
	r := commands.Request{Key: d.key, By: d.by, Channel: act.GeneratedChannel, Correlation: d.joins}
	if d.happened != 0 {
		r.Mode, r.Happened = act.Transcribed, d.happened
		for _, id := range d.doers {
			r.DoneBy = append(r.DoneBy, commands.DoneBy{Person: id})
		}
		return r
	}
	if len(d.also) > 0 {
		r.DoneBy = []commands.DoneBy{{Person: d.by}}
		for _, id := range d.also {
			r.DoneBy = append(r.DoneBy, commands.DoneBy{Person: id})
		}
	}
	return r
}

func idsOf(officials []official) []string {
	var ids []string
	for _, o := range officials {
		ids = append(ids, o.id)
	}
	return ids
}

// job is deeds that are entered one after the other.
type job struct{ deeds []deed }

// page is a day of the diary. Households' own acts are entered first, at the
// same time as one another; then papers over many households; then the stories,
// each at its minute.
type page struct {
	own    []*job
	of     map[*home]*job
	papers []*job
	told   []told
}

// told is a story's deed at its minute of the day.
type told struct {
	minute int
	deed   deed
}

// diary is all that will be entered, by the day on which it is entered.
type diary struct{ pages map[calendar.Day]*page }

func (d *diary) page(on calendar.Day) *page {
	p := d.pages[on]
	if p == nil {
		p = &page{of: map[*home]*job{}}
		d.pages[on] = p
	}
	return p
}

// days returns the days on which anything is entered, in order.
func (d *diary) days() []calendar.Day { return slices.Sorted(maps.Keys(d.pages)) }

// deeds counts what will be entered.
func (d *diary) deeds() int {
	n := 0
	for _, p := range d.pages {
		for _, jobs := range [][]*job{p.own, p.papers} {
			for _, j := range jobs {
				n += len(j.deeds)
			}
		}
		n += len(p.told)
	}
	return n
}

// ended says that the day lies behind what is lived: it is due on 3 July or
// later.
func ended(on calendar.Day) bool { return on >= lastDay }

// enter puts a household's act into the diary.
func (b *builder) enter(h *home, on calendar.Day, d deed) {
	d.id, d.key = h.id, h.nextKey()
	if ended(on) {
		return
	}
	p := b.diary.page(on)
	j := p.of[h]
	if j == nil {
		j = &job{}
		p.of[h] = j
		p.own = append(p.own, j)
	}
	j.deeds = append(j.deeds, d)
}

// does enters an act on its day, by whom it behoves.
func (b *builder) does(h *home, on calendar.Day, by official, c household.Command, also ...official) {
	b.enter(h, on, deed{by: by.id, also: idsOf(also), on: c})
}

// typed enters on a later day what happened before, by whoever types.
func (b *builder) typed(h *home, on, happened calendar.Day, by official, c household.Command, doers ...official) {
	if len(doers) == 0 {
		doers = []official{by}
	}
	b.enter(h, on, deed{by: by.id, happened: happened, doers: idsOf(doers), on: c})
}

// issues puts acts on papers into the diary, one after the other.
func (b *builder) issues(on calendar.Day, deeds ...deed) {
	if ended(on) || len(deeds) == 0 {
		return
	}
	p := b.diary.page(on)
	p.papers = append(p.papers, &job{deeds})
}
