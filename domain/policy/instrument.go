package policy

import (
	"slices"

	"shouwang/domain/code"
)

// Instrument is one form of help that a document lists (帮扶方式), with the units
// it makes responsible for it (责任单位).
type Instrument struct {
	Code  string            `json:"code" yaml:"code"`
	Class code.MeasureClass `json:"class" yaml:"class"`
	ZH    string            `json:"zh" yaml:"zh"`
	// Departments may lead it; none where the document names none.
	Departments []string `json:"departments,omitzero" yaml:"departments"` // code.Departments
	// Units are the responsible units in the document's own words.
	Units string `json:"units,omitzero" yaml:"units"`
	// Whom is for whom the document means it.
	Whom string `json:"whom,omitzero" yaml:"whom"`
	Cite string `json:"cite" yaml:"cite"`
}

// Instrument returns an instrument of the pack by its code.
func (p Pack) Instrument(name string) (Instrument, bool) {
	for _, i := range p.Instruments {
		if i.Code == name {
			return i, true
		}
	}
	return Instrument{}, false
}

// LeadsOf returns the departments that may lead measures of a class, by the
// pack's instruments of it; none where the document leaves that open.
func (p Pack) LeadsOf(class code.MeasureClass) []string {
	var leads []string
	for _, i := range p.Instruments {
		if i.Class != class {
			continue
		}
		if len(i.Departments) == 0 {
			return nil
		}
		for _, d := range i.Departments {
			if !slices.Contains(leads, d) {
				leads = append(leads, d)
			}
		}
	}
	return leads
}
