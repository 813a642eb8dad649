package demonstration

import (
	"fmt"
	"math/rand/v2"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// meeting composes the minutes: who sat, and the votes for each household.
func meetingOf(v *village, of policy.Procedure, lines []*line, random *rand.Rand) paper.HoldMeeting {
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
		m.Items = append(m.Items, item)
	}
	return m
}

func sheetOf(v *village, of policy.Procedure, lines []*line) paper.PostSheet {
	s := paper.PostSheet{Region: v.code, Procedure: of, Place: v.board(), Phone: fmt.Sprintf("0000-%s", v.code[3:9]), Title: v.name + "防止返贫监测对象拟纳入名单公示"}
	if of == policy.Elimination {
		s.Title = v.name + "防止返贫监测对象风险拟消除名单公示"
	}
	for _, l := range lines {
		s.Lines = append(s.Lines, paper.SheetLine{Household: l.home.id, Head: l.home.head(), Persons: l.home.persons(), Class: l.class})
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

func reportOf(v *village, of policy.Procedure, lines []*line) paper.IssueDocument {
	return paper.IssueDocument{Region: v.code, Kind: paper.VillageReport, Procedure: of, Title: v.name + "上报" + policy.Procedures.ZH(string(of)) + "名单", Lines: plain(lines)}
}

func reviewOf(t *township, of policy.Procedure, lines []*line) paper.IssueDocument {
	doc := paper.IssueDocument{Region: t.code, Kind: paper.TownshipReview, Procedure: of,
		Title: t.name + "关于" + policy.Procedures.ZH(string(of)) + "的审核意见", Lines: plain(lines)}
	for i, l := range lines {
		doc.Lines[i].Result, doc.Lines[i].Opinion = code.Pass, riskOf(l.risks[0]).opinion
		if of == policy.Elimination {
			doc.Lines[i].Opinion = "经核查，收入稳定，风险已消除，同意上报"
		}
		if l.verdict == refusedByTownship {
			doc.Lines[i].Result, doc.Lines[i].Opinion = code.Reject, pick(l.home.random, rejectReasons)
		}
	}
	return doc
}

func (b *builder) decisionOf(of policy.Procedure, on calendar.Day, lines []*line) paper.IssueDocument {
	doc := paper.IssueDocument{Region: County, Kind: paper.CountyDecision, Procedure: of,
		Title: "关于审定纳入防止返贫监测对象的通知", Lines: plain(lines)}
	if of == policy.Elimination {
		doc.Title = "关于监测对象风险消除评估认定的通知"
	}
	for i, l := range lines {
		line := &doc.Lines[i]
		line.Result = code.Pass
		switch {
		case l.verdict == refusedByCounty:
			line.Result, line.Opinion = code.Reject, pick(l.home.random, rejectReasons)
		case of == policy.Elimination:
			line.Way = "by_assistance"
			if l.home.random.IntN(9) == 0 {
				line.Way = "natural"
			}
		default:
			line.Class, line.Risks = l.class, l.risks
			line.Monitoring, line.Assistance = l.home.village.writes(on).responsible(), l.home.village.town.paired.responsible()
		}
	}
	return doc
}

func downOf(t *township, lines []*line) paper.IssueDocument {
	return paper.IssueDocument{Region: t.code, Kind: paper.ListHandedDown, Procedure: policy.Inclusion, Title: "返回" + t.name + "审定名单", Lines: plain(lines)}
}

func announcementOf(v *village, of policy.Procedure, lines []*line) paper.IssueDocument {
	return paper.IssueDocument{Region: v.code, Kind: paper.Announcement, Procedure: of, Title: v.name + policy.Procedures.ZH(string(of)) + "结果公告",
		Issuer: County, Executor: v.code, Place: v.board(), Lines: plain(lines)}
}

// number gives the documents of townships and county their numbers (文号), by
// year in the order in which they are issued.
func (b *builder) number() {
	towns, issued := map[string]string{}, map[string]int{}
	for _, t := range b.towns {
		towns[t.code] = string([]rune(t.name)[:2])
	}
	next := func(c paper.Command, on calendar.Day) paper.Command {
		doc, ok := c.(paper.IssueDocument)
		if !ok || doc.Kind != paper.TownshipReview && doc.Kind != paper.CountyDecision {
			return c
		}
		key := fmt.Sprintf("%s %d", doc.Region, on.Year())
		issued[key]++
		doc.Number = decree(on, issued[key])
		if doc.Kind == paper.TownshipReview {
			doc.Number = fmt.Sprintf("%s政发〔%d〕%d号", towns[doc.Region], on.Year(), issued[key])
		}
		return doc
	}
	for _, day := range b.diary.days() {
		p := b.diary.pages[day]
		for _, j := range p.papers {
			for i := range j.deeds {
				j.deeds[i].paper = next(j.deeds[i].paper, day)
			}
		}
		for i := range p.told {
			p.told[i].deed.paper = next(p.told[i].deed.paper, day)
		}
	}
}
