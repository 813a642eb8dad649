package demonstration

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/paper"
	"shouwang/eventlog"
)

// sheet is a notice sheet as the record tells it.
type sheetSeen struct {
	paper.State
	up, down code.Attachment
	posted   string
	removed  string
}

func (l *loading) sheets(t *testing.T) []sheetSeen {
	t.Helper()
	facts := map[string][]paper.Fact{}
	for rec, err := range l.handler.Log.ReadAll(t.Context(), eventlog.Position{}, eventlog.Everything) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(rec.Stream, "notice-") {
			f, err := commands.PaperFact(rec.Clone())
			if err != nil {
				t.Fatal(err)
			}
			stream := strings.Clone(rec.Stream)
			facts[stream] = append(facts[stream], f)
		}
	}
	var all []sheetSeen
	for stream, file := range facts {
		s := sheetSeen{State: paper.Fold(stream, file)}
		for _, f := range file {
			switch e := f.Event.(type) {
			case paper.SheetPosted:
				s.up, s.posted = e.Photo, f.Act.Happened.String()
			case paper.SheetRemoved:
				s.down, s.removed = e.Photo, f.Act.Happened.String()
			default:
			}
		}
		all = append(all, s)
	}
	return all
}

// On 3 July three sheets hang; one was once taken down on day 4; one photograph
// shows two sheets.
func TestSheets(t *testing.T) {
	t.Parallel()
	l := county(t)
	hanging, early, photos := map[string]int{}, 0, map[code.Attachment]int{}
	objected := ""
	for _, s := range l.sheets(t) {
		if s.Removed == 0 {
			hanging[s.posted]++
			if len(s.Open) > 0 {
				objected = s.posted
			}
			if s.down != "" {
				t.Errorf("the sheet of %s hangs and has a photograph of coming down", s.posted)
			}
		}
		if s.posted == "2021-09-06" && s.removed == "2021-09-10" && s.Region == Showcase {
			early++
		}
		for _, p := range []code.Attachment{s.up, s.down} {
			if p != "" {
				photos[p]++
			}
		}
		if s.posted >= photographed.String() && (s.up == "" || s.Removed != 0 && s.down == "") {
			t.Errorf("the sheet posted on %s has no photograph", s.posted)
		}
	}
	if diff := cmp.Diff(map[string]int{"2023-06-21": 1, "2023-06-28": 1, "2023-06-29": 1}, hanging); diff != "" || objected != "2023-06-28" {
		t.Errorf("under objection is that of %q; hanging -want +got\n%s", objected, diff)
	}
	twice := 0
	for p, n := range photos {
		if n == 2 {
			twice++
		} else if n > 2 {
			t.Errorf("a photograph shows %d sheets", n)
		}
		if l.album.kept[p] != 1 {
			t.Errorf("photograph %s was uploaded %d times", p, l.album.kept[p])
		}
	}
	if twice != 1 || early != 1 {
		t.Errorf("%d photographs show two sheets, %d sheets came down on day 4; want one each", twice, early)
	}
}
