package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// mayCome is who may come to each route, in the visitor's own region and in his
// own account. A route without a line fails.
var mayCome = map[string]string{
	"GET /login": "anybody", "POST /login": "anybody", "GET /link/{link}": "anybody", "POST /link/{link}": "anybody", "POST /language": "anybody",

	"GET /login/unified": "anybody", "GET /login/unified/return": "anybody",
	"POST /admin/accounts/{account}/subject": "system_administrator", "POST /admin/accounts/{account}/subject/removal": "system_administrator",

	"GET /": "everybody", "POST /logout": "everybody", "POST /prints": "everybody", "GET /password": "everybody", "POST /password": "everybody", "GET /me": "everybody",
	"POST /me/post": "everybody", "POST /me/sessions": "everybody", "POST /me/factor": "everybody", "POST /me/factor/removal": "everybody",
	"POST /me/tokens": "everybody", "POST /me/tokens/{token}/revocation": "everybody",

	"GET /uploads/{hash}": "everybody",

	"GET /work":   "village township county department paired",
	"GET /live":   "village township county department paired discipline auditor",
	"GET /ledger": "village township county department paired discipline auditor",

	"GET /dashboard": "village township county department paired discipline auditor", "GET /dashboard/waiting": "village township county department paired discipline auditor",
	"POST /ledger/views":                "village township county department paired discipline auditor",
	"POST /ledger/views/{view}/removal": "everybody",
	"POST /ledger/export":               "village township county department paired discipline auditor",

	"GET /households/{household}":                "village township county department paired discipline auditor",
	"POST /households/{household}/personal":      "village township county paired discipline",
	"POST /households/{household}/visits":        "village township county paired",
	"POST /households/{household}/corrections":   "village township county",
	"POST /households/{household}/prints/{form}": "village township county department paired discipline auditor",
	"GET /households/{household}/replay":         "village township county discipline auditor",

	"GET /households/{household}/photos/{hash}": "village township county paired discipline", "POST /households/{household}/papers/{hash}": "village township county paired discipline",

	"GET /forms": "village township county",

	"GET /meetings/new": "village township county", "POST /meetings": "village township county", "GET /meetings/{meeting}": "village township county discipline auditor",
	"GET /meetings/{meeting}/photos/{hash}": "village township county discipline auditor",

	"GET /sheets/new": "village township county", "POST /sheets/preview": "village township county", "POST /sheets": "village township county",
	"GET /sheets/{sheet}": "village township county discipline auditor", "GET /sheets/{sheet}/print": "village township county",
	"GET /sheets/{sheet}/photos/{hash}": "village township county discipline auditor",
	"POST /sheets/{sheet}/objections":   "village township county", "POST /sheets/{sheet}/inquiries": "village township county", "POST /sheets/{sheet}/answers": "village township county",
	"POST /sheets/{sheet}/struck-lines": "village township county", "POST /sheets/{sheet}/removal": "village township county",

	"GET /lists/{kind}/new": "village township county", "POST /lists/{kind}": "village township county", "GET /lists/{document}": "village township county discipline auditor",
	"GET /households/forms/{form}": "village township county department paired", "POST /households/forms/{form}": "village township county department paired",
	"GET /households/{household}/forms/{form}":  "village township county department paired",
	"POST /households/{household}/forms/{form}": "village township county department paired",

	"GET /screenings/new": "county department", "POST /screenings": "county department", "GET /screenings/{document}": "county department",
	"GET /studies/new": "township county", "POST /studies": "township county",
	"GET /studies/{study}": "village township county discipline auditor", "GET /studies/{study}/photos/{hash}": "village township county discipline auditor",
	"GET /forms/{form}": "village township county", "POST /forms/{form}": "village township county",
	"GET /funds": "village township county discipline auditor", "GET /funds/{fund}": "village township county discipline auditor",
	"GET /funds/{fund}/approvals/new": "township county", "POST /funds/{fund}/approvals": "township county",
	"GET /funds/{fund}/payments/new": "township county", "POST /funds/{fund}/payments": "township county",
	"GET /duties": "village township county", "GET /checks/{check}": "village township county",

	"GET /lists/{document}/photos/{hash}": "village township county discipline auditor",

	"GET /places":        "village township county department paired discipline auditor",
	"GET /handovers/new": "village township county", "POST /handovers": "village township county",
	"GET /packs": "village township county department paired discipline auditor", "POST /packs/preview": "county", "POST /packs": "county",
	"GET /admin/check": "system_administrator audit_administrator", "POST /admin/check": "system_administrator audit_administrator",
	"GET /notices": "village township county discipline notice_inspector", "GET /notices/tomorrow": "village township county discipline notice_inspector",
	"GET /notices/compliance": "village township county discipline notice_inspector", "GET /notices/{sheet}": "village township county discipline notice_inspector",
	"GET /notices/{sheet}/photos/{hash}":                        "village township county discipline notice_inspector",
	"POST /notices/{sheet}/inspections":                         "discipline notice_inspector",
	"POST /notices/{sheet}/inspections/{inspection}/withdrawal": "discipline notice_inspector",
	"POST /notices/{sheet}/objections/{objection}/objector":     "discipline",
	"POST /notices/{sheet}/objections/{objection}/inquirers":    "township county discipline",
	"POST /notices/{sheet}/inquirers/{appointment}/voiding":     "township county discipline",
	"GET /inquiries": "village township county department paired discipline auditor notice_inspector",
	"POST /inquiries/{notice}/{objection}/findings": "", // whoever is appointed, and he is nobody yet
	"POST /inquiries/{notice}/{objection}/objector": "village township county department paired discipline auditor notice_inspector",

	"GET /board/{village}": "anybody", "POST /board/{village}/objections": "anybody", "GET /apply/{village}": "anybody", "POST /apply/{village}": "anybody",
	"GET /track": "anybody", "POST /track": "anybody",
	"GET /applications": "village township county", "GET /households/{household}/application": "village township county", "GET /households/{household}/application/photos/{hash}": "village township county",
	"POST /households/{household}/application/contact": "village township county", "POST /households/{household}/application/refusal": "village township county",
	"GET /applications/new": "village township county", "POST /applications": "village township county", "GET /poster": "village township county",

	"GET /replay/village": "village township county discipline auditor", "GET /replay/person": "discipline",

	"GET /admin/accounts":                      "system_administrator security_administrator audit_administrator",
	"POST /admin/accounts":                     "system_administrator",
	"POST /admin/accounts/{account}/link":      "system_administrator",
	"POST /admin/accounts/{account}/closing":   "system_administrator security_administrator",
	"POST /admin/accounts/{account}/reopening": "system_administrator security_administrator",
	"POST /admin/accounts/{account}/sessions":  "system_administrator security_administrator",
	"GET /admin/accounts/{account}/trail":      "audit_administrator",
}

