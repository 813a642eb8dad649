package sealing

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	//go:embed read.sql
	readSQL string
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

// read returns the rows of the subjects, each subject's by ascending version.
func (t *table) read(ctx context.Context, subjects []string) ([]row, error) {
	found, err := t.pool.Query(ctx, readSQL, subjects)
	if err != nil {
		return nil, fmt.Errorf("read wrapped keys: %w", err)
	}
	rows, err := pgx.CollectRows(found, pgx.RowToStructByPos[row])
	if err != nil {
		return nil, fmt.Errorf("read wrapped keys: %w", err)
	}
	return rows, nil
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
