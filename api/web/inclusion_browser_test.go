package web

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// hand is somebody's hand at a browser: it opens pages, fills in what stands on
// them and presses the buttons that are there.
type hand struct {
	*town
	ctx  context.Context
	file string // a photograph
	seen map[string]bool
}

// somebody stands for a household's or paper's id in an address.
var somebody = regexp.MustCompile(`[0-9a-f-]{36}`)

func (h *hand) do(steps ...chromedp.Action[chromedp.Void]) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.ctx, 30*time.Second) // a page that never comes
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		h.t.Fatal(err)
	}
}

func evaluated[T any](h *hand, script string) T {
	h.t.Helper()
	v, err := chromedp.Run(h.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		h.t.Fatalf("%s: %v", script[:min(len(script), 80)], err)
	}
	return v
}

// comes logs somebody else in.
func (h *hand) comes(login string) {
	h.t.Helper()
	h.opensPage("/login") // whoever was here logs out
	if evaluated[bool](h, `!!document.querySelector('form[action="/logout"]')`) {
		h.presses(`form[action="/logout"] button`)
	}
	h.do(chromedp.Navigate(h.http.URL+"/login"), chromedp.SendKeys("#login", login), chromedp.SendKeys("#password", secret), chromedp.Click("button.btn-primary"), chromedp.WaitVisible(".sw-menu"))
}

// opens goes to a page, which is nowhere wider than the screen, at both sizes.
func (h *hand) opensPage(path string) {
	h.t.Helper()
	h.do(chromedp.Navigate(h.http.URL+path), chromedp.WaitVisible("main"))
	h.fits()
}

// fits looks at each kind of page once.
func (h *hand) fits() {
	h.t.Helper()
	kind := somebody.ReplaceAllString(h.at(), "x")
	if h.seen[kind] {
		return
	}
	h.seen[kind] = true
	for _, size := range [][2]int64{{390, 844}, {1366, 768}} {
		h.do(chromedp.EmulateViewport(size[0], size[1]))
		if over := evaluated[int](h, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			h.t.Errorf("%s at %d: %d pixels wider than the screen", evaluated[string](h, `location.pathname`), size[0], over)
		}
	}
}

// fills writes into the fields of a form, by name; a field that is not there fails.
const fills = `((form, values) => { for (const [name, value] of values) {
	const all = [...document.querySelectorAll(form + ' [name="' + name + '"]')];
	if (!all.length) return name;
	const box = all.filter(e => e.type === 'checkbox' || e.type === 'radio');
	if (box.length) { const one = box.find(e => e.value === value); if (!one) return name + '=' + value; one.checked = true; continue; }
	all[0].value = value;
	if (all[0].value !== value) return name + '=' + value;
} return ''; })`

// enters fills a form in and sends it, and waits for the page that it leads to.
func (h *hand) enters(form string, pairs ...string) {
	h.t.Helper()
	values := [][2]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values = append(values, [2]string{pairs[i], pairs[i+1]})
	}
	arguments, err := json.Marshal(values)
	if err != nil {
		h.t.Fatal(err)
	}
	if missing := evaluated[string](h, fills+`("`+form+`", `+string(arguments)+`)`); missing != "" {
		h.t.Fatalf("%s has no field %s", evaluated[string](h, `location.pathname`), missing)
	}
	h.presses(form + " button[type=submit]:last-of-type")
}

// presses a button and waits for the page that it leads to.
func (h *hand) presses(button string) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.ctx, 30*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(button)); err != nil {
		h.t.Fatalf("%s: nothing came of it: %v", button, err)
	}
	if refused := evaluated[string](h, `[...document.querySelectorAll('[role=alert]')].map(e => e.innerText).join('; ')`); refused != "" {
		h.t.Fatalf("%s: %s", evaluated[string](h, `location.pathname`), refused)
	}
	h.fits()
}

func (h *hand) attaches(field string) {
	h.t.Helper()
	h.do(chromedp.SetUploadFiles(`input[name="`+field+`"]`, []string{h.file}))
}

// ticksAll ticks everybody whose turn it is, and goes on to the form; there must
// be so many.
func (h *hand) ticksAll(path string, want int) {
	h.t.Helper()
	h.opensPage(path)
	if got := evaluated[int](h, `(boxes => { for (const b of boxes) b.checked = true; return boxes.length })(document.querySelectorAll('.sw-pick input[name=household]'))`); got != want {
		h.t.Fatalf("%s: the turn of %d households, want %d", path, got, want)
	}
	h.presses("button[name=go]")
}

