package demonstration

import (
	"testing"

	"pgregory.net/rapid"

	"shouwang/domain/code"
)

// sum adds up the cells that want accepts.
func sum(want func(cell) bool) [2]int {
	var s [2]int
	for _, c := range cells() {
		if want(c) {
			s[0] += c.households
			s[1] += c.persons
		}
	}
	return s
}

// The report of the county for the first half of 2023, S4.1 to S4.5 with the
// relations of DOMAIN 5.5.
func TestThePlanIsTheReport(t *testing.T) {
	t.Parallel()
	of := func(class code.Class) func(cell) bool { return func(c cell) bool { return c.class == class } }
	newIn := func(class code.Class) func(cell) bool {
		return func(c cell) bool { return c.in == in2023 && (class == "" || c.class == class) }
	}
	for name, c := range map[string]struct {
		want [2]int
		of   func(cell) bool
	}{
		"cumulative":          {[2]int{3879, 14293}, func(cell) bool { return true }},
		"unstable":            {[2]int{1470, 5528}, of(code.Unstable)},
		"marginal":            {[2]int{2181, 7807}, of(code.Marginal)},
		"sudden":              {[2]int{228, 958}, of(code.Sudden)},
		"eliminated, marked":  {[2]int{2525, 9417}, func(c cell) bool { return c.out.standing() }},
		"decided in H1 2023":  {[2]int{75, 287}, func(c cell) bool { return c.out == decided23 }},
		"eliminated":          {[2]int{2600, 9704}, func(c cell) bool { return c.out.standing() || c.out == decided23 }},
		"new in 2023":         {[2]int{80, 336}, newIn("")},
		"new unstable":        {[2]int{6, 30}, newIn(code.Unstable)},
		"new marginal":        {[2]int{6, 31}, newIn(code.Marginal)},
		"new sudden":          {[2]int{68, 275}, newIn(code.Sudden)},
		"not eliminated":      {[2]int{1279, 4589}, func(c cell) bool { return c.out == open || c.out == openUnable }},
		"with labour":         {[2]int{1034, 4197}, func(c cell) bool { return c.out == open }},
		"wholly without":      {[2]int{245, 392}, func(c cell) bool { return c.out == openUnable }},
		"through every step":  {[2]int{2679, 9995}, func(c cell) bool { return c.in != brought }},
		"brought forward":     {[2]int{1200, 4298}, func(c cell) bool { return c.in == brought }},
		"no sudden one taken": {[2]int{0, 0}, func(c cell) bool { return c.in == brought && c.class == code.Sudden }},
	} {
		if got := sum(c.of); got != c.want {
			t.Errorf("%s: %d households %d persons, want %d and %d", name, got[0], got[1], c.want[0], c.want[1])
		}
	}
}

// Every story within the 3,879 takes a place that the plan has.
func TestStoriesTakeTheirPlaces(t *testing.T) {
	t.Parallel()
	left, m := remaining()
	households, persons := 0, 0
	for _, c := range left {
		if c.households < 0 || c.persons < c.households {
			t.Errorf("%v is overdrawn", c)
		}
		households += c.households
		persons += c.persons
	}
	all, own := sum(func(cell) bool { return true }), 0
	for _, s := range standIns() {
		households++
		persons += s.persons
		own += s.measures
	}
	if got := [2]int{households, persons}; got != all || m+own != measures {
		t.Errorf("with the stories %v and %d measures, the plan has %v and %d", got, m+own, all, measures)
	}
}

func TestSpreadAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.IntRange(0, 2).Draw(t, "low")
		high := rapid.IntRange(low+1, low+8).Draw(t, "high")
		n := rapid.IntRange(0, 500).Draw(t, "n")
		total := rapid.IntRange(n*low, n*high).Draw(t, "total")
		parts, got := spread(n, total, low, high), 0
		for _, p := range parts {
			if got += p; p < low || p > high {
				t.Fatalf("%d is not within %d and %d", p, low, high)
			}
		}
		if len(parts) != n || n > 0 && got != total {
			t.Fatalf("%d parts add up to %d, want %d and %d", len(parts), got, n, total)
		}
	})
}
