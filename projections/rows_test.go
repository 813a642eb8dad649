package projections_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/eventlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// Every kind of column arrives as it was written, by COPY into a live table and
// into one that is being built.
func TestRowsOfEveryType(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	const columns = "t, none, b, i2, i4, i8, raw, id, day, noday, at, noat, list, empty, numbers"
	all := projections.Spec[struct{}]{
		Name: "all", Version: 1,
		Schema: projections.Schema{Tables: `create table rows (stream text, t text, none text, b boolean, i2 smallint, i4 integer, i8 bigint,
			raw bytea, id uuid, day date, noday date, at timestamptz, noat timestamptz, list text[], empty text[], numbers bigint[])`},
		Wants: func(string) bool { return true },
		Fold:  func(*struct{}, eventlog.Record, bool) error { return nil },
		Tables: []projections.Table[struct{}]{{
			Name:    "rows",
			Columns: []string{"t", "none", "b", "i2", "i4", "i8", "raw", "id", "day", "noday", "at", "noat", "list", "empty", "numbers"},
			Rows: func(_ *struct{}, w *projections.Rows) {
				w.Row()
				w.Text("柳湾村\x00\xff")
				w.TextOrNull("")
				w.Bool(true)
				w.Int2(-2)
				w.Int4(-4)
				w.Int8(-8)
				w.Bytes([]byte{0, 1})
				w.UUID([16]byte{15: 1})
				w.Day(calendar.MustDay("1959-04-30"))
				w.Day(0)
				w.Instant(time.Date(2023, 7, 3, 1, 0, 0, 123456000, time.UTC))
				w.Instant(time.Time{})
				w.Texts([]string{"柳", "湾"})
				w.Texts(nil)
				w.Int8s([]int64{-1, 1 << 40})
			},
		}},
	}.Model()
	want := "(柳湾村��,,t,-2,-4,-8,\"\\\\x0001\",00000000-0000-0000-0000-000000000001,1959-04-30,,\"2023-07-03 01:00:00.123456+00\",,\"{柳,湾}\",{},\"{-1,1099511627776}\")"

	w := newWriter(t, newLog(t))
	w.write("built", "any.v1", "")
	f, stop := modeltest.Follow(t, pool, w.log, all)
	defer stop()
	await(t, f, "all", w.write("followed", "any.v1", ""))
	for _, stream := range []string{"built", "followed"} {
		var got string
		err := pool.QueryRow(t.Context(), `select row(`+columns+`)::text from model_all.rows where stream = $1`, stream).Scan(&got)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("row of %s (-want +got):\n%s", stream, diff)
		}
	}
}

// A row that lacks a column, or has one too many, is an error before it reaches
// the database.
func TestRowsAreCounted(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	w := newWriter(t, newLog(t))
	w.write("one", "any.v1", "")
	for name, rows := range map[string]func(*struct{}, *projections.Rows){
		"few":  func(_ *struct{}, w *projections.Rows) { w.Row() },
		"many": func(_ *struct{}, w *projections.Rows) { w.Row(); w.Text("a"); w.Text("b") },
	} {
		model := projections.Spec[struct{}]{
			Name: name, Version: 1, Schema: projections.Schema{Tables: `create table rows (stream text, t text)`},
			Wants:  func(string) bool { return true },
			Fold:   func(*struct{}, eventlog.Record, bool) error { return nil },
			Tables: []projections.Table[struct{}]{{Name: "rows", Columns: []string{"t"}, Rows: rows}},
		}.Model()
		if err := prepared(t, pool, w.log, model).Rebuild(context.WithoutCancel(t.Context()), name, nil); err == nil {
			t.Errorf("a row with too %s columns was written", name)
		}
	}
}
