package web

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/projections"
)

// shownFirst is how many of a file's photographs and papers stand open: a screen
// or two; the others are folded away beneath.
const shownFirst = 12

// piece is a photograph or a paper of the file, with the entry that names it.
type piece struct {
	projections.HistoryFile
	entry projections.Entry
}

// pieces are the photographs and papers of the household's own entries, the latest
// first, each once. Those of a meeting, a sheet or a list are read there.
func (d dossier) pieces() (all []piece) {
	seen := map[code.Attachment]bool{}
	for _, e := range slices.Backward(d.entries) {
		for _, f := range e.Files {
			if !seen[f.Hash] {
				seen[f.Hash] = true
				all = append(all, piece{f, e})
			}
		}
	}
	return all
}
