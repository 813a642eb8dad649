package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"shouwang/domain/account"
	"shouwang/projections"
)

// No operation is open to a token unless somebody said for whom.
func TestEveryOperationSaysWhoMayCome(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	there := map[string]bool{}
	for _, r := range p.api.routes {
		there[r.method+" "+r.path] = true
		if a, ok := accessOf(r.method, r.path); !ok || a.place == 0 || len(a.who) == 0 {
			t.Errorf("%s %s: nobody said who may come (accessTo)", r.method, r.path)
		}
	}
	for operation, a := range accessTo {
		if !there[operation] {
			t.Errorf("%s is no operation", operation)
		}
		_, asked, _ := strings.Cut(operation, " ")
		if item := p.api.huma.OpenAPI().Paths[asked]; a.place == listed && there[operation] && !slices.ContainsFunc(item.Get.Parameters, func(q *huma.Param) bool { return q.Name == "region" }) {
			t.Errorf("%s names no region", operation)
		}
		for _, role := range a.who {
			if role.Administers() || role == account.NoRole {
				t.Errorf("%s is open to %q", operation, role)
			}
		}
		_, path, _ := strings.Cut(operation, " ")
		if strings.HasPrefix(operation, "GET") && strings.Contains(path, "{household}") && a.place != inAddress {
			t.Errorf("%s does not look at the household's region", operation)
		}
		if strings.HasPrefix(operation, "POST") && slices.ContainsFunc(a.who, func(r account.Role) bool { return r == account.Discipline || r == account.Auditor }) && operation != "POST "+attachmentsPath && !strings.Contains(operation, "/inspections") && !strings.Contains(operation, "/inquirer") {
			t.Errorf("%s lets inspectors act", operation)
		}
	}
}

func TestTokensOpenWhatThePostMay(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	asks := func(who, method, path, body string) int {
		t.Helper()
		headers := map[string]string{"Authorization": "none", "Content-Type": "application/json", "Idempotency-Key": who + method + path}
		if who != "" {
			headers["Authorization"] = "Bearer " + p.token(who)
		}
		return p.request(method, path, headers, strings.NewReader(body)).status
	}
	for name, c := range map[string]struct {
		who, method, path, body string
		want                    int
	}{
		"his own":               {"cadre", "GET", householdAt(id), "", 200},
		"the county's":          {"decider", "GET", householdAt(id), "", 200},
		"another township's":    {"stranger", "GET", householdAt(id), "", 403},
		"another's history":     {"stranger", "GET", householdAt(id) + "/history", "", 403},
		"his own list":          {"cadre", "GET", base + "/households", "", 200},
		"another's list":        {"stranger", "GET", base + "/households?region=" + village, "", 403},
		"the whole log":         {"cadre", "GET", base + "/events", "", 403},
		"an act on his own":     {"cadre", "POST", householdAt(id) + "/visits", `{"visit":"w1","kind":"routine","note":"正常"}`, 201},
		"an act on another's":   {"stranger", "POST", householdAt(id) + "/visits", `{"visit":"w2","kind":"routine","note":"正常"}`, 403},
		"an appointment":        {"cadre", "POST", base + "/appointments", `{}`, 403},
		"nobody":                {"", "GET", base, "", 401},
		"nobody, not even here": {"", "POST", householdAt(id) + "/visits", `{}`, 401},
	} {
		if got := asks(c.who, c.method, c.path, c.body); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	if got := p.request("GET", householdAt(id), map[string]string{"Authorization": "Bearer " + p.token("cadre"), "Shouwang-Person": "decider"}, nil); got.status != http.StatusForbidden {
		t.Errorf("as somebody else: %d", got.status)
	}
	if got := p.request("GET", householdAt(id), map[string]string{"Authorization": "Bearer made-up"}, nil); got.status != http.StatusUnauthorized {
		t.Errorf("a made-up token: %d", got.status)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if got := p.request("GET", path, nil, nil); got.status == http.StatusUnauthorized {
			t.Errorf("%s asks for a token", path)
		}
	}
}

func TestATokenForAskingEntersNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	token := p.scoped("cadre", "read")
	headers := map[string]string{"Authorization": "Bearer " + token, "Content-Type": "application/json", "Idempotency-Key": "k"}
	before := p.count()
	if got := p.request("POST", householdAt(id)+"/visits", headers, strings.NewReader(`{"visit":"w1","kind":"routine","note":"正常"}`)); got.status != http.StatusForbidden || p.count() != before {
		t.Errorf("%d", got.status)
	}
	if got := p.request("GET", householdAt(id), headers, nil); got.status != http.StatusOK {
		t.Errorf("%d", got.status)
	}
}

// Of a county's check a township sees its own villages; of another township's
// check, and of another office's book, nothing.
func TestOfACheckEachSeesHisOwn(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	seen := ""
	organised := func(region string) string {
		t.Helper()
		got := p.request("POST", base+"/checks", map[string]string{"Shouwang-Person": "decider", "Content-Type": "application/json", "Idempotency-Key": region},
			strings.NewReader(`{"region": "`+region+`", "title": "集中排查", "from": "2023-04-03", "to": "2023-04-28"}`))
		var r Recorded
		if err := json.Unmarshal(got.body, &r); got.status != http.StatusCreated || err != nil {
			t.Fatalf("%d %s", got.status, got.body)
		}
		seen = "?receipt=" + r.Receipt
		return r.ID
	}
	all, own := organised(county), organised(township)
	p.eventually("both checks are shown", func() bool {
		return p.request("GET", base+"/checks/"+own+seen, p.bearer("decider"), nil).status == http.StatusOK
	})
	asks := func(who, path string) (int, projections.CheckWithVillages, []byte) {
		t.Helper()
		var c projections.CheckWithVillages
		got := p.request("GET", base+path, p.bearer(who), nil)
		_ = json.Unmarshal(got.body, &c) // a refusal has none
		return got.status, c, got.body
	}
	for _, c := range []struct {
		who, path string
		want      int
		villages  int
	}{
		{"decider", "/checks/" + own, 200, 1}, {"decider", "/checks/" + all, 200, 1}, {"cadre", "/checks/" + all, 200, 1}, {"stranger", "/checks/" + all, 200, 0},
		{"cadre", "/checks/" + own, 200, 1}, {"stranger", "/checks/" + own, 403, 0},
		{"decider", "/checks/" + own + "/events", 200, 0}, {"stranger", "/checks/" + all + "/events", 403, 0},
		{"decider", "/offices/t/events", 404, 0}, {"stranger", "/offices/t/events", 403, 0},
	} {
		if status, got, body := asks(c.who, c.path); status != c.want || len(got.ByVillage) != c.villages {
			t.Errorf("%s at %s: %d with %d villages: %s", c.who, c.path, status, len(got.ByVillage), body)
		}
	}
}
