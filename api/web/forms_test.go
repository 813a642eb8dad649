package web

import (
	"bytes"
	"image"
	"image/png"
	"maps"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// fileAway enters one paper of each kind under one id, in the village and in the
// other county.
func (p *town) fileAway() (ids [2]string) {
	p.t.Helper()
	p.fund, p.check, p.studies = commands.NewID("fund", village), commands.NewID("check", village), map[string]string{}
	must(p.handler.Fund(p.t.Context(), p.request("county"), p.fund, fund.Establish{Region: village, Kind: "relief", Name: "防贫救助基金", Rules: "先审批后发放"}))(p.t)
	must(p.handler.Check(p.t.Context(), p.request("county"), p.check, duty.OrganiseCheck{Region: village, Title: "集中排查", From: calendar.MustDay("2023-04-01"), To: calendar.MustDay("2023-04-20")}))(p.t)
	for i, at := range []struct{ by, region, household string }{{"village", village, p.own}, {"neighbour", foreignVillage, p.foreign}} {
		id := commands.NewID("papers", at.region)
		for _, c := range []paper.Command{
			paper.HoldMeeting{Region: at.region, Procedure: policy.Inclusion, Place: "村委会", Entitled: 3, Attendees: []paper.Attendee{{Name: "甲", Capacity: "representative"}},
				Items: []paper.MeetingItem{{Household: at.household, For: 1, Result: code.Pass}}},
			paper.PostSheet{Region: at.region, Procedure: policy.Inclusion, Title: "公示", Place: "公示栏", Phone: "0931-1234567", Lines: []paper.SheetLine{{Household: at.household, Head: "甲", Persons: 1}}},
			paper.IssueDocument{Region: at.region, Kind: paper.VillageReport, Procedure: policy.Inclusion, Title: "上报", Lines: []paper.DocumentLine{{Household: at.household}}},
		} {
			must(p.handler.Paper(p.t.Context(), p.request(at.by), id, c))(p.t)
		}
		ids[i], p.studies[id] = id, commands.NewID("studies", at.region)
		must(p.handler.Paper(p.t.Context(), p.request(at.by), p.studies[id], paper.HoldStudy{Region: at.region, Kind: code.TownshipStudy, Subject: "第一季度研判", Attendees: []paper.StudyAttendee{{Name: "甲", Unit: "镇政府"}}, Outcome: "总体平稳"}))(p.t)
	}
	return ids
}

// picture is a photograph, small and valid.
func picture() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))) // to memory
	return b.Bytes()
}

// upload sends a form with files, by the fields that bring them; of one field's
// several each is called field#1, field#2.
func (b *browser) upload(path string, q url.Values, files map[string][]byte) page {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range q {
		for _, v := range values {
			if err := form.WriteField(name, v); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) { // as a browser does, in the same order each time
		content := files[name]
		name, _, _ = strings.Cut(name, "#")
		part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + name + `"; filename="p.png"`}, "Content-Type": {"image/png"}})
		if err == nil {
			_, err = part.Write(content)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.http.URL+path, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		b.t.Fatal(err)
	}
	return page{answer.StatusCode, answer.Header, text.String()}
}

// entered sends a form that must be taken and returns where it leads.
func (b *browser) entered(path string, q url.Values, files map[string][]byte) string {
	b.t.Helper()
	got := b.upload(path, q, files)
	if got.status != http.StatusSeeOther {
		b.t.Fatalf("%s: %d %s", path, got.status, plainText(got.body))
	}
	to, _, _ := strings.Cut(got.header.Get("Location"), "#")
	at, sent, _ := strings.Cut(to, "sent=")
	if sent != url.QueryEscape(q.Get("key")) {
		b.t.Errorf("%s: the browser is not told that its draft was taken: %s", path, to)
	}
	return strings.TrimRight(at, "?&")
}

// plainText is what a page says, without its frame.
func plainText(body string) string {
	_, rest, _ := strings.Cut(body, `role="alert"`)
	return rest[:min(len(rest), 600)]
}

func form(pairs ...string) url.Values {
	q := url.Values{"key": {pairs[0]}, "mode": {"performed"}, "happened": {"2023-04-03"}}
	for i := 1; i+1 < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return q
}

