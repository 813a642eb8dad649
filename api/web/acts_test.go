package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/eventlog"
)

// entries are the types of a household's records.
func (p *town) entries(id string) string {
	p.t.Helper()
	var all []string
	for rec, err := range p.handler.Log.ReadStream(p.t.Context(), commands.HouseholdStream(id), eventlog.NoStream) {
		if err != nil {
			p.t.Fatal(err)
		}
		all = append(all, strings.TrimSuffix(rec.Type, ".v1"))
	}
	return strings.Join(all, " ")
}

func TestAVisitIsEnteredOnceAndCorrected(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	address := "/households/" + p.own
	visit := func(pairs ...string) page {
		return b.post(address+"/visits", append([]string{"kind", "routine", "place", "家中"}, pairs...)...)
	}
	for range 2 { // the button was pressed twice
		if got := visit("key", "k-1", "happened", "2023-04-03", "note", "母羊长势良好"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	if got := visit("key", "k-2", "happened", "2023-03-30", "note", "补记上周走访"); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := p.entries(p.own); got != "household.registered visit.recorded visit.recorded" {
		t.Error(got)
	}
	file := b.get(address).body
	for _, want := range []string{"母羊长势良好", "补记上周走访", "补录", "晚录4天"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	for name, pairs := range map[string][]string{
		"a phone number":    {"note", "电话13812341234", "happened", "2023-04-03"},
		"tomorrow":          {"note", "明天", "happened", "2023-04-04"},
		"no day":            {"note", "哪天"},
		"nothing was found": {"note", "", "happened", "2023-04-03"},
	} {
		got := visit(append(pairs, "key", "k-"+name)...)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `role="alert"`) {
			t.Errorf("%s: %d", name, got.status)
		}
		if kept := pairs[1]; kept != "" && !strings.Contains(got.body, ">"+kept+"</textarea>") {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	event := regexp.MustCompile(`name="event" value="([0-9a-f-]+)"`).FindStringSubmatch(file)
	if event == nil {
		t.Fatal("nothing can be corrected")
	}
	if got := b.post(address+"/corrections", "key", "c-1", "event", event[1], "reason", "记错了户"); got.status != http.StatusSeeOther {
		t.Errorf("%d %s", got.status, got.body)
	}
	after := b.get(address).body
	if !strings.Contains(after, "<s>") || !strings.Contains(after, "记错了户") || !strings.HasSuffix(p.entries(p.own), "fact.voided") {
		t.Error("the entry is not struck through")
	}
	if got := b.post(address+"/corrections", "key", "c-2", "event", event[1], "reason", "再划一次"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("struck twice: %d", got.status)
	}
}

// Whoever may enter no acts is offered none.
func TestWhoOnlyLooksIsOfferedNoForms(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	for login, offered := range map[string]bool{"discipline": false, "auditor": false, "department": false, "county": true, "paired": true} {
		if got := p.as(login).get("/households/" + p.own); strings.Contains(got.body, "/visits\"") != offered {
			t.Errorf("%s is offered a visit: want %v", login, offered)
		}
	}
}
