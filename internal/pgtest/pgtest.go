//go:build linux

// Package pgtest gives a test a Postgres database of its own, in a private
// throw-away server that is started once per test process and vanishes with it.
//
//	func TestAppend(t *testing.T) {
//		t.Parallel()
//		pool := pgtest.Pool(t) // fresh, migrated, connected as the app's role
//		…
//	}
//
// No TestMain is needed. A database is a copy of a migrated template (about
// 30 ms) and is not dropped: the whole server is thrown away at the end.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"shouwang/internal/localpg"
	"shouwang/migrations"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Database is one test's own database.
type Database struct {
	name    string
	cluster *localpg.Cluster
}

// App connects as the role the program works as: it may add to and read the
// record, and owns the schema model.
func (d *Database) App() *pgx.ConnConfig { return d.cluster.Config(localpg.AppRole, d.name) }

// Owner connects as the role that owns the record and runs migrations.
func (d *Database) Owner() *pgx.ConnConfig { return d.cluster.Config(localpg.OwnerRole, d.name) }

// Superuser connects as the server's superuser, for what a test must do to the
// server itself.
func (d *Database) Superuser() *pgx.ConnConfig { return d.cluster.Config("postgres", d.name) }

// Pool returns a pool on config that is closed when the test ends. change, if
// not nil, may adjust it first.
func (d *Database) Pool(t testing.TB, config *pgx.ConnConfig, change func(*pgxpool.Config)) *pgxpool.Pool {
	t.Helper()
	pc, err := pgxpool.ParseConfig("host=/ sslmode=disable")
	if err != nil {
		t.Fatalf("pool settings: %v", err)
	}
	pc.ConnConfig = config
	if change != nil {
		change(pc)
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), pc)
	if err != nil {
		t.Fatalf("open a pool on %s: %v", d.name, err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// New returns a fresh, migrated database.
func New(t testing.TB) *Database {
	t.Helper()
	return fresh(t, &process.fast)
}

// Pool returns a pool on a fresh, migrated database, connected as the app's role.
func Pool(t testing.TB) *pgxpool.Pool {
	t.Helper()
	d := New(t)
	return d.Pool(t, d.App(), nil)
}

// Config returns the settings to connect to a fresh, migrated database as the
// app's role.
func Config(t testing.TB) *pgx.ConnConfig {
	t.Helper()
	return New(t).App()
}

// Durable returns a fresh, migrated database in a server with the settings of
// production: fsync is on.
func Durable(t testing.TB) *Database {
	t.Helper()
	return fresh(t, &process.durable)
}

func fresh(t testing.TB, s *shared) *Database {
	t.Helper()
	cluster, err := s.start()
	if err != nil {
		t.Fatalf("a private Postgres for the tests: %v", err)
	}
	d := &Database{name: fmt.Sprintf("test_%d", s.count.Add(1)), cluster: cluster}
	if err := copyTemplate(context.Background(), cluster, d.name); err != nil {
		t.Fatal(err)
	}
	return d
}

// process holds the servers of this test process. It is the one global of this
// package: Go gives tests of one process no other place to share.
var process = struct{ fast, durable shared }{
	fast:    shared{purpose: localpg.Throwaway, name: "fast"},
	durable: shared{purpose: localpg.Production, name: "durable"},
}

// shared is a server that is started when the first test asks for it and runs
// until this process ends.
type shared struct {
	purpose localpg.Purpose
	name    string
	once    sync.Once
	cluster *localpg.Cluster
	err     error
	count   atomic.Int64
}

func (s *shared) start() (*localpg.Cluster, error) {
	s.once.Do(func() {
		folder, err := processFolder(s.name)
		if err != nil {
			s.err = err
			return
		}
		s.cluster, _, s.err = startMigrated(context.Background(), folder, s.purpose)
	})
	return s.cluster, s.err
}

// template is the migrated database that tests copy. Nobody stays connected to
// it, or it could not be copied.
const template = "template_shouwang"

// startMigrated starts a server in a new data folder and makes the template.
func startMigrated(ctx context.Context, data string, purpose localpg.Purpose) (*localpg.Cluster, *localpg.Postmaster, error) {
	cluster, err := localpg.Prepare(ctx, data, purpose)
	if err != nil {
		return nil, nil, err
	}
	server, err := cluster.Start(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, cluster.Close())
	}
	if err := makeTemplate(ctx, cluster); err != nil {
		return nil, nil, errors.Join(err, server.Stop(), cluster.Close())
	}
	return cluster, server, nil
}

func makeTemplate(ctx context.Context, cluster *localpg.Cluster) error {
	conn, err := pgx.ConnectConfig(ctx, cluster.Config("postgres", "postgres"))
	if err != nil {
		return fmt.Errorf("connect to make the template: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if err := localpg.CreateRoles(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "create database "+template+" owner "+localpg.OwnerRole); err != nil {
		return fmt.Errorf("create the template: %w", err)
	}
	if err := migrations.Up(ctx, cluster.Config(localpg.OwnerRole, template)); err != nil {
		return fmt.Errorf("migrate the template: %w", err)
	}
	return nil
}

func copyTemplate(ctx context.Context, cluster *localpg.Cluster, name string) error {
	conn, err := pgx.ConnectConfig(ctx, cluster.Config("postgres", "postgres"))
	if err != nil {
		return fmt.Errorf("connect to copy the template: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "create database "+name+" template "+template+" owner "+localpg.OwnerRole); err != nil {
		return fmt.Errorf("copy the template to %s: %w", name, err)
	}
	copied, err := pgx.ConnectConfig(ctx, cluster.Config(localpg.OwnerRole, name))
	if err != nil {
		return fmt.Errorf("connect to %s: %w", name, err)
	}
	defer func() { _ = copied.Close(ctx) }()
	return migrations.LetAppCreateSchemas(ctx, copied)
}
