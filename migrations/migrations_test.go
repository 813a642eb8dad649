package migrations_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"shouwang/internal/pgtest"
	"shouwang/migrations"
)

// Several processes start at once on an empty database; then once more.
func TestUpFromSeveralProcesses(t *testing.T) {
	t.Parallel()
	config := blank(t, pgtest.New(t))
	for range 2 {
		var processes errgroup.Group
		for range 4 {
			processes.Go(func() error { return migrations.Up(t.Context(), config) })
		}
		if err := processes.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	conn := connect(t, config)
	for _, schema := range []string{"record", "model"} {
		var applied, twice int
		err := conn.QueryRow(t.Context(), `select count(*), count(*) - count(distinct version_id) from `+schema+`.migrations where version_id > 0`).Scan(&applied, &twice)
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(schema, "*.sql"))
		if err != nil || applied != len(files) || twice != 0 {
			t.Errorf("%s: %d migrations applied (%d twice) of %d files (%v)", schema, applied, twice, len(files), err)
		}
	}
}

// The record belongs to the owner, the model to the application's role.
func TestTheAppOwnsTheModelAndNothingOfTheRecord(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.New(t).Superuser())
	owned, err := conn.Query(t.Context(), `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relowner = $1::regrole and n.nspname = 'record' or c.relowner <> $1::regrole and n.nspname = 'model'
		or n.nspname = 'public'`, migrations.AppRole)
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := pgx.CollectRows(owned, pgx.RowTo[string])
	if err != nil || len(wrong) > 0 {
		t.Errorf("owned by the wrong role, or in the wrong schema: %v (%v)", wrong, err)
	}
}

// There is no way back: what is recorded under a schema stays readable.
func TestForwardOnly(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".sql" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !strings.Contains(string(text), "-- +goose Up") || strings.Contains(string(text), "+goose Down") {
			t.Errorf("%s must go up and only up", path)
		}
		if strings.HasPrefix(path, "record") && strings.Contains(strings.ToLower(string(text)), "drop table") {
			t.Errorf("%s drops a table of the record", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// blank makes an empty database beside the test's own.
func blank(t *testing.T, db *pgtest.Database) *pgx.ConnConfig {
	t.Helper()
	conn := connect(t, db.Superuser())
	name := db.Superuser().Database + "_blank"
	if _, err := conn.Exec(t.Context(), "create database "+name+" owner "+db.Owner().User); err != nil {
		t.Fatal(err)
	}
	config := db.Owner()
	config.Database = name
	return config
}

func connect(t *testing.T, config *pgx.ConnConfig) *pgx.Conn {
	t.Helper()
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}
