package projections_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog/memlog"
	"shouwang/projections"
)

// Every kind of event is told in Chinese, also with all its fields empty.
func TestEveryEventIsASentence(t *testing.T) {
	t.Parallel()
	log := newLog(t)
	book := newCasebook(t, log)
	for _, name := range wire.Names() {
		p, _ := wire.New(name)
		e, ok := reflect.ValueOf(p).Elem().Interface().(household.Event)
		if !ok {
			continue
		}
		book.add("household-"+name, "2023-04-10", e)
		h, err := projections.NewHistorian(log, nil).History(t.Context(), name, household.Times{})
		if err != nil {
			t.Fatal(err)
		}
		if said := h.Entries[0].Sentence; strings.Contains(said, "household") || utf8.RuneCountInString(said) < 3 || !strings.HasSuffix(said, "。") {
			t.Errorf("%s: %q", name, said)
		}
	}
}

// An income of 4,500 typed as 45,000 in May, corrected in June: each pair of
// times shows what was true then, as known then.
func TestHistoryAtTwoTimes(t *testing.T) {
	t.Parallel()
	now := day("2023-04-01").Start().Add(9 * time.Hour)
	log := memlog.New(func() time.Time { return now })
	defer log.Close()
	book := newCasebook(t, log)
	on := func(date string) { now = day(date).Start().Add(10 * time.Hour) }
	cadre := act.Person{ID: "p1", Name: "周明", Post: "村党支部书记", Office: "village"}
	typed := func(happened string, mode act.Mode) act.Act {
		return act.Act{Happened: day(happened), DoneBy: []act.Person{cadre}, RecordedBy: act.Person{ID: "p2", Name: "吴平"}, Mode: mode}
	}
	sheet := func(fen code.Fen) household.IncomeRecorded {
		return household.IncomeRecorded{Sheet: "s", From: day("2022-01-01"), To: day("2022-12-31"), Persons: 2, Net: 2 * fen, PerCapita: fen}
	}
	on("2023-04-02")
	book.act("household-a", typed("2023-04-01", act.Transcribed), registered("629900101201", "柳长青", 2))
	on("2023-05-09")
	_, wrong := book.act("household-a", typed("2023-04-10", act.Transcribed), sheet(45_000_00), household.FlagRaised{Rule: "survey.fewer-than-two", Detail: "入户调查应由两人以上进行", Back: 1})
	on("2023-06-01")
	book.act("household-a", typed("2023-06-01", act.Performed), household.FactVoided{Event: wrong, Reason: "多录一个零"})
	book.act("household-a", typed("2023-04-10", act.Transcribed), sheet(4_500_00))

	historian := projections.NewHistorian(log, func(id string, _ calendar.Day) string { return map[string]string{"village": "柳湾村"}[id] })
	at := func(asOf, knownAt string) projections.History {
		t.Helper()
		times := household.Times{}
		if asOf != "" {
			times.AsOf = day(asOf)
		}
		if knownAt != "" {
			times.KnownAt = day(knownAt).End()
		}
		h, err := historian.History(t.Context(), "a", times)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	for _, c := range []struct {
		asOf, knownAt string
		entries       int
		income        []projections.StandingIncome
	}{
		{"", "", 4, []projections.StandingIncome{{Year: 2022, Fen: 4_500_00}}},
		{"2023-04-30", "2023-05-03", 1, nil},
		{"2023-04-30", "2023-05-20", 2, []projections.StandingIncome{{Year: 2022, Fen: 45_000_00}}},
		{"2023-04-30", "", 4, []projections.StandingIncome{{Year: 2022, Fen: 4_500_00}}}, // a void counts for all days
		{"2023-04-05", "", 2, nil},
	} {
		h := at(c.asOf, c.knownAt)
		if len(h.Entries) != c.entries || !reflect.DeepEqual(h.State.Income, c.income) {
			t.Errorf("as of %q, known at %q: %d entries, income %v; want %d, %v", c.asOf, c.knownAt, len(h.Entries), h.State.Income, c.entries, c.income)
		}
	}
	h := at("", "")
	struck := h.Entries[1]
	if !struck.Void || struck.VoidReason != "多录一个零" || len(struck.Flags) != 1 || struck.Late != 29 || !struck.Transcribed {
		t.Errorf("the entry that was voided: %+v", struck)
	}
	if h.Entries[2].Voids != wrong {
		t.Errorf("the void names %q, not %q", h.Entries[2].Voids, wrong)
	}
	for _, want := range []string{
		"【作废】2023-04-10 收支测算：2022年1月1日至2022年12月31日，2人，纯收入90000元，人均纯收入45000元。",
		"经办：周明（柳湾村村党支部书记）；录入：吴平 2023-05-09 10:00（补录）", "⚑ 入户调查应由两人以上进行", "✗ 已于2023-06-01 10:00作废：多录一个零",
	} {
		if got := struck.String(); !strings.Contains(got, want) {
			t.Errorf("the line lacks %q:\n%s", want, got)
		}
	}
	if lines := h.State.Lines(); !strings.Contains(lines[0], "户主柳长青；计入家庭人口2人") || lines[1] != "2022年人均纯收入：4500元" {
		t.Errorf("where it stands: %q", lines)
	}
	if _, err := historian.History(t.Context(), "nobody", household.Times{}); !errors.Is(err, projections.ErrNotFound) {
		t.Errorf("a file that there is not: %v", err)
	}
}

// A sentence calls a paper by its number, its title or its day, not by an id.
func TestHistoryCallsPapersByTheirNames(t *testing.T) {
	t.Parallel()
	log := memlog.New(time.Now)
	defer log.Close()
	book := newCasebook(t, log)
	book.add("household-a", "2023-04-01", registered("629900101201", "柳长青", 2))
	book.add("meeting-m1", "2023-04-06", paper.MeetingHeld{Region: "629900101201", Procedure: policy.Inclusion, Entitled: 3})
	book.add("notice-n1", "2023-04-06", paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "拟纳入名单"})
	book.add("document-d1", "2023-04-12", paper.DocumentIssued{Region: "629900101201", Kind: "village_report", Procedure: policy.Inclusion, Title: "上报名单"})
	book.add("document-d2", "2023-04-18", paper.DocumentIssued{Region: "629900", Kind: "county_decision", Procedure: policy.Inclusion, Title: "审定", Number: "守乡振〔2023〕9号"})
	book.add("household-a", "2023-04-06", household.Appraised{Procedure: policy.Inclusion, Meeting: "m1", Item: 2, Result: code.Pass})
	book.add("household-a", "2023-04-06", household.NoticePosted{Procedure: policy.Inclusion, Notice: "n1", Item: 2, Days: 5})
	book.add("household-a", "2023-04-12", household.VillageReported{Procedure: policy.Inclusion, Document: "d1", Item: 3})
	book.add("household-a", "2023-04-18", household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Document: "d2", Item: 1})
	book.add("household-a", "2023-04-19", household.ListHandedDown{Procedure: policy.Inclusion, Document: "纸质9号"})
	h, err := projections.NewHistorian(log, nil).History(t.Context(), "a", household.Times{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "见2023年4月6日会议记录第2项", "见公示单《拟纳入名单》第2项", "见《上报名单》第3项", "见守乡振〔2023〕9号第1项", "见材料纸质9号"} {
		if !strings.Contains(h.Entries[i].Sentence, want) {
			t.Errorf("%q does not say %s", h.Entries[i].Sentence, want)
		}
	}
}
