package sealing

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	//go:embed read.sql
	readSQL string
	//go:embed range.sql
	rangeSQL string
	//go:embed insert.sql
	insertSQL string
	//go:embed claim.sql
	claimSQL string
)

// table is the append-only table of wrapped keys.
type table struct{ pool *pgxpool.Pool }

type row struct {
	Subject string
	Version int
	Wrapped []byte
}

// neighbours is from how many subjects on they are first looked for side by
// side: a rebuild asks for all of a range, which costs the server a tenth of
// finding them one by one. Of what lies between others, as much is read as was
// asked for.
const neighbours = 64

// read takes the rows of the subjects, which are sorted: each subject's one after
// the other by ascending version, perhaps some of them again. A row's bytes are
// only lent.
func (t *table) read(ctx context.Context, subjects []string, take func(row) error) error {
	if len(subjects) >= neighbours {
		rest, err := t.readRange(ctx, subjects, take)
		if err != nil || len(rest) == 0 {
			return err
		}
		subjects = rest
	}
	return t.query(ctx, take, readSQL, subjects)
}

// readRange takes rows of the subjects, from the first to the last, until too
// many of others stand between them, and returns the subjects still to be read.
func (t *table) readRange(ctx context.Context, subjects []string, take func(row) error) (rest []string, err error) {
	limit, read := 2*len(subjects), 0
	rest = subjects
	err = t.query(ctx, func(r row) error {
		read++
		for len(rest) > 0 && rest[0] < r.Subject {
			rest = rest[1:]
		}
		if len(rest) == 0 || rest[0] != r.Subject {
			return nil
		}
		return take(r)
	}, rangeSQL, subjects[0], subjects[len(subjects)-1], limit)
	if err != nil || read < limit {
		return nil, err
	}
	return rest, nil
}

// query takes the rows that one of the statements finds.
func (t *table) query(ctx context.Context, take func(row) error, sql string, args ...any) error {
	found, err := t.pool.Query(ctx, sql, args...)
	if err != nil {
		return fmt.Errorf("read wrapped keys: %w", err)
	}
	defer found.Close()
	for found.Next() {
		var r row
		if err := found.Scan(&r.Subject, &r.Version, (*pgtype.DriverBytes)(&r.Wrapped)); err != nil {
			return fmt.Errorf("read wrapped keys: %w", err)
		}
		if err := take(r); err != nil {
			return err
		}
	}
	if err := found.Err(); err != nil {
		return fmt.Errorf("read wrapped keys: %w", err)
	}
	return nil
}

// insert adds the rows in one commit and returns the subjects whose row was
// already there. The rows are sorted by subject, so that two processes with
// overlapping batches wait for each other instead of deadlocking.
func (t *table) insert(ctx context.Context, rows []row) (lost []string, err error) {
	subjects, versions, wrapped := make([]string, len(rows)), make([]int32, len(rows)), make([][]byte, len(rows))
	for i, r := range rows {
		subjects[i], versions[i], wrapped[i] = r.Subject, int32(r.Version), r.Wrapped
	}
	found, err := t.pool.Query(ctx, insertSQL, subjects, versions, wrapped)
	if err != nil {
		return nil, fmt.Errorf("store %d wrapped keys: %w", len(rows), err)
	}
	stored, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("store %d wrapped keys: %w", len(rows), err)
	}
	if len(stored) == len(rows) {
		return nil, nil
	}
	ours := make(map[string]bool, len(stored))
	for _, subject := range stored {
		ours[subject] = true
	}
	for _, subject := range subjects {
		if !ours[subject] {
			lost = append(lost, subject)
		}
	}
	return lost, nil
}

// master returns the fingerprint of the master key the database belongs to, nil
// if none yet.
func (t *table) master(ctx context.Context) ([]byte, error) {
	var fingerprint []byte
	err := t.pool.QueryRow(ctx, "select fingerprint from record.master_key").Scan(&fingerprint)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("read master key fingerprint: %w", err)
	}
	return fingerprint, nil
}

// claim ties the database to a master key unless it is tied already.
func (t *table) claim(ctx context.Context, fingerprint []byte) error {
	if _, err := t.pool.Exec(ctx, claimSQL, fingerprint); err != nil {
		return fmt.Errorf("store master key fingerprint: %w", err)
	}
	return nil
}
