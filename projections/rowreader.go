package projections

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// rowsAtOnce bounds one query: beyond, nothing is gained.
	rowsAtOnce = 256
	// rowPatience bounds a query that serves several callers, each of whom
	// may have less patience of his own.
	rowPatience = 30 * time.Second
)

// rowReader reads single rows of the ledger. Those that are asked for while a
// query runs are read by one query after it: after a busy second's acts
// everybody wants to see his own, and a query for one row costs more than the
// row. Whoever is about to ask is let go first (runtime.Gosched), since a batch
// of a follower wakes many at once; nobody waits by the clock.
type rowReader struct {
	pool *pgxpool.Pool

	mu      sync.Mutex
	asked   []wanted
	reading bool
}

// wanted is a row that somebody asked for; the answer is a nil row if there is
// none.
type wanted struct {
	stream string
	answer chan<- shown
}

type shown struct {
	row *Household
	err error
}

// get returns a stream's row as it stands after the call, or nil.
func (t *rowReader) get(ctx context.Context, stream string) (*Household, error) {
	answer := make(chan shown, 1)
	t.mu.Lock()
	t.asked = append(t.asked, wanted{stream, answer})
	begin := !t.reading
	t.reading = true
	t.mu.Unlock()
	if begin {
		go t.read()
	}
	select {
	case s := <-answer:
		return s.row, s.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// read answers until nobody asks any more.
func (t *rowReader) read() {
	for {
		runtime.Gosched()
		t.mu.Lock()
		asked := t.asked[:min(len(t.asked), rowsAtOnce)]
		if len(asked) == 0 {
			t.reading = false
			t.mu.Unlock()
			return
		}
		t.asked = t.asked[len(asked):]
		t.mu.Unlock()

		rows, err := t.rows(asked)
		for _, w := range asked {
			w.answer <- shown{rows[w.stream], err}
		}
	}
}

func (t *rowReader) rows(asked []wanted) (map[string]*Household, error) {
	ctx, cancel := context.WithTimeout(context.Background(), rowPatience)
	defer cancel()
	streams := make([]string, len(asked))
	for i, w := range asked {
		streams[i] = w.stream
	}
	found, err := t.pool.Query(ctx, "select "+ledgerColumns+" from model_register.households where stream = any($1)", streams)
	if err != nil {
		return nil, fmt.Errorf("read rows of the ledger: %w", err)
	}
	rows := make(map[string]*Household, len(asked))
	_, err = pgx.CollectRows(found, func(row pgx.CollectableRow) (struct{}, error) {
		h, err := readHousehold(row)
		rows[householdPrefix+h.ID] = &h
		return struct{}{}, err
	})
	if err != nil {
		return nil, fmt.Errorf("read rows of the ledger: %w", err)
	}
	return rows, nil
}
