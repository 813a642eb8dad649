package localpg

// Options of Attach; the zero value is good.
type Options struct {
	// Say receives a line of text when something takes more than a moment.
	Say func(line string)
}
