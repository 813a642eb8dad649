package projections

import (
	"slices"
	"strings"

	"shouwang/domain/code"
)

// Masked is the history for whoever does not work with these people: the names
// that a member ever had are masked wherever they stand.
func (h History) Masked() History {
	names := h.names()
	h.Entries = slices.Clone(h.Entries)
	for i := range h.Entries {
		e := &h.Entries[i]
		e.Sentence, e.VoidReason, e.Flags = names.Replace(e.Sentence), names.Replace(e.VoidReason), slices.Clone(e.Flags)
		for j := range e.Flags {
			e.Flags[j].Detail = names.Replace(e.Flags[j].Detail)
		}
	}
	h.State.Head = code.MaskName(h.State.Head)
	h.State.Members = slices.Clone(h.State.Members)
	for i := range h.State.Members {
		h.State.Members[i].Name = code.MaskName(h.State.Members[i].Name)
	}
	return h
}

// Mask masks in a text the names that a member ever had.
func (h History) Mask(text string) string { return h.names().Replace(text) }

func (h History) names() *strings.Replacer {
	var pairs []string
	for _, name := range h.called {
		if name != "" {
			pairs = append(pairs, name, code.MaskName(name))
		}
	}
	return strings.NewReplacer(pairs...)
}