// leaves are the routes after which one is at the login page because one wanted to.
var leaves = map[string]bool{"POST /logout": true, "POST /me/sessions": true}

// Every route, as every kind of user, at his own place and at another's: whoever
// is not listed is refused, and nobody comes to another county.
func TestWhoMayComeWhere(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	everybody := make([]string, 0, len(people)+len(administrators))
	for login := range people {
		everybody = append(everybody, login)
	}
	for login := range administrators {
		everybody = append(everybody, login)
	}
	slices.Sort(everybody)
	if len(p.site.routes) != len(mayCome) {
		t.Errorf("%d routes, %d lines", len(p.site.routes), len(mayCome))
	}
	papers := p.fileAway()
	for _, e := range p.site.routes {
		route := e.method + " " + e.path
		who, listed := mayCome[route]
		if !listed {
			t.Errorf("%s: nobody said who may come", route)
			continue
		}
		own, foreign := p.addresses(papers, e)
		if got := p.browser().send(e.method, own, sentTo(e.method)); who != "anybody" && !toLogin(got) {
			t.Errorf("%s without a login: %d", route, got.status)
		}
		for _, login := range everybody {
			allowed := who == "anybody" || who == "everybody" || slices.Contains(strings.Fields(who), login)
			got := p.as(login).send(e.method, own, sentTo(e.method))
			if refused := got.status == http.StatusForbidden || toLogin(got) && who != "anybody" && !leaves[route]; refused == allowed {
				t.Errorf("%s as %s: %d, want allowed %v", route, login, got.status, allowed)
			}
			if got.status >= 500 {
				t.Errorf("%s as %s: %d %s", route, login, got.status, got.body)
			}
			if foreign == "" {
				continue
			}
			if got := p.as(login).send(e.method, foreign, sentTo(e.method)); got.status != http.StatusForbidden {
				t.Errorf("%s as %s, elsewhere: %d", route, login, got.status)
			}
		}
	}
}

// addresses are where a route is asked for at one's own place and, if it has
// places, at another's.
func (p *town) addresses(papers [2]string, e entry) (own, foreign string) {
	form := "income"
	if strings.HasPrefix(e.path, "/forms/") {
		form = "duty-done"
	}
	fill := func(household, paper string) string {
		return strings.NewReplacer("{household}", household, "{account}", p.victim, "{link}", "x.y", "{token}", "t", "{view}", "v", "{form}", form, "{study}", p.studies[paper], "{fund}", p.fund, "{check}", p.check, "{kind}", "township_review", "{hash}", "h", "{inspection}", "i", "{village}", village,
			"{meeting}", paper, "{sheet}", paper, "{document}", paper).Replace(e.path)
	}
	own = fill(p.own, papers[0])
	switch e.scope {
	case oneHousehold, onePaper:
		return own, fill(p.foreign, papers[1])
	case area:
		return own, own + "?region=" + foreignVillage
	}
	return own, ""
}

func sentTo(method string) string {
	if method == http.MethodPost {
		return "reason=to+see&member=m1"
	}
	return ""
}

func toLogin(p page) bool {
	return p.status == http.StatusUnauthorized || p.status == http.StatusSeeOther && strings.HasPrefix(p.header.Get("Location"), "/login")
}
