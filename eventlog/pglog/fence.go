package pglog

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The fence between processes is the primary key of record.events. A writer
// copies its rows to the positions after its tip:
//
//   - It succeeds: then nobody has written since the tip, all that the writer
//     knew was true, and its events are in.
//   - The position is taken: others have written. It reads what, checks its
//     batch against that, and tries again behind an advisory lock, and goes on
//     behind the lock until it has been alone for a while.
//   - The connection is lost: it does not know. But it knows the positions: it
//     tries the same ones again, and then the fence answers. If its rows went in
//     after all the position is taken, and it finds them by their ids; if they
//     did not, they cannot come in later, because now the position is taken.
//
// A follower can never see a later position first: nobody writes position n+1
// before he has seen n committed.

const (
	// crowdBatches is how many batches without anybody else's record between
	// them make a writer believe that it is alone again.
	crowdBatches = 16
	// tailLimit is how many records of others are read to bring the heads up to
	// date; beyond it is cheaper to forget the heads and look them up again.
	tailLimit = 4096
	// copyTimeout is for a server or network that neither answers nor breaks;
	// it also bounds waiting behind an import into the empty log.
	copyTimeout = 2 * time.Minute
	// attempts bounds the rounds of one load through the fence. With several
	// processes two are usual; so many mean that something else is wrong.
	attempts = 100

	reconnectFirst = 5 * time.Millisecond
	reconnectMost  = 250 * time.Millisecond

	// writersLock is the advisory lock of writers that are not alone. The
	// number is arbitrary.
	writersLock = 0x7265_636f_7264_2121
)

// Error codes and constraints that mean something here.
const (
	uniqueViolation = "23505"
	undefinedTable  = "42P01"
	undefinedSchema = "3F000"

	positionGiven = "each_position_is_given_once"
	versionGiven  = "each_version_is_given_once_in_its_stream"
)

//go:embed sql/tail.sql
var tailSQL string

// commit brings a load into the log, however many attempts it takes, and
// answers its callers.
func (w *writer) commit(l load) {
	var away *outage
	for range attempts {
		if err := w.reach(&away); err != nil {
			l.fail(err)
			return
		}
		end, err := w.attempt(l)
		if err == nil {
			if end != w.tip {
				w.tip = end
				w.log.latest.put(l.passed(end))
				l.written(end)
				w.log.bell.wrote(end.pos)
			}
			return
		}
		switch {
		case isViolation(err, positionGiven):
			w.crowd = crowdBatches
		case isViolation(err, versionGiven):
			if err := w.reload(l.streams()); err != nil {
				away = w.lost(away, err)
			}
		case isRefusal(err):
			if halves := l.split(); halves != nil {
				for _, half := range halves {
					w.commit(half)
				}
				return
			}
			l.fail(fmt.Errorf("refused by the database: %w", err))
			return
		default:
			if !errors.Is(err, errNotSent) {
				l.inDoubt()
			}
			away = w.lost(away, err)
		}
	}
	l.fail(fmt.Errorf("no place in the log after %d attempts", attempts))
}

// errNotSent marks a failure before anything was sent that could be committed.
var errNotSent = errors.New("nothing was sent")

// attempt tries once, alone or in the crowd, and returns the new tip.
func (w *writer) attempt(l load) (tip, error) {
	ctx := context.Background()
	_ = w.conn.PgConn().Conn().SetDeadline(time.Now().Add(copyTimeout))
	sql := copySQL
	if w.crowd > 0 {
		if err := w.catchUp(ctx); err != nil {
			return tip{}, w.rollback(ctx, errors.Join(errNotSent, err))
		}
		l.grow(w)
		sql = copySQL + "; commit"
	}
	rows, end, err := l.fit(ctx, w)
	if err != nil {
		return tip{}, w.rollback(ctx, errors.Join(errNotSent, err))
	}
	if rows == nil {
		return w.tip, w.rollback(ctx, nil)
	}
	w.buffer, err = copyIn(ctx, w.conn.PgConn(), w.buffer, sql, rows)
	if err != nil {
		l.undo(w)
		return tip{}, w.rollback(ctx, err)
	}
	return end, nil
}

