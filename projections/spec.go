package projections

import (
	"context"
	"fmt"
	"slices"

	"shouwang/eventlog"
)

// Spec describes a read model whose rows derive stream by stream: the rows of
// one stream are a function of that stream's records and of nothing else. One
// fold serves live following and rebuilds, so both yield the same rows.
//
// S is the state of one stream: no more than the rows need. Its zero value is
// the state of a stream without records. It never reaches the database: a
// stream that is not in memory is folded again from the record.
type Spec[S any] struct {
	// Name, Version, Fields and Schema are as in Follower and Model.
	Name    string
	Version int
	Fields  eventlog.Fields
	Schema  Schema
	// Wants says whether a stream has any part in the model.
	Wants func(stream string) bool
	// Fold takes the next record of the stream. struck says that a later record
	// makes it void; most models pass over such a record, a history strikes it
	// through. The record's bytes are only lent. Streams are folded side by side.
	Fold func(s *S, rec eventlog.Record, struck bool) error
	// Revises says that rec changes what earlier records of its stream mean: the
	// stream is then folded again from its first record. May be nil.
	Revises func(rec eventlog.Record) bool
	// Struck returns the versions that are void in a whole stream. May be nil.
	Struck func(records []eventlog.Record) (map[eventlog.Version]bool, error)
	// Complete fills in what the stream's own records do not hold, such as
	// opened personal fields, for many streams at once and before their rows are
	// written. Doing it again must change nothing. May be nil.
	Complete func(ctx context.Context, read ReadStream, states []*S) error
	// Tables hold rows that belong to one stream each.
	Tables []Table[S]
	// Totals hold sums over all streams.
	Totals []Totals[S]
}

// Table is a table whose first column is "stream", a text.
type Table[S any] struct {
	Name string
	// Columns are the others, in the order in which Rows writes them.
	Columns []string
	// Rows writes the rows that one stream has in the table.
	Rows func(s *S, w *Rows)
	// Single says that a stream has one row at most and that a unique index on
	// the stream is among the model's. A row is then changed in place, which
	// leaves the indexes alone where their columns stay the same.
	Single bool

	upserts map[string]string // by schema
}

// Totals is a table of sums with one row for each value of its By columns:
// texts, together unique by an index. The Sums are bigints. A row whose sums are
// all zero does not exist.
type Totals[S any] struct {
	Name string
	By   []string
	Sums []string
	// Of adds what one stream contributes.
	Of func(s *S, add Add)
}

// Add adds sums to the row named by the values of the By columns.
type Add func(by []string, sums ...int64)

// Model returns the model that the spec describes.
func (spec Spec[S]) Model() Model {
	for i := range spec.Tables {
		spec.Tables[i].makeUpserts(LiveSchema(spec.Name), nextSchema(spec.Name))
	}
	return &streams[S]{spec}
}

// streams implements Model for a Spec.
type streams[S any] struct{ spec Spec[S] }

func (m *streams[S]) Name() string            { return m.spec.Name }
func (m *streams[S]) Version() int            { return m.spec.Version }
func (m *streams[S]) Fields() eventlog.Fields { return m.spec.Fields }
func (m *streams[S]) Schema() Schema          { return m.spec.Schema }

func (m *streams[S]) Applier() Applier {
	return &streamApplier[S]{spec: &m.spec, known: newRecent[S]()}
}

// ReadStream reads one stream as it stood at the end of what is folded. Its
// errors never count as poison.
type ReadStream func(ctx context.Context, stream string) ([]eventlog.Record, error)

// folded is the state of one stream and the version it stands at.
type folded[S any] struct {
	state   S
	version eventlog.Version
	// shown are the stream's rows in each table as they stand, to compare with
	// what comes next; nil if they were not kept (see keepRows).
	shown [][]byte
}

func (spec *Spec[S]) revises(rec eventlog.Record) bool {
	return spec.Revises != nil && spec.Revises(rec)
}

// whole folds a stream from its first record, knowing all of it.
func (spec *Spec[S]) whole(records []eventlog.Record) (*folded[S], error) {
	var struck map[eventlog.Version]bool
	if spec.Struck != nil {
		var err error
		if struck, err = spec.Struck(records); err != nil {
			return nil, poisoned(spec.Name, records[len(records)-1], err)
		}
	}
	f := new(folded[S])
	for _, rec := range records {
		if err := spec.Fold(&f.state, spec.only(rec), struck[rec.Version]); err != nil {
			return nil, poisoned(spec.Name, rec, err)
		}
		f.version = rec.Version
	}
	return f, nil
}

// completeAtOnce is how many streams are completed together: one batch of keys.
const completeAtOnce = 2_000

func (spec *Spec[S]) complete(ctx context.Context, read ReadStream, states []*S) error {
	if spec.Complete == nil {
		return nil
	}
	for chunk := range slices.Chunk(states, completeAtOnce) {
		if err := spec.Complete(ctx, read, chunk); err != nil {
			return fmt.Errorf("complete %d streams of %s: %w", len(chunk), spec.Name, err)
		}
	}
	return nil
}

// only empties the fields that the model does not look at, as following does.
func (spec *Spec[S]) only(rec eventlog.Record) eventlog.Record {
	if spec.Fields&eventlog.WithData == 0 {
		rec.Data = nil
	}
	if spec.Fields&eventlog.WithMeta == 0 {
		rec.Meta = nil
	}
	if spec.Fields&eventlog.WithID == 0 {
		rec.ID = eventlog.ID{}
	}
	return rec
}

// rows encodes what a stream has in one table.
func (t *Table[S]) rows(w *Rows, stream string, s *S) error {
	err := guarded(func() error {
		w.reset(stream, len(t.Columns)+1)
		t.Rows(s, w)
		w.finish()
		return w.err
	})
	if err != nil {
		return fmt.Errorf("rows of %s in table %s: %w", stream, t.Name, err)
	}
	return nil
}

func (t *Table[S]) columns() []string { return append([]string{"stream"}, t.Columns...) }
