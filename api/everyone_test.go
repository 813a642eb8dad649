package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/internal/smallcounty"
)

// mayAsk is who may come to which operation, at home. An operation that stands
// here for nobody fails; the acts on one household stand here as one.
var mayAsk = map[string]string{
	"village township county department paired discipline auditor notice_inspector": `
		GET /, POST /attachments, GET /attachments/{hash}, GET /attachments/{hash}/description, GET /attachments/{hash}/thumbnail, GET /codes, GET /codes/{list}, GET /offices, GET /people/{person}, GET /policies/{region}, GET /regions,
		GET /regions/{region}, GET /rules, GET /rules/{rule}, GET /village-assignments,
		GET /notices/{notice}/objections/{objection}/objector, GET /inquiries`,
	"village township county department paired discipline auditor": `
		GET /checks, GET /checks/{check}, GET /checks/{check}/events, GET /duties, GET /funds, GET /funds/{fund}, GET /households,
		GET /households/{household}, GET /households/{household}/history, GET /households/{household}/row, GET /offices/{office}/events, GET /owed/counts,
		GET /reports/applications, GET /reports/half-year, GET /reports/size, GET /scale-risks, GET /totals`,
	"village township county paired discipline notice_inspector": `
		GET /inspections, GET /notices,
		GET /notices/{notice}, GET /papers, GET /papers/{kind}/{id}, GET /reports/notices`,
	"village township county department paired": `
		POST /applications, POST /checks, POST /checks/{check}/corrections, POST /checks/{check}/ending, POST /checks/{check}/villages, POST /clues,
		POST /documents, POST /funds/{fund}/approvals, POST /funds/{fund}/corrections, POST /funds/{fund}/payments, POST /funds/{fund}/raisings,
		POST /funds/{fund}/reversals, POST /handovers, POST /households, GET /interrupted, POST /kinship-declarations, POST /kinship-endings, POST /meetings,
		POST /notices, POST /notices/{notice}/objection-answers, POST /notices/{notice}/objection-inquiries, POST /notices/{notice}/objections,
		POST /notices/{notice}/removal, POST /notices/{notice}/struck-lines, POST /offices/{office}/corrections, POST /offices/{office}/duties-done,
		POST /offices/{office}/scale-risk-endings, POST /offices/{office}/scale-risk-measures, POST /offices/{office}/scale-risks,
		POST /offices/{office}/system-closures, POST /offices/{office}/system-openings, POST /papers/{kind}/{id}/lines/{version}, POST /studies,
		POST /village-assignment-endings, POST /village-assignments`,
	"village township county paired discipline": `
		GET /notifications, GET /clues, GET /findings/inclusion, GET /fund-findings, GET /funds/{fund}/events, GET /funds/{fund}/lines, GET /funds/{fund}/qualifying,
		GET /households/{household}/events, GET /households/{household}/impact, GET /households/{household}/income-sheets, GET /owed, GET /reports/month,
		GET /special-groups, GET /visits`,
	"discipline notice_inspector": `
		POST /inspections, POST /inspections/{inspection}/withdrawal`,
	"county": `
		POST /appointment-endings, POST /appointments, POST /funds, POST /income-lines, POST /office-names, POST /office-corrections, POST /offices, POST /policies, POST /policy-corrections,
		POST /region-mergers, POST /region-names, POST /regions`,
	"township county discipline": `
		GET /notices/{notice}/inquirers, POST /notices/{notice}/inquirers, POST /notices/{notice}/inquirer-corrections`,
	"county discipline": `
		GET /registers/{register}/{of}`,
	"discipline": `
		GET /events, GET /people/{person}/doings`,
}

// actsOnOne is every act on one household that stands nowhere else.
const actsOnOne = "village township county department paired"

// namesFiles is the question whose answer names the files below each record.
var namesFiles = map[string]string{
	"GET /households/{household}": "GET /households/{household}/events", "GET /papers/{kind}/{id}": "GET /papers/{kind}/{id}",
	"GET /inspections/{inspection}": "GET /inspections", "GET /funds/{fund}": "GET /funds/{fund}/events",
	"GET /offices/{office}": "GET /offices/{office}/events", "GET /checks/{check}": "GET /checks/{check}/events",
}