// catchUp opens a transaction, waits for its turn among the writers, and reads
// what they have written. A statement after the lock sees what was committed
// before it was granted, which is why the isolation level is named.
func (w *writer) catchUp(ctx context.Context) error {
	var turn pgx.Batch
	turn.Queue("begin isolation level read committed")
	turn.Queue("select pg_advisory_xact_lock($1)", int64(writersLock))
	turn.Queue(tailSQL, w.tip.pos, tailLimit)
	results := w.conn.SendBatch(ctx, &turn)
	for range 2 {
		if _, err := results.Exec(); err != nil {
			return errors.Join(fmt.Errorf("wait for a turn: %w", err), results.Close())
		}
	}
	records, err := results.Query()
	if err != nil {
		return errors.Join(fmt.Errorf("read what others have written: %w", err), results.Close())
	}
	n := 0
	var stream string
	var version int64
	var at time.Time
	_, err = pgx.ForEachRow(records, []any{&w.tip.pos, &stream, &version, &at}, func() error {
		n++
		w.tip.at = max(w.tip.at, toMicros(at))
		w.heads.learn(stream, head{version: version, at: toMicros(at)})
		return nil
	})
	if err := errors.Join(err, results.Close()); err != nil {
		return fmt.Errorf("read what others have written: %w", err)
	}
	w.crowd--
	if n > 0 {
		w.crowd = crowdBatches
		w.log.bell.heard(w.tip.pos)
	}
	if n < tailLimit {
		return nil
	}
	w.heads.forgetAll()
	end, err := readTip(ctx, w.conn)
	if err == nil {
		w.tip = end
	}
	return err
}

// rollback leaves the transaction that a failed attempt in the crowd is in.
func (w *writer) rollback(ctx context.Context, because error) error {
	if w.conn.IsClosed() || w.conn.PgConn().TxStatus() == 'I' {
		return because
	}
	if _, err := w.conn.Exec(ctx, "rollback"); err != nil && because == nil {
		return errors.Join(errNotSent, err)
	}
	return because
}

// reload reads the heads of streams that turned out to be longer than known.
func (w *writer) reload(streams []string) error {
	read, err := readHeads(context.Background(), w.conn, streams)
	if err != nil {
		return err
	}
	for i, h := range read {
		w.heads.learn(streams[i], h)
	}
	return nil
}

// outage is a time without a server.
type outage struct {
	until time.Time // patience ends
	cause error
}

// lost drops the connection after a failure that was no refusal.
func (w *writer) lost(away *outage, cause error) *outage {
	w.disconnect()
	if away == nil {
		return &outage{until: time.Now().Add(w.patience), cause: cause}
	}
	away.cause = cause
	return away
}

// reach sees to it that there is a connection, and tries for as long as its
// patience lasts.
func (w *writer) reach(away **outage) error {
	if w.conn != nil && !w.conn.IsClosed() {
		return nil
	}
	if *away == nil {
		*away = &outage{until: time.Now().Add(w.patience)}
	}
	ctx, cancel := context.WithDeadline(context.Background(), (*away).until)
	defer cancel()
	for pause := reconnectFirst; ; pause = min(2*pause, reconnectMost) {
		conn, err := w.log.conns.connect(ctx)
		if err == nil {
			w.conn = conn
			// Who else wrote meanwhile is unknown: find out before writing.
			w.crowd = max(w.crowd, 1)
			return nil
		}
		(*away).cause = err
		select {
		case <-ctx.Done():
			return fmt.Errorf("the database is away: %w", (*away).cause)
		case <-time.After(pause):
		}
	}
}

func (w *writer) disconnect() {
	if w.conn != nil {
		// Not politely: the server may be hanging.
		_ = w.conn.PgConn().Conn().Close()
		w.log.conns.drop(w.conn)
		w.conn = nil
	}
}

// isViolation reports whether a statement failed on that constraint.
func isViolation(err error, constraint string) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == uniqueViolation && pgErr.ConstraintName == constraint
}

// isRefusal reports whether the server itself said that a statement failed; it
// has then written nothing. FATAL comes when it ends the connection, and may
// come after the commit.
func isRefusal(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.SeverityUnlocalized == "ERROR"
}

// emptyTip is the tip of a log that holds nothing: before every time.
var emptyTip = tip{at: math.MinInt64}

func readTip(ctx context.Context, conn *pgx.Conn) (tip, error) {
	var end tip
	var at time.Time
	err := conn.QueryRow(ctx, "select pos, recorded_at from record.events order by pos desc limit 1").Scan(&end.pos, &at)
	if errors.Is(err, pgx.ErrNoRows) {
		return emptyTip, nil
	}
	end.at = toMicros(at)
	return end, err
}
