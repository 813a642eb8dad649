package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

func posted(t *testing.T) file { t.Helper(); return life.through(PostNotice{}, 1).play(t, strict()) }

func TestANoticeGoesUpAndComesDown(t *testing.T) {
	t.Parallel()
	f := life.before(PostNotice{}, 1).play(t, strict())
	post, down := life.the(PostNotice{}, 1), life.the(RemoveNotice{}, 1)
	up := given(t, strict(), f).when(post).then(NoticePosted{Procedure: policy.Inclusion, Notice: "notice-1", Item: 1, Place: "村务公开栏", PaperHash: "hash-n1", Days: 5, Count: "calendar"})
	gone := given(t, strict(), up).when(down).then(NoticeRemoved{Notice: "notice-1", Posted: calendar.MustDay("2022-03-10"), Days: 6})

	given(t, strict(), up).when(down.on("2022-03-15")).done() // removal day less posting day: five
	never(t, gone, down.on("2022-03-17"), policy.PaperClosed)
	never(t, up, down.doing(RemoveNotice{Notice: "notice-9"}), policy.PaperLineUnknown)
	given(t, strict(), up).whenTyped("2022-04-01", down.on("2022-03-09")).refused(policy.Malformed)
	never(t, f, post.doing(PostNotice{Procedure: policy.Inclusion, Place: "x"}), policy.Malformed)
	never(t, f, post.doing(PostNotice{Procedure: policy.Inclusion, Notice: "n"}), policy.Malformed)
	breaks(t, life.before(RecordAppraisal{}, 1).play(t, strict()), post, policy.OrderMissingStep)
}

func TestANoticeThatCameDownOnTheFourthDayHappenedAndIsFound(t *testing.T) {
	t.Parallel()
	f := posted(t)
	early := life.the(RemoveNotice{}, 1).on("2022-03-14")
	breaks(t, f, early, policy.NoticeTooShort)
	f = given(t, strict(), f).whenTyped("2022-03-20", early).flagged(policy.NoticeTooShort)
	breaks(t, f, life.the(ReportByVillage{}, 1), policy.NoticeTooShort)
}

func TestReportingWhileTheNoticeStands(t *testing.T) {
	t.Parallel()
	f := posted(t)
	report := life.the(ReportByVillage{}, 1)
	breaks(t, f, report.on("2022-03-14"), policy.NoticeStanding)
	given(t, strict(), f).when(report.on("2022-03-15")).done()
	// A sheet left hanging past its days holds nothing up.
	given(t, strict(), f).when(report.on("2022-04-15")).done()
	// Taken down on the 16th, it still stood on the 14th.
	f = given(t, strict(), f).when(life.the(RemoveNotice{}, 1)).done()
	given(t, strict(), f).whenTyped("2022-03-20", report.on("2022-03-14")).flagged(policy.NoticeStanding)
}

func TestAnObjectionHoldsTheCaseUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	f := posted(t)
	object := deed{"2022-03-12", by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o1", Content: "家有小轿车"}}
	answer := deed{"2022-03-18", by(cadre), AnswerObjection{Notice: "notice-1", Objection: "o1", Findings: "系二手面包车,用于运菜"}}
	report := life.the(ReportByVillage{}, 1)

	never(t, f, answer, policy.PaperLineUnknown)
	never(t, f, object.doing(RaiseObjection{Notice: "notice-9", Objection: "o1", Content: "x"}), policy.PaperLineUnknown)
	never(t, f, object.doing(RaiseObjection{Notice: "notice-1", Content: "x"}), policy.Malformed)
	never(t, f, object.doing(RaiseObjection{Notice: "notice-1", Objection: "o1"}), policy.Malformed)
	given(t, strict(), f).whenTyped("2022-04-01", object.on("2022-03-09")).flagged(policy.OrderDates)

	f = given(t, strict(), f).when(object).then(NoticeObjected{Notice: "notice-1", Objection: "o1", Content: "家有小轿车"})
	never(t, f, object.on("2022-03-13"), policy.Malformed) // the same one twice
	f = given(t, strict(), f).when(life.the(RemoveNotice{}, 1)).done()
	breaks(t, f, report, policy.NoticeObjectionOpen)
	f = given(t, strict(), f).whenTyped("2022-03-18", report).flagged(policy.NoticeObjectionOpen)
	breaks(t, f, life.the(ReviewByTownship{}, 1), policy.NoticeObjectionOpen)

	never(t, f, answer.doing(AnswerObjection{Notice: "notice-1", Objection: "o1"}), policy.Malformed)
	f = given(t, strict(), f).when(inquiry("2022-03-17")).done()
	breaks(t, f, report, policy.NoticeObjectionOpen) // looked into, not answered
	f = given(t, strict(), f).when(answer).done()
	never(t, f, answer.on("2022-03-19"), policy.PaperLineUnknown)
	given(t, strict(), f).when(life.the(ReviewByTownship{}, 1)).done()
	// Answered on the 18th, it was open on the 17th.
	given(t, strict(), f).whenTyped("2022-04-01", report.on("2022-03-17")).flagged(policy.NoticeObjectionOpen)
	// Raised on the 12th, it was no hindrance on the 11th.
	given(t, strict(), f).whenTyped("2022-04-01", report.on("2022-03-11")).flagged(policy.NoticeStanding)
}

