package household

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// earned is a registered household with 20,000 yuan of net income in 2021.
func earned(t *testing.T) file {
	return given(t, strict(), registered(t)).whenTyped("2022-04-01", deed{"2022-03-01", by(cadre), income("i0", "", "2021-01-01", "2021-12-31", 5000)}).done()
}

func TestRigidExpenditureIsComparedWithTheYearBefore(t *testing.T) {
	t.Parallel()
	sheet := func(perHead int64, rigid ...RigidItem) deed {
		return deed{"2022-06-10", by(cadre), struck("i5", perHead, rigid...)}
	}
	hospital, school := RigidItem{Cause: "illness", Fen: code.Yuan(15_000)}, RigidItem{Cause: "schooling", Fen: code.Yuan(5_000)}
	for name, c := range map[string]struct {
		do   deed
		want Pressure
	}{
		"equal to it":          {sheet(5000, hospital, school), Pressure{Rigid: code.Yuan(20_000), Year: 2021, Before: code.Yuan(20_000), RigidPercent: 100, FallPercent: 30}},
		"above it":             {sheet(5000, hospital, school, RigidItem{Cause: "housing", Fen: 1}), Pressure{Rigid: code.Yuan(20_000) + 1, Year: 2021, Before: code.Yuan(20_000), RigidPercent: 100, FallPercent: 30, Exceeds: true}},
		"above, income shrunk": {sheet(3500, hospital, hospital), Pressure{Rigid: code.Yuan(30_000), Year: 2021, Before: code.Yuan(20_000), RigidPercent: 100, FallPercent: 30, Exceeds: true, Shrunk: true}},
		"nothing rigid":        {sheet(100), Pressure{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := given(t, red(), earned(t)).when(c.do).done()
			if diff := cmp.Diff(c.want, got[len(got)-1].Event.(IncomeRecorded).Pressure); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("the ratio and the fall are the pack's", func(t *testing.T) {
		p := red()
		p.Income.RigidPercent, p.Income.FallPercent = 150, 50
		for _, c := range []struct {
			perHead         int64
			rigid           code.Fen
			exceeds, shrunk bool
		}{{5000, code.Yuan(30_000), false, false}, {5000, code.Yuan(30_000) + 1, true, false}, {2501, code.Yuan(1), false, false}, {2500, code.Yuan(1), false, true}} {
			got := given(t, p, earned(t)).when(sheet(c.perHead, RigidItem{Cause: "illness", Fen: c.rigid})).done()
			if r := got[len(got)-1].Event.(IncomeRecorded).Pressure; r.Exceeds != c.exceeds || r.Shrunk != c.shrunk {
				t.Errorf("%d yuan a head, %d fen rigid: %+v", c.perHead, c.rigid, r)
			}
		}
	})
	t.Run("no income of the year before", func(t *testing.T) {
		got := given(t, red(), registered(t)).when(sheet(5000, hospital)).done()
		if diff := cmp.Diff(Pressure{Rigid: hospital.Fen}, got[len(got)-1].Event.(IncomeRecorded).Pressure); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a pack that knows no such condition", func(t *testing.T) {
		got := given(t, strict(), earned(t)).when(sheet(100, hospital, hospital)).done()
		if p := got[len(got)-1].Event.(IncomeRecorded).Pressure; p.Exceeds || p.Shrunk || p.Year != 2021 {
			t.Errorf("%+v", p)
		}
	})
	for name, wrong := range map[string]RigidItem{"unknown cause": {Cause: "gambling", Fen: 1}, "negative": {Cause: "illness", Fen: -1}} {
		t.Run(name, func(t *testing.T) { never(t, earned(t), sheet(5000, wrong), policy.Malformed) })
	}
}

func TestTheStepsOfASheet(t *testing.T) {
	t.Parallel()
	c := income("i5", "", "2021-06-01", "2022-05-31", 0)
	c.Persons, c.Rigid = 3, []RigidItem{{Cause: "illness", Fen: code.Yuan(9000)}, {Cause: "schooling", Fen: code.Yuan(10_000)}, {Cause: "illness", Fen: code.Yuan(3000)}}
	c.Items = []IncomeItem{{Kind: "wage", Item: "wage.away", Fen: code.Yuan(9000)}, {Kind: "wage", Item: "wage.public_post", Fen: code.Yuan(3000)}, {Kind: "business", Fen: code.Yuan(2500)},
		{Kind: "business_cost", Fen: code.Yuan(500)}, {Kind: "compensation", Item: "compensation.insurance", Fen: code.Yuan(1000)}, {Kind: "self_paid", Fen: code.Yuan(8000)}}
	f := given(t, red(), earned(t)).when(deed{"2022-06-10", by(cadre), c}).done()
	want := []IncomeStep{
		{Step: "part", Kind: "wage", Fen: code.Yuan(12_000)}, {Step: "part", Kind: "business", Fen: code.Yuan(2500)}, {Step: "part", Kind: "business_cost", Fen: code.Yuan(500)},
		{Step: "part", Kind: "compensation", Fen: code.Yuan(1000)}, {Step: "part", Kind: "self_paid", Fen: code.Yuan(8000)},
		{Step: "net", Fen: code.Yuan(14_000)}, {Step: "persons", N: 3}, {Step: "per_capita", Fen: 466_666}, {Step: "reference", Fen: 233_333},
		{Step: "cause", Kind: "illness", Fen: code.Yuan(12_000)}, {Step: "cause", Kind: "schooling", Fen: code.Yuan(10_000)}, {Step: "rigid", Fen: code.Yuan(22_000)},
		{Step: "before", Fen: code.Yuan(20_000), N: 2021}, {Step: "ratio", N: 110}, {Step: "fall", N: 30},
	}
	if diff := cmp.Diff(want, f[len(f)-1].Event.(IncomeRecorded).Steps()); diff != "" {
		t.Error(diff)
	}
	IncomeRecorded{}.Steps() // of nothing, nothing fails
}

func TestASheetCoversTheStatedMonths(t *testing.T) {
	t.Parallel()
	f := registered(t)
	for _, c := range []struct {
		from, to string
		full     bool
	}{{"2021-06-01", "2022-05-31", true}, {"2021-02-01", "2022-01-31", true}, {"2021-06-01", "2022-04-30", false}, {"2021-06-02", "2022-05-31", false}} {
		d := deed{"2022-06-10", by(cadre), income("i5", "", c.from, c.to, 5000)}
		if c.full {
			given(t, red(), f).when(d).done()
			continue
		}
		given(t, red(), f).when(d).refused(policy.IncomePeriod)
		given(t, red(), f).whenTyped("2022-07-01", d).flagged(policy.IncomePeriod)
		given(t, strict(), f).when(d).done() // it asks for no months
	}
	six := red()
	six.Income.Months = 6
	given(t, six, f).when(deed{"2022-06-10", by(cadre), income("i5", "", "2021-12-01", "2022-05-31", 5000)}).done()
	given(t, six, f).when(deed{"2022-06-10", by(cadre), income("i5", "", "2021-06-01", "2022-05-31", 5000)}).refused(policy.IncomePeriod)
}

func TestAnItemBelongsToItsPart(t *testing.T) {
	t.Parallel()
	for _, e := range IncomeItems {
		if _, ok := IncomeKinds.Find(kindOf(e.Code)); !ok {
			t.Errorf("%s belongs to no part", e.Code)
		}
	}
	wrong := income("i5", "", "2021-06-01", "2022-05-31", 5000)
	for _, item := range []string{"business.crops", "wage.gold"} {
		wrong.Items = []IncomeItem{{Kind: "wage", Item: item, Fen: 1}}
		never(t, registered(t), deed{"2022-06-10", by(cadre), wrong}, policy.Malformed)
	}
}
