package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// A page is printed only once that is recorded, as exports are (打印登记): on paper
// a page that nobody recorded says so and nothing else. Its button records the copy
// and shows the page again with the copy's number, which stands on the paper. The
// forms of a household's file have a way of their own (print).

// freelyPrinted are the pages that anybody who sees them may print: nothing of a
// household's file is on them.
var freelyPrinted = map[string]string{
	"/poster":       "the village's code, to be hung up",
	"/applications": "the tracking code, for the household itself",
}

// printProof is the purpose of the proof that a page was shown, or printed.
const printProof = "printed-page"

// proof ties a page to who was shown it, and to the number of a copy of it.
func (s *site) proof(v *visitor, page, number string) string {
	return letters.EncodeToString(s.Handler.Keys.Hash(printProof, v.Account+"|"+page+"|"+number))
}

// recordPrint records that the visitor prints a page that he was shown, and shows
// it again as it may be printed.
func (s *site) recordPrint(w http.ResponseWriter, r *http.Request, v *visitor) error {
	page := r.PostFormValue("page")
	if r.PostFormValue("proof") != s.proof(v, page, "") {
		return errNoPage
	}
	to, err := url.Parse(page)
	if err != nil {
		return errNoPage
	}
	m := s.marked(v, "打印", "")
	if err := s.copyMade(r, v, m, "print", page, 1); err != nil {
		return err
	}
	q := to.Query()
	q.Set("copy", m.number)
	q.Set("copy_proof", s.proof(v, page, m.number))
	return onward(w, r, to.Path+"?"+q.Encode())
}

// printable notes of the page that is shown where it is printed, and whether it is
// a copy that was recorded.
func (s *site) printable(r *http.Request, v *visitor, p *place) {
	if v == nil || r.Method != http.MethodGet {
		return
	}
	q := r.URL.Query()
	number, proof := q.Get("copy"), q.Get("copy_proof")
	q.Del("copy")
	q.Del("copy_proof")
	page := r.URL.Path
	if asked := q.Encode(); asked != "" {
		page += "?" + asked
	}
	p.page, p.proof = page, s.proof(v, page, "")
	if number != "" && proof == s.proof(v, page, number) {
		p.copy = s.marked(v, "打印", "")
		p.copy.number = number
	}
}

type copyKey struct{}

// asCopy is the request for a page that is shown as the copy that was recorded.
func asCopy(r *http.Request, m mark) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), copyKey{}, m))
}

func copyIn(ctx context.Context) mark {
	m, _ := ctx.Value(copyKey{}).(mark) // none: no copy
	return m
}

// free says whether the page may be printed without more ado.
func (p place) free() bool { return freelyPrinted[p.path] != "" }

// hangs says whether the page is for the wall, which bears its number alone.
func (p place) hangs() bool { return strings.HasPrefix(p.path, "/sheets/") }

// ownPrint says whether the page has a way of its own to be printed or exported.
func (p place) ownPrint() bool {
	return p.path == ledgerPath || p.hangs() || strings.HasPrefix(p.path, "/households/") && !strings.HasSuffix(p.path, "/replay")
}
