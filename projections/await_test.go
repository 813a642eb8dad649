package projections_test

import (
	"context"
	"errors"
	"testing"

	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

func TestReadYourWrites(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	w := newWriter(t, newLog(t))
	f, stop := modeltest.Follow(t, pool, w.log, pots(1, false))
	defer stop()
	elsewhere := prepared(t, pool, w.log, pots(1, false)) // a process that does not follow
	for i := range 30 {
		receipt := f.Receipt(w.fill(1, 1))
		waiting := []*projections.Followers{f, elsewhere}[i%2]
		if err := waiting.Await(t.Context(), "pots", receipt); err != nil {
			t.Fatal(err)
		}
		var coins int
		if err := pool.QueryRow(t.Context(), `select coins from model_pots.pots`).Scan(&coins); err != nil {
			t.Fatal(err)
		}
		if coins != i+1 {
			t.Fatalf("after waiting %d coins are shown, %d were recorded", coins, i+1)
		}
	}
}

func TestAwaitIsBounded(t *testing.T) {
	t.Parallel()
	w := newWriter(t, newLog(t))
	f := prepared(t, pgtest.Pool(t), w.log, pots(1, false)) // nobody follows
	receipt := f.Receipt(w.fill(1, 1))
	if err := f.Await(t.Context(), "pots", receipt); !errors.Is(err, projections.ErrNotYet) {
		t.Errorf("waiting in vain: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.Await(ctx, "pots", receipt); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting after the end: %v", err)
	}
}

// A receipt tells nothing, cannot be made up, and serves for nothing but waiting.
func TestReceiptsAreSealed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	w := newWriter(t, newLog(t))
	f := prepared(t, pool, w.log, pots(1, false))
	at := w.fill(1, 1)
	receipt := f.Receipt(at)
	if again := f.Receipt(at); again == receipt {
		t.Error("two receipts of one position can be told to be the same")
	}
	changed := []byte(receipt)
	changed[20] ^= 1
	long := make([]byte, 1<<20)
	other := prepared(t, pool, newLog(t), pots(1, false))
	for name, bad := range map[string]projections.Receipt{
		"empty": "", "changed": projections.Receipt(changed), "not base64": "红色", "short": receipt[:30],
		"long": projections.Receipt(long), "of another store": other.Receipt(at),
	} {
		if err := f.Await(t.Context(), "pots", bad); !errors.Is(err, projections.ErrReceipt) {
			t.Errorf("a receipt that is %s: %v", name, err)
		}
	}
	if err := f.Await(t.Context(), "jars", receipt); !errors.Is(err, projections.ErrUnknownFollower) {
		t.Errorf("an unknown model: %v", err)
	}
}
