package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

var (
	ledgerRow = regexp.MustCompile(`<a href="/households/([^"/]+)">[^<]*</a><div class="text-secondary">([^<]+)</div>`)
	nextPage  = regexp.MustCompile(`rel="next" href="([^"]+)"`)
)

// stands registers a household under the key, and returns its file number.
func (p *town) stands(key, head string, kind code.Kind) string {
	p.t.Helper()
	request := commands.Request{Key: key, By: "village", Channel: "test"}
	id := commands.NewID(request.By, key)
	must(p.handler.Household(p.t.Context(), request, id, household.RegisterHousehold{Region: village, Group: "一组", Kind: kind, Members: []household.Member{{
		ID: "m1", Name: head, Sex: "2", IDNumber: code.Personal(code.MakeIDNumber("990101", calendar.MustDay("1968-04-12"), 15)), Birth: calendar.MustDay("1968-04-12"),
		Relation: "head", Labour: "ordinary", Registered: true, Living: true, Counted: true}}}))(p.t)
	return household.FileNo(village, id)
}

// keyWhere is a key under which a household's file number satisfies what is wanted.
func keyWhere(wanted func(number string) bool) string {
	for i := 0; ; i++ {
		if key := "added-" + strconv.Itoa(i); wanted(household.FileNo(village, commands.NewID("village", key))) {
			return key
		}
	}
}

// Screen 2: a ledger that is longer than a page is walked by the links that it
// offers. Each household is seen once and in order, with the filters and columns
// kept, also when households are added between two pages: one before the place
// where somebody stands moves nothing, one after it is seen.
func TestALedgerIsWalkedByItsLinks(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	var every, wanted []string
	for i := range 66 {
		head, kind := "柳一", code.FormerPoor
		switch {
		case i%8 == 6:
			head = "石一"
		case i%8 == 7:
			kind = code.Ordinary
		}
		number := p.stands("h-"+strconv.Itoa(i), head, kind)
		if every = append(every, number); head == "柳一" && kind == code.FormerPoor {
			wanted = append(wanted, number)
		}
	}
	b := p.as("village")
	p.shown()
	every = append(every, ledgerRow.FindStringSubmatch(b.get("/ledger?text=%E6%9F%B3%E6%A1%82").body)[2]) // who lived here before
	walk := func(from string, between func(last string)) (seen []string, pages int) {
		t.Helper()
		asked, _ := url.Parse(from)
		for at := from; at != ""; pages++ {
			got := b.get(at)
			link, _ := url.Parse(at)
			kept := link.Query()
			kept.Del("after")
			if diff := cmp.Diff(asked.Query(), kept); got.status != http.StatusOK || link.Path != "/ledger" || diff != "" {
				t.Fatalf("%s: %d\n%s", at, got.status, diff)
			}
			rows := ledgerRow.FindAllStringSubmatch(got.body, -1)
			for _, row := range rows {
				seen = append(seen, row[2])
			}
			at = ""
			if next := nextPage.FindStringSubmatch(got.body); next != nil {
				at = html.UnescapeString(next[1])
			}
			if pages == 0 && between != nil {
				between(seen[len(seen)-1])
			}
			if len(rows) == 0 || len(rows) > 20 || at != "" && len(rows) < 20 {
				t.Errorf("page %d has %d households, and leads on to %q", pages+1, len(rows), at)
			}
		}
		return seen, pages
	}
	slices.Sort(every)
	slices.Sort(wanted)
	if seen, pages := walk("/ledger", nil); pages != 4 || !slices.Equal(seen, every) {
		t.Errorf("%d pages\n%s", pages, cmp.Diff(every, seen))
	}
	const narrow = "/ledger?column=kind&column=persons&kind=former_poor&limit=20&text=%E6%9F%B3%E4%B8%80"
	if seen, pages := walk(narrow, nil); pages != 3 || !slices.Equal(seen, wanted) {
		t.Errorf("%d pages\n%s", pages, cmp.Diff(wanted, seen))
	}
	seen, _ := walk(narrow, func(last string) {
		p.stands(keyWhere(func(number string) bool { return number < wanted[0] }), "柳一", code.FormerPoor)
		p.stands(keyWhere(func(number string) bool { return number < last && number > wanted[0] }), "柳一", code.FormerPoor)
		wanted = append(wanted, p.stands(keyWhere(func(number string) bool { return number > last && number < wanted[len(wanted)-1] }), "柳一", code.FormerPoor))
		p.shown()
	})
	slices.Sort(wanted)
	if diff := cmp.Diff(wanted, seen); diff != "" {
		t.Errorf("with households added meanwhile:\n%s", diff)
	}
	if last := b.get(narrow + "&after=" + "OTk5"); strings.Contains(last.body, `rel="next"`) || !strings.Contains(last.body, "回到第一页") {
		t.Error("behind the last one there is more, or no way back")
	}
}
