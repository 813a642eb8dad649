package projections_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/projections"
)

// The toy of these tests: pots of coins. A pot is named and coins are put in;
// an entry may be marked void. Streams that are not pots stand in between.

type pot struct {
	name    string
	coins   int64
	entries []entry
}

type entry struct {
	version eventlog.Version
	coins   int64
	struck  bool
}

var errCracked = errors.New("the pot is cracked")

// pots returns the toy model. A robust one holds cracked pots too.
func pots(version int, robust bool) projections.Model {
	return projections.Spec[pot]{
		Name: "pots", Version: version, Fields: eventlog.WithData,
		Schema: projections.Schema{
			Tables: `
				create table pots (stream text collate "C" not null, name text, coins bigint not null);
				create table entries (stream text collate "C" not null, version bigint not null, coins bigint not null, struck boolean not null);
				create table sums (name text collate "C", filled text, pots bigint not null, coins bigint not null);`,
			Indexes: []string{
				`create unique index pots_pkey on pots (stream)`,
				`create unique index entries_pkey on entries (stream, version)`,
				`create unique index sums_pkey on sums (name, filled)`,
				`create index pots_by_name on pots (name, coins)`,
			},
		},
		Wants: func(stream string) bool { return strings.HasPrefix(stream, "pot-") },
		Fold: func(p *pot, rec eventlog.Record, struck bool) error {
			switch rec.Type {
			case "named.v1":
				if !struck {
					p.name = string(rec.Data)
				}
			case "filled.v1":
				n, err := strconv.ParseInt(string(rec.Data), 10, 64)
				if err != nil {
					return err
				}
				p.entries = append(p.entries, entry{rec.Version, n, struck})
				if !struck {
					p.coins += n
				}
			case "cracked.v1":
				if !robust {
					return errCracked
				}
			}
			return nil
		},
		Revises: func(rec eventlog.Record) bool { return rec.Type == "voided.v1" },
		Struck: func(records []eventlog.Record) (map[eventlog.Version]bool, error) {
			version := map[eventlog.ID]eventlog.Version{}
			struck := map[eventlog.Version]bool{}
			for _, rec := range records {
				version[rec.ID] = rec.Version
				if rec.Type == "voided.v1" {
					id, err := uuid.ParseBytes(rec.Data)
					if err != nil {
						return nil, err
					}
					struck[version[id]] = true
				}
			}
			return struck, nil
		},
		Tables: []projections.Table[pot]{
			{Name: "pots", Columns: []string{"name", "coins"}, Single: true, Rows: func(p *pot, w *projections.Rows) {
				w.Row()
				w.TextOrNull(p.name)
				w.Int8(p.coins)
			}},
			{Name: "entries", Columns: []string{"version", "coins", "struck"}, Rows: func(p *pot, w *projections.Rows) {
				for _, e := range p.entries {
					w.Row()
					w.Int8(int64(e.version))
					w.Int8(e.coins)
					w.Bool(e.struck)
				}
			}},
		},
		Totals: []projections.Totals[pot]{{
			Name: "sums", By: []string{"name", "filled"}, Sums: []string{"pots", "coins"},
			Of: func(p *pot, add projections.Add) {
				filled := "empty"
				if p.coins > 0 {
					filled = "filled"
				}
				add([]string{p.name, filled}, 1, p.coins)
			},
		}},
	}.Model()
}

// writer appends to streams and remembers what it wrote.
type writer struct {
	t   testing.TB
	log eventlog.Log
	at  map[string]eventlog.Version
	ids map[string][]eventlog.ID
}

func newWriter(t testing.TB, log eventlog.Log) *writer {
	return &writer{t: t, log: log, at: map[string]eventlog.Version{}, ids: map[string][]eventlog.ID{}}
}

func (w *writer) write(stream, kind, data string) eventlog.Position {
	w.t.Helper()
	id := eventlog.DeriveID(stream, "test", int(w.at[stream]))
	done, err := w.log.Append(w.t.Context(), stream, w.at[stream], []eventlog.Event{{ID: id, Type: kind, Data: []byte(data)}})
	if err != nil {
		w.t.Fatal(err)
	}
	w.at[stream] = done.Version
	w.ids[stream] = append(w.ids[stream], id)
	return done.Position
}

func (w *writer) fill(pot, coins int) eventlog.Position {
	w.t.Helper()
	return w.write(fmt.Sprintf("pot-%d", pot), "filled.v1", strconv.Itoa(coins))
}

func newLog(t testing.TB) *memlog.Log {
	log := memlog.New(time.Now)
	t.Cleanup(func() { _ = log.Close() })
	return log
}

// patience is far beyond what anything takes on a machine as busy as it may be: who
// waits so long waits for what never comes.
const patience = 5 * time.Minute

// until waits for a condition and fails when it does not come.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
		tick := time.NewTimer(5 * time.Millisecond)
		select {
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatalf("ended while waiting: %s", what)
		}
	}
}
