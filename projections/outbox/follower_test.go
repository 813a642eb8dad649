package outbox_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
	"shouwang/projections/outbox"
)

type writer struct {
	t   *testing.T
	log eventlog.Log
	at  map[string]eventlog.Version
}

func newWriter(t *testing.T, log eventlog.Log) *writer {
	return &writer{t: t, log: log, at: map[string]eventlog.Version{}}
}

func (w *writer) write(stream, kind, data string) eventlog.Position {
	w.t.Helper()
	done, err := w.log.Append(w.t.Context(), stream, w.at[stream], []eventlog.Event{{ID: eventlog.DeriveID(stream, "test", int(w.at[stream])),
		Type: kind, Data: []byte(data), Meta: []byte(`{"happened":"2023-04-10"}`)}})
	if err != nil {
		w.t.Fatal(err)
	}
	w.at[stream] = done.Version
	return done.Position
}

func (w *writer) open(n int) eventlog.Position {
	w.t.Helper()
	return w.write(fmt.Sprint("household-", n), "household.registered.v1", `{"region":"629900101201","kind":"former_poor"}`)
}

func newLog(t *testing.T) *memlog.Log {
	log := memlog.New(time.Now)
	t.Cleanup(func() { _ = log.Close() })
	return log
}

func await(t *testing.T, f *projections.Followers, at eventlog.Position) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		err := f.Await(t.Context(), outbox.Name, f.Receipt(at))
		if err == nil {
			return
		}
		if !errors.Is(err, projections.ErrNotYet) || time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// sent are the sequences of one household's messages, in order.
func sent(t *testing.T, pool *pgxpool.Pool, subject string) (all []string) {
	t.Helper()
	rows, err := outbox.NewBox(pool).After(t.Context(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		var e outbox.Envelope
		if err := json.Unmarshal(row.Body, &e); err != nil {
			t.Fatal(err)
		}
		if row.Subject == subject {
			all = append(all, e.Sequence[8:]+" "+row.Type+" "+row.Region)
		}
	}
	return all
}

func TestMessagesStandInTheRecordsOrder(t *testing.T) {
	t.Parallel()
	pool, log := pgtest.Pool(t), newLog(t)
	w := newWriter(t, log)
	w.open(1)
	f, stop := modeltest.Follow(t, pool, log, outbox.NewFollower("test", true))
	defer func() { stop() }()
	w.write("household-1", "member.added.v1", `{"name":"柳长福"}`)
	w.write("notice-1", "sheet.posted.v1", `{}`)
	await(t, f, w.write("household-1", "clue.recorded.v1", `{"clue":"c-1","channel":"villager"}`))
	stop()
	// Another process goes on, and has forgotten where the household is.
	f, stop = modeltest.Follow(t, pool, log, outbox.NewFollower("test", true))
	await(t, f, w.write("household-1", "case.returned.v1", `{"procedure":"inclusion","by":"county","to":"appraisal","reason":"漏算务工收入"}`))
	want := []string{"01 household.registered.v1 629900101201", "03 clue.recorded.v1 629900101201", "04 case.returned.v1 629900101201"}
	if got := sent(t, pool, "household-1"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if err := f.Rebuild(t.Context(), outbox.Name, nil); !errors.Is(err, projections.ErrNotAModel) {
		t.Errorf("what was sent was made anew: %v", err)
	}
}

// A message and the place of the follower are one transaction: where that fails,
// nothing is told, and afterwards everything once.
func TestMessagesAndTheirPlaceAreOneTransaction(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	pool, owner := database.Pool(t, database.App(), nil), database.Pool(t, database.Owner(), nil)
	log := newLog(t)
	w := newWriter(t, log)
	f, stop := modeltest.Follow(t, pool, log, outbox.NewFollower("test", true))
	defer stop()
	await(t, f, w.open(1))
	// From now on every commit of a place fails, after all its statements; what was
	// tried is counted beside the transactions.
	must := func(sql string) {
		t.Helper()
		if _, err := owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	must(`create sequence model.tries; grant usage on sequence model.tries to public;
		create function model.fail() returns trigger language plpgsql as $$ begin perform nextval('model.tries'); raise exception 'not now' using errcode = '40001'; end $$;
		create constraint trigger not_now after insert or update on model.checkpoints deferrable initially deferred for each row execute function model.fail()`)
	at := w.open(2)
	for deadline := time.Now().Add(time.Minute); ; {
		var tries int
		if err := owner.QueryRow(t.Context(), "select last_value from model.tries where is_called").Scan(&tries); err == nil && tries > 0 {
			break
		} else if err != nil && !errors.Is(err, pgx.ErrNoRows) || time.Now().After(deadline) {
			t.Fatal(tries, err)
		}
	}
	if told := sent(t, pool, "household-2"); len(told) != 0 {
		t.Errorf("%q is told, and its place was not noted", told)
	}
	must("drop trigger not_now on model.checkpoints")
	await(t, f, at)
	if told := sent(t, pool, "household-2"); len(told) != 1 {
		t.Errorf("%q is told in the end", told)
	}
}

// What stood in the record before the outbox did is nobody's news.
func TestItBeginsWhereTheRecordEnds(t *testing.T) {
	t.Parallel()
	pool, log := pgtest.Pool(t), newLog(t)
	w := newWriter(t, log)
	w.open(1)
	f, stop := modeltest.Follow(t, pool, log, outbox.NewFollower("test", false))
	defer stop()
	ready(t, pool)
	await(t, f, w.open(2))
	if one, two := sent(t, pool, "household-1"), sent(t, pool, "household-2"); len(one) != 0 || len(two) != 1 {
		t.Errorf("%q and %q", one, two)
	}
}

// A copy of the record has other positions: the outbox goes on right after the
// last event it took in, and sends nothing twice and leaves nothing out.
func TestItGoesOnInACopyOfTheRecord(t *testing.T) {
	t.Parallel()
	pool, first, second := pgtest.Pool(t), newLog(t), newLog(t)
	w, copied := newWriter(t, first), newWriter(t, second)
	copied.write("log", "log.opened.v1", `{}`) // positions are others
	w.open(1)
	copied.open(1)
	f, stop := modeltest.Follow(t, pool, first, outbox.NewFollower("test", true))
	await(t, f, w.open(2))
	stop()
	copied.open(2)
	copied.open(3)
	f, stop = modeltest.Follow(t, pool, second, outbox.NewFollower("test", true))
	defer stop()
	await(t, f, copied.open(4))
	var all []string
	for n := range 5 {
		all = append(all, sent(t, pool, fmt.Sprint("household-", n))...)
	}
	rows, err := outbox.NewBox(pool).After(t.Context(), 0, 100)
	if err != nil || len(all) != 4 || len(rows) != 4 || rows[3].Seq != 4 {
		t.Errorf("%v %v %v", all, rows, err)
	}
}

func ready(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		var some bool
		err := pool.QueryRow(t.Context(), "select true from model.checkpoints where follower = 'outbox'").Scan(&some)
		if err == nil {
			return
		}
		if !errors.Is(err, pgx.ErrNoRows) || time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}
