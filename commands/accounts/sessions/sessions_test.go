package sessions

import (
	"testing"
	"time"

	"shouwang/internal/pgtest"
)

func TestASessionStandsUntilItExpires(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var left int
	now := time.Date(2023, 7, 3, 1, 0, 0, 0, time.UTC)
	table := New(pgtest.Pool(t))
	table.now = func() time.Time { return now }
	for token, data := range map[string]string{"a": "first", "b": "other"} {
		if err := table.CommitCtx(ctx, token, []byte(data), now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Commit("a", []byte("second"), now.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	finds := func(token, want string) {
		t.Helper()
		data, found, err := table.Find(token)
		if err != nil || found != (want != "") || string(data) != want {
			t.Errorf("%s: %q %v %v", token, data, found, err)
		}
	}
	finds("a", "second")
	finds("b", "other")
	finds("c", "")
	now = now.Add(90 * time.Minute)
	finds("b", "")
	finds("a", "second")
	if err := table.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	now = now.Add(-90 * time.Minute)
	finds("b", "")
	if err := table.Delete("a"); err != nil {
		t.Fatal(err)
	}
	finds("a", "")
	// A request that was under way when the session was ended keeps nothing.
	if err := table.Commit("a", []byte("third"), now.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	finds("a", "")
	now = now.Add(3 * time.Hour)
	if err := table.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if err := table.pool.QueryRow(ctx, "select count(*) from model.sessions").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d are left, %v", left, err)
	}
}
