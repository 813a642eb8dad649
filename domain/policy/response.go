package policy

// ResponseRule is how soon somebody must look into what came in one way (快速响应,
// S4.9): a clue is verified, after an application the home is visited.
type ResponseRule struct {
	Via   string `json:"via" yaml:"via"` // code.Vias
	Limit `yaml:",inline"`
}

// Response returns the pack's rule for what came in that way; ok is false where
// it has none.
func (p Pack) Response(via string) (rule ResponseRule, ok bool) {
	for _, r := range p.Responses {
		if r.Via == via && via != "" {
			return r, true
		}
	}
	return ResponseRule{}, false
}
