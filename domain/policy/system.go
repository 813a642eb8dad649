package policy

// National says whether a system is the national one, which has had two names.
func National(system string) bool {
	return system == "national_poverty" || system == "national_monitoring"
}

// WaitsFor says whether an entry that the step makes waits for the system: the one
// that it names, or where it names none the national one (S0.18, S1.28).
func (r StepRule) WaitsFor(system string) bool {
	if r.System == "" {
		return National(system)
	}
	return r.System == system
}