// mayComeTo is who stands for an operation, and whether anybody does.
func mayComeTo(r route) (who []string, listed bool) {
	operation := r.method + " " + strings.TrimPrefix(r.path, base)
	if record, _, below := strings.Cut(operation, "/attachments/{hash}"); below && record != "GET " {
		operation = namesFiles[record] // an attachment is for whoever may ask for what names it
	}
	if r.path == base {
		operation += "/"
	}
	for roles, operations := range mayAsk {
		for one := range strings.SplitSeq(operations, ",") {
			if strings.TrimSpace(one) == operation {
				return strings.Fields(roles), true
			}
		}
	}
	if strings.HasPrefix(operation, "POST /households/{household}/") {
		return strings.Fields(actsOnOne), true
	}
	return nil, false
}

// aPost of each kind, all of one township; the three administrators have none.
var aPost = map[string]code.Capacity{"village": code.VillageCadre, "township": code.TownshipReviewer, "county": code.CountyOfficer, "department": code.DepartmentOfficer,
	"paired": code.PairedCadre, "discipline": code.Inspector, "notice_inspector": code.NoticeInspector, "auditor": code.Auditor}

// crowd is everybody at the API, and something at home and elsewhere to ask for.
type crowd struct {
	*place
	people        []string // roles; also logins and persons
	home, foreign map[string]string
}

func gather(t *testing.T) *crowd {
	c := &crowd{place: newPlace(t, setting{}), home: map[string]string{}, foreign: map[string]string{}}
	since := smallcounty.Since()
	c.office("officer", office.RegionEstablished{Code: "629900102201", Name: "上坪村", Level: code.Village, Parent: "629900102", From: since})
	for role, capacity := range aPost {
		c.office("officer", office.Appointed{Appointment: "a-" + role, Person: role, Name: role, Office: "t", Capacity: capacity, From: since})
		c.people = append(c.people, role)
	}
	for login, duty := range map[string]account.Duty{"system_administrator": account.System, "security_administrator": account.Security, "audit_administrator": account.Audit} {
		if _, err := c.api.Accounts.Open(t.Context(), accounts.By{Channel: "test"}, accounts.Opening{Login: login, Person: login, Name: login, Duty: duty}); err != nil {
			t.Fatal(err)
		}
		c.people = append(c.people, login)
	}
	slices.Sort(c.people)
	for _, at := range []struct {
		things  map[string]string
		region  string
		village string
		office  string
	}{{c.home, township, village, "t"}, {c.foreign, "629900102", "629900102201", "t2"}} {
		at.things["region"], at.things["office"], at.things["village"], at.things["person"] = at.region, at.office, at.village, "of-"+at.office
		c.office("officer", office.Appointed{Appointment: "a-of-" + at.office, Person: at.things["person"], Name: "某人", Office: at.office, Capacity: code.TownshipCadre, From: since})
		at.things["household"] = c.enters("/households", strings.Replace(fmt.Sprintf(newHousehold, "柳一"), village, at.village, 1))
		at.things["notice"] = c.enters("/notices", `{"mode": "transcribed", "happened": "2023-04-03", "done_by": [{"person": "cadre"}], "region": "`+at.village+`", "procedure": "inclusion", "title": "公示", "place": "村务公开栏", "phone": "0930-1234567", "lines": [{"household": "`+
			at.things["household"]+`", "head": "柳一", "persons": 1}]}`)
		at.things["inspection"] = c.entersAs("inspector", "/inspections", `{"notice": "`+at.things["notice"]+`", "result": "present", "place": "村口"}`)
		at.things["fund"] = c.enters("/funds", `{"region": "`+at.region+`", "kind": "relief", "name": "防贫救助资金", "rules": "因灾因病"}`)
		at.things["check"] = c.enters("/checks", `{"region": "`+at.region+`", "title": "集中排查", "from": "2023-04-03", "to": "2023-04-28"}`)
	}
	return c
}

// enters is what the county's officer enters, and its id.
func (c *crowd) enters(path, body string) string {
	c.t.Helper()
	return c.entersAs("officer", path, body)
}

func (c *crowd) entersAs(person, path, body string) string {
	c.t.Helper()
	got := c.request(http.MethodPost, base+path, map[string]string{"Shouwang-Person": person, "Content-Type": "application/json", "Idempotency-Key": fmt.Sprintf("%s-%x", path, len(c.home)*10+len(c.foreign))}, strings.NewReader(body))
	var r Recorded
	if err := json.Unmarshal(got.body, &r); got.status != http.StatusCreated || err != nil {
		c.t.Fatalf("%s: %d %s", path, got.status, got.body)
	}
	return r.ID
}

