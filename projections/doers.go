package projections

import (
	"context"
	_ "embed"
	"fmt"
	"iter"
	"strings"

	"github.com/goccy/go-json"

	"shouwang/eventlog"
)

//go:embed doers/tables.sql
var doersTables string

// DoersName names who did what for waiting and rebuilding.
const DoersName = "doers"

var doersColumns = []string{"stream", "version", "recorded", "happened", "person", "done", "typed", "voids"}

// doers implements Model: who did and who typed every record (经办、录入). A record
// names its people for ever, so rows are only ever added, whatever becomes of what
// they did, and a record costs its own rows, however long its stream is. One that
// names nobody has a row without a person: it stands in a file all the same.
type doers struct{}

// Doers is the read model of who did and who typed what.
func Doers() Model { return doers{} }

func (doers) Name() string            { return DoersName }
func (doers) Version() int            { return 2 }
func (doers) Fields() eventlog.Fields { return eventlog.WithMeta }
func (doers) Applier() Applier        { return doers{} }

func (doers) Schema() Schema {
	return Schema{Tables: doersTables, Indexes: []string{`create index entries_by_person on entries (person, recorded)`, `create index entries_by_stream on entries (stream)`}}
}

// Apply implements Applier.
func (doers) Apply(ctx context.Context, b Batch) error {
	var w Rows
	var rows []byte
	for _, rec := range b.Records {
		if err := doerRows(&w, rec); err != nil {
			return err
		}
		rows = append(rows, w.buf...)
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := copyRows(ctx, b.Tx, b.Schema, "entries", doersColumns, false, once(rows))
	return err
}

// Build implements Model.
func (doers) Build(ctx context.Context, b Build) error {
	return b.copy(ctx, "entries", doersColumns, b.doers(ctx))
}

// doers are the rows of the whole record, some at a time.
func (b Build) doers(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var w Rows
		var rows []byte
		n := int64(0)
		for rec, err := range b.log.ReadStreams(ctx, b.Through, eventlog.WithMeta) {
			if err != nil {
				yield(nil, &logError{fmt.Errorf("read the record: %w", err)})
				return
			}
			if n++; n%reportEvery == 0 {
				b.report(n)
			}
			if err := doerRows(&w, rec); err != nil {
				yield(nil, err)
				return
			}
			if rows = append(rows, w.buf...); len(rows) >= copyChunk {
				if !yield(rows, nil) {
					return
				}
				rows = rows[:0]
			}
		}
		b.report(n)
		if len(rows) > 0 {
			yield(rows, nil)
		}
	}
}

// deedOf is what metadata say of the people of a record.
type deedOf struct {
	Happened   slimDay       `json:"happened"`
	DoneBy     []namedPerson `json:"done_by"`
	RecordedBy namedPerson   `json:"recorded_by"`
}

type namedPerson struct {
	ID string `json:"id"`
}

// doerRows encodes a row for each person whom a record names. What an account did
// with itself and what guards noted beside an act are nobody's deeds.
func doerRows(w *Rows, rec eventlog.Record) error {
	w.reset(rec.Stream, len(doersColumns))
	if strings.HasPrefix(rec.Stream, accountPrefix) || strings.HasSuffix(rec.Type, ".flag_raised.v1") || len(rec.Meta) == 0 {
		return nil
	}
	var a deedOf
	if err := json.Unmarshal(rec.Meta, &a); err != nil {
		return poisoned(DoersName, rec, fmt.Errorf("decode metadata: %w", err))
	}
	happened := max(a.Happened.day(), 1)
	seen := map[string]bool{}
	row := func(person string, done bool) {
		if seen[person] || person == "" && len(seen) > 0 {
			return
		}
		seen[person] = true
		w.Row()
		w.Int8(int64(rec.Version))
		w.Instant(rec.RecordedAt)
		w.Day(happened)
		w.Text(person)
		w.Bool(done)
		w.Bool(person != "" && person == a.RecordedBy.ID)
		w.Bool(rec.Type == voidType)
	}
	for _, p := range a.DoneBy {
		if p.ID != "" {
			row(p.ID, true)
		}
	}
	row(a.RecordedBy.ID, false)
	w.finish()
	return w.err
}

// accountPrefix begins the streams of accounts.
const accountPrefix = "account-"
