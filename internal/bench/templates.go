package bench

import (
	"bytes"
	"fmt"

	"shouwang/commands/sealing"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
)

// templates are the bytes of events, encoded once by the real codec.
type templates struct {
	registered [][][]byte // cut where file number and region go
	voided     [][]byte   // cut where the voided event's id goes
	plain      map[string][][]byte
	meta       []byte
}

// variety is how many different texts there are of each kind.
const variety = 256

const (
	fileMark   = "@FILE@"
	regionMark = "@REGION@"
	eventMark  = "@EVENT@"
)

func newTemplates() (templates, error) {
	t := templates{plain: map[string][][]byte{}}
	meta, err := wire.EncodeMeta(someAct("2022-02-02"))
	if err != nil {
		return t, err
	}
	if !bytes.HasPrefix(meta, []byte(`{"happened":"2022-02-02"`)) {
		return t, fmt.Errorf("metadata do not begin with their day: %s", meta)
	}
	t.meta = meta
	for n := range variety {
		e := t.household(n)
		e.FileNo, e.Region = fileMark, regionMark
		_, data, err := wire.Encode(e, sealing.Fixed("bench"))
		if err != nil {
			return t, err
		}
		parts, err := between(data, fileMark, regionMark)
		if err != nil {
			return t, err
		}
		t.registered = append(t.registered, parts)
		for _, e := range t.others(n) {
			name, data, err := wire.Encode(e, nil)
			if err != nil {
				return t, err
			}
			t.plain[name] = append(t.plain[name], data)
		}
	}
	_, data, err := wire.Encode(household.FactVoided{Event: eventMark, Reason: "重复录入,以先录入的一条为准"}, nil)
	if err != nil {
		return t, err
	}
	t.voided, err = between(data, eventMark)
	return t, err
}

const (
	surnames = "柳周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施"
	given    = "长青玉兰建国秀英志强桂芳永福春花德顺彩霞文军巧云"
)

// household is an invented one of two to five persons.
func (templates) household(n int) household.HouseholdRegistered {
	e := household.HouseholdRegistered{Kind: []code.Kind{code.Ordinary, code.FormerPoor}[n%2]}
	for i := range 2 + n%4 {
		number := code.MakeIDNumber("990101", calendar.Date(1940+(n*7+i*23)%70, 5, 6), (n*5+i)%1000)
		m := household.Member{ID: fmt.Sprintf("m%d", i+1), Name: name(n, i), Sex: []string{"1", "2"}[i%2], IDNumber: code.Personal(number),
			Birth: code.BirthOf(number), Relation: []string{"head", "spouse", "son", "daughter", "parent"}[i],
			Labour: code.Labour([]string{"ordinary", "weak", "skilled", "none", "lost"}[(n+i)%5]), Registered: true, Living: true, Counted: true}
		if i == 0 {
			m.Phone = "13900000000"
		}
		e.Members = append(e.Members, m)
	}
	return e
}

func name(n, i int) string {
	first, rest := []rune(surnames), []rune(given)
	return string([]rune{first[n%len(first)], rest[(n/3+i*7)%len(rest)], rest[(n/5+i*11)%len(rest)]})
}

// others are the events of a file that look the same for every household.
func (templates) others(n int) []household.Event {
	fen := code.Fen(5_200_00 + n*17_00)
	class := []code.Class{code.Unstable, code.Marginal, code.Sudden}[n%3]
	risk := code.Risk(code.Risks[n%len(code.Risks)].Code)
	return []household.Event{
		household.IncomeRecorded{Sheet: "s1", Procedure: policy.Inclusion, From: calendar.MustDay("2021-01-01"), To: calendar.MustDay("2021-12-31"), Persons: 3,
			Items: []household.IncomeItem{{Kind: "wage", Note: "县内务工", Fen: 2 * fen}, {Kind: "business", Note: "小麦、养羊", Fen: fen + 90_000},
				{Kind: "transfer", Note: "耕地地力保护补贴", Fen: 45_000}, {Kind: "business_cost", Note: "种子化肥", Fen: 135_000}},
			Net: 3 * fen, PerCapita: fen},
		household.InclusionDecided{Document: "d-2022-07", Item: 1 + n, Result: code.Pass, Class: class, Risks: []code.Risk{risk}, Episode: 1,
			Monitoring: household.Responsible{Person: fmt.Sprintf("p-%03d", n), Name: name(n, 1), Post: "村党支部副书记"},
			Assistance: household.Responsible{Person: fmt.Sprintf("p-%03d", n+300), Name: name(n, 2), Post: "县农业农村局干部"}},
		household.MeasureStarted{Measure: "b1", Class: code.MeasureClass(code.MeasureClasses[n%len(code.MeasureClasses)].Code),
			Content: "安排公益性岗位一个,每月补助八百元,自当月起发放到户", Department: "human_resources", For: risk, Budget: 960_000},
		visit(n),
		household.EliminationDecided{Document: "d-2023-02", Item: 1 + n, Result: code.Pass, Way: "assistance"},
	}
}
