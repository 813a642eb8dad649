// Package sessions keeps in Postgres who is logged in, for the session manager
// of the pages (alexedwards/scs), so that a restart or a second process sends
// nobody to the login page.
package sessions

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var (
	//go:embed find.sql
	findSQL string
	//go:embed commit.sql
	commitSQL string
	//go:embed delete.sql
	deleteSQL string
	//go:embed sweep.sql
	sweepSQL string
)

// patience bounds a look into the table where the caller brings no context.
const patience = 5 * time.Second

// Table is the table of sessions. It implements scs.CtxStore.
type Table struct {
	pool *pgxpool.Pool
	now  func() time.Time
}

// New returns the table of the database.
func New(pool *pgxpool.Pool) *Table { return &Table{pool: pool, now: time.Now} }

// FindCtx returns a session's data, unless it has expired.
func (t *Table) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = t.pool.QueryRow(ctx, findSQL, token, t.now()).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find a session: %w", err)
	}
	return data, true, nil
}

// CommitCtx keeps a session's data until it expires.
func (t *Table) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	if _, err := t.pool.Exec(ctx, commitSQL, token, data, expires); err != nil {
		return fmt.Errorf("keep a session: %w", err)
	}
	return nil
}

// DeleteCtx ends a session.
func (t *Table) DeleteCtx(ctx context.Context, token string) error {
	if _, err := t.pool.Exec(ctx, deleteSQL, token); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// Sweep removes the sessions that have expired.
func (t *Table) Sweep(ctx context.Context) error {
	if _, err := t.pool.Exec(ctx, sweepSQL, t.now()); err != nil {
		return fmt.Errorf("sweep sessions: %w", err)
	}
	return nil
}

// Find is FindCtx without a caller's context.
func (t *Table) Find(token string) ([]byte, bool, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return t.FindCtx(ctx, token)
}

// Commit is CommitCtx without a caller's context.
func (t *Table) Commit(token string, data []byte, expires time.Time) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return t.CommitCtx(ctx, token, data, expires)
}

// Delete is DeleteCtx without a caller's context.
func (t *Table) Delete(token string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return t.DeleteCtx(ctx, token)
}
