package projections

import (
	"fmt"

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
	// through. The record's bytes are only lent.
	Fold func(s *S, rec eventlog.Record, struck bool) error
	// Voids returns the id of the earlier record of the same stream that rec
	// makes void, if it does. The stream is then folded again. May be nil.
	Voids func(rec eventlog.Record) (voided eventlog.ID, ok bool, err error)
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
}

// Totals is a table of sums with one row for each value of its By columns:
// texts, together its primary key. The Sums are bigints. A row whose sums are
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
func (spec Spec[S]) Model() Model { return &streams[S]{spec} }

// streams implements Model for a Spec.
type streams[S any] struct{ spec Spec[S] }

func (m *streams[S]) Name() string            { return m.spec.Name }
func (m *streams[S]) Version() int            { return m.spec.Version }
func (m *streams[S]) Fields() eventlog.Fields { return m.spec.Fields }
func (m *streams[S]) Schema() Schema          { return m.spec.Schema }

func (m *streams[S]) Applier() Applier {
	return &streamApplier[S]{spec: &m.spec, known: newRecent[S]()}
}

func (m *streams[S]) Builder() Builder {
	return &streamBuilder[S]{spec: &m.spec, states: map[string]*building[S]{}}
}

// folded is the state of one stream and the version it stands at.
type folded[S any] struct {
	state   S
	version eventlog.Version
}

// voids reports whether rec makes an earlier one void.
func (spec *Spec[S]) voids(rec eventlog.Record) (eventlog.ID, bool, error) {
	if spec.Voids == nil {
		return eventlog.ID{}, false, nil
	}
	return spec.Voids(rec)
}

// whole folds a stream from its first record, with its voids taken out.
func (spec *Spec[S]) whole(records []eventlog.Record) (*folded[S], error) {
	void := map[eventlog.ID]bool{}
	for _, rec := range records {
		id, ok, err := spec.voids(rec)
		if err != nil {
			return nil, poisoned(spec.Name, rec, err)
		}
		if ok {
			void[id] = true
		}
	}
	f := new(folded[S])
	for _, rec := range records {
		struck := void[rec.ID]
		if err := spec.Fold(&f.state, spec.only(rec), struck); err != nil {
			return nil, poisoned(spec.Name, rec, err)
		}
		f.version = rec.Version
	}
	return f, nil
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
