package kurrentlog_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/internal/esdbtest"
)

// TestSoak writes and follows through two logs for as long as KURRENT_SOAK says,
// on the server that KURRENT_URL names. What was acknowledged must be there
// once, and what a follower saw must be what is there, in order.
func TestSoak(t *testing.T) {
	t.Parallel()
	lasting, err := time.ParseDuration(os.Getenv("KURRENT_SOAK"))
	if err != nil {
		lasting = 300 * time.Millisecond
	}
	url := os.Getenv("KURRENT_URL")
	if url == "" {
		url = esdbtest.Start(t, esdbtest.Options{}).URL()
	}
	prefix := "soak-" + uuid.NewString() + "-"
	logs := make([]*kurrentlog.Log, 2)
	for i := range logs {
		if logs[i], err = kurrentlog.Open(t.Context(), kurrentlog.WithPrefix(kurrentlog.Config{URL: url, Patience: time.Minute}, prefix)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = logs[i].Close() })
	}
	end := time.Now().Add(lasting)
	var acknowledged sync.Map
	var written atomic.Int64
	var writers sync.WaitGroup
	for w := range 16 {
		writers.Go(func() {
			l := logs[w%2]
			for n := 0; time.Now().Before(end); n++ {
				stream := fmt.Sprintf("household-%d-%d", w, n/20)
				es := one(fmt.Sprint(w, n))
				_, err := l.Append(t.Context(), stream, eventlog.Version(n%20), es)
				for errors.Is(err, eventlog.ErrUnknownOutcome) {
					_, err = l.Append(t.Context(), stream, eventlog.Version(n%20), es)
				}
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				acknowledged.Store(es[0].ID, true)
				written.Add(1)
			}
		})
	}
	var seen []eventlog.ID
	var followed sync.WaitGroup
	done := make(chan struct{})
	waiting, stop := context.WithCancel(t.Context())
	followed.Go(func() {
		var last eventlog.Position
		for {
			for r, err := range logs[0].ReadAll(t.Context(), last, eventlog.WithID) {
				if err != nil {
					t.Errorf("follow: %v", err)
					return
				}
				last, seen = r.Position, append(seen, r.ID)
			}
			select {
			case <-done:
				if int64(len(seen)) >= written.Load() {
					return
				}
			default:
				if logs[0].Wait(waiting, last) != nil {
					continue // the writers are done
				}
			}
		}
	})
	writers.Wait()
	close(done)
	stop()
	followed.Wait()
	ids := stored(t, logs[1])
	if int64(len(ids)) != written.Load() || len(seen) != len(ids) {
		t.Fatalf("%d acknowledged, %d stored, %d followed", written.Load(), len(ids), len(seen))
	}
	for id, n := range ids {
		if _, ok := acknowledged.Load(id); !ok || n != 1 {
			t.Fatalf("%s is stored %d times, acknowledged: %v", id, n, ok)
		}
	}
	t.Logf("%d events in %v", written.Load(), lasting)
}
