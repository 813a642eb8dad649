package pglog_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"shouwang/eventlog"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
)

func TestTheDatabaseRefusesToChangeTheRecord(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	l := openLog(t, pglog.Config{Conn: db.App()})
	appendOne(t, l, 0, event("first"))
	for role, config := range map[string]*pgx.ConnConfig{"app": db.App(), "owner": db.Owner(), "superuser": db.Superuser()} {
		conn := connect(t, config)
		if role == "superuser" {
			if _, err := conn.Exec(t.Context(), "set session_replication_role = replica"); err != nil {
				t.Fatal(err)
			}
		}
		for _, change := range []string{
			"update record.events set data = ''", "delete from record.events", "truncate record.events",
			"update record.events set data = '' where false", "delete from record.store", "truncate record.store cascade",
			"update record.store set id = gen_random_uuid()",
		} {
			_, err := conn.Exec(t.Context(), change)
			var refused *pgconn.PgError
			if !errors.As(err, &refused) {
				t.Errorf("%s: %s: %v", role, change, err)
			} else if role != "app" && !strings.Contains(refused.Message, "append-only") {
				t.Errorf("%s: %s: refused with %q", role, change, refused.Message)
			}
		}
	}
	app := connect(t, db.App())
	for _, change := range []string{
		"drop table record.events", "alter table record.events disable trigger all", "drop function record.refuse_change() cascade",
		"alter table record.events drop constraint each_position_is_given_once", "create table record.more ()",
	} {
		if _, err := app.Exec(t.Context(), change); err == nil {
			t.Errorf("the app may %s", change)
		}
	}
	var begun bool
	if err := app.QueryRow(t.Context(), "select record.begin_import()").Scan(&begun); err != nil || begun {
		t.Errorf("begin_import on a log that holds something: %v, %v", begun, err)
	}
}

// After an import into an empty log the fence stands as before: the primary key
// is checked first.
func TestTheFenceStandsAfterAnImport(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	l := openLog(t, pglog.Config{Conn: db.App()})
	written, err := l.Import(t.Context(), func(yield func(eventlog.Imported, error) bool) {
		yield(eventlog.Imported{Event: event("imported"), Stream: "household-a", RecordedAt: time.UnixMicro(1).UTC()}, nil)
	})
	if err != nil || written != 1 {
		t.Fatalf("imported %d: %v", written, err)
	}
	conn := connect(t, db.App())
	_, err = conn.Exec(t.Context(), `insert into record.events select * from record.events`)
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || refused.ConstraintName != "each_position_is_given_once" {
		t.Errorf("the same row again: %v", err)
	}
	_, err = conn.Exec(t.Context(), `insert into record.events (pos, version, recorded_at, id, stream, type, data, meta)
		select 2, version, recorded_at, id, stream, type, data, meta from record.events`)
	if !errors.As(err, &refused) || refused.ConstraintName != "each_version_is_given_once_in_its_stream" {
		t.Errorf("the same version at another position: %v", err)
	}
}

// A transaction that has written elsewhere and stays open, with its snapshot,
// neither hides nor holds back what is appended.
func TestForeignLongTransaction(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	l := openLog(t, pglog.Config{Conn: db.App()})
	appendOne(t, l, 0, event("before"))

	foreign := connect(t, db.Superuser())
	for _, sql := range []string{
		"create table public.elsewhere (n int)", "begin isolation level repeatable read",
		"insert into public.elsewhere values (1)", "select count(*) from record.events",
	} {
		if _, err := foreign.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	const appends = 300
	seen := make(chan error)
	go func() {
		var last eventlog.Position
		for n := 0; n < 1+appends; {
			if err := l.Wait(ctx, last); err != nil {
				seen <- err
				return
			}
			for r, err := range l.ReadAll(ctx, last, 0) {
				if err != nil || r.Commit != last.Commit+1 {
					seen <- fmt.Errorf("position %d after %d: %w", r.Commit, last.Commit, err)
					return
				}
				last, n = r.Position, n+1
			}
		}
		seen <- nil
	}()
	other := openLog(t, pglog.Config{Conn: db.App()})
	for i := range appends {
		log := []*pglog.Log{l, other}[i%2]
		if _, err := log.Append(ctx, fmt.Sprintf("household-%d", i), 0, []eventlog.Event{event("beside")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-seen; err != nil {
		t.Fatal(err)
	}
	if foreign.PgConn().TxStatus() != 'T' {
		t.Fatal("the foreign transaction ended before everything was seen")
	}
}

// Somebody with the power to do so takes a row out: followers stop, loudly.
func TestAGapStopsFollowers(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	l := openLog(t, pglog.Config{Conn: db.App()})
	for v := range eventlog.Version(5) {
		appendOne(t, l, v, event("kept"))
	}
	su := connect(t, db.Superuser())
	for _, sql := range []string{"alter table record.events disable trigger user", "delete from record.events where pos = 3"} {
		if _, err := su.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	var ended error
	for _, err := range l.ReadAll(t.Context(), eventlog.Position{}, eventlog.Everything) {
		if ended = err; err == nil {
			n++
		}
	}
	if n != 2 || !errors.Is(ended, pglog.ErrDamaged) {
		t.Errorf("read %d records and then %v", n, ended)
	}
}

func TestOpenWithoutASchema(t *testing.T) {
	t.Parallel()
	config := pgtest.New(t).Superuser()
	config.Database = "postgres"
	if _, err := pglog.Open(t.Context(), pglog.Config{Conn: config}); err == nil || !strings.Contains(err.Error(), "migrations") {
		t.Errorf("open: %v", err)
	}
}

// A commit waits for the disk, whatever the database's default.
func TestCommitsAreDurableWhateverTheDefault(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	config := db.App()
	config.RuntimeParams["synchronous_commit"] = "off"
	if got := pglog.SettingAfterConnect(t, config, "synchronous_commit"); got != "on" {
		t.Errorf("synchronous_commit = %s", got)
	}
}
