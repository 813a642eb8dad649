// Package projections follows the record and keeps everything that is derived
// from it: the ledger, lists, notices, what is owed. Nothing here is a source
// of truth; everything can be thrown away and made again from the record.
//
// Followers (New, Run) apply new records and commit their place in the record
// in the same transaction as their rows. Rebuild makes a read model anew beside
// the live one and puts it in its place. Most read models derive their rows
// stream by stream: they describe one fold (Spec) and get both ways from it.
package projections

import (
	"context"
	"fmt"
	"regexp"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

// Follower applies records in order. What it has applied and how far it has
// come are committed together, so each record counts exactly once.
type Follower interface {
	// Name is what operators call it: lower-case letters, digits and _.
	Name() string
	// Version of its code. A read model of another version is rebuilt at the
	// start; count it up whenever the same records would yield other rows.
	Version() int
	// Fields of a record that it looks at. Others arrive empty.
	Fields() eventlog.Fields
	// Applier returns a new applier that remembers nothing yet.
	Applier() Applier
}

// Applier applies batches, one after the other. It may remember between them
// what it has folded: after a transaction that did not commit, it is dropped.
type Applier interface {
	Apply(ctx context.Context, b Batch) error
}

// Model is a follower whose rows can be made anew from the record alone.
type Model interface {
	Follower
	Schema() Schema
	// Build makes the rows of the whole record, up to b.Through, and writes them
	// into empty tables.
	Build(ctx context.Context, b Build) error
}

// Schema makes a read model's tables. The statements name them without a
// schema, since the same tables are made twice: live and, during a rebuild,
// beside them.
type Schema struct {
	// Tables is a script that creates the tables, without keys and indexes.
	Tables string
	// Indexes are statements that create keys and indexes. During a rebuild
	// they run after the rows are in, several at once.
	Indexes []string
}

// Batch is what an applier applies in one transaction.
type Batch struct {
	Tx pgx.Tx
	// Schema holds the tables to write: the live ones or those being built.
	Schema string
	// Records after After up to and including Through, in order.
	Records        []eventlog.Record
	After, Through eventlog.Position

	log eventlog.Log
}

// Stream reads one stream as it stood at Through, all fields.
func (b Batch) Stream(ctx context.Context, name string) ([]eventlog.Record, error) {
	return streamUpTo(ctx, b.log, name, b.Through)
}

func streamUpTo(ctx context.Context, log eventlog.Log, name string, through eventlog.Position) ([]eventlog.Record, error) {
	var records []eventlog.Record
	for rec, err := range log.ReadStream(ctx, name, eventlog.NoStream) {
		if err != nil {
			return nil, &logError{fmt.Errorf("read %s: %w", name, err)}
		}
		if rec.Position.Compare(through) > 0 {
			break
		}
		records = append(records, rec)
	}
	return records, nil
}

// namePattern keeps schema names within Postgres's 63 bytes and free of quotes.
var namePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// LiveSchema names the schema that holds a read model's tables.
func LiveSchema(model string) string { return "model_" + model }

func nextSchema(model string) string { return LiveSchema(model) + "_next" }

func oldSchema(model string) string { return LiveSchema(model) + "_old" }
