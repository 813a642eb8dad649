package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/eventlog"
)

// uploads hands a picture in as somebody, and returns its hash.
func (p *place) uploads(person string, side int) string {
	p.t.Helper()
	got := p.request(http.MethodPost, attachmentsPath, p.bearer(person), bytes.NewReader(photo(p.t, side)))
	var info AttachmentInfo
	if err := json.Unmarshal(got.body, &info); got.status != http.StatusCreated || err != nil {
		p.t.Fatalf("%d %s", got.status, got.body)
	}
	return string(info.Hash)
}

// photographed enters a visit, a sheet and a check on the spot with a picture of
// each, and returns where each picture is read.
func (c *crowd) photographed(at map[string]string, side int) map[string]string {
	c.t.Helper()
	enters := func(person, path, body string) string {
		c.t.Helper()
		header := c.bearer(person)
		header["Content-Type"], header["Idempotency-Key"] = "application/json", path+at["region"]+"-photographed"
		got := c.request(http.MethodPost, base+path, header, strings.NewReader(body))
		var r Recorded
		if err := json.Unmarshal(got.body, &r); got.status != http.StatusCreated || err != nil {
			c.t.Fatalf("%s: %d %s", path, got.status, got.body)
		}
		return r.ID
	}
	visit, sheet, spot := c.uploads("officer", side), c.uploads("officer", side+1), c.uploads("inspector", side+2)
	enters("officer", "/households/"+at["household"]+"/visits", `{"visit": "w", "kind": "routine", "note": "正常", "photos": ["`+visit+`"]}`)
	notice := enters("officer", "/notices", `{"mode": "transcribed", "happened": "2023-04-03", "done_by": [{"person": "cadre"}], "region": "`+at["village"]+`", "procedure": "inclusion", "title": "公示", "place": "村务公开栏", "phone": "0930-1234567", "photo": "`+
		sheet+`", "lines": [{"household": "`+at["household"]+`", "head": "柳一", "persons": 1}]}`)
	check := enters("inspector", "/inspections", `{"notice": "`+notice+`", "result": "present", "place": "村口", "photo": "`+spot+`"}`)
	return map[string]string{
		"household":  "/households/" + at["household"] + "/attachments/" + visit,
		"notice":     "/papers/notice/" + notice + "/attachments/" + sheet,
		"inspection": "/inspections/" + check + "/attachments/" + spot,
	}
}

// A file is read by whoever may read a record that names it, at home and not
// elsewhere, and by nobody through another record or by its hash alone.
func TestAFileIsReadThroughWhatNamesIt(t *testing.T) {
	t.Parallel()
	c := gather(t)
	home, foreign := c.photographed(c.home, 60), c.photographed(c.foreign, 70)
	readers := map[string][]string{
		"household":  {"village", "township", "county", "paired", "discipline"},
		"notice":     {"village", "township", "county", "paired", "discipline", "notice_inspector"},
		"inspection": {"village", "township", "county", "paired", "discipline", "notice_inspector"},
	}
	for _, person := range c.people {
		for kind, path := range home {
			allowed := slices.Contains(readers[kind], person)
			for _, part := range []string{"", "/thumbnail", "/description"} {
				got := c.request(http.MethodGet, base+path+part, c.bearer(person), nil)
				if allowed && got.status != http.StatusOK || !allowed && !denied(got) {
					t.Errorf("%s%s as %s: %d, want allowed %v", kind, part, person, got.status, allowed)
				}
				if allowed && got.header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s%s: the next at the screen may find it", kind, part)
				}
				if got := c.request(http.MethodGet, base+foreign[kind]+part, c.bearer(person), nil); !denied(got) {
					t.Errorf("%s%s of another township as %s: %d", kind, part, person, got.status)
				}
			}
			hash := path[strings.LastIndex(path, "/"):]
			if got := c.request(http.MethodGet, attachmentsPath+hash, c.bearer(person), nil); got.status == http.StatusOK {
				t.Errorf("%s as %s: by its hash alone", kind, person)
			}
			for other, address := range home { // his own record, which does not name it
				if got := c.request(http.MethodGet, base+address[:strings.LastIndex(address, "/")]+hash, c.bearer(person), nil); other != kind && got.status == http.StatusOK {
					t.Errorf("%s as %s: through the %s", kind, person, other)
				}
			}
			stolen := foreign[kind][strings.LastIndex(foreign[kind], "/"):]
			if got := c.request(http.MethodGet, base+path[:strings.LastIndex(path, "/")]+stolen, c.bearer(person), nil); got.status == http.StatusOK {
				t.Errorf("%s as %s: another township's file through his own record", kind, person)
			}
		}
	}
	for kind, path := range home {
		if got := c.request(http.MethodGet, base+path, map[string]string{"Authorization": "none"}, nil); got.status != http.StatusUnauthorized {
			t.Errorf("%s as nobody: %d", kind, got.status)
		}
	}
	if got := c.request(http.MethodGet, base+"/papers/household/"+c.home["household"]+"/attachments/"+home["household"][strings.LastIndex(home["household"], "/")+1:], c.bearer("notice_inspector"), nil); got.status == http.StatusOK {
		t.Error("a household's file as if it were a paper")
	}
}

