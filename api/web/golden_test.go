package web

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// What the ledger and the file look like with nothing in them, with something
// refused, and with far too much: -update writes them anew after a change that
// was meant.
func TestGoldenPages(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	long := p.longHousehold()
	b := p.as("village")
	number := "990101196804120154"
	for name, got := range map[string]page{
		"ledger-empty":   b.get("/ledger?stage=monitored&text=nobody"),
		"ledger-refused": b.post("/ledger/export?stage=monitored"),
		"ledger-long":    b.get("/ledger?text=%E9%98%BF%E4%B8%8D"),
		"file-empty":     b.get("/households/" + p.own),
		"file-refused":   b.post("/households/"+p.own+"/visits", "key", "k", "happened", "2023-04-03", "kind", "routine", "place", "家中", "note", "号码"+number),
		"file-long":      b.get("/households/" + long),
	} {
		if strings.HasSuffix(name, "refused") != (got.status == http.StatusUnprocessableEntity) || got.status >= 500 {
			t.Errorf("%s: %d", name, got.status)
		}
		golden(t, name, got.body)
	}
}

// Long names and long lists stay on the screen, at both sizes.
func TestLongContentStaysOnTheScreen(t *testing.T) {
	p := newTown(t)
	long := p.longHousehold()
	for _, size := range [][2]int64{{1366, 768}, {390, 844}} {
		ctx := chromium(t, int(size[0]), int(size[1]))
		do := func(steps ...chromedp.Action[chromedp.Void]) {
			t.Helper()
			if err := chromedp.Do(ctx, steps...); err != nil {
				t.Fatal(err)
			}
		}
		do(chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(p.http.URL+"/login"))
		do(chromedp.SendKeys("#login", "village"), chromedp.SendKeys("#password", secret), chromedp.Click("button.btn-primary"), chromedp.WaitVisible(".sw-menu"))
		for _, path := range []string{"/ledger", "/households/" + long} {
			do(chromedp.Navigate(p.http.URL+path), chromedp.WaitVisible("main"))
			if over := must(chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`)))(t); over > 0 {
				t.Errorf("%s is %d pixels wider than %d", path, over, size[0])
			}
		}
	}
}

// longHousehold is a household of forty with long names, and three hundred
// entries in its file.
func (p *town) longHousehold() string {
	p.t.Helper()
	name := strings.Repeat("阿不都热依木·", 4) + "买买提"
	var members []household.Member
	for i := range 40 {
		m := household.Member{ID: fmt.Sprintf("m%d", i+1), Name: fmt.Sprintf("%s%d", name, i+1), Sex: "1", Relation: "other", Labour: "weak", Registered: true, Living: i%2 == 0,
			IDNumber: code.Personal(code.MakeIDNumber("990101", calendar.MustDay("1970-01-01")+calendar.Day(i), 10+i)), Birth: calendar.MustDay("1970-01-01") + calendar.Day(i), Counted: true}
		if !m.Living {
			m.CountedReason = code.Text(strings.Repeat("在外务工，逢年过节回家，共同承担家庭开支。", 5))
		}
		members = append(members, m)
	}
	members[0].Relation = "head"
	r := p.request("village")
	id := commands.NewID("village", r.Key)
	must(p.handler.Household(p.t.Context(), r, id, household.RegisterHousehold{Region: village, Group: "一组", Kind: code.Ordinary, Members: members}))(p.t)
	for i := range 299 {
		r := p.request("village")
		must(p.handler.Household(p.t.Context(), r, id, household.RecordVisit{Visit: r.Key, Kind: "routine", Place: "家中",
			Note: code.Text(fmt.Sprintf("第%d次：", i+1) + strings.Repeat("了解近期务工和用药情况，提醒按时参保。", 10))}))(p.t)
	}
	p.seen(p.t.Context(), must(p.handler.Log.End(p.t.Context()))(p.t))
	return id
}

// golden compares the main part of a page with what it was. Ids differ from run
// to run; of a long list the first and the last tell enough.
func golden(t *testing.T, name, body string) {
	t.Helper()
	_, body, _ = strings.Cut(body, "<main")
	body, _, _ = strings.Cut(body, "</main>")
	body = ids.ReplaceAllString("<main"+body+"</main>", "ID")
	body = seenMarks.ReplaceAllString(body, "${1}MARK\"")
	body = fileNumbers.ReplaceAllString(body, "629900101201-NUMBER")
	body = trackingCodes.ReplaceAllString(assetSums.ReplaceAllString(body, "?v=SUM"), `value="CODE"`)
	body = chosenIDs.ReplaceAllString(body, "household=ID&amp;… ")
	for _, repeated := range []string{"<li class", "<p><strong>", "<tr"} {
		body = thinned(body, repeated, 8)
	}
	body = thinned(body, "<option", 40) // a code list stands whole
	body = strings.ReplaceAll(body, "><", ">\n<") + "\n"
	file := filepath.Join("testdata", "pages", name+".html")
	if *update {
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(body, "\n")); diff != "" {
		t.Errorf("%s (-golden +page)\n%s", name, diff)
	}
}

var (
	ids           = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	assetSums     = regexp.MustCompile(`\?v=[0-9a-f]{16}`)
	trackingCodes = regexp.MustCompile(`value="[2-9A-HJ-NP-Z]{4}[ -]?[2-9A-HJ-NP-Z]{4}[ -]?[2-9A-HJ-NP-Z]{4}"`)
	seenMarks     = regexp.MustCompile(`(name="seen" value="[^"]+ )[^" ]+"`)
	chosenIDs     = regexp.MustCompile(`(household=ID&amp;){4,}`)
	fileNumbers   = regexp.MustCompile(`629900101201-[0-9A-Z]{5}`)
)

// thinned leaves of many parts that begin alike the first two and the last.
func thinned(body, begin string, many int) string {
	parts := strings.Split(body, begin)
	if len(parts) < many {
		return body
	}
	left := fmt.Sprintf("<!-- %d more -->", len(parts)-4)
	return strings.Join(parts[:3], begin) + left + begin + parts[len(parts)-1]
}
