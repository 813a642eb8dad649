package web

import (
	"html"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var printForm = regexp.MustCompile(`name="page" value="([^"]*)"/?>\s*<input type="hidden" name="proof" value="([^"]*)"`)

// Every page that people see, as one who may see it: on paper it says nothing
// until its print is recorded, or it stands among those that are printed freely.
// A new page that is printed unrecorded fails.
func TestEveryPrintIsRecorded(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	papers, free, recorded := p.fileAway(), 0, 0
	for _, e := range p.site.routes {
		if e.method != http.MethodGet || e.scope == anybody {
			continue
		}
		login := "county"
		if who := strings.Fields(mayCome[e.method+" "+e.path]); len(who) > 0 && who[0] != "everybody" {
			login = who[0]
		}
		address, _ := p.addresses(papers, e)
		b := p.as(login)
		got := b.get(address)
		if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
			continue
		}
		if freelyPrinted[e.path] != "" {
			free++
			continue
		}
		if !strings.Contains(got.body, `class="sw-unprinted"`) {
			t.Errorf("%s is printed unrecorded", e.path)
		}
		form := printForm.FindStringSubmatch(got.body)
		if form == nil {
			continue // printed or exported by a way of its own, or not at all
		}
		recorded++
		before := strings.Count(p.types(login), "copy.made")
		sent := b.post("/prints", "page", html.UnescapeString(form[1]), "proof", form[2])
		again := b.get(sent.header.Get("Location"))
		if sent.status != http.StatusSeeOther || again.status != http.StatusOK || strings.Contains(again.body, `class="sw-unprinted"`) && !strings.HasPrefix(e.path, "/households/{household}") && e.path != ledgerPath || !strings.Contains(again.body, "sw-printed-mark") || !strings.Contains(again.body, "编号") {
			t.Errorf("%s: %d %v, then %d", e.path, sent.status, sent.header.Get("Location"), again.status)
		}
		if after := strings.Count(p.types(login), "copy.made"); after != before+1 {
			t.Errorf("%s: %d copies are recorded", e.path, after-before)
		}
	}
	if free == 0 || recorded < 10 {
		t.Errorf("%d pages printed freely, %d recorded", free, recorded)
	}
}

// Nobody makes up that a print was recorded, or records one of a page that he was
// not shown.
func TestAPrintIsNotMadeUp(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("county")
	form := printForm.FindStringSubmatch(b.get("/dashboard").body)
	if form == nil {
		t.Fatal("the dashboard is not printed")
	}
	for _, c := range [][2]string{{form[1], ""}, {form[1], "x"}, {"/households/" + p.foreign, form[2]}, {"//evil.example/", form[2]}, {"", ""}} {
		if got := b.post("/prints", "page", c[0], "proof", c[1]); got.status != http.StatusNotFound {
			t.Errorf("%q: %d", c, got.status)
		}
	}
	if got := p.as("township").post("/prints", "page", form[1], "proof", form[2]); got.status != http.StatusNotFound {
		t.Errorf("somebody else's: %d", got.status)
	}
	if strings.Contains(p.types("county"), "copy.made") {
		t.Error("a print is recorded")
	}
	if got := b.get("/dashboard?copy=AAAA-BBBB&copy_proof=" + form[2]); !strings.Contains(got.body, `class="sw-unprinted"`) {
		t.Error("a made-up number is believed")
	}
	sent := b.post("/prints", "page", form[1], "proof", form[2])
	if got := p.as("township").get(sent.header.Get("Location")); !strings.Contains(got.body, `class="sw-unprinted"`) {
		t.Error("somebody else prints under the number")
	}
}

// No template prints but by the button that records, the forms that are recorded
// when they are made, and the pages that are printed freely.
func TestNoTemplatePrintsByItself(t *testing.T) {
	t.Parallel()
	prints := map[string]bool{"recordedprint.templ": true, "print.templ": true, "poster.templ": true, "apply.templ": true}
	for _, file := range must(filepath.Glob("*.templ"))(t) {
		if text := must(os.ReadFile(file))(t); strings.Contains(string(text), "data-print") != prints[file] {
			t.Errorf("%s: who prints stands in the list, and nobody else prints", file)
		}
	}
}
