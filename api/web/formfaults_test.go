package web

import (
	"net/http"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/eventlog"
)

// What happened on paper is entered with its own day and by whom it was done,
// whoever types it: the same form, the same file.
func TestAMeetingOnPaperIsEnteredByAnother(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	p.joins("secretary", code.VillageSecretary, "v")
	b := p.as("township")
	q := form("m", "region", village, "procedure", "inclusion", "place", "村委会", "entitled", "3", "household", p.own,
		"seat_0", "empty", "name_0", "柳代表", "capacity_0", "representative", "for_"+p.own, "1", "result_"+p.own, "pass", "done_by", "secretary")
	q.Set("mode", "transcribed")
	q.Set("happened", "2023-03-20")
	meeting := b.entered("/meetings?region="+village, q, nil)
	got := b.get(meeting).body
	for _, want := range []string{"2023年3月20日", "补录", "secretary村党组织书记", "township副镇长", "已登记。以下不符合规定之处"} {
		if !strings.Contains(got, want) {
			t.Errorf("the minutes lack %s", want)
		}
	}
	if again := b.get(meeting).body; strings.Contains(again, "以下不符合规定之处") {
		t.Error("what was found is told for ever")
	}
	if mode, by := p.last(p.own); mode != act.Transcribed || by != "secretary" {
		t.Errorf("the household's line: %s by %s", mode, by)
	}
	q.Set("key", "m2")
	q.Del("done_by")
	if got := b.upload("/meetings?region="+village, q, nil); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="fault-done_by"`) || !strings.Contains(got.body, `value="柳代表"`) {
		t.Errorf("by nobody: %d", got.status)
	}
}

// last is how the last appraisal of a household came into its file.
func (p *town) last(id string) (mode act.Mode, by string) {
	p.t.Helper()
	for rec, err := range p.handler.Log.ReadStream(p.t.Context(), commands.HouseholdStream(id), eventlog.NoStream) {
		if err != nil {
			p.t.Fatal(err)
		}
		if f := must(commands.Fact(rec, nil))(p.t); strings.HasPrefix(rec.Type, "appraisal.") {
			mode, by = f.Act.Mode, f.Act.DoneBy[0].ID
		}
	}
	return mode, by
}

// A refusal is told in plain words at the household, or at the field, that it is
// about; nothing is entered, and nothing typed is lost.
func TestARefusedListSaysWhereAndWhy(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	before := p.entries(p.own)
	b := p.as("county") // who prepares decisions, and does not decide
	q := form("c", "region", county, "procedure", "inclusion", "title", "审定", "number", "守乡振发〔2023〕5号", "household", p.own, "result_"+p.own, "pass", "class_"+p.own, "sudden",
		"risk_"+p.own, "illness")
	for name, c := range map[string]struct {
		change, to string
		files      map[string][]byte
		want       []string
	}{
		"whoever does not decide":   {want: []string{"应由县级审定人办理", `value="守乡振发〔2023〕5号"`, `value="illness" checked`}},
		"another day than today":    {change: "happened", to: "2023-04-01", want: []string{`id="fault-happened"`, "请选“补录”"}},
		"tomorrow":                  {change: "happened", to: "2023-04-04", want: []string{`id="fault-happened"`}},
		"no number":                 {change: "number", to: "", want: []string{"县级审定文件须有文号"}},
		"a scan that is no picture": {files: map[string][]byte{"photo": []byte("hello")}, want: []string{`id="fault-photo"`, "只接受照片"}},
	} {
		t.Run(name, func(t *testing.T) {
			sending := form("c-" + name)
			for field, values := range q {
				if field != "key" {
					sending[field] = values
				}
			}
			if c.change != "" {
				sending[c.change] = []string{c.to}
			}
			got := b.upload("/lists/county_decision?region="+county, sending, c.files)
			if got.status != http.StatusUnprocessableEntity {
				t.Errorf("%d", got.status)
			}
			for _, want := range c.want {
				if !strings.Contains(got.body, want) {
					t.Errorf("the page lacks %s: %s", want, plainText(got.body))
				}
			}
		})
	}
	if after := p.entries(p.own); after != before {
		t.Errorf("%s", after)
	}
}
