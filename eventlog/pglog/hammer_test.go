package pglog_test

import (
	"context"
	"testing"
	"time"

	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
)

// Every connection of the log is ended from outside, again and again.
func TestBackendsKilledDuringAppends(t *testing.T) {
	t.Parallel()
	for name, processes := range map[string]int{"one writer": 1, "two writers": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t)
			logs := make([]*pglog.Log, processes)
			for i := range logs {
				logs[i] = openLog(t, pglog.Config{Conn: db.App()})
			}
			killer := connect(t, db.Superuser())
			h := newHistory()
			h.hammer(t, logs, func(ctx context.Context) {
				for range 25 {
					h.goesOn(ctx, t, 20)
					if _, err := killer.Exec(ctx, `select pg_terminate_backend(pid) from pg_stat_activity
						where datname = current_database() and pid <> pg_backend_pid()`); err != nil {
						t.Error(err)
					}
				}
			})
		})
	}
}

// The whole server is killed, with fsync on, and comes back.
func TestServerKilledDuringAppends(t *testing.T) {
	t.Parallel()
	server := pgtest.Server(t)
	logs := []*pglog.Log{
		openLog(t, pglog.Config{Conn: server.App()}),
		openLog(t, pglog.Config{Conn: server.App(), Patience: 20 * time.Millisecond}),
	}
	h := newHistory()
	h.hammer(t, logs, func(ctx context.Context) {
		for i := range 4 {
			h.goesOn(ctx, t, 50)
			if i%2 == 0 {
				server.Kill()
			} else {
				server.Stop()
			}
			server.Start()
		}
	})
}
