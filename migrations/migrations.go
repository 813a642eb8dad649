// Package migrations holds the database's history as SQL files and applies
// what is missing. There are two schemas: record (the events, append-only) and
// model (everything derived from them). Each folder counts its own versions.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed */*.sql
var files embed.FS

// AppRole is the role the application works as where the owner of the schemas
// is somebody else. It is optional: see Up.
const AppRole = "shouwang_app"

// schemaLock keeps two processes from creating the schemas at the same moment;
// goose's own lock guards only what lies inside them. The number is arbitrary.
const schemaLock = 0x5368_6f75_7761_6e67

// Waiting for another process's migration: once a second for ten minutes,
// longer than the slowest index build on a county's log.
const (
	lockEverySeconds = 1
	lockTries        = 600
)

// Up brings both schemas to the newest version. It only ever goes forward, is
// safe to call from several processes at once, and does nothing when there is
// nothing to do.
//
// conn should belong to the owner of the schemas. Where a role shouwang_app
// exists, that role may read and append to the record and owns the model, so
// the application can be run with it and can change nothing that is recorded.
func Up(ctx context.Context, conn *pgx.ConnConfig) error {
	if err := createSchemas(ctx, conn); err != nil {
		return fmt.Errorf("create the schemas: %w", err)
	}
	for _, schema := range []string{"record", "model"} {
		if err := apply(ctx, conn, schema); err != nil {
			return fmt.Errorf("migrate schema %s: %w", schema, err)
		}
	}
	return nil
}

func createSchemas(ctx context.Context, conn *pgx.ConnConfig) error {
	c, err := pgx.ConnectConfig(ctx, conn)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	return pgx.BeginFunc(ctx, c, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1)`, int64(schemaLock)); err != nil {
			return err
		}
		var app, exists bool
		err := tx.QueryRow(ctx, `select exists (select from pg_roles where rolname = $1),
			(select count(*) = 2 from pg_namespace where nspname in ('record', 'model'))`, AppRole).Scan(&app, &exists)
		if err != nil {
			return err
		}
		if err := LetAppCreateSchemas(ctx, tx.Conn()); err != nil || exists {
			return err
		}
		owner := ""
		if app {
			owner = " authorization " + AppRole
		}
		for _, create := range []string{"create schema if not exists record", "create schema if not exists model" + owner} {
			if _, err := tx.Exec(ctx, create); err != nil {
				return err
			}
		}
		return nil
	})
}

func apply(ctx context.Context, conn *pgx.ConnConfig, schema string) error {
	dir, err := fs.Sub(files, schema)
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker(
		lock.WithLockTimeout(lockEverySeconds, lockTries), lock.WithUnlockTimeout(lockEverySeconds, lockTries))
	if err != nil {
		return err
	}
	db := stdlib.OpenDB(*conn, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		return becomeOwner(ctx, c, schema)
	}))
	defer db.Close()
	return up(ctx, db, dir, schema, locker)
}

// becomeOwner lets what a migration creates belong to the schema's owner,
// where the connecting role may act as that owner.
func becomeOwner(ctx context.Context, c *pgx.Conn, schema string) error {
	var owner string
	err := c.QueryRow(ctx, `select nspowner::regrole::text from pg_namespace
		where nspname = $1 and nspowner <> current_user::regrole and pg_has_role(nspowner, 'member')`, schema).Scan(&owner)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil {
		_, err = c.Exec(ctx, "set role "+owner)
	}
	return err
}

func up(ctx context.Context, db *sql.DB, dir fs.FS, schema string, locker lock.SessionLocker) error {
	p, err := goose.NewProvider(goose.DialectPostgres, db, dir,
		goose.WithTableName(schema+".migrations"), goose.WithSessionLocker(locker))
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}
