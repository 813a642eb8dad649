package demonstration

import (
	"fmt"
	"slices"

	"shouwang/domain/calendar"
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
		deeds[i] = deed{key: key, by: by.id, id: b.paperID(name), paper: c}
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
	meeting := meetingOf(v, r.of, lines, chance(b.seed, name))
	sheet := sheetOf(v, r.of, lines)
	var taken paper.RemoveSheet
	if w.appraisal >= photographed {
		sheet.Photo = b.photo("notice-"+name+"-up", v.board(), w.appraisal)
		taken.Photo = b.photo("notice-"+name+"-down", v.board(), w.removal)
	}
	b.issues(w.appraisal, append(b.on("meeting-"+name, v.leads(w.appraisal), meeting), b.on("notice-"+name, v.writes(w.appraisal), sheet)...)...)
	b.issues(w.removal, append(b.on("notice-"+name, v.writes(w.removal), taken), b.on("report-"+name, v.leads(w.removal), reportOf(v, r.of, lines))...)...)
	return lines
}

func (b *builder) townshipReview(r *round, t *township, w timetable, lines []*line) []*line {
	b.issues(w.review, b.on(fmt.Sprintf("review-%s-%s", r.name, t.code), t.reviewer, reviewOf(t, r.of, lines))...)
	return slices.DeleteFunc(slices.Clone(lines), func(l *line) bool { return l.verdict == refusedByTownship })
}

func (b *builder) countyDecision(r *round, on calendar.Day, lines []*line) {
	b.issues(on, b.on(fmt.Sprintf("decision-%s-%s", r.name, on), b.county.decides(on), b.decisionOf(r.of, on, lines))...)
}

// afterDecision hands the list down, announces it in the villages, and enters or
// marks it in the system. What was decided in the first half of 2023 about
// elimination still waits for both.
func (b *builder) afterDecision(r *round, t *township, w timetable, lines []*line) {
	if len(lines) == 0 || r.of == policy.Elimination && w.decision.Year() == 2023 {
		return
	}
	if r.of == policy.Inclusion {
		b.issues(w.handedDown, b.on(fmt.Sprintf("down-%s-%s", r.name, t.code), b.county.officers[0], downOf(t, lines))...)
	}
	for _, v := range seats(t, w.announcement) {
		own := slices.DeleteFunc(slices.Clone(lines), func(l *line) bool { return l.home.village.seat(w.announcement) != v })
		if len(own) > 0 {
			b.issues(w.announcement, b.on(fmt.Sprintf("announcement-%s-%s", r.name, v.code), v.writes(w.announcement), announcementOf(v, r.of, own))...)
		}
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
