package demonstration

import (
	"fmt"
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// photographed is the day from which the county asks for a photograph of every
// sheet, going up and coming down.
var photographed = calendar.Date(2023, 1, 1)

// PaperID returns the stream id of the paper with a name of this package.
func (b *builder) paperID(name string) string {
	return eventlog.DeriveID("demonstration", fmt.Sprintf("%d paper %s", b.seed, name), 0).String()
}

// on makes acts on one paper, in order.
func (b *builder) on(name string, by official, commands ...paper.Command) []deed {
	deeds := make([]deed, len(commands))
	for i, c := range commands {
		key := name
		if _, removal := c.(paper.RemoveSheet); removal {
			key += "-removed"
		}
		deeds[i] = deed{key: key, by: by, id: b.paperID(name), paper: c}
	}
	return deeds
}

// papers enters the meetings, sheets and documents of a round.
func (b *builder) papers(r *round) {
	type docket struct {
		decision calendar.Day
		town     *township
		lines    []*line
	}
	var dockets []docket
	for _, t := range b.towns {
		w := r.times(t)
		var reported []*line
		for _, s := range seats(t, w.appraisal) {
			var lines []*line
			for _, v := range t.villages {
				if v.seat(w.appraisal) == s {
					lines = append(lines, r.lines[v]...)
				}
			}
			if len(lines) > 0 {
				reported = append(reported, b.villagePapers(r, s, w, lines)...)
			}
		}
		if len(reported) == 0 {
			continue
		}
		review := b.townshipReview(r, t, w, reported)
		if len(review) > 0 {
			dockets = append(dockets, docket{w.decision, t, review})
		}
	}
	// One county document decides what the townships sent by that day.
	slices.SortStableFunc(dockets, func(a, b docket) int { return int(a.decision - b.decision) })
	for i := 0; i < len(dockets); {
		day := dockets[i].decision
		var lines []*line
		j := i
		for ; j < len(dockets) && dockets[j].decision == day; j++ {
			lines = append(lines, dockets[j].lines...)
		}
		b.countyDecision(r, day, lines)
		for _, d := range dockets[i:j] {
			b.afterDecision(r, d.town, r.times(d.town), accepted(d.lines))
		}
		i = j
	}
}

// seats are the villages whose committees are there on the day.
func seats(t *township, on calendar.Day) []*village {
	var s []*village
	for _, v := range t.villages {
		if v.seat(on) == v {
			s = append(s, v)
		}
	}
	return s
}

func accepted(lines []*line) []*line {
	return slices.DeleteFunc(slices.Clone(lines), func(l *line) bool { return l.verdict != passed })
}

// villagePapers: the meeting and the sheet on one day, and after five days the
// sheet comes down and the village reports.
func (b *builder) villagePapers(r *round, v *village, w timetable, lines []*line) []*line {
	name := fmt.Sprintf("%s-%s", r.name, v.code)
	meeting := b.meeting(v, r.of, lines, chance(b.seed, name))
	onSheet := slices.DeleteFunc(slices.Clone(lines), func(l *line) bool { return l.verdict == refusedByVillage })
	if len(onSheet) == 0 {
		b.issues(w.appraisal, b.on("meeting-"+name, v.leads(w.appraisal), meeting)...)
		return nil
	}
	sheet := b.sheet(v, r.of, onSheet)
	var taken paper.RemoveSheet
	if w.appraisal >= photographed {
		sheet.Photo = b.photo("notice-"+name+"-up", v.board(), w.appraisal)
		taken.Photo = b.photo("notice-"+name+"-down", v.board(), w.removal)
	}
	b.issues(w.appraisal, append(b.on("meeting-"+name, v.leads(w.appraisal), meeting), b.on("notice-"+name, v.writes(w.appraisal), sheet)...)...)
	report := paper.IssueDocument{Region: v.seat(w.removal).code, Kind: paper.VillageReport, Procedure: r.of, Title: v.name + "上报" + policy.Procedures.ZH(string(r.of)) + "名单", Lines: plain(onSheet)}
	b.issues(w.removal, append(b.on("notice-"+name, v.writes(w.removal), taken), b.on("report-"+name, v.leads(w.removal), report)...)...)
	return onSheet
}

// meeting composes the minutes: who sat, and the votes for each household.
func (b *builder) meeting(v *village, of policy.Procedure, lines []*line, random interface{ IntN(int) int }) paper.HoldMeeting {
	m := paper.HoldMeeting{Region: v.code, Procedure: of, Place: v.name + "党群服务中心", Entitled: 18}
	m.Attendees = append(m.Attendees,
		paper.Attendee{Name: v.secretary.name, Capacity: "village_committee"}, paper.Attendee{Name: v.clerk.name, Capacity: "village_committee", Person: v.clerk.id},
		paper.Attendee{Name: v.team.name, Capacity: "resident_team", Person: v.team.id}, paper.Attendee{Name: v.town.cadre.name, Capacity: "township_cadre", Person: v.town.cadre.id})
	for _, name := range v.villager[:9+random.IntN(3)] {
		m.Attendees = append(m.Attendees, paper.Attendee{Name: name, Capacity: "representative"})
	}
	present := len(m.Attendees)
	for _, l := range lines {
		item := paper.MeetingItem{Household: l.home.id, For: present, Result: code.Pass}
		if random.IntN(5) == 0 {
			item.Recused = []string{v.villager[random.IntN(9)]}
			item.For--
		}
		if random.IntN(4) == 0 {
			item.For, item.Abstained = item.For-1, 1
		}
		if l.verdict == refusedByVillage {
			item.For, item.Against, item.Result, item.Opinion = 2, item.For-2, code.Reject, pick(l.home.random, rejectReasons)
		}
		m.Items = append(m.Items, item)
	}
	return m
}

func (b *builder) sheet(v *village, of policy.Procedure, lines []*line) paper.PostSheet {
	s := paper.PostSheet{Region: v.code, Procedure: of, Place: v.board(), Phone: fmt.Sprintf("0000-%s", v.code[3:9]), Title: v.name + "防止返贫监测对象拟纳入名单公示"}
	if of == policy.Elimination {
		s.Title = v.name + "防止返贫监测对象风险拟消除名单公示"
	}
	for _, l := range lines {
		s.Lines = append(s.Lines, paper.SheetLine{Household: l.home.id, Head: l.home.head(), Persons: l.home.persons(), Class: l.home.class})
	}
	return s
}

func plain(lines []*line) []paper.DocumentLine {
	out := make([]paper.DocumentLine, len(lines))
	for i, l := range lines {
		out[i] = paper.DocumentLine{Household: l.home.id}
	}
	return out
}

func (b *builder) townshipReview(r *round, t *township, w timetable, lines []*line) []*line {
	doc := paper.IssueDocument{Region: t.code, Kind: paper.TownshipReview, Procedure: r.of, Number: fmt.Sprintf("%s政发〔%d〕%d号", t.name[:6], w.review.Year(), b.number(t.code, w.review.Year())),
		Title: t.name + "关于" + policy.Procedures.ZH(string(r.of)) + "的审核意见", Lines: plain(lines)}
	var up []*line
	for i, l := range lines {
		doc.Lines[i].Result, doc.Lines[i].Opinion = code.Pass, riskOf(l.home.risks[0]).opinion
		if r.of == policy.Elimination {
			doc.Lines[i].Opinion = "经核查，收入稳定，风险已消除，同意上报"
		}
		if l.verdict == refusedByTownship {
			doc.Lines[i].Result, doc.Lines[i].Opinion = code.Reject, pick(l.home.random, rejectReasons)
			continue
		}
		up = append(up, l)
	}
	b.issues(w.review, b.on(fmt.Sprintf("review-%s-%s", r.name, t.code), t.reviewer, doc)...)
	return up
}

func (b *builder) countyDecision(r *round, on calendar.Day, lines []*line) {
	doc := paper.IssueDocument{Region: County, Kind: paper.CountyDecision, Procedure: r.of, Number: decree(on, b.number(County, on.Year())),
		Title: "关于审定纳入防止返贫监测对象的通知", Lines: plain(lines)}
	if r.of == policy.Elimination {
		doc.Title = "关于监测对象风险消除评估认定的通知"
	}
	for i, l := range lines {
		line := &doc.Lines[i]
		line.Result = code.Pass
		switch {
		case l.verdict == refusedByCounty:
			line.Result, line.Opinion = code.Reject, pick(l.home.random, rejectReasons)
		case r.of == policy.Elimination:
			line.Way = "by_assistance"
			if l.home.random.IntN(9) == 0 {
				line.Way = "natural"
			}
		default:
			line.Class, line.Risks = l.home.class, l.home.risks
			line.Monitoring, line.Assistance = l.home.village.writes(on).responsible(), l.home.village.town.paired.responsible()
		}
	}
	b.issues(on, b.on(fmt.Sprintf("decision-%s-%s", r.name, on), b.county.decides(on), doc)...)
}

// afterDecision hands the list down, announces it in the villages, and enters or
// marks it in the system. What was decided in the first half of 2023 about
// elimination still waits for both.
func (b *builder) afterDecision(r *round, t *township, w timetable, lines []*line) {
	if len(lines) == 0 || r.of == policy.Elimination && w.decision.Year() == 2023 {
		return
	}
	if r.of == policy.Inclusion {
		down := paper.IssueDocument{Region: t.code, Kind: paper.ListHandedDown, Procedure: r.of, Title: "返回" + t.name + "审定名单", Lines: plain(lines)}
		b.issues(w.handedDown, b.on(fmt.Sprintf("down-%s-%s", r.name, t.code), b.county.officers[0], down)...)
	}
	for _, v := range seats(t, w.announcement) {
		own := slices.DeleteFunc(slices.Clone(lines), func(l *line) bool { return l.home.village.seat(w.announcement) != v })
		if len(own) == 0 {
			continue
		}
		doc := paper.IssueDocument{Region: v.code, Kind: paper.Announcement, Procedure: r.of, Title: v.name + policy.Procedures.ZH(string(r.of)) + "结果公告",
			Issuer: County, Executor: v.code, Place: v.board(), Lines: plain(own)}
		b.issues(w.announcement, b.on(fmt.Sprintf("announcement-%s-%s", r.name, v.code), v.writes(w.announcement), doc)...)
	}
	for i, l := range lines {
		on := workdays(w.announcement, 1+i%3)
		if r.of == policy.Inclusion {
			b.enters(l.home, on)
		} else {
			b.does(l.home, on, t.cadre, household.MarkSystem{System: "national_monitoring"})
		}
	}
}

// number counts an office's documents of a year.
func (b *builder) number(office string, year int) int {
	key := fmt.Sprintf("%s %d", office, year)
	b.numbers[key]++
	return b.numbers[key]
}