func TestAnUpheldObjectionHoldsTheLineUntilItIsStruck(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), posted(t)).when(deed{"2022-03-12", by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o1", Content: "漏报收入"}}).done()
	answer := deed{"2022-03-15", by(cadre), AnswerObjection{Notice: "notice-1", Objection: "o1", Upheld: true, Findings: "属实"}}
	f = given(t, strict(), f).when(inquiry("2022-03-14")).done()
	f = given(t, strict(), f).when(answer).done()
	f = given(t, strict(), f).when(life.the(RemoveNotice{}, 1)).done()
	breaks(t, f, life.the(ReportByVillage{}, 1), policy.NoticeObjectionOpen)
}

func TestAStruckLineNeedsASheetOfItsOwn(t *testing.T) {
	t.Parallel()
	f := posted(t)
	strike := deed{"2022-03-13", by(cadre), StrikeNoticeLine{Notice: "notice-1", Reason: "异议成立,须重新核算"}}
	never(t, f, strike.doing(StrikeNoticeLine{Notice: "notice-1"}), policy.Malformed)
	never(t, f, strike.doing(StrikeNoticeLine{Notice: "notice-9", Reason: "x"}), policy.PaperLineUnknown)
	f = given(t, strict(), f).when(deed{"2022-03-12", by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o1", Content: "漏报收入"}}).done()
	f = given(t, strict(), f).when(strike).done()
	never(t, f, strike.on("2022-03-14"), policy.PaperClosed)
	f = given(t, strict(), f).when(inquiry("2022-03-14")).done()
	f = given(t, strict(), f).when(deed{"2022-03-15", by(cadre), AnswerObjection{Notice: "notice-1", Objection: "o1", Upheld: true, Findings: "属实"}}).done()
	breaks(t, f, life.the(ReportByVillage{}, 1), policy.NoticeObjectionOpen)

	again := life.the(PostNotice{}, 1).on("2022-03-20").doing(PostNotice{Procedure: policy.Inclusion, Notice: "notice-2", Item: 1, Place: "村务公开栏"})
	f = given(t, strict(), f).when(again).done()
	given(t, strict(), f).when(life.the(ReportByVillage{}, 1).on("2022-03-25")).done()
	// The old sheet may still come down and be objected to; the new one stands.
	f = given(t, strict(), f).when(deed{"2022-03-21", by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o2", Content: "迟到的异议"}}).done()
	f = given(t, strict(), f).when(deed{"2022-03-21", by(cadre), RemoveNotice{Notice: "notice-1"}}).done()
	s := f.state()
	if n := s.Episode().Inclusion.Notice; n.Notice != "notice-2" || n.Removed != 0 || n.Open() {
		t.Errorf("%+v", n)
	}
}

func TestAnOlderSheetTypedLateDoesNotReplaceANewerOne(t *testing.T) {
	t.Parallel()
	f := posted(t)
	old := life.the(PostNotice{}, 1).on("2022-03-06").doing(PostNotice{Procedure: policy.Inclusion, Notice: "notice-0", Item: 1, Place: "村口"})
	f = given(t, strict(), f).whenTyped("2022-03-12", old).stands()
	s := f.state()
	if n := s.Episode().Inclusion.Notice; n.Notice != "notice-1" {
		t.Errorf("%+v stands", n)
	}
	given(t, strict(), f).whenTyped("2022-03-12", deed{"2022-03-11", by(cadre), RemoveNotice{Notice: "notice-0"}}).done()
}

func TestANoticeBeforeItsAppraisal(t *testing.T) {
	t.Parallel()
	f := life.through(RecordAppraisal{}, 1).play(t, strict())
	given(t, strict(), f).whenTyped("2022-04-01", life.the(PostNotice{}, 1).on("2022-03-09")).flagged(policy.OrderDates, policy.NoticeBeforeAppraisal)
}

func TestTheSamePeriodIsOnlyAssumedByTheRealPacks(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"county-2023", "jiaohe-2022"} {
		p := real(t, name)
		if p.Notice.Days != 5 || p.Guard(policy.NoticeTooShort).Mode != policy.Flag {
			t.Errorf("%s: %+v", name, p.Guard(policy.NoticeTooShort))
		}
		// Five days stand in neither document, so taking it down early is
		// recorded and flagged, never refused.
		given(t, p, posted(t)).when(life.the(RemoveNotice{}, 1).on("2022-03-14")).flagged(policy.NoticeTooShort)
	}
}
