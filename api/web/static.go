package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"sync"

	"github.com/go-chi/chi/v5"
)

// The files of others stand as they were released, with their licences; ours
// are shouwang.*.
//
//go:embed static
var staticFiles embed.FS

// sums are the SHA-256 of every static file: part of its address, so that a
// browser keeps it for ever and a new one is fetched at once.
var sums = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		panic(err) // embedded
	}
	for _, e := range entries {
		content, err := fs.ReadFile(staticFiles, "static/"+e.Name())
		if err != nil {
			panic(err) // embedded
		}
		sum := sha256.Sum256(content)
		all[e.Name()] = hex.EncodeToString(sum[:])
	}
	return all
})

// asset is the address of a static file.
func asset(name string) string { return "/static/" + name + "?v=" + sums()[name][:16] }

var kinds = map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml"}

func static(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "name")
	sum, ok := sums()[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kinds[path.Ext(name)])
	h.Set("ETag", `"`+sum[:16]+`"`)
	h.Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == sum[:16] {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Header.Get("If-None-Match") == h.Get("ETag") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	content, err := fs.ReadFile(staticFiles, "static/"+name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(content) // whoever asked is gone
}