func (h *hand) at() string { h.t.Helper(); return evaluated[string](h, `location.pathname`) }

// listens notes what the browser complains about, the content policy above all.
func (h *hand) listens() (complaints func() []string) {
	var mu sync.Mutex
	var all []string
	if err := chromedp.Listen(h.ctx, func(event any) {
		if e, is := event.(*log.EventEntryAdded); is && string(e.Entry.Level) == "error" {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, e.Entry.Text+" "+e.Entry.URL)
		}
	}); err != nil {
		h.t.Fatal(err)
	}
	return func() []string { mu.Lock(); defer mu.Unlock(); return all }
}

// Three households are included by six people through the pages, from the clue
// to the announcement and the entry in the system: one meeting, one sheet, one
// objection, one return.
func TestThreeHouseholdsAreIncludedThroughThePages(t *testing.T) {
	p := newTown(t)
	p.joins("secretary", code.VillageSecretary, "v")
	p.joins("cadre", code.TownshipCadre, "t")
	p.joins("decider", code.CountyDecider, "c")
	h := &hand{town: p, ctx: chromium(t, 1366, 768), file: filepath.Join(t.TempDir(), "photo.png"), seen: map[string]bool{}}
	if err := os.WriteFile(h.file, picture(), 0o600); err != nil {
		t.Fatal(err)
	}
	complaints := h.listens()
	h.do(chromedp.EmulateViewport(1366, 768))

	// The clerk registers three households and looks into each with the secretary.
	h.comes("village")
	heads := []string{"柳大山", "柳小河", "柳长田"}
	ids := make([]string, len(heads))
	for i, head := range heads {
		number := code.MakeIDNumber("990101", calendar.MustDay("1970-05-06"), 21+2*i)
		h.opensPage("/households/forms/register?region=" + village)
		h.enters(".sw-paper", "group", "三组", "name_1", head, "number_1", number)
		ids[i] = strings.TrimPrefix(h.at(), "/households/")
		h.fillsIn(ids[i], "clue", "channel", "cadre_check", "content", "房屋受损，收入减少")
		h.fillsIn(ids[i], "survey", "procedure", "inclusion", "found_housing", "open", "found_water", "ok", "note", "主房开裂", "done_by", "village", "done_by", "secretary")
		h.fillsIn(ids[i], "income", "procedure", "inclusion", "from", "2022-04-03", "to", "2023-04-02", "persons", "1", "item_wage.away", "6200")
		h.fillsIn(ids[i], "letter", "members", "m1", "scope", "public_security", "signer", "m1")
	}
	h.comes("county")
	for i, id := range ids {
		fields := []string{"procedure", "inclusion", "sources", "public_security"}
		if i == 0 {
			fields = append(fields, "kind_1", "car", "member_1", "m1", "source_1", "public_security")
		}
		h.fillsIn(id, "comparison", fields...)
	}
	h.comes("cadre")
	h.fillsIn(ids[0], "explanation", "explanation", "农用三轮车，不是小轿车", "accepted", "yes")

	// One meeting and one sheet.
	h.comes("secretary")
	h.ticksAll("/meetings/new?procedure=inclusion", 3)
	h.attaches("sign_in")
	h.attaches("photo")
	fields := []string{"place", "村委会", "entitled", "4", "here_0", "1", "here_1", "1", "name_" + h.emptySeat(), "柳代表"}
	for _, id := range ids {
		fields = append(fields, "for_"+id, "2")
	}
	h.enters(".sw-paper", append(fields, "recused_"+ids[1], "柳代表")...)
	h.ticksAll("/sheets/new?procedure=inclusion", 3)
	fields = []string{"place", "村委会公示栏", "phone", "0931-1234567"}
	for _, id := range ids {
		fields = append(fields, "class_"+id, "sudden")
	}
	h.enters(".sw-paper", fields...)
	h.attaches("photo")
	h.enters(".sw-paper")
	sheet := h.at()

	// One objection: entered by the clerk, looked into and answered by the cadre.
	h.passes(24 * time.Hour)
	h.comes("village")
	h.opensPage(sheet)
	h.opensForm("objections")
	h.enters("#objections form", "household", ids[1], "content", "他家在城里有房", "objector", "某村民")
	h.comes("cadre")
	h.opensPage("/work")
	if !evaluated[bool](h, `!!document.querySelector('a[href^="`+sheet+`"]')`) {
		t.Error("the list of work does not lead to the objection")
	}
	h.opensPage(sheet)
	h.opensForm("inquiry-")
	h.enters("[id^=inquiry-] form", "findings", "不动产登记无房产")
	h.opensForm("answer-")
	h.enters("[id^=answer-] form", "findings", "异议不成立，已当面告知", "upheld", "no")

	// Its days are over.
	h.passes(5 * 24 * time.Hour)
	h.comes("secretary")
	h.opensPage(sheet)
	h.opensForm("removal")
	h.attaches("photo")
	h.enters("#removal form")
	h.ticksAll("/lists/village_report/new?procedure=inclusion", 3)
	h.enters(".sw-paper")

	// One return: the township sends one line back, the village reports it again.
	h.comes("township")
	h.ticksAll("/lists/township_review/new?procedure=inclusion", 3)
	h.enters(".sw-paper", "opinion_"+ids[0], "符合条件", "opinion_"+ids[1], "符合条件", "result_"+ids[2], "return", "return_"+ids[2], "village_report", "opinion_"+ids[2], "上报材料缺签字")
	h.comes("secretary")
	h.ticksAll("/lists/village_report/new?procedure=inclusion", 1)
	h.enters(".sw-paper")
	h.comes("township")
	h.ticksAll("/lists/township_review/new?procedure=inclusion", 1)
	h.enters(".sw-paper", "opinion_"+ids[2], "已补齐，符合条件")

	// The county decides, the village announces, the township enters the system.
	h.comes("decider")
	h.ticksAll("/lists/county_decision/new?procedure=inclusion", 3)
	fields = []string{"number", "守乡振发〔2023〕5号"}
	for _, id := range ids {
		fields = append(fields, "risk_"+id, "housing", "monitoring_"+id, "village", "assistance_"+id, "paired")
	}
	h.attaches("photo")
	h.enters(".sw-paper", fields...)
	h.comes("county")
	h.opensPage("/lists/list_handed_down/new?procedure=inclusion&household=" + strings.Join(ids, "&household=")) // optional: it is nobody's turn
	h.presses("button[name=go]")
	h.enters(".sw-paper")
	h.comes("secretary")
	h.ticksAll("/lists/announcement/new?procedure=inclusion", 3)
	h.enters(".sw-paper", "place", "村委会公示栏")
	h.comes("cadre")
	h.ticksAll("/lists/system_entry/new?procedure=inclusion", 3)
	h.enters(".sw-paper")

	for i, id := range ids {
		want := "household.registered clue.recorded survey.recorded income.recorded authorisation.signed comparison.returned appraisal.recorded notice.posted notice.removed " +
			"village.reported township.reviewed inclusion.decided list.handed_down decision.announced system.entered"
		switch i {
		case 0:
			want = strings.Replace(want, "comparison.returned", "comparison.returned comparison.hit_explained", 1)
		case 1:
			want = strings.Replace(want, "notice.posted", "notice.posted notice.objected notice.objection_investigated notice.objection_answered", 1)
		case 2:
			want = strings.Replace(want, "township.reviewed", "case.returned village.reported township.reviewed", 1)
		}
		if got := strings.Join(without(strings.Fields(p.entries(id)), "guard.flag_raised"), " "); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", heads[i], got, want)
		}
	}
	h.opensPage("/households/" + ids[2])
	if left := evaluated[int](h, `document.querySelector('#state .sw-steps').querySelectorAll('.next').length`); left != 0 {
		t.Errorf("the stepper awaits %d steps of the inclusion still", left)
	}
	for _, c := range complaints() {
		t.Errorf("the browser complains: %s", c)
	}
}

// fillsIn fills in a form of a household.
func (h *hand) fillsIn(id, form string, pairs ...string) {
	h.t.Helper()
	h.opensPage("/households/" + id + "/forms/" + form)
	h.enters(".sw-paper", pairs...)
}

// emptySeat is the number of the first empty row of the attendance list.
func (h *hand) emptySeat() string {
	h.t.Helper()
	return evaluated[string](h, `document.querySelector('input[name^=seat_][value=empty]').name.slice(5)`)
}

// opensForm unfolds a form of a sheet.
func (h *hand) opensForm(id string) {
	h.t.Helper()
	evaluated[bool](h, `(d => { d.open = true; return true })(document.querySelector('details[id^="`+id+`"]'))`)
}
