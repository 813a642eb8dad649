package pglog

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

var (
	//go:embed sql/heads.sql
	headsSQL string
	//go:embed sql/repeats.sql
	repeatsSQL string
)

// lookup reads the stored versions of the streams for which the writer's cache
// does not let an append in, while the writer goes on writing. It sends an
// append back to the writer if the cache was merely ignorant, and otherwise
// answers it: a repetition, or a conflict.
type lookup struct {
	conns    *conns
	queue    *queue[*request]
	writer   *writer
	patience time.Duration
}

func newLookup(c *conns, patience time.Duration) *lookup {
	return &lookup{conns: c, queue: newQueue[*request](), patience: patience}
}

func (l *lookup) run() {
	for {
		asked := l.queue.take(batchAppends)
		if asked == nil {
			return
		}
		// After an unknown outcome the answer matters most, so it is worth the
		// same patience as the writing itself.
		ctx, cancel := context.WithTimeout(context.Background(), l.patience)
		err := l.answer(ctx, asked)
		for pause := reconnectFirst; err != nil && ctx.Err() == nil; pause = min(2*pause, reconnectMost) {
			select {
			case <-ctx.Done():
			case <-time.After(pause):
				err = l.answer(ctx, asked)
			}
		}
		cancel()
		for _, r := range asked {
			if err != nil {
				r.unread(err)
			}
		}
	}
}

// unread ends an append whose stream could not be read.
func (r *request) unread(err error) {
	err = fmt.Errorf("read the stored version: %w", err)
	if r.sent {
		err = fmt.Errorf("%w: %w", eventlog.ErrUnknownOutcome, err)
	}
	r.fail(err)
}

// answer reads for all that ask and answers every one of them, or none.
func (l *lookup) answer(ctx context.Context, asked []*request) error {
	streams := make([]string, len(asked))
	for i, r := range asked {
		streams[i] = r.stream
	}
	var stored []head
	var held map[int]appendedAs
	err := l.conns.briefly(ctx, func(conn *pgx.Conn) error {
		var err error
		if stored, err = readHeads(ctx, conn, streams); err != nil {
			return err
		}
		held, err = readRepeats(ctx, conn, asked, stored)
		return err
	})
	if err != nil {
		return err
	}
	for i, r := range asked {
		as, repeated := held[i]
		switch {
		case stored[i].version == r.expected:
			r.head, r.looked = stored[i], true
			l.writer.queue.push(order{request: r})
		case repeated:
			r.answer <- answer{appended: eventlog.Appended{
				Version:    eventlog.Version(r.expected + int64(len(r.ids))),
				Position:   eventlog.Position{Commit: uint64(as.pos)},
				RecordedAt: as.at.UTC(),
				// After a lost connection it may be this very call that wrote them.
				Repeated: !r.sent,
			}}
		default:
			r.fail(&eventlog.ConflictError{
				Stream: r.stream, Expected: eventlog.Version(r.expected), Actual: eventlog.Version(stored[i].version),
			})
		}
	}
	return nil
}

// readHeads reads where streams end; a stream that holds nothing is at zero.
func readHeads(ctx context.Context, conn *pgx.Conn, streams []string) ([]head, error) {
	read := make([]head, len(streams))
	found, err := conn.Query(ctx, headsSQL, streams)
	if err != nil {
		return nil, fmt.Errorf("read heads: %w", err)
	}
	var n, version int64
	var at time.Time
	_, err = pgx.ForEachRow(found, []any{&n, &version, &at}, func() error {
		read[n-1] = head{version: version, at: toMicros(at)}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read heads: %w", err)
	}
	return read, nil
}

// appendedAs is where the last event of an append stands that was made before.
type appendedAs struct {
	pos int64
	at  time.Time
}

// readRepeats finds those who ask again: their ids stand, all and in order, at
// the versions they expected to write.
func readRepeats(ctx context.Context, conn *pgx.Conn, asked []*request, stored []head) (map[int]appendedAs, error) {
	var ns []int32
	var streams []string
	var first, last []int64
	for i, r := range asked {
		// Written this way round, a huge expected version cannot overflow.
		if n := int64(len(r.ids)); r.expected <= stored[i].version-n {
			ns, streams = append(ns, int32(i)), append(streams, r.stream)
			first, last = append(first, r.expected+1), append(last, r.expected+n)
		}
	}
	if len(ns) == 0 {
		return nil, nil
	}
	found, err := conn.Query(ctx, repeatsSQL, ns, streams, first, last)
	if err != nil {
		return nil, fmt.Errorf("read repeated events: %w", err)
	}
	same, as := map[int]int{}, map[int]appendedAs{}
	var n int
	var version, pos int64
	var id eventlog.ID
	var at time.Time
	_, err = pgx.ForEachRow(found, []any{&n, &version, &id, &pos, &at}, func() error {
		r := asked[n]
		if r.ids[version-r.expected-1] == id {
			same[n]++
		}
		as[n] = appendedAs{pos: pos, at: at}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read repeated events: %w", err)
	}
	for n := range as {
		if same[n] != len(asked[n].ids) {
			delete(as, n)
		}
	}
	return as, nil
}