// address is where an operation is asked for about the things.
func (c *crowd) address(r route, things map[string]string) string {
	path := strings.NewReplacer("{household}", things["household"], "{notice}", things["notice"], "{fund}", things["fund"], "{check}", things["check"], "{office}", things["office"],
		"{region}", things["region"], "{kind}", "notice", "{id}", things["notice"], "{version}", "1", "{inspection}", things["inspection"], "{list}", "modes", "{rule}", "day.missing",
		"{person}", things["person"], "{hash}", strings.Repeat("0", 64)).Replace(r.path)
	if a, _ := accessOf(r.method, r.path); a.place == listed {
		path += "?region=" + things["region"]
	}
	return path
}

// denied says whether the door was shut, whatever stands behind it.
func denied(got sent) bool {
	var p Problem
	_ = json.Unmarshal(got.body, &p) // else it is no problem
	return got.status == http.StatusUnauthorized || got.status == http.StatusForbidden && p.Rule == policy.AccessDenied
}

// Every operation, as every kind of user, at home and elsewhere, by tokens good
// for everything, for asking and for entering, by a browser's session and by
// nobody: whoever does not stand in the table is refused.
func TestWhoMayAskWhat(t *testing.T) {
	t.Parallel()
	c := gather(t)
	tokens := map[string]map[string]string{}
	for _, person := range c.people {
		tokens[person] = map[string]string{"": c.scoped(person, "read", "write"), "GET": c.scoped(person, "read"), "POST": c.scoped(person, "write")}
	}
	asks := func(r route, path, token string) sent {
		return c.request(r.method, path, map[string]string{"Authorization": "Bearer " + token, "Content-Type": "application/json", "Idempotency-Key": "k"}, strings.NewReader("{}"))
	}
	for _, r := range c.api.routes {
		who, listed := mayComeTo(r)
		if !listed {
			t.Errorf("%s %s: nobody said who may come (mayAsk)", r.method, r.path)
			continue
		}
		a, _ := accessOf(r.method, r.path)
		own, foreign := c.address(r, c.home), c.address(r, c.foreign)
		for _, person := range c.people {
			// The whole log is for an inspector of all of it, and these are a township's.
			allowed := slices.Contains(who, person) && a.place != everything
			got := asks(r, own, tokens[person][""])
			if denied(got) == allowed || got.status >= 500 && got.status != http.StatusServiceUnavailable {
				t.Errorf("%s %s as %s: %d, want allowed %v: %s", r.method, own, person, got.status, allowed, got.body)
			}
			if !allowed {
				continue
			}
			if got := asks(r, own, tokens[person][r.method]); denied(got) {
				t.Errorf("%s %s as %s, with a token for just that: %s", r.method, own, person, got.body)
			}
			for method, other := range tokens[person] {
				if method != "" && method != r.method && !denied(asks(r, own, other)) {
					t.Errorf("%s %s as %s: the token's scope did not matter", r.method, own, person)
				}
			}
			if foreign != own && a.place != nowhere && a.place != decided && a.place != checkIn && !denied(asks(r, foreign, tokens[person][""])) {
				t.Errorf("%s %s as %s: somebody else's", r.method, foreign, person)
			}
		}
		if got := asks(r, own, ""); got.status != http.StatusUnauthorized {
			t.Errorf("%s %s as nobody: %d", r.method, own, got.status)
		}
	}
}

// A session opens what a token does, for every kind of user.
func TestWhoMayAskWhatByASession(t *testing.T) {
	t.Parallel()
	c := gather(t)
	for _, person := range c.people {
		browser := c.inside(person, false)
		for _, r := range c.api.routes {
			who, _ := mayComeTo(r)
			a, _ := accessOf(r.method, r.path)
			allowed := slices.Contains(who, person) && a.place != everything
			if got := c.asks(browser, r.method, c.address(r, c.home), "{}", map[string]string{"Idempotency-Key": "k"}); denied(got) == allowed {
				t.Errorf("%s %s as %s: %d, want allowed %v", r.method, r.path, person, got.status, allowed)
			}
			if foreign := c.address(r, c.foreign); allowed && a.place == inAddress && !denied(c.asks(browser, r.method, foreign, "{}", map[string]string{"Idempotency-Key": "k"})) {
				t.Errorf("%s %s as %s: somebody else's", r.method, foreign, person)
			}
		}
	}
}
