package demonstration

import (
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// builder writes the diary of the whole county before anything is entered.
type builder struct {
	seed   int64
	towns  []*township
	all    []*village // in order of their codes
	county authority
	diary  diary
	photos photographs
	homes  int // invented so far

	inclusions   map[entry][]*round
	eliminations map[outcome]*round
	stories      []Story
}

// compose writes the diary for so many households; fewer than the standard
// county has are not written.
func compose(seed int64, households int) *builder {
	b := newBuilder(seed)
	left, m := remaining()
	b.cumulative(left, m)
	b.outside()
	b.tell()
	b.scaled(households - b.homes - len(b.stories))
	b.file()
	return b
}

// file writes the papers of all rounds and numbers the documents.
func (b *builder) file() {
	for _, in := range []entry{in2021, in2022, in2023} {
		for _, r := range b.inclusions[in] {
			b.papers(r)
		}
	}
	for _, out := range []outcome{gone2021a, gone2021b, gone2022a, gone2022b, decided23} {
		b.papers(b.eliminations[out])
	}
	b.number()
}

// newBuilder invents the county's places and officials.
func newBuilder(seed int64) *builder {
	b := &builder{seed: seed, towns: places(), county: countyOfficials(), diary: diary{pages: map[calendar.Day]*page{}}, photos: photographs{seed: seed}}
	appoint(b.towns, chance(seed, "officials"))
	for _, t := range b.towns {
		b.all = append(b.all, t.villages...)
	}
	b.rounds()
	return b
}

// rounds sets when the county includes and eliminates.
func (b *builder) rounds() {
	inclusion := func(name string, y, m, d int) *round {
		return &round{name: name, of: policy.Inclusion, start: date(y, m, d), lines: map[*village][]*line{}}
	}
	elimination := func(name string, y, m, d int) *round {
		return &round{name: name, of: policy.Elimination, start: date(y, m, d), lines: map[*village][]*line{}}
	}
	b.inclusions = map[entry][]*round{
		in2021: {inclusion("21-1", 2021, 3, 1), inclusion("21-2", 2021, 4, 6), inclusion("21-3", 2021, 6, 7), inclusion("21-4", 2021, 9, 1)},
		in2022: {inclusion("22-1", 2022, 3, 1), inclusion("22-2", 2022, 5, 9), inclusion("22-3", 2022, 7, 4), inclusion("22-4", 2022, 9, 5)},
		in2023: {inclusion("23-1", 2023, 2, 6), inclusion("23-2", 2023, 3, 6), inclusion("23-3", 2023, 3, 27), inclusion("23-4", 2023, 5, 8)},
	}
	b.eliminations = map[outcome]*round{
		gone2021a: elimination("x21-1", 2021, 8, 2), gone2021b: elimination("x21-2", 2021, 11, 22),
		gone2022a: elimination("x22-1", 2022, 6, 6), gone2022b: elimination("x22-2", 2022, 11, 1),
		decided23: elimination("x23-1", 2023, 5, 15),
	}
}

func date(y, m, d int) calendar.Day { return calendar.MustDay(fmt.Sprintf("%04d-%02d-%02d", y, m, d)) }

// cumulative invents the households of the plan and sends them on their way.
func (b *builder) cumulative(left []cell, m int) {
	n := 0
	for _, c := range left {
		n += c.households
	}
	each := spread(n, m, 1, 9)
	chance(b.seed, "measures").Shuffle(len(each), func(i, j int) { each[i], each[j] = each[j], each[i] })
	for _, c := range left {
		able, largest := c.out != openUnable, 9
		if !able {
			largest = 4
		}
		for i, persons := range spread(c.households, c.persons, 1, largest) {
			h := b.next(kindOf(c, i), persons, able)
			h.class, h.in, h.out, h.measures = c.class, c.in, c.out, each[0]
			each = each[1:]
			h.risks = h.dealRisks()
			b.registers(h)
			b.lives(h, i)
		}
	}
}

// next invents the next household, in the next village.
func (b *builder) next(kind code.Kind, persons int, able bool) *home {
	v := b.all[b.homes%len(b.all)]
	b.homes++
	return b.home(fmt.Sprintf("m%05d", b.homes), v, kind, persons, able)
}

// kindOf: the unstable were poor before, the marginal were not, of the sudden
// one in four was.
func kindOf(c cell, i int) code.Kind {
	if c.class == code.Unstable || c.class == code.Sudden && i%4 == 0 {
		return code.FormerPoor
	}
	return code.Ordinary
}

// dealRisks says what the household is at risk from; the frequent ones first.
func (h *home) dealRisks() []code.Risk {
	if !h.able {
		return []code.Risk{noLabour.code}
	}
	first := min(h.random.IntN(len(risks)), h.random.IntN(len(risks)))
	list := []code.Risk{risks[first].code}
	if second := h.random.IntN(len(risks)); second != first && h.random.IntN(4) == 0 {
		list = append(list, risks[second].code)
	}
	return list
}

// lives enters a monitored household's life, once it has a file, to where it
// stands.
func (b *builder) lives(h *home, i int) {
	from := b.included(h, i)
	end := asOf - 1
	if r := b.eliminations[h.out]; r != nil {
		r.add(h, passed)
		end = r.times(h.village.town).survey - 12
		b.recovers(h, r)
	}
	b.helped(h, from, end)
	b.visited(h, from, end, 1+h.random.IntN(2))
	b.reportsIncome(h)
	b.changes(h)
}

// registers opens the household's file in January 2021.
func (b *builder) registers(h *home) {
	on := workdays(date(2021, 1, 3), 1+h.village.index%17)
	b.does(h, on, h.village.writes(on), household.RegisterHousehold{Region: h.village.code, Group: h.group, Kind: h.kind, Members: h.members})
}

// included enters how the household was included and returns the day from which
// it is helped.
func (b *builder) included(h *home, i int) calendar.Day {
	rounds := b.inclusions[h.in]
	if h.in == brought {
		return b.takesOver(h)
	}
	r := rounds[0]
	if early := h.in == in2021 && h.out == gone2021b || h.in == in2022 && h.out == gone2022b; !early && i%2 == 1 {
		r = rounds[1+h.village.index%3]
	}
	if h.in == in2023 {
		r = rounds[h.village.town.index%4]
	}
	h.round = r
	r.add(h, passed)
	w := r.times(h.village.town)
	b.applies(h, w, 1)
	h.included = w.decision
	return workdays(w.announcement, 4)
}

// takesOver brings a case of 2020 forward on the day after its file was opened.
func (b *builder) takesOver(h *home) calendar.Day {
	on := workdays(workdays(date(2021, 1, 3), 1+h.village.index%17), 1)
	h.included = work(date(2020, 4, 1) + calendar.Day(h.random.IntN(240)))
	c := household.BringForward{Source: "全国扶贫开发信息系统2020年底数据", Class: h.class, Risks: h.risks, Included: h.included, National: h.national(),
		Monitoring: h.village.writes(on).responsible(), Assistance: h.village.town.paired.responsible()}
	if h.out == gone2020 {
		c.Eliminated = work(date(2020, 12, 1) + calendar.Day(h.random.IntN(20)))
		c.Included = work(date(2020, 4, 1) + calendar.Day(h.random.IntN(60)))
		h.included = c.Included
	}
	b.does(h, on, h.village.town.cadre, c)
	return work(on + 10 + calendar.Day(h.random.IntN(10)))
}

// reportsIncome enters the sheet of the year 2022 for those whose income the
// county asks for in the first months of 2023 and who have none yet.
func (b *builder) reportsIncome(h *home) {
	on := workdays(date(2023, 1, 28), 1+h.random.IntN(38))
	switch {
	case h.ownSheets:
	case h.out == gone2020 || h.out == gone2021a || h.out == gone2021b:
		b.typed(h, on, on, h.village.writes(on), h.yearSheet(2022, h.better()), h.village.seat(on).team)
	case h.in != in2023 && (h.out == open || h.out == openUnable):
		b.typed(h, on, on, h.village.writes(on), h.yearSheet(2022, 7100-int64(h.random.IntN(2600))), h.village.seat(on).team)
	default: // an elimination in 2022 or 2023 rests on a sheet of that year
	}
}

// changes enters what happens in families after they were included.
func (b *builder) changes(h *home) {
	if h.told || h.in == in2023 || h.random.IntN(30) > 0 {
		return
	}
	on := work(date(2022, 10, 10) + calendar.Day(h.random.IntN(200)))
	clerk := h.village.writes(on)
	switch {
	case h.able && h.random.IntN(2) == 0:
		baby := member(h.village, "m20", nameOf(h.head()[:3], h.random), "grandchild", 1+h.random.IntN(2), on-5, "none", h.random)
		number := baby.IDNumber
		baby.IDNumber, baby.NoDocument = "", "newborn"
		b.does(h, on, clerk, household.AddMember{Member: baby, Reason: "birth"})
		if registered := work(on + 60); h.random.IntN(3) > 0 {
			b.does(h, registered, h.village.writes(registered), household.SupplyDocument{Member: "m20", IDNumber: number})
		}
	case len(h.members) > 3 && h.members[3].Relation == "parent":
		b.typed(h, work(on+2), on, clerk, household.RecordLeaving{Member: "m4", Reason: "death"}, clerk)
	default:
		b.does(h, on, clerk, household.AssessLabour{Member: "m1", Labour: h.members[0].Labour, Reason: "年度核定，无变化"})
	}
}
