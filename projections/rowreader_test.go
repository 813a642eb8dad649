package projections_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// Many ask at once, for different households, the same one and none; each gets
// the row he asked for.
func TestManyAskForRowsAtOnce(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	pool := database.Pool(t, database.App(), nil)
	log := newLog(t)
	book := newCasebook(t, log)
	const households = 20
	for i := range households {
		stream := fmt.Sprintf("household-h%d", i)
		book.add(stream, "2021-01-01", registered("629900101201", "柳一", 1+i%3))
	}
	f, stop := modeltest.Follow(t, pool, log, projections.Register(opened))
	defer stop()
	end, err := log.End(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	await(t, f, "register", end)
	ledger := projections.NewLedger(pool, opened)
	var all sync.WaitGroup
	for i := range 400 {
		all.Go(func() {
			id := fmt.Sprintf("h%d", i%(households+1))
			row, err := ledger.Get(t.Context(), id)
			switch {
			case i%(households+1) == households:
				if !errors.Is(err, projections.ErrNotFound) {
					t.Errorf("nobody's row: %+v %v", row, err)
				}
			case err != nil || row.ID != id || row.Persons != 1+i%(households+1)%3:
				t.Errorf("%s: got %s with %d persons, %v", id, row.ID, row.Persons, err)
			}
		})
	}
	all.Wait()
}

// A caller who gives up gets his own context's error, and a query that fails
// fails for everybody who asked, not for those who ask later.
func TestARowThatCannotBeReadNow(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	pool := database.Pool(t, database.App(), nil)
	ledger := projections.NewLedger(pool, opened)
	if _, err := ledger.Get(t.Context(), "a"); err == nil || errors.Is(err, projections.ErrNotFound) {
		t.Errorf("there is no register yet: %v", err)
	}
	log := newLog(t)
	book := newCasebook(t, log)
	at, _ := book.add("household-a", "2021-01-01", registered("629900101201", "柳一", 2))
	f, stop := modeltest.Follow(t, pool, log, projections.Register(opened))
	defer stop()
	await(t, f, "register", at)
	if row, err := ledger.Get(t.Context(), "a"); err != nil || row.Persons != 2 {
		t.Errorf("%+v %v", row, err)
	}

	// While the table is locked no row can be read; whoever has no patience
	// leaves, the others get their rows in the end.
	lock, err := pgx.ConnectConfig(t.Context(), database.App())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Close(context.Background()) }()
	if _, err := lock.Exec(t.Context(), "begin; lock table model_register.households in access exclusive mode"); err != nil {
		t.Fatal(err)
	}
	patient := make(chan error, 8)
	for range cap(patient) {
		go func() {
			_, err := ledger.Get(t.Context(), "a")
			patient <- err
		}()
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := ledger.Get(gone, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("who left was told %v", err)
	}
	if _, err := lock.Exec(t.Context(), "rollback"); err != nil {
		t.Fatal(err)
	}
	for range cap(patient) {
		if err := <-patient; err != nil {
			t.Errorf("who waited was told %v", err)
		}
	}
}
