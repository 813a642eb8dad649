package tell

import "shouwang/domain/policy"

// Difference is one statement on which two packs differ; an empty side is one
// that says nothing about it.
type Difference struct {
	Key string `json:"key"`
	A   string `json:"a,omitzero"`
	B   string `json:"b,omitzero"`
}

// Compare says what changes from a to b: in the order of a, then what only b says.
func Compare(a, b policy.Pack) []Difference {
	before, after := Lines(a), Lines(b)
	inB := map[string]string{}
	for _, line := range after {
		inB[line.Key] = line.Text
	}
	differences := []Difference{}
	inA := map[string]bool{}
	for _, line := range before {
		inA[line.Key] = true
		if inB[line.Key] != line.Text {
			differences = append(differences, Difference{line.Key, line.Text, inB[line.Key]})
		}
	}
	for _, line := range after {
		if !inA[line.Key] {
			differences = append(differences, Difference{Key: line.Key, B: line.Text})
		}
	}
	return differences
}
