package web

import (
	"strings"
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/paper"
)

// One officer and one opinion stand for all lines of a list; single lines differ.
func TestOneOfficerStandsForAllLines(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("decider", code.CountyDecider, "c")
	other, third := p.register("village", village, "石大山"), p.register("village", village, "石小河")
	p.seen(t.Context(), must(p.handler.Log.End(t.Context()))(t))
	b := p.as("decider")
	q := form("d", "region", county, "procedure", "inclusion", "title", "审定", "number", "守乡振发〔2023〕6号", "monitoring_all", "village", "assistance_all", "paired", "opinion_all", "同意")
	q.Set("mode", "transcribed") // the earlier papers are owed
	q.Set("done_by", "decider")
	for _, id := range []string{p.own, other, third} {
		for field, value := range map[string]string{"result_": "pass", "class_": "sudden", "risk_": "illness"} {
			q.Set(field+id, value)
		}
		q.Add("household", id)
	}
	q.Set("assistance_"+other, "county")
	q.Set("assistance_"+third, nobody)
	q.Set("opinion_"+other, "同意，由县级帮扶")
	at := b.entered("/lists/county_decision?region="+county, q, nil)
	filed := must(p.site.filed(t.Context(), "document", strings.TrimPrefix(at, "/lists/")))(t)
	document, _, _ := firstOf[paper.DocumentIssued](filed)
	want := []string{"village paired 同意", "village county 同意，由县级帮扶", "village  同意"}
	for i, line := range document.Lines {
		if got := line.Monitoring.Person + " " + line.Assistance.Person + " " + string(line.Opinion); got != want[i] {
			t.Errorf("line %d: %s, want %s", i+1, got, want[i])
		}
	}
}
