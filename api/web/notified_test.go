package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"

	"shouwang/projections/outbox"
)

// tell lets the offices hear of something that happened to a household.
func (p *town) tell(kind, household string, data map[string]string) {
	p.t.Helper()
	data["happened"] = "2023-04-01"
	id := uuid.NewString()
	body, err := json.Marshal(map[string]any{"specversion": "1.0", "id": id, "source": "test", "type": outbox.TypePrefix + kind, "subject": "household-" + household, "data": data})
	if err != nil {
		p.t.Fatal(err)
	}
	m := message.NewMessage(id, body)
	m.Metadata.Set("ce-type", outbox.TypePrefix+kind)
	if err := p.site.Notifications.Notify(m); err != nil {
		p.t.Fatal(err)
	}
}

// The page of work tells each office what it was told, of its own area and level,
// with the way there.
func TestAnOfficeReadsWhatItWasTold(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.tell("case.returned.v1", p.own, map[string]string{"region": village, "by": "township"})
	p.tell("clue.dispatched.v1", p.own, map[string]string{"region": village, "office": "another"})
	p.tell("clue.dispatched.v1", "not-yet-there", map[string]string{"region": village, "office": "t"})
	p.tell("notice.removed.v1", p.foreign, map[string]string{"region": foreignVillage})
	for login, want := range map[string]map[string]int{
		"village":    {"案卷被退回": 2, "公示已结束": 0, "待核实": 0},
		"township":   {"案卷被退回": 0, "线索已转来，待核实": 2, "/households/not-yet-there": 1, "（未具名）": 1},
		"county":     {"案卷被退回": 0, "待核实": 0, "<h2 class=\"card-title\">通知": 0},
		"department": {"<h2 class=\"card-title\">通知": 0},
	} {
		body := p.as(login).get("/work").body
		for text, n := range want {
			if got := strings.Count(body, text); got != n {
				t.Errorf("%s reads %q %d times, want %d", login, text, got, n)
			}
		}
	}
	if body := p.as("village").get("/work").body; !strings.Contains(body, fmt.Sprintf(`<a href="/households/%s">`, p.own)) {
		t.Error("there is no way to the household")
	}
}
