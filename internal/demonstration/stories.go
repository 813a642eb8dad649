package demonstration

// Story is one of the fixed stories of the showcase village.
type Story struct {
	Code      string // D01
	Household string // stream id
	FileNo    string
	Head      string
	Title     string
}

func (b *builder) tell() {}
