package web

import (
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"

	"shouwang/commands/attachments"
	"shouwang/domain/code"
	"shouwang/projections"
)

// serveFile gives out a file that the page it stands on names.
func (s *site) serveFile(w http.ResponseWriter, r *http.Request, name code.Attachment) error {
	hash, err := attachments.ParseHash(string(name))
	if err != nil || s.Files == nil {
		return errNoPage
	}
	open := s.Files.Open
	if r.URL.Query().Get("size") == "small" {
		open = s.Files.Thumbnail
	}
	content, err := open(r.Context(), hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // what was read is verified
	w.Header().Set("Content-Type", content.MediaType)
	w.Header().Set("Content-Disposition", "inline")
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if _, err := io.Copy(w, content); err != nil {
		panic(http.ErrAbortHandler) // half a file is never taken for the whole
	}
	return nil
}

// ownFile gives out a file that the visitor handed in a short while ago, with a
// form that was not entered yet.
func (s *site) ownFile(w http.ResponseWriter, r *http.Request, v *visitor) error {
	name := chi.URLParam(r, "hash")
	hash, err := attachments.ParseHash(name)
	if err != nil || s.Files == nil {
		return errNoPage
	}
	own, err := s.Files.Lately(r.Context(), hash, v.Person)
	if err != nil {
		return err
	}
	if !own {
		return errNoPage
	}
	return s.serveFile(w, r, code.Attachment(name))
}

// photos are the photographs that an entry of the file names, for whoever may see
// them. Scanned papers are asked for with a reason, at the replay.
func (d dossier) photos(e projections.Entry) (all []code.Attachment) {
	for _, f := range e.Files {
		if d.opens && f.Kind == projections.PhotoKind {
			all = append(all, f.Hash)
		}
	}
	return all
}
