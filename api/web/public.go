package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"shouwang/domain/calendar"
	"shouwang/domain/office"
)

// showPublic shows a page to somebody who has not logged in, or as if he had not:
// it is no page to be found by searching.
func (s *site) showPublic(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	return s.show(w, r, nil, status, page)
}

// now is the clock on the wall, for how often somebody may come; the record has
// a clock of its own.
func (s *site) now() time.Time { return time.Now() }

// codesOf are a village's own code and those that became part of it.
func (s *site) codesOf(region string, on calendar.Day) (codes []string) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { codes = d.Regions(region, on); return nil }) // never fails
	if !slices.Contains(codes, region) {
		codes = append(codes, region)
	}
	return codes
}