// Whoever just handed a file in sees it before any record names it; nobody else.
func TestAFreshUploadIsTheUploaders(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	hash := p.uploads("cadre", 50)
	for _, part := range []string{"", "/thumbnail", "/description"} {
		for person, want := range map[string]int{"cadre": http.StatusOK, "second": http.StatusNotFound, "stranger": http.StatusNotFound, "officer": http.StatusNotFound, "inspector": http.StatusNotFound} {
			if got := p.request(http.MethodGet, attachmentsPath+"/"+hash+part, p.bearer(person), nil); got.status != want {
				t.Errorf("%s as %s: %d", part, person, got.status)
			}
		}
	}
	// Somebody who has the same picture is told his own story of it only.
	if same := p.uploads("stranger", 50); same != hash {
		t.Fatal("the same picture has two names")
	}
	var info AttachmentInfo
	got := p.request(http.MethodGet, attachmentsPath+"/"+hash+"/description", p.bearer("stranger"), nil)
	if err := json.Unmarshal(got.body, &info); err != nil || len(info.Statements) != 1 || info.Statements[0].By != "stranger" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// A scanned paper of a household's file has personal numbers on it: whoever opens
// it says why, and that he did is recorded.
func TestAScannedPaperIsShownForAReason(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id, hash := p.register("柳一"), p.uploads("cadre", 40)
	if got := p.act("/households/"+id+"/applications", `{"application": "a", "form": "written", "content": "因病申请", "paper": "`+hash+`"}`); got.status != http.StatusCreated {
		t.Fatalf("%d %s", got.status, got.body)
	}
	at, shown := householdAt(id)+"/attachments/"+hash, func() (n int) {
		for rec, err := range p.log.ReadStream(t.Context(), commands.AccountStream(p.account("cadre")), eventlog.NoStream) {
			if err != nil {
				t.Fatal(err)
			}
			if rec.Type == "personal.shown.v1" {
				n++
			}
		}
		return n
	}
	for _, why := range []string{"", "?reason=x", "?reason=" + url.QueryEscape("本人13912345678要求")} {
		for _, part := range []string{"", "/thumbnail"} {
			if got := p.request(http.MethodGet, at+part+why, nil, nil); got.status != http.StatusUnprocessableEntity || shown() != 0 {
				t.Errorf("%s%s: %d", part, why, got.status)
			}
		}
	}
	if got := p.request(http.MethodGet, at+"/description", nil, nil); got.status != http.StatusOK || shown() != 0 {
		t.Errorf("what it is: %d", got.status)
	}
	if got := p.request(http.MethodGet, at+"?reason="+url.QueryEscape("核对申请书"), nil, nil); got.status != http.StatusOK || shown() != 1 {
		t.Errorf("for a reason: %d, shown %d times", got.status, shown())
	}
}
