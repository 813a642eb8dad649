package pglog

import (
	"context"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
)

// importIntoEmpty writes the whole import in one transaction that has the table
// for itself and builds the indexes afterwards, which takes half the time. It
// does so only into an empty log; used is false if there is none, and then
// nothing has been taken from the source.
func (l *Log) importIntoEmpty(ctx context.Context, next puller) (n int64, used bool, err error) {
	both, cancel := l.either(ctx)
	defer cancel()
	conn, err := l.conns.connect(both)
	if err != nil {
		return 0, false, l.because(ctx, err)
	}
	defer l.conns.drop(conn)
	end, err := readTip(both, conn)
	if err != nil || end.pos > 0 {
		return 0, false, l.because(ctx, err)
	}
	err = pgx.BeginFunc(both, conn, func(tx pgx.Tx) error {
		if err := tx.QueryRow(both, "select record.begin_import()").Scan(&used); err != nil || !used {
			return err
		}
		w := &writer{conn: conn, tip: emptyTip, heads: newHeads(math.MaxInt)}
		if n, err = w.copyAll(both, next); err != nil {
			return err
		}
		_, err := tx.Exec(both, "select record.end_import()")
		return err
	})
	if err != nil {
		return 0, used, l.because(ctx, err)
	}
	l.bell.wrote(n)
	return n, used, nil
}

// copyAll copies one chunk while the next is prepared. Nobody else can write,
// and nothing stood before, so every stream it does not know is new.
func (w *writer) copyAll(ctx context.Context, next puller) (int64, error) {
	ready, stop := make(chan *chunk), make(chan struct{})
	var broken error
	defer func() {
		close(stop)
		for range ready { // until the source is at rest
		}
	}()
	go func() {
		defer close(ready)
		for more := true; more; {
			c := newChunk()
			if more, broken = next.fill(c); broken != nil {
				return
			}
			select {
			case ready <- c:
			case <-stop:
				return
			}
		}
	}()
	for c := range ready {
		rows, end, err := c.place(w)
		if err != nil {
			return 0, err
		}
		if w.buffer, err = copyIn(ctx, w.conn.PgConn(), w.buffer, copySQL, rows); err != nil {
			return 0, fmt.Errorf("copy: %w", err)
		}
		w.tip = end
	}
	return w.tip.pos, broken
}
