package household

import (
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// inWorkingDays is a pack that says how long a notice is up in working days.
func inWorkingDays(p policy.Pack) policy.Pack {
	p.Notice.Count = "working"
	return p
}

// hung is a household whose sheet went up on a day, under a pack that counts
// working days.
func hung(t *testing.T, p policy.Pack, day string) file {
	t.Helper()
	f := life.before(PostNotice{}, 1).play(t, strict())
	return given(t, p, f).when(life.the(PostNotice{}, 1).on(day)).then(NoticePosted{Procedure: policy.Inclusion,
		Notice: "notice-1", Item: 1, Place: "村务公开栏", PaperHash: "hash-n1", Days: 5, Count: "working"})
}

func TestANoticeThatCountsWorkingDays(t *testing.T) {
	t.Parallel()
	block, flag := inWorkingDays(strict()), inWorkingDays(lenient())
	for what, c := range map[string]struct{ up, short, enough string }{
		"a weekend": {"2022-03-10", "2022-03-16", "2022-03-17"},
		"National Day, and the weekend worked for it":  {"2022-09-30", "2022-10-11", "2022-10-12"},
		"a Saturday worked before Qingming":            {"2022-04-01", "2022-04-10", "2022-04-11"},
		"posted on a day off":                          {"2022-10-01", "2022-10-11", "2022-10-12"},
		"over New Year":                                {"2022-12-29", "2023-01-05", "2023-01-06"},
		"ended by the last day of the last year known": {"2026-12-24", "2026-12-30", "2026-12-31"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			f := hung(t, block, c.up)
			down := life.the(RemoveNotice{}, 1)
			given(t, block, f).when(down.on(c.short)).refused(policy.NoticeTooShort)
			given(t, flag, f).when(down.on(c.short)).flagged(policy.NoticeTooShort)
			given(t, block, f).whenTyped(c.enough, down.on(c.short)).flagged(policy.NoticeTooShort)
			up := calendar.MustDay(c.up)
			given(t, block, f).when(down.on(c.enough)).then(NoticeRemoved{Notice: "notice-1", Posted: up, Days: int(calendar.MustDay(c.enough) - up)})

			// What follows it waits for the same day.
			report := life.the(ReportByVillage{}, 1)
			given(t, block, f).when(report.on(c.short)).refused(policy.NoticeStanding)
			given(t, flag, f).when(report.on(c.short)).flagged(policy.NoticeStanding)
			given(t, block, f).when(report.on(c.enough)).done()
			early := given(t, flag, f).when(down.on(c.short)).stands()
			given(t, block, early).when(report.on(c.enough)).refused(policy.NoticeTooShort)
			given(t, flag, early).when(report.on(c.enough)).flagged(policy.NoticeTooShort)
		})
	}
}

func TestAShortNoticeIsToldByBothCounts(t *testing.T) {
	t.Parallel()
	p := inWorkingDays(lenient())
	f := hung(t, p, "2022-03-10")
	for _, c := range []struct {
		do   deed
		want string
	}{
		{life.the(RemoveNotice{}, 1).on("2022-03-16"), "公示2022年3月10日至2022年3月16日共6天（4个工作日），应不少于5个工作日"},
		{life.the(ReportByVillage{}, 1).on("2022-03-16"), "公示自2022年3月10日起须满5个工作日，尚未期满"},
	} {
		f := given(t, p, f).when(c.do).stands()
		if got := lastFlag(t, f).Detail; got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// A pack's word at posting counts, whatever the pack says later.
func TestTheCountIsThatOfThePosting(t *testing.T) {
	t.Parallel()
	f := hung(t, inWorkingDays(strict()), "2022-03-10")
	given(t, strict(), f).when(life.the(RemoveNotice{}, 1).on("2022-03-16")).refused(policy.NoticeTooShort)
	given(t, inWorkingDays(strict()), posted(t)).when(life.the(RemoveNotice{}, 1).on("2022-03-15")).done()
}

func TestAYearWithoutHolidaysIsSaidAndNotGuessed(t *testing.T) {
	t.Parallel()
	block := inWorkingDays(strict())
	f := hung(t, block, "2026-12-28")
	down, report := life.the(RemoveNotice{}, 1), life.the(ReportByVillage{}, 1)

	// Seven days, three of them working days, four of a year nobody knows: it
	// may have been enough, so even a guard that blocks only says so.
	unsure := given(t, block, f).when(down.on("2027-01-04")).flagged(policy.NoticeTooShort)
	want := "公示2026年12月28日至2027年1月4日共7天，应不少于5个工作日；2027年放假安排未录入，工作日数无法认定"
	if got := lastFlag(t, unsure).Detail; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	given(t, block, unsure).when(report.on("2027-01-05")).flagged(policy.NoticeTooShort)
	standing := given(t, block, f).when(report.on("2027-01-04")).flagged(policy.NoticeStanding)
	if got := lastFlag(t, standing).Detail; !strings.HasSuffix(got, "2027年放假安排未录入，工作日数无法认定") {
		t.Errorf("got %s", got)
	}

	// Three working days and one more day are too few, whatever that day is; so
	// are days that all lie before the unknown year.
	given(t, block, f).when(down.on("2027-01-01")).refused(policy.NoticeTooShort)
	given(t, block, f).when(down.on("2026-12-31")).refused(policy.NoticeTooShort)
	given(t, block, hung(t, block, "2026-12-26")).when(down.on("2027-01-01")).flagged(policy.NoticeTooShort) // five at most

	// A sheet that hung in such a year altogether.
	old := life.the(PostNotice{}, 1).on("2027-02-01")
	g := given(t, block, life.before(PostNotice{}, 1).play(t, strict())).when(old).stands()
	given(t, block, g).when(down.on("2027-03-01")).flagged(policy.NoticeTooShort)

	// By calendar days there is nothing to know.
	g = given(t, strict(), life.before(PostNotice{}, 1).play(t, strict())).when(old).stands()
	given(t, strict(), g).when(down.on("2027-02-06")).done()
}

func TestFullIsTheDayOnWhichTheSheetMayComeDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		count, up, full string
		known           bool
	}{
		{"calendar", "2022-03-10", "2022-03-15", true},
		{"", "2022-03-10", "2022-03-15", true}, // as events say that name no count
		{"working", "2022-03-10", "2022-03-17", true},
		{"working", "2026-12-25", "", false},
		{"calendar", "2026-12-30", "2027-01-04", true},
	} {
		n := NoticeLine{Posted: calendar.MustDay(c.up), Days: 5, Count: c.count}
		if full, known := n.Full(); full.String() != c.full || known != c.known {
			t.Errorf("%s days from %s: %s, %v, want %s, %v", c.count, c.up, full, known, c.full, c.known)
		}
	}
}

func lastFlag(t *testing.T, f file) FlagRaised {
	t.Helper()
	flag, is := f[len(f)-1].Event.(FlagRaised)
	if !is {
		t.Fatalf("the last event is %+v", f[len(f)-1].Event)
	}
	return flag
}
