package projections_test

import (
	"fmt"
	"strconv"
	"testing"

	"shouwang/eventlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// box is a stream of bytes: each event sets the mark, and every letter of it
// changes another column.
type box struct{ mark byte }

func boxes() projections.Model {
	return projections.Spec[box]{
		Name: "boxes", Version: 1, Fields: eventlog.WithData,
		Schema: projections.Schema{
			Tables:  `create table boxes (stream text collate "C" not null, plain text not null, maybe date, many text[] not null, whole bigint not null);`,
			Indexes: []string{`create unique index boxes_pkey on boxes (stream)`},
		},
		Wants: func(string) bool { return true },
		Fold:  func(b *box, rec eventlog.Record, _ bool) error { b.mark = rec.Data[0]; return nil },
		Tables: []projections.Table[box]{{
			Name: "boxes", Columns: []string{"plain", "maybe", "many", "whole"}, Single: true,
			Rows: func(b *box, w *projections.Rows) {
				w.Row()
				w.Text(strconv.Itoa(int(b.mark / 2)))
				if b.mark%3 == 0 {
					w.Null()
				} else {
					w.Day(730120 + 5)
				}
				w.Texts([]string{"守", string(rune('a' + b.mark/64))})
				w.Int8(int64(b.mark))
			},
		}},
	}.Model()
}

// However many rows change in the same columns at once, or in some that no
// others change, a followed model shows what a rebuilt one does.
func TestRowsThatChangeAlike(t *testing.T) {
	t.Parallel()
	const streams = 60
	w := newWriter(t, newLog(t))
	var steps []modeltest.Step
	for _, mark := range []func(i int) int{
		func(int) int { return 1 },
		func(int) int { return 4 },       // all in the same columns
		func(i int) int { return i },     // in several ways
		func(i int) int { return 3 * i }, // nulls come, arrays change
		func(int) int { return 2 },       // and go
	} {
		for i := range streams {
			w.write(fmt.Sprintf("box-%d", i), "marked.v1", string([]byte{byte(mark(i))}))
		}
		steps = append(steps, modeltest.Step{Records: streams})
	}
	modeltest.RebuiltEqualsFollowed(t, pgtest.Pool(t), w.log, boxes(), steps)
}
