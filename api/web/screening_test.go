package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/paper"
)

// siftedForm is the form of a screening with the lines, each a household and what was
// found there.
func siftedForm(key string, lines ...string) url.Values {
	q := form(key, "title", "住房安全政策落实情况筛查", "department", "housing", "item", "housing", "region", county, "from", "2023-01-01", "to", "2023-03-31", "checked", "412",
		"summary", "应改未改一户", "shortfalls", "work")
	for i := 0; i+1 < len(lines); i += 2 {
		n := string(rune('1' + i/2))
		q.Set("who_"+n, lines[i])
		q.Set("problem_"+n, lines[i+1])
	}
	return q
}

// siftedAt is what stands at a line of the form that came back.
func siftedAt(t *testing.T, body, n string) string {
	t.Helper()
	_, line, found := strings.Cut(body, `name="who_`+n+`"`)
	if !found {
		t.Fatalf("no line %s: %s", n, plainText(body))
	}
	line, _, _ = strings.Cut(line, `</textarea>`)
	return line
}

// S1.7: what a department screened is entered in one form, by itself or by the
// county's office: each household named becomes its warning, and a screening that
// found nothing is a result, too.
func TestADepartmentEntersItsScreening(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	other := p.register("village", village, "石大山")
	p.shown()
	b := p.as("department")
	if got := b.get("/screenings/new?rows=30"); got.status != http.StatusOK || !strings.Contains(got.body, `name="who_30"`) || strings.Contains(got.body, `name="who_31"`) {
		t.Errorf("%d", got.status)
	}
	if got := b.get("/screenings/new"); !strings.Contains(got.body, `href="/screenings/new" aria-current="page"`) {
		t.Error("the department's menu does not lead here")
	}
	row := must(p.site.Reads.Register.Get(t.Context(), other))(t)
	q := siftedForm("s", "柳桂芳", "东屋漏雨，未列入改造", row.FileNo, "危房鉴定超期")
	q.Set("who_7", "") // left empty
	var at string
	for range 2 { // the button was pressed twice
		at = b.entered("/screenings", q, map[string][]byte{"photo": picture()})
	}
	for _, id := range []string{p.own, other} {
		if got := p.entries(id); got != "household.registered clue.recorded" {
			t.Errorf("%s", got)
		}
	}
	_, bytes := p.stream(commands.HouseholdStream(p.own))
	for _, want := range []string{`"channel":"department_warning"`, `"via":"screening"`, `"department":"housing"`, "东屋漏雨，未列入改造"} {
		if !strings.Contains(bytes, want) {
			t.Errorf("the clue lacks %s", want)
		}
	}
	page := b.get(at).body
	for _, want := range []string{"住房安全政策落实情况筛查", "部门筛查结果", "412", "2023年1月1日 – 2023年3月31日", "应改未改一户", "东屋漏雨，未列入改造", "柳*芳"} {
		if !strings.Contains(page, want) {
			t.Errorf("the paper lacks %s", want)
		}
	}
	if strings.Contains(page, "柳桂芳") || strings.Contains(page, "/photos/") {
		t.Error("a department reads names in full, or is led where it may not go")
	}
	list := strings.Replace(at, "/screenings/", "/lists/", 1)
	if got := p.as("county").get(list).body; !strings.Contains(got, "柳桂芳") || !strings.Contains(got, "/photos/") {
		t.Error("the county's office does not read the paper among its lists")
	}
	if got := b.get(strings.Replace(p.report(), "/lists/", "/screenings/", 1)); got.status != http.StatusNotFound {
		t.Errorf("another paper is read as a screening: %d", got.status)
	}
	nothing := p.as("county").entered("/screenings", siftedForm("none"), nil)
	if types, _ := p.stream("document-" + strings.TrimPrefix(nothing, "/screenings/")); types != "document.issued" {
		t.Errorf("nothing found: %s", types)
	}
	if got := p.as("county").get("/forms").body; !strings.Contains(got, `href="/screenings/new"`) {
		t.Error("the forms do not lead here")
	}
}

// report is a village's report that was entered.
func (p *town) report() string {
	p.t.Helper()
	p.fileAway()
	p.shown()
	return "/lists/" + commands.NewID("papers", village)
}

