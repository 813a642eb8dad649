package web

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/eventlog"
)

// pictures are n photographs of one form, no two alike.
func pictures(n int) map[string][]byte {
	all := map[string][]byte{}
	for i := range n {
		var b bytes.Buffer
		_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 20+i, 20))) // to memory
		all["photo#"+strconv.Itoa(i)] = b.Bytes()
	}
	return all
}

// visitsOf are the photographs of a household's visits, visit by visit.
func (p *town) visitsOf(id string) (all [][]code.Attachment) {
	p.t.Helper()
	for rec, err := range p.handler.Log.ReadStream(p.t.Context(), commands.HouseholdStream(id), eventlog.NoStream) {
		if err != nil {
			p.t.Fatal(err)
		}
		if e, is := must(commands.Fact(rec, nil))(p.t).Event.(household.Visited); is {
			all = append(all, e.Photos)
		}
	}
	return all
}

// Screen 4: a visit's form on a telephone takes photographs. They stand in the
// visit's event, are shown small in the file and at its step of the replay, and to
// nobody who may not see them.
func TestAVisitTakesPhotographs(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b, at := p.as("village"), "/households/"+p.own
	offered := sectionOf(t, b.get(at).body, "visits")
	for _, want := range []string{`enctype="multipart/form-data"`, `type="file" name="photo" accept="image/*" capture="environment" multiple`, `type="file" name="photo" accept="image/*" multiple`} {
		if !strings.Contains(offered, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	taken := pictures(2)
	taken["photo#again"] = taken["photo#0"] // chosen in both fields
	visit := form("w", "kind", "routine", "place", "家中", "note", "母羊长势良好")
	for range 2 { // the button was pressed twice
		b.entered(at+"/visits", visit, taken)
	}
	b.entered(at+"/visits", form("w-2", "kind", "routine", "place", "家中", "note", "没有拍照"), nil)
	visits := p.visitsOf(p.own)
	if len(visits) != 2 || len(visits[0]) != 2 || len(visits[1]) != 0 {
		t.Fatalf("%v", visits)
	}
	card := sectionOf(t, b.get(at).body, "visits")
	for _, photo := range visits[0] {
		if !strings.Contains(card, `<img src="`+at+"/photos/"+string(photo)+`?size=small"`) {
			t.Errorf("the card lacks %s", photo)
		}
		for login, want := range map[string]int{"village": http.StatusOK, "paired": http.StatusOK, "discipline": http.StatusOK, "auditor": http.StatusForbidden, "department": http.StatusForbidden} {
			if got := p.as(login).get(at + "/photos/" + string(photo) + "?size=small"); got.status != want {
				t.Errorf("%s: %d", login, got.status)
			}
		}
		if got := b.get("/households/" + p.foreign + "/photos/" + string(photo)); got.status == http.StatusOK {
			t.Error("a photograph is read through a file that does not name it")
		}
		if got := p.as("discipline").get(at + "/replay?at=2").body; !strings.Contains(got, string(photo)) {
			t.Errorf("the replay lacks %s", photo)
		}
	}
	if card := sectionOf(t, p.as("department").get(at).body, "visits"); strings.Contains(card, "/photos/") || !strings.Contains(card, "照片2张") {
		t.Error("a department sees photographs, or is not told of them")
	}
}

// A refused form keeps the photographs that came with it: they are entered when it
// is sent again, and need not be sent again themselves. What is too much, or no
// photograph, is told beside the field.
func TestARefusedVisitKeepsItsPhotographs(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b, at := p.as("village"), "/households/"+p.own
	visit := func(note string, kept ...string) url.Values {
		q := form("w", "kind", "routine", "place", "家中", "note", note)
		q["photo_kept"] = kept
		return q
	}
	held := regexp.MustCompile(`name="photo_kept" value="([0-9a-f]{64})"`)
	refused := b.upload(at+"/visits", visit("电话13812341234"), pictures(2))
	var kept []string
	for _, found := range held.FindAllStringSubmatch(refused.body, -1) {
		kept = append(kept, found[1])
	}
	if refused.status != http.StatusUnprocessableEntity || len(kept) != 2 || !strings.Contains(refused.body, "/uploads/"+kept[0]) || !strings.Contains(refused.body, "已收到2份") {
		t.Fatalf("%d keeps %v", refused.status, kept)
	}
	others := pictures(2 + maxPhotos) // none of them those that were received
	delete(others, "photo#0")
	delete(others, "photo#1")
	delete(others, "photo#2")
	for what, sent := range map[string]struct {
		q     url.Values
		files map[string][]byte
	}{
		"too many at once":    {visit("正常"), pictures(maxPhotos + 1)},
		"too many with those": {visit("正常", kept...), others},
		"no photograph":       {visit("正常"), map[string][]byte{"photo": []byte("hello")}},
		"nobody's":            {visit("正常", strings.Repeat("0", 64)), nil},
		"no name of one":      {visit("正常", "x"), nil},
	} {
		if got := b.upload(at+"/visits", sent.q, sent.files); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="fault-photo"`) || !strings.Contains(got.body, ">正常</textarea>") {
			t.Errorf("%s: %d", what, got.status)
		}
	}
	if found := p.visitsOf(p.own); len(found) != 0 {
		t.Fatalf("%v", found)
	}
	b.entered(at+"/visits", visit("正常", kept...), nil)
	want := map[code.Attachment]bool{code.Attachment(kept[0]): true, code.Attachment(kept[1]): true}
	got := map[code.Attachment]bool{}
	for _, photo := range p.visitsOf(p.own)[0] {
		got[photo] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Somebody entered a visit meanwhile: the photographs wait with what was written.
func TestAVisitThatWaitsKeepsItsPhotographs(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b, at := p.as("village"), "/households/"+p.own
	q := form("mine", "kind", "routine", "place", "家中", "note", "后到一步")
	q.Set("seen", b.seenOn(at, "/households/{household}/visits"))
	p.as("township").entered(at+"/visits", form("other", "kind", "routine", "place", "家中", "note", "先到一步"), nil)
	got := b.upload(at+"/visits", q, pictures(1))
	if got.status != http.StatusConflict || !strings.Contains(got.body, "先到一步") || strings.Count(got.body, `name="photo_kept"`) != 1 {
		t.Errorf("%d", got.status)
	}
}
