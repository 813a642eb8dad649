package policy

// SizeIndicator is about how many persons a document expects to be monitored, in
// percent of those registered as poor in a base year (S0.9). It is shown beside
// the figures and never bars an inclusion (S4.13: 不设置规模, 应纳尽纳).
type SizeIndicator struct {
	// Unlimited: the document says itself that there is no expected size (不设置规模).
	Unlimited bool `json:"unlimited,omitzero" yaml:"unlimited"`

	Percent int `json:"percent,omitzero" yaml:"percent"`
	// FlaggedPercent holds for the flagged areas (深度贫困地区).
	FlaggedPercent int `json:"flagged_percent,omitzero" yaml:"flagged_percent"`
	BaseYear       int `json:"base_year,omitzero" yaml:"base_year"`
	// Areas have their base number; one that is not listed is 未定.
	Areas []SizeArea `json:"areas,omitzero" yaml:"areas"`
	Cite  string     `json:"cite,omitzero" yaml:"cite"`
}

// SizeArea is a region with its registered population of the base year.
type SizeArea struct {
	Region  string `json:"region" yaml:"region"`
	Persons int64  `json:"persons" yaml:"persons"`
	// Flagged: it is one of the areas with a percentage of their own.
	Flagged bool   `json:"flagged,omitzero" yaml:"flagged"`
	Source  string `json:"source" yaml:"source"`
}

// Area returns the base number of a region; ok is false while it is undetermined.
func (s SizeIndicator) Area(region string) (SizeArea, bool) {
	for _, a := range s.Areas {
		if a.Region == region {
			return a, true
		}
	}
	return SizeArea{}, false
}

// Expected is the percentage that holds for an area.
func (s SizeIndicator) Expected(a SizeArea) int {
	if a.Flagged {
		return s.FlaggedPercent
	}
	return s.Percent
}