// A refused line says where and why; what was typed stays, and nothing is entered,
// of the other lines neither.
func TestARefusedLineOfAScreeningSaysWhereAndWhy(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	first, second := p.register("village", village, "石大山"), p.register("village", village, "石大山")
	p.shown()
	b := p.as("department")
	for name, c := range map[string]struct {
		lines []string
		at    string // the line
		want  string
	}{
		"nobody of that name":        {[]string{"柳桂芳", "漏雨", "赵无有", "漏雨"}, "2", "没有找到这一户"},
		"somebody of another county": {[]string{"邹小满", "漏雨"}, "1", "没有找到这一户"},
		"two of that name":           {[]string{"柳桂芳", "漏雨", "石大山", "漏雨"}, "2", "有2户，请选定是哪一户"},
		"nothing was found there":    {[]string{"柳桂芳", ""}, "1", "名单第1行须写明发现的问题"},
		"nobody named":               {[]string{"柳桂芳", "漏雨", "", "漏雨"}, "2", "名单第2行重复或未写明农户"},
		"somebody named twice":       {[]string{"柳桂芳", "漏雨", "lgf", "又漏雨"}, "2", "名单第2行重复或未写明农户"},
		"a telephone number":         {[]string{"柳桂芳", "户主电话13812341234"}, "1", "不应写"},
	} {
		got := b.upload("/screenings", siftedForm("k", c.lines...), nil)
		if line := siftedAt(t, got.body, c.at); got.status != http.StatusUnprocessableEntity || !strings.Contains(line, `id="fault-line-`+c.at+`"`) || !strings.Contains(line, c.want) {
			t.Errorf("%s: %d %s", name, got.status, line)
		}
		for i, typed := range c.lines {
			if typed != "" && !strings.Contains(siftedAt(t, got.body, string(rune('1'+i/2))), typed) {
				t.Errorf("%s: %s is lost", name, typed)
			}
		}
		if n := strings.Count(got.body, `id="fault-line-`); n != 1 {
			t.Errorf("%s: told at %d lines", name, n)
		}
	}
	for field, want := range map[string]string{"from": `id="fault-from"`, "summary": "筛查须写明政策、工作落实情况", "checked": "筛查户数应不少于发现问题的户数", "department": "不在代码表中"} {
		q := siftedForm("k", "柳桂芳", "漏雨")
		q.Set(field, map[string]string{"from": "一月"}[field])
		if got := b.upload("/screenings", q, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, want) || strings.Contains(got.body, `id="fault-line-`) {
			t.Errorf("%s: %d %s", field, got.status, plainText(got.body))
		}
	}
	foreign := siftedForm("k", "邹小满", "漏雨")
	foreign.Set("region", elsewhere)
	if got := b.upload("/screenings", foreign, nil); got.status != http.StatusForbidden {
		t.Errorf("elsewhere: %d", got.status)
	}
	for _, id := range []string{p.own, first, second} {
		if got := p.entries(id); got != "household.registered" {
			t.Errorf("%s", got)
		}
	}
	again := siftedForm("k", "柳桂芳", "漏雨", "石大山", "漏雨")
	asked := b.upload("/screenings", again, nil).body
	if offered := regexp.MustCompile(`<option value="([0-9a-f-]{36})"`).FindAllString(siftedAt(t, asked, "2"), -1); len(offered) != 2 {
		t.Fatalf("%v", offered)
	}
	again.Set("pick_2", second)
	b.entered("/screenings", again, nil)
	if p.entries(first) != "household.registered" || !strings.HasSuffix(p.entries(second), "clue.recorded") || !strings.HasSuffix(p.entries(p.own), "clue.recorded") {
		t.Error("not the one that was chosen")
	}
}

// Every kind of document has its form: a new one has one before it has passed here.
func TestEveryDocumentHasItsForm(t *testing.T) {
	t.Parallel()
	entered := map[string]string{string(paper.ScreeningResult): "/screenings"}
	for _, b := range batches {
		entered[strings.TrimPrefix(b.path, "/lists/")] = b.path
	}
	routes := map[string]bool{}
	for _, e := range (&site{}).entries() {
		routes[e.method+" "+e.path] = true
	}
	for _, kind := range paper.DocumentKinds {
		path := entered[kind.Code]
		if path == "" || !routes["POST "+path] && !(strings.HasPrefix(path, "/lists/") && routes["POST /lists/{kind}"]) {
			t.Errorf("%s has no form", kind.Code)
		}
	}
}
