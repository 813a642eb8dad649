package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// Who objected is told to the county's discipline inspector for a reason that is
// recorded, and to nobody else; nowhere else does it stand in clear.
func TestWhoObjectedIsToldForAReason(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	household := p.register("柳一")
	sheet := p.posts("second", "/notices", fmt.Sprintf(`{"region": "%s", "procedure": "inclusion", "title": "公示", "place": "村务公开栏", "phone": "0930-1234567", "mode": "transcribed", "happened": "2023-04-03", "done_by": [{"person": "cadre"}],
		"lines": [{"household": "%s", "head": "柳一", "persons": 1}]}`, village, household))
	p.posts("second", "/notices/"+sheet+"/objections", fmt.Sprintf(`{"objection": "o1", "household": "%s", "content": "家有小车", "objector": "柳举报", "contact": "13912345678"}`, household))
	p.posts("second", "/notices/"+sheet+"/objections", fmt.Sprintf(`{"objection": "o2", "household": "%s", "content": "收入不实"}`, household))
	at := base + "/notices/" + sheet + "/objections/"
	asks := func(who, objection, reason string) sent {
		return p.request(http.MethodGet, at+objection+"/objector?reason="+url.QueryEscape(reason), p.bearer(who), nil)
	}
	readings := func() (n int) {
		for rec, err := range p.log.ReadStream(t.Context(), commands.AccountStream(p.account("inspector")), eventlog.NoStream) {
			if err != nil {
				t.Fatal(err)
			}
			if rec.Type == "personal.shown.v1" {
				n++
			}
		}
		return n
	}
	for name, c := range map[string]struct {
		who, objection, reason string
		status                 int
		rule                   policy.Rule
	}{
		"the village":             {"cadre", "o1", "核查打击报复", 403, policy.ObjectorSealed},
		"the township":            {"reviewer", "o1", "核查打击报复", 403, policy.ObjectorSealed},
		"another township":        {"stranger", "o1", "核查打击报复", 403, policy.ObjectorSealed},
		"the county":              {"decider", "o1", "核查打击报复", 403, policy.ObjectorSealed},
		"no reason":               {"inspector", "o1", "", 422, policy.Malformed},
		"a number for a reason":   {"inspector", "o1", "本人13912345678要求", 422, policy.PersonalInText},
		"no such objection":       {"inspector", "o9", "核查打击报复", 404, policy.ObjectionUnknown},
		"somebody without a name": {"inspector", "o2", "核查打击报复", 404, policy.ObjectorUnnamed},
	} {
		got := asks(c.who, c.objection, c.reason)
		if problem := got.problem(t); got.status != c.status || problem.Rule != c.rule || problem.ZH == "" || strings.Contains(string(got.body), "柳举报") {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if readings() != 0 {
		t.Errorf("%d readings are recorded of what was not read", readings())
	}
	got := asks("inspector", "o1", "核查异议人是否受到打击")
	if got.status != http.StatusOK || got.header.Get("Cache-Control") != "no-store" || !strings.Contains(string(got.body), `"name":"柳举报","contact":"13912345678"`) || readings() != 1 {
		t.Errorf("for a reason: %d %s, %d readings", got.status, got.body, readings())
	}
	for rec, err := range p.log.ReadAll(t.Context(), eventlog.Position{}, eventlog.WithData|eventlog.WithMeta) {
		if err != nil {
			t.Fatal(err)
		}
		if all := string(rec.Data) + string(rec.Meta); strings.Contains(all, "柳举报") || strings.Contains(all, "13912345678") {
			t.Errorf("%s of %s says who objected", rec.Type, rec.Stream)
		}
	}
	// The county answers it: its own inspector is of no level above the county.
	p.posts("officer", "/notices/"+sheet+"/objection-answers", fmt.Sprintf(`{"objection": "o1", "household": "%s", "upheld": false, "findings": "不属实"}`, household))
	if got := asks("inspector", "o1", "核查打击报复"); got.status != http.StatusForbidden || got.problem(t).Rule != policy.ObjectorSealed || readings() != 1 {
		t.Errorf("when the county answered: %d %s", got.status, got.body)
	}
}

// posts is what somebody enters, and its id.
func (p *place) posts(who, path, body string) string {
	p.t.Helper()
	got := p.request(http.MethodPost, base+path, map[string]string{"Shouwang-Person": who, "Content-Type": "application/json", "Idempotency-Key": commands.NewID(who, path+body)}, strings.NewReader(body))
	var r Recorded
	if err := json.Unmarshal(got.body, &r); got.status != http.StatusCreated || err != nil {
		p.t.Fatalf("%s: %d %s", path, got.status, got.body)
	}
	return r.ID
}