// From the meeting to the county's decision, each paper through its page: the
// households' files hold their lines, and each list leads to the next.
func TestTheWorkIsEnteredByMeetingSheetAndList(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("secretary", code.VillageSecretary, "v")
	p.joins("decider", code.CountyDecider, "c")
	b := p.as("secretary")
	q := form("m", "region", village, "procedure", "inclusion", "place", "村委会", "entitled", "3", "household", p.own,
		"seat_0", "named", "name_0", "village", "capacity_0", "village_committee", "person_0", "village", "here_0", "1",
		"seat_1", "empty", "name_1", "柳代表", "capacity_1", "representative",
		"for_"+p.own, "1", "recused_"+p.own, "柳代表", "result_"+p.own, "pass", "opinion_"+p.own, "情况属实")
	meeting := b.entered("/meetings?region="+village, q, map[string][]byte{"photo": picture()})
	if got := b.get(meeting).body; !strings.Contains(got, "情况属实") || !strings.Contains(got, "柳代表（村民代表）") || !strings.Contains(got, "/photos/") {
		t.Error("the minutes lack something")
	}
	if got := b.get("/sheets/new").body; !strings.Contains(got, p.own) {
		t.Error("nobody is told that the notice is next")
	}
	list := form("s", "region", village, "procedure", "inclusion", "household", p.own, "head_"+p.own, "柳桂芳", "persons_"+p.own, "1", "class_"+p.own, "sudden",
		"title", "柳湾村公示", "place", "村委会公示栏", "phone", "0931-1234567")
	if got := b.upload("/sheets/preview?region="+village, list, nil); got.status != http.StatusOK || !strings.Contains(got.body, "至2023年4月8日止") {
		t.Errorf("the sheet is not printed: %d", got.status)
	}
	sheet := b.entered("/sheets?region="+village, list, map[string][]byte{"photo": picture()})
	if got := b.get(sheet).body; !strings.Contains(got, "村委会公示栏") || !strings.Contains(got, "张贴时") {
		t.Error("the sheet does not show what was posted")
	}
	if got := b.get(sheet + "/print").body; !strings.Contains(got, "突发严重困难户") || strings.Contains(got, "因病") {
		t.Error("the printed sheet")
	}
	b.entered(sheet+"/objections", form("o", "household", p.own, "content", "家里有车", "objector", "某人"), nil)
	b.entered(sheet+"/inquiries", form("i", "household", p.own, "objection", "o", "findings", "车系借用"), nil)
	b.entered(sheet+"/answers", form("a", "household", p.own, "objection", "o", "findings", "不成立，已告知", "upheld", "no"), nil)
	if got := b.get(sheet).body; !strings.Contains(got, "车系借用") || strings.Contains(got, "某人") {
		t.Error("the objection: its inquiry is not shown, or whoever objected is")
	}
	p.passes(6 * 24 * 3600e9)
	b = p.as("secretary")
	later := func(pairs ...string) url.Values { q := form(pairs...); q.Set("happened", "2023-04-09"); return q }
	b.entered(sheet+"/removal", later("r"), map[string][]byte{"photo": picture()})
	report := b.entered("/lists/village_report?region="+village, later("v", "region", village, "procedure", "inclusion", "title", "上报", "household", p.own), nil)
	if got := b.get(report).body; !strings.Contains(got, "下一步由乡镇级办理：乡镇审核意见") || strings.Contains(got, "/lists/township_review/new") || !strings.Contains(got, "柳桂芳") {
		t.Error("the report does not say that the township's review is next, or leads the village to it")
	}
	if got := p.as("township").get(report).body; !strings.Contains(got, "/lists/township_review/new") {
		t.Error("the report does not lead the township to its review")
	}
	review := p.as("township").entered("/lists/township_review?region="+township, later("t", "region", township, "procedure", "inclusion", "title", "审核", "household", p.own,
		"result_"+p.own, "pass", "opinion_"+p.own, "同意"), nil)
	if got := b.get(review); got.status != http.StatusForbidden {
		t.Errorf("the village reads the township's paper: %d", got.status)
	}
	p.as("decider").entered("/lists/county_decision?region="+county, later("c", "region", county, "procedure", "inclusion", "title", "审定", "number", "守乡振发〔2023〕5号", "household", p.own,
		"result_"+p.own, "pass", "class_"+p.own, "sudden", "risk_"+p.own, "illness", "monitoring_"+p.own, "village", "assistance_"+p.own, "paired"), nil)
	b.entered("/lists/announcement?region="+village, later("g", "region", village, "procedure", "inclusion", "title", "公告", "issuer", "c", "executor", "v", "place", "公示栏", "household", p.own), nil)
	p.as("township").entered("/lists/system_entry?region="+township, later("e", "region", township, "procedure", "inclusion", "system", "national_monitoring", "household", p.own), nil)
	want := "household.registered appraisal.recorded notice.posted notice.objected notice.objection_investigated notice.objection_answered notice.removed village.reported township.reviewed inclusion.decided decision.announced system.entered"
	if got := strings.Join(without(strings.Fields(p.entries(p.own)), "guard.flag_raised"), " "); got != want {
		t.Errorf("%s", got)
	}
}

func without(all []string, one string) (rest []string) {
	for _, s := range all {
		if s != one {
			rest = append(rest, s)
		}
	}
	return rest
}

// joins appoints somebody else and opens his account.
func (p *town) joins(login string, capacity code.Capacity, at string) {
	p.t.Helper()
	p.appoint(login, capacity, at)
	p.opens(openingOf(login))
}

func (p *town) appoint(person string, capacity code.Capacity, at string) {
	p.t.Helper()
	must(p.handler.Office(p.t.Context(), p.request("province"), office.Appointed{Appointment: "a-" + person, Person: person, Name: person, From: calendar.MustDay("2021-01-01"),
		Office: at, Capacity: capacity, Post: code.Capacities.ZH(string(capacity))}))(p.t)
}

func openingOf(login string) accounts.Opening {
	return accounts.Opening{Login: login, Person: login, Name: login}
}
