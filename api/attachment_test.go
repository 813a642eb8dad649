package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"net/url"
	"testing"

	"shouwang/commands/attachments"
)

// photo is a picture of so many pixels a side.
func photo(t testing.TB, side int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, side, side))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: uint8(i * i >> 7)}.Y
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sent is what became of a request.
type sent struct {
	status int
	header http.Header
	body   []byte
}

func (s sent) problem(t testing.TB) Problem {
	t.Helper()
	var p Problem
	if err := json.Unmarshal(s.body, &p); err != nil {
		t.Fatalf("%d %s: %v", s.status, s.body, err)
	}
	return p
}

// request sends a request with the token of whom the header names, the village's
// cadre if it names nobody.
func (p *place) request(method, path string, header map[string]string, body io.Reader) sent {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.http.URL+path, body)
	if err != nil {
		p.t.Fatal(err)
	}
	if header["Authorization"] == "" {
		r.Header.Set("Authorization", "Bearer "+p.token(cmp.Or(header["Shouwang-Person"], "cadre")))
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	answer, err := p.http.Client().Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	out, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return sent{answer.StatusCode, answer.Header, out}
}

func TestAnAttachmentGoesInAndComesOut(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	picture := photo(t, 700)
	at := "?place=" + url.QueryEscape("村务公开栏") + "&captured_at=2023-04-03"
	up := p.request(http.MethodPost, attachmentsPath+at, nil, bytes.NewReader(picture))
	var info AttachmentInfo
	if err := json.Unmarshal(up.body, &info); up.status != http.StatusCreated || err != nil || info.MediaType != "image/jpeg" || info.Width != 700 {
		t.Fatalf("%d %s %v", up.status, up.body, err)
	}
	where := up.header.Get("Location")
	if where != attachmentsPath+"/"+string(info.Hash) {
		t.Errorf("Location %q", where)
	}
	down := p.request(http.MethodGet, where, nil, nil)
	if down.status != http.StatusOK || !bytes.Equal(down.body, picture) || down.header.Get("Content-Type") != "image/jpeg" || down.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d, %d bytes, %v", down.status, len(down.body), down.header)
	}
	small := p.request(http.MethodGet, where+"/thumbnail", nil, nil)
	if small.status != http.StatusOK || small.header.Get("Content-Type") != "image/jpeg" || len(small.body) >= len(picture) {
		t.Errorf("%d, %d bytes", small.status, len(small.body))
	}
	described := p.request(http.MethodGet, where+"/description", nil, nil)
	if err := json.Unmarshal(described.body, &info); err != nil || len(info.Statements) != 1 || info.Statements[0].Place != "村务公开栏" {
		t.Errorf("%s %v", described.body, err)
	}
	visit := `{"visit": "w1", "kind": "routine", "note": "正常", "photos": ["` + string(info.Hash) + `"]}`
	id := p.register("柳一")
	if done := p.act("/households/"+id+"/visits", visit); done.status != http.StatusCreated {
		t.Errorf("%d %s", done.status, done.body)
	}
}

func TestWhatIsNoAttachment(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	picture := photo(t, 10)
	p.token("cadre")
	p.token("nobody")
	before := p.count()
	for name, c := range map[string]struct {
		path, person string
		body         []byte
		status       int
		rule         string
	}{
		"an executable named .jpg":       {"", "cadre", append([]byte("MZ\x90\x00"), make([]byte, 4096)...), 415, "attachment.type"},
		"an ELF file":                    {"", "cadre", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 4096)...), 415, "attachment.type"},
		"a web page":                     {"", "cadre", []byte("<html><script>alert(1)</script></html>"), 415, "attachment.type"},
		"nothing":                        {"", "cadre", nil, 422, "attachment.empty"},
		"half a picture":                 {"", "cadre", picture[:len(picture)/2], 422, "attachment.unreadable"},
		"a personal number in the place": {"?place=" + url.QueryEscape("11010519491231002X家门口"), "cadre", picture, 422, "text.personal-number"},
		"a badly written time":           {"?captured_at=yesterday", "cadre", picture, 422, "time.malformed"},
		"nobody":                         {"", "nobody", picture, 403, "access.denied"},
		"more than 20 MiB":               {"", "cadre", append(append([]byte{}, picture...), make([]byte, attachments.MaxSize)...), 413, "attachment.too-large"},
	} {
		got := p.request(http.MethodPost, attachmentsPath+c.path, map[string]string{"Authorization": "Bearer " + p.token(c.person), "Content-Type": "image/jpeg"}, bytes.NewReader(c.body))
		if got.status != c.status || string(got.problem(t).Rule) != c.rule {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	// Without a length, only the end shows that it is too large.
	got := p.request(http.MethodPost, attachmentsPath, nil, io.MultiReader(bytes.NewReader(picture), bytes.NewReader(make([]byte, attachments.MaxSize))))
	if got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d %s", got.status, got.body)
	}
	for _, path := range []string{"/nothing", "/" + string(make0(64)), "/" + string(make0(64)) + "/thumbnail"} {
		if got := p.request(http.MethodGet, attachmentsPath+path, nil, nil); got.status != http.StatusNotFound || got.problem(t).Rule != "attachment.not-found" {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if p.count() != before {
		t.Error("something was written")
	}
}

func make0(n int) []byte { return bytes.Repeat([]byte("0"), n) }
