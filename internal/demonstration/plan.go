package demonstration

import "shouwang/domain/code"

// entry is how and when a household of the plan was included.
type entry string

const (
	brought entry = "brought" // 存量导入: included in 2020, taken over on 1 January 2021
	in2021  entry = "2021"
	in2022  entry = "2022"
	in2023  entry = "2023"
)

// outcome is where a household of the plan stands on 30 June 2023.
type outcome string

const (
	gone2020   outcome = "2020"      // taken over as eliminated
	gone2021a  outcome = "2021-08"   // the rounds of elimination
	gone2021b  outcome = "2021-11"   //
	gone2022a  outcome = "2022-06"   //
	gone2022b  outcome = "2022-11"   //
	decided23  outcome = "2023-05"   // decided, neither announced nor marked
	open       outcome = "open"      // not eliminated, somebody can work
	openUnable outcome = "no labour" // not eliminated, wholly without labour
)

// standing says that an elimination was decided, announced and marked before
// 2023 and stands.
func (o outcome) standing() bool {
	switch o {
	case gone2020, gone2021a, gone2021b, gone2022a, gone2022b:
		return true
	case decided23, open, openUnable:
	}
	return false
}

// cell is one line of the plan: so many households of a class with so many
// persons at inclusion go the same way.
type cell struct {
	class      code.Class
	in         entry
	out        outcome
	households int
	persons    int
}

// cells is the whole plan of the cumulative: 3,879 households, 14,293 persons.
//
//	                       unstable     marginal      sudden        all
//	cumulative          1,470/5,528  2,181/7,807   228/958  3,879/14,293
//	= before 2023       1,464/5,498  2,175/7,776   160/683  3,799/13,957
//	+ new in 2023           6/30         6/31       68/275     80/336
//
//	of those before 2023
//	eliminated, marked    991/3,820  1,451/5,225    83/372  2,525/9,417
//	decided in H1 2023     28/108       44/165       3/14      75/287
//	open, with labour     350/1,420    540/2,160    64/281    954/3,861
//	open, no labour        95/150      140/226      10/16     245/392
//
//	not eliminated = 954 + 245 + 80 = 1,279 households (1,034 with labour and
//	245 without), 3,861 + 392 + 336 = 4,589 persons.
func cells() []cell {
	return []cell{
		{code.Unstable, brought, gone2020, 30, 112},
		{code.Unstable, brought, gone2021a, 160, 615},
		{code.Unstable, brought, gone2021b, 160, 615},
		{code.Unstable, brought, gone2022a, 110, 424},
		{code.Unstable, in2021, gone2021b, 70, 270},
		{code.Unstable, in2021, gone2022a, 180, 698},
		{code.Unstable, in2021, gone2022b, 181, 702},
		{code.Unstable, in2022, gone2022b, 100, 384},
		{code.Unstable, in2021, decided23, 20, 77},
		{code.Unstable, in2022, decided23, 8, 31},
		{code.Unstable, brought, open, 80, 320},
		{code.Unstable, in2021, open, 150, 608},
		{code.Unstable, in2022, open, 120, 492},
		{code.Unstable, brought, openUnable, 45, 71},
		{code.Unstable, in2021, openUnable, 30, 47},
		{code.Unstable, in2022, openUnable, 20, 32},
		{code.Unstable, in2023, open, 6, 30},

		{code.Marginal, brought, gone2020, 30, 108},
		{code.Marginal, brought, gone2021a, 160, 575},
		{code.Marginal, brought, gone2021b, 160, 575},
		{code.Marginal, brought, gone2022a, 110, 396},
		{code.Marginal, in2021, gone2021b, 141, 505},
		{code.Marginal, in2021, gone2022a, 325, 1173},
		{code.Marginal, in2021, gone2022b, 325, 1173},
		{code.Marginal, in2022, gone2022b, 200, 720},
		{code.Marginal, in2021, decided23, 30, 112},
		{code.Marginal, in2022, decided23, 14, 53},
		{code.Marginal, brought, open, 100, 398},
		{code.Marginal, in2021, open, 240, 962},
		{code.Marginal, in2022, open, 200, 800},
		{code.Marginal, brought, openUnable, 55, 89},
		{code.Marginal, in2021, openUnable, 50, 80},
		{code.Marginal, in2022, openUnable, 35, 57},
		{code.Marginal, in2023, open, 6, 31},

		{code.Sudden, in2021, gone2022a, 26, 117},
		{code.Sudden, in2021, gone2022b, 27, 121},
		{code.Sudden, in2022, gone2022b, 30, 134},
		{code.Sudden, in2022, decided23, 3, 14},
		{code.Sudden, in2021, open, 20, 88},
		{code.Sudden, in2022, open, 44, 193},
		{code.Sudden, in2022, openUnable, 10, 16},
		{code.Sudden, in2023, open, 68, 275},
	}
}

// measures is how many measures the cumulative had by 30 June 2023.
const measures = 13755

// Households outside the cumulative.
const (
	formerPoorLow  = 1251 // former-poor with a 2022 net income from 7,200 up to under 8,000 yuan
	formerPoorHigh = 749  // former-poor with 8,000 yuan or more
	ordinary       = 2000 // never monitored
	refusedAtHome  = 60   // of the ordinary: a clue that verification did not confirm
	refusedByRound = 40   // of the ordinary: refused by township or county
)

// standIn is a story's household at its place in the plan: it takes the place
// of one of the cell's.
type standIn struct {
	story    string
	class    code.Class
	in       entry
	out      outcome
	persons  int
	measures int
}

// standIns are the stories within the 3,879.
func standIns() []standIn {
	return []standIn{
		{"D01", code.Marginal, in2023, open, 5, 3},
		{"D02", code.Unstable, in2021, decided23, 4, 4},
		{"D03", code.Unstable, in2023, open, 5, 2},
		{"D04-1", code.Sudden, in2023, open, 4, 2},
		{"D04-2", code.Sudden, in2023, open, 3, 2},
		{"D04-3", code.Sudden, in2023, open, 5, 2},
		{"D04-4", code.Sudden, in2023, open, 4, 2},
		{"D04", code.Sudden, in2023, open, 4, 1},
		{"D05", code.Marginal, in2023, open, 5, 2},
		{"D08", code.Marginal, in2021, open, 4, 5},
		{"D09", code.Unstable, in2021, open, 3, 5},
		{"D10", code.Marginal, in2021, open, 5, 6},
		{"D11", code.Marginal, in2021, openUnable, 2, 4},
		{"D12", code.Marginal, in2022, open, 3, 4},
		{"D13", code.Marginal, in2021, open, 6, 4},
		{"D14", code.Marginal, in2021, openUnable, 1, 3},
		{"D15", code.Marginal, in2022, gone2022b, 3, 1},
		{"G01", code.Marginal, in2021, open, 4, 4},
		{"G02", code.Marginal, in2021, open, 3, 3},
		{"G03", code.Marginal, in2021, open, 5, 4},
	}
}

// remaining returns the cells without the stories' households, and the measures
// without theirs.
func remaining() ([]cell, int) {
	left, m := cells(), measures
	for _, s := range standIns() {
		m -= s.measures
		for i := range left {
			if c := &left[i]; c.class == s.class && c.in == s.in && c.out == s.out {
				c.households--
				c.persons -= s.persons
			}
		}
	}
	return left, m
}
