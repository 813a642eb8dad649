package demonstration

import (
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// reused is the photograph that two sheets show.
const reused = "G sheet down"

// sunday is the timetable of who applied on 18 June 2023.
var sunday = timetable{clue: date(2023, 6, 18), survey: date(2023, 6, 19), comparison: date(2023, 6, 20)}

// downTooSoon is G01 to G03: a sheet of September 2021 that came down on day 4,
// and everybody went on.
func (b *builder) downTooSoon() {
	var homes []*home
	for i, head := range []string{"柳广才", "柳玉珍", "柳得水"} {
		s := standIns()[17+i]
		h := b.story(s.story, head, "2021年9月公示第4天即撤下", code.Ordinary, s.persons, true)
		h.risks = []code.Risk{"schooling"}
		b.applies(h, timetable{clue: date(2021, 9, 1), survey: date(2021, 9, 2), comparison: date(2021, 9, 3)}, 1)
		homes = append(homes, h)
	}
	v, t, lines := homes[0].village, homes[0].village.town, linesOf(homes...)
	b.write("G meeting", "2021-09-06 15:00", v.secretary, meetingOf(v, policy.Inclusion, lines, homes[0].random))
	b.hangs("G sheet", "2021-09-06 16:30", "2021-09-10 16:00", v, policy.Inclusion, lines)
	b.write("G report", "2021-09-10 16:30", v.secretary, reportOf(v, policy.Inclusion, lines))
	b.write("G review", "2021-09-13 15:00", t.reviewer, reviewOf(t, policy.Inclusion, lines))
	b.decides("G", "2021-09-15 10:00", "2021-09-16 10:00", "2021-09-17 10:00", "2021-09-22 10:00", homes...)
	for _, h := range homes {
		b.helped(h, date(2021, 9, 24), asOf-1)
		b.visited(h, date(2021, 10, 1), date(2023, 6, 1), 2)
		b.reportsIncome(h)
	}
}

// upToday is the sheets that hang on 3 July: one that may come down on the 4th,
// one under objection, one past its end without a photograph of its coming down.
func (b *builder) upToday() {
	first := b.applicants([]string{"L11", "L12"}, []string{"柳顺来", "柳桂芳"}, "6月29日起公示，7月4日期满",
		timetable{clue: date(2023, 6, 20), survey: date(2023, 6, 21), comparison: date(2023, 6, 26)})
	b.posts("L1", "2023-06-29 14:30", "2023-06-29 16:00", first)

	second := b.applicants([]string{"L21", "L22", "L23"}, []string{"柳向阳", "柳小翠", "段文武"}, "6月28日起公示，有异议待答复",
		timetable{clue: date(2023, 6, 19), survey: date(2023, 6, 20), comparison: date(2023, 6, 21)})
	b.posts("L2", "2023-06-28 14:30", "2023-06-28 16:00", second)
	b.write("L2 sheet", "2023-06-30 11:20", second[0].village.clerk, paper.RaiseSheetObjection{Objection: "o1", Household: second[1].id, Content: "该户在镇上有一间门面出租，收入未计入", Objector: "柳某", Contact: "本组村民"})

	third := b.applicants([]string{"L31", "L32"}, []string{"柳宝山", "冯素珍"}, "6月21日起公示，已期满未撤下，无撤下照片",
		timetable{clue: date(2023, 6, 13), survey: date(2023, 6, 14), comparison: date(2023, 6, 15)})
	b.posts("L3", "2023-06-21 14:30", "2023-06-21 16:00", third)
}

// dueToday is what the township, the county and the village have before them on
// 3 July, besides the sheets.
func (b *builder) dueToday() {
	// Applied on Sunday 18 June: the county has fifteen days, up to 3 July.
	up := b.applicants([]string{"P11", "P12"}, []string{"柳东升", "侯秀素"}, "村级已上报，待乡镇审核", sunday)
	v, t := up[0].village, up[0].village.town
	b.posts("P1", "2023-06-21 09:30", "2023-06-21 10:00", up)
	b.write("P1 sheet", "2023-06-27 09:20", v.clerk, paper.RemoveSheet{Photo: b.photo("P1 sheet down", v.board(), date(2023, 6, 27))})
	b.write("P1 report", "2023-06-29 10:00", v.secretary, reportOf(v, policy.Inclusion, linesOf(up...)))

	reviewed := b.applicants([]string{"P21"}, []string{"柳云山"}, "乡镇已审核，待县级审定", sunday)
	b.posts("P2", "2023-06-21 10:30", "2023-06-21 11:00", reviewed)
	b.write("P2 sheet", "2023-06-27 09:30", v.clerk, paper.RemoveSheet{Photo: b.photo("P2 sheet down", v.board(), date(2023, 6, 27))})
	b.write("P2 report", "2023-06-27 10:30", v.secretary, reportOf(v, policy.Inclusion, linesOf(reviewed...)))
	b.write("P2 review", "2023-06-30 15:00", t.reviewer, reviewOf(t, policy.Inclusion, linesOf(reviewed...)))

	warned := b.story("P31", "江有福", "医保预警，7月3日前应核实", code.Ordinary, 3, true)
	b.act(warned, "2023-06-27 10:00", b.county.department("medical_insurance").officer, household.RecordClue{Clue: "c1", Channel: code.DepartmentWarning, Department: "medical_insurance", Content: "住院自付费用一万八千元，超过预警线"})
	b.act(warned, "2023-06-28 09:30", b.county.officers[0], household.DispatchClue{Clue: "c1", Office: t.code, Due: lastDay})
	b.unmatchedIn(v, "u8", date(2023, 6, 29))
	sent := b.story("P41", "邵来顺", "残联预警，待县级分发", code.Ordinary, 2, true)
	b.act(sent, "2023-06-30 16:30", b.county.officers[1], household.RecordClue{Clue: "c1", Channel: code.DepartmentWarning, Department: "disabled_persons", Content: "户主新办二级肢体残疾证"})
}

// applicants are households of the showcase village on their way to an
// appraisal; they are in none of the report's figures.
//
// Who scanned the code on a Sunday is in the file from Monday on.
func (b *builder) applicants(names, heads []string, title string, w timetable) []*home {
	var homes []*home
	for i, name := range names {
		h := b.story(name, heads[i], title, code.Ordinary, 3+i, true)
		h.class, h.in, h.risks = code.Marginal, in2023, []code.Risk{"illness"}
		if w.clue == sunday.clue {
			clerk, content := h.village.clerk, riskOf("illness").clue
			b.typed(h, w.clue+1, w.clue, clerk, household.RecordClue{Clue: "c1", Channel: code.SelfApplication, Content: content}, h.village.grid)
			b.typed(h, w.clue+1, w.clue, clerk, household.FileApplication{Application: "a1", Form: "scan", Content: content}, h.village.grid)
			b.examines(h, w, 1)
		} else {
			b.applies(h, w, 1)
		}
		homes = append(homes, h)
	}
	return homes
}

// posts holds the meeting over them and puts their sheet up.
func (b *builder) posts(name string, meeting, up at, homes []*home) {
	v, lines := homes[0].village, linesOf(homes...)
	b.write(name+" meeting", meeting, v.secretary, meetingOf(v, policy.Inclusion, lines, homes[0].random))
	sheet := sheetOf(v, policy.Inclusion, lines)
	sheet.Photo = b.photo(name+" sheet up", v.board(), up.day())
	b.write(name+" sheet", up, v.clerk, sheet)
}
