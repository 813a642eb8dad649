package load

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// maxInstruments bounds the list: the longest source document has some forty.
const maxInstruments = 200

func (c *checker) instruments(list []policy.Instrument) {
	if len(list) > maxInstruments {
		c.bad(at{"instruments"}, "instruments: at most %d", maxInstruments)
	}
	seen := map[string]bool{}
	for i, one := range list {
		place := at{"instruments", i}
		if one.Code == "" || one.ZH == "" || one.Cite == "" {
			c.bad(place, "an instrument has a code, a Chinese name and where it is written")
		}
		if seen[one.Code] {
			c.bad(place, "instrument %q stands twice", one.Code)
		}
		seen[one.Code] = true
		c.listed(place, code.MeasureClasses, string(one.Class), "instrument "+one.Code+": class")
		for j, d := range one.Departments {
			c.listed(at{"instruments", i, "departments", j}, code.Departments, d, "instrument "+one.Code+": department")
		}
		if len(one.Departments) > 0 && one.Units == "" {
			c.bad(place, "instrument %q: the units in the document's own words", one.Code)
		}
	}
}
