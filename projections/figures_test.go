package projections

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// Every count of the report has a name among the figures: a new one cannot be
// forgotten when something is voided.
func TestEveryCountIsAFigure(t *testing.T) {
	t.Parallel()
	var h HalfYear
	named := map[*int]string{}
	for _, f := range figures() {
		if was := named[f.of(&h)]; was != "" {
			t.Errorf("%s is also called %s", f.zh, was)
		}
		named[f.of(&h)] = f.zh
	}
	// The year is no count, and the households of the measures are all that are included.
	known := []*int{&h.New.Year, &h.Measures.Households}
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch {
		case v.Kind() == reflect.Int:
			at := v.Addr().Interface().(*int)
			if named[at] == "" && !slices.Contains(known, at) {
				t.Errorf("%s is in no figure", path)
			}
		case v.Kind() == reflect.Struct && v.CanAddr() && v.Type().PkgPath() != "time":
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i), path+"."+v.Type().Field(i).Name)
				}
			}
		}
	}
	walk(reflect.ValueOf(&h).Elem(), "HalfYear")
}

func TestMovedFigures(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	var facts []household.Fact
	add := func(on string, e household.Event) string {
		n := len(facts) + 1
		id := "e" + string(rune('a'+n))
		facts = append(facts, household.Fact{ID: id, Version: int64(n), Act: act.Act{Happened: day(on)}, Recorded: day(on).Start(), Event: e})
		return id
	}
	who := func(id string) household.Member {
		return household.Member{ID: id, Name: id, Labour: "none", Registered: true, Living: true, Counted: true}
	}
	add("2022-02-01", household.HouseholdRegistered{Region: "629900101201", Kind: code.Ordinary, Members: []household.Member{who("m1"), who("m2")}})
	born := add("2022-03-01", household.MemberAdded{Member: who("m3"), Reason: "birth"})
	decided := add("2022-04-01", household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1})
	help := add("2022-05-01", household.MeasureStarted{Measure: "z1", Class: "health"})
	add("2022-09-01", household.EliminationDecided{Result: code.Pass, Way: "natural"})
	labour := add("2022-06-20", household.LabourAssessed{Member: "m1", Labour: "ordinary"})

	figuresOf := func(event, today string) map[string]int {
		moved := map[string]int{}
		for _, m := range MovedFigures("h1", facts, event, day(today)) {
			moved[m.Report+m.Figure] = m.Void - m.Stands
		}
		return moved
	}
	for _, c := range []struct {
		event, today string
		want         map[string]int
	}{
		{help, "2022-06-30", map[string]int{"2022年上半年帮扶措施条数": -1}},
		{help, "2023-01-02", map[string]int{"2022年上半年帮扶措施条数": -1, "2022年下半年帮扶措施条数": -1, "2023年上半年帮扶措施条数": -1}},
		{labour, "2022-06-30", map[string]int{"2022年上半年未消除风险、非整户无劳动力户数": -1, "2022年上半年未消除风险、整户无劳动力户数": 1}},
		{"nobody", "2023-06-30", map[string]int{}},
	} {
		if got := figuresOf(c.event, c.today); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s on %s: %v, want %v", c.event, c.today, got, c.want)
		}
	}
	first := figuresOf(decided, "2022-06-30")
	for figure, want := range map[string]int{"2022年上半年累计纳入户数": -1, "2022年上半年累计纳入人数": -3, "2022年上半年累计纳入人数（现有人口）": -3,
		"2022年上半年累计纳入边缘易致贫户户数": -1, "2022年上半年新识别人数": -3, "2022年上半年未消除风险户数": -1} {
		if first[figure] != want {
			t.Errorf("%s: %d, want %d", figure, first[figure], want)
		}
	}
	if got := figuresOf(born, "2022-12-31"); got["2022年下半年风险消除（已审定）人数"] != -1 || got["2022年下半年风险消除（已审定）户数"] != 0 {
		t.Errorf("a member less: %v", got)
	}
}

// A report keeps what was counted when it was sent: what a household added to it
// moves with a fact that was there then, and with none that came later.
func TestMovedReports(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	fact := func(id, on, recorded string, e household.Event) household.Fact {
		return household.Fact{ID: id, Act: act.Act{Happened: day(on)}, Recorded: day(recorded).Start(), Event: e}
	}
	facts := []household.Fact{
		fact("registered", "2023-01-01", "2023-01-01", household.HouseholdRegistered{Region: "629900101201", Kind: code.Ordinary,
			Members: []household.Member{{ID: "m1", Registered: true, Living: true, Counted: true}}}),
		fact("decided", "2023-04-20", "2023-04-21", household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1}),
		fact("late", "2023-04-25", "2023-05-09", household.MemberAdded{Member: household.Member{ID: "m2", Registered: true, Living: true, Counted: true}, Reason: "birth"}),
	}
	for i := range facts {
		facts[i].Version = int64(i + 1)
	}
	sent := []SentReport{
		{Name: "三月", From: day("2023-03-01"), To: day("2023-03-31"), Recorded: day("2023-04-02").Start()},
		{Name: "四月", From: day("2023-04-01"), To: day("2023-04-30"), Recorded: day("2023-05-02").Start()},
		{Name: "五月", From: day("2023-05-01"), To: day("2023-05-31"), Recorded: day("2023-06-02").Start()},
	}
	for event, want := range map[string][]string{
		"decided": {"四月 新增户数 1 0", "四月 新增人数 1 0", "四月 期末监测户数 1 0", "四月 期末监测人数 1 0", "五月 期末监测户数 1 0", "五月 期末监测人数 2 0"},
		"late":    {"五月 期末监测人数 2 1"},
		"nothing": nil,
	} {
		var got []string
		for _, m := range MovedReports("h", facts, event, sent) {
			got = append(got, fmt.Sprint(m.Report, " ", m.Figure, " ", m.Stands, " ", m.Void))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", event, got, want)
		}
	}
}
