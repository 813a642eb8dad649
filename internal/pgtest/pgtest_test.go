//go:build linux

package pgtest_test

import (
	"context"
	"testing"
	"time"

	"shouwang/internal/pgtest"
)

// Two tests that write the same row: each must find its own database empty.
func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"first", "second", "third"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.Pool(t)
			if _, err := pool.Exec(t.Context(), `create table model.mine (n int primary key); insert into model.mine values (1)`); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestTheAppMayNotChangeTheRecord(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	for _, sql := range []string{
		`update record.events set type = type`, `delete from record.events`, `truncate record.events`, `drop table record.events`,
	} {
		if _, err := pool.Exec(t.Context(), sql); err == nil {
			t.Errorf("the app's role could run: %s", sql)
		}
	}
}

func TestDurableServerSyncs(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]*pgtest.Database{"off": pgtest.New(t), "on": pgtest.Durable(t)} {
		var fsync string
		if err := d.Pool(t, d.App(), nil).QueryRow(t.Context(), `show fsync`).Scan(&fsync); err != nil {
			t.Fatal(err)
		}
		if fsync != want {
			t.Errorf("fsync is %s, want %s", fsync, want)
		}
	}
}

func TestPrivateServerKeepsItsRowsAfterStopAndKill(t *testing.T) {
	t.Parallel()
	server := pgtest.Server(t)
	pool := server.Pool(t, server.App(), nil)
	if _, err := pool.Exec(t.Context(), `create table model.mine (n int)`); err != nil {
		t.Fatal(err)
	}
	for want, end := range []func(){server.Stop, server.Kill} {
		if _, err := pool.Exec(t.Context(), `insert into model.mine values (1)`); err != nil {
			t.Fatal(err)
		}
		end()
		// A backend that was in the middle of something may answer once more.
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		for pool.Ping(ctx) == nil {
		}
		if ctx.Err() != nil {
			t.Error("the server answers although it was ended")
		}
		cancel()
		server.Start()
		pool.Reset()
		var n int
		if err := pool.QueryRow(t.Context(), `select count(*) from model.mine`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n != want+1 {
			t.Errorf("%d rows after a restart, want %d", n, want+1)
		}
	}
}
