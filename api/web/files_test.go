package web

import (
	"bytes"
	"image"
	"image/png"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// handsIn keeps a picture of so many pixels a side for somebody.
func (p *town) handsIn(by string, side int) code.Attachment {
	p.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		p.t.Fatal(err)
	}
	kept := must(p.site.Files.Put(p.t.Context(), attachments.Statement{By: by}, &b))(p.t)
	return code.Attachment(kept.Hash.String())
}

// photographed enters something of every kind that has pictures, and returns where
// the pages give each out.
func (p *town) photographed(by, region, homeID string, side int) map[string]string {
	p.t.Helper()
	ctx, id := p.t.Context(), commands.NewID("photographed", region)
	var pictures []code.Attachment
	for i := range 4 {
		pictures = append(pictures, p.handsIn(by, side+i))
	}
	must(p.handler.Household(ctx, p.request(by), homeID, household.RecordVisit{Visit: "photographed", Kind: "routine", Note: "正常", Photos: pictures[:1]}))(p.t)
	for _, c := range []paper.Command{
		paper.HoldMeeting{Region: region, Procedure: policy.Inclusion, Place: "村委会", Entitled: 3, Attendees: []paper.Attendee{{Name: "甲", Capacity: "representative"}},
			Items: []paper.MeetingItem{{Household: homeID, For: 1, Result: code.Pass}}, Minutes: pictures[1:2]},
		paper.PostSheet{Region: region, Procedure: policy.Inclusion, Title: "公示", Place: "公示栏", Phone: "0931-1234567", Photo: pictures[2], Lines: []paper.SheetLine{{Household: homeID, Head: "甲", Persons: 1}}},
		paper.IssueDocument{Region: region, Kind: paper.VillageReport, Procedure: policy.Inclusion, Title: "上报", Lines: []paper.DocumentLine{{Household: homeID}}, Paper: pictures[3]},
	} {
		must(p.handler.Paper(ctx, p.request(by), id, c))(p.t)
	}
	return map[string]string{
		"/households/" + homeID + "/photos/": string(pictures[0]), "/meetings/" + id + "/photos/": string(pictures[1]),
		"/sheets/" + id + "/photos/": string(pictures[2]), "/notices/" + id + "/photos/": string(pictures[2]), "/lists/" + id + "/photos/": string(pictures[3]),
	}
}

// The pages give a picture out through what names it, to whoever may come to that,
// and nowhere else: not through another page, and nothing of another county.
func TestPicturesAreSeenThroughWhatNamesThem(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	home, foreign := p.photographed("village", village, p.own, 20), p.photographed("neighbour", foreignVillage, p.foreign, 30)
	p.seen(t.Context(), must(p.handler.Log.End(t.Context()))(t))
	may := map[string]string{ // by the first word of the address
		"households": "village township county paired discipline", "meetings": "village township county discipline auditor", "sheets": "village township county discipline auditor",
		"lists": "village township county discipline auditor", "notices": "village township county discipline notice_inspector",
	}
	for _, login := range slices.Concat(slices.Collect(maps.Keys(people)), slices.Collect(maps.Keys(administrators))) {
		b := p.as(login)
		for at, picture := range home {
			kind, _, _ := strings.Cut(at[1:], "/")
			allowed := slices.Contains(strings.Fields(may[kind]), login)
			for _, size := range []string{"", "?size=small"} {
				got := b.get(at + picture + size)
				if allowed && (got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "image/") || got.header.Get("Cache-Control") != "no-store") || !allowed && got.status != http.StatusForbidden {
					t.Errorf("%s%s as %s: %d %v, want allowed %v", kind, size, login, got.status, got.header, allowed)
				}
			}
			for address, other := range home {
				if got := b.get(at + other); other != picture && got.status == http.StatusOK {
					t.Errorf("%s as %s: a picture of %s", kind, login, address)
				}
			}
			for _, other := range foreign {
				if got := b.get(at + other); got.status == http.StatusOK {
					t.Errorf("%s as %s: a picture of another county", kind, login)
				}
			}
		}
		for at, picture := range foreign {
			if got := b.get(at + picture); got.status != http.StatusForbidden {
				t.Errorf("%s as %s: %d", at, login, got.status)
			}
		}
	}
	for at, picture := range home {
		if got := p.browser().get(at + picture); !toLogin(got) {
			t.Errorf("%s as nobody: %d", at, got.status)
		}
	}
	wall := p.browser().get("/board/" + village).body
	for at, picture := range home {
		if strings.Contains(wall, picture) {
			t.Errorf("the wall names a picture of %s", at)
		}
	}
	file := p.as("village").get("/households/" + p.own).body
	if !strings.Contains(file, "/photos/") || strings.Contains(p.as("auditor").get("/households/"+p.own).body, "/photos/") {
		t.Error("the file does not show its pictures to whoever may see them, and to nobody else")
	}
}

// A picture of a form that was refused is shown to whoever sent it, and to nobody
// else.
func TestAPictureOfARefusedFormIsTheSenders(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	sender := p.as("village")
	refused := sender.upload("/households/"+p.own+"/forms/analysis", form("k"), map[string][]byte{"photo": picture()})
	_, rest, shown := strings.Cut(refused.body, "/uploads/")
	if refused.status != http.StatusUnprocessableEntity || !shown {
		t.Fatalf("%d, and the picture is not shown", refused.status)
	}
	at := "/uploads/" + rest[:64]
	for login, want := range map[string]int{"village": http.StatusOK, "county": http.StatusNotFound, "discipline": http.StatusNotFound, "system_administrator": http.StatusNotFound} {
		if got := p.as(login).get(at); got.status != want {
			t.Errorf("%s: %d", login, got.status)
		}
	}
	if got := p.browser().get(at); !toLogin(got) {
		t.Errorf("nobody: %d", got.status)
	}
}
