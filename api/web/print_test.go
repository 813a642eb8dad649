package web

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A print is recorded, says who made it and when, and shows personal data in
// full only to whoever said why.
func TestPrintsAreRecordedAndMasked(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	const number, phone = "990101196804120154", "13812341234"
	b := p.as("village")
	for _, form := range annexes {
		address := "/households/" + p.own + "/prints/" + form.name
		got := b.post(address)
		if got.status != http.StatusOK || strings.Contains(got.body, number) || strings.Contains(got.body, phone) {
			t.Errorf("%s: %d, or in clear", form.name, got.status)
		}
		for _, want := range []string{form.zh, "柳桂芳", "9901**********0154", "138****1234", "打印：柳湾村村民委员会村文书", "2023-04-03 09:00", "编号", "盖章处", "样式为本系统编排"} {
			if !strings.Contains(got.body, want) {
				t.Errorf("%s lacks %s", form.name, want)
			}
		}
		if form.name == "income" && !strings.Contains(got.body, "外出务工") {
			t.Error("a blank form has no items")
		}
	}
	if got := b.post("/households/" + p.own + "/prints/nothing"); got.status != http.StatusNotFound {
		t.Errorf("no such form: %d", got.status)
	}
	if got := strings.Count(p.types("village"), "copy.made"); got != len(annexes) {
		t.Errorf("%d prints are recorded", got)
	}
	got := b.post("/households/"+p.own+"/prints/survey", "in_full", "入户核实需要")
	if got.status != http.StatusOK || !strings.Contains(got.body, number) || !strings.Contains(got.body, phone) || !strings.Contains(got.body, "含完整个人信息") {
		t.Errorf("with a reason: %d", got.status)
	}
	if types := p.types("village"); !strings.HasSuffix(types, "personal.shown copy.made") {
		t.Error(types)
	}
	if got := p.as("auditor").post("/households/"+p.own+"/prints/survey", "in_full", "审计"); got.status != http.StatusForbidden {
		t.Errorf("an auditor has personal data in full: %d", got.status)
	}
	if got := p.as("auditor").post("/households/" + p.own + "/prints/file"); got.status != http.StatusOK || strings.Contains(got.body, "柳桂芳") {
		t.Errorf("an auditor's print: %d, or with names", got.status)
	}
	trail := p.as("audit_administrator").get("/admin/accounts/" + p.idOf("village") + "/trail").body
	if !strings.Contains(trail, "prints/survey") || strings.Contains(trail, p.own) {
		t.Error("the trail tells too little or too much")
	}
}

// What Chromium prints to PDF keeps its Chinese text, also characters that few
// fonts have, and who printed it, when, and the number stand on every sheet; the
// page of the screen prints nothing.
func TestPrintingKeepsChineseText(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed: no print was read")
	}
	p := newTown(t)
	ctx := chromium(t, 1366, 768)
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	sheets := func(name string) []string {
		t.Helper()
		fits := true
		paper := must(chromedp.Call(ctx, cdp.PrintToPDF, cdp.PrintToPDFParams{PreferCSSPageSize: &fits}))(t)
		file := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(file, paper.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		text := must(exec.CommandContext(t.Context(), reader, "-layout", file, "-").Output())(t)
		var each []string
		for sheet := range strings.SplitSeq(strings.TrimRight(string(text), "\f\n"), "\f") {
			each = append(each, strings.Join(strings.Fields(sheet), ""))
		}
		return each
	}
	printed := func(name string) string { t.Helper(); return strings.Join(sheets(name), "") }
	marked := func(name string) {
		t.Helper()
		all := sheets(name)
		for i, sheet := range all {
			if !strings.Contains(sheet, "柳湾村村民委员会村文书") || !strings.Contains(sheet, "2023-04-0309:00") || strings.Count(sheet, "编号") < 1 || strings.Count(sheet, "打印：") != 1 {
				t.Errorf("%s: sheet %d of %d does not say who printed it: %s", name, i+1, len(all), sheet)
			}
		}
		if len(all) < 2 {
			t.Errorf("%s is one sheet", name)
		}
	}
	for range 12 {
		p.visits("village", strings.Repeat("了解近期务工和用药情况，提醒按时参保。", 12))
	}
	p.shown()
	do(chromedp.Navigate(p.http.URL+"/login"), chromedp.SendKeys("#login", "village"), chromedp.SendKeys("#password", secret), chromedp.Click("button.btn-primary"), chromedp.WaitVisible(".sw-menu"))
	do(chromedp.Navigate(p.http.URL + "/households/" + p.own))
	if text := printed("screen"); strings.Contains(text, "柳桂芳") || !strings.Contains(text, "打印须登记") {
		t.Errorf("the screen's page was printed unrecorded: %s", text)
	}
	for _, form := range annexes {
		address, _ := json.Marshal("/households/" + p.own + "/prints/" + form.name)
		do(chromedp.Navigate(p.http.URL+"/households/"+p.own), chromedp.Click("summary.btn"), chromedp.Click(`button[formaction=`+string(address)+`]`), chromedp.WaitVisible(".sw-folio"))
		text := printed(form.name)
		for _, want := range []string{form.zh, "柳桂芳", "柳湾村", "盖章处", "编号", "2023-04-0309:00"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %s: %s", form.name, want, text)
			}
		}
		if form.name == "file" {
			marked("file")
		}
	}
	for _, page := range []string{"/households/" + p.own + "/replay?at=3", "/replay/village?region=" + village} {
		do(chromedp.Navigate(p.http.URL+page), chromedp.Click(`form[action="/prints"] button`), chromedp.WaitVisible("[data-print]"))
		marked(strings.Trim(strings.NewReplacer("/", "-", "?", "-").Replace(page), "-"))
	}
}
