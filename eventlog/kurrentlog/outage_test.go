package kurrentlog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/eventlog"
	"shouwang/internal/esdbtest"
)

// cluster starts a leader and two followers. The followers' store is their own
// and stays empty, as far behind as one can be.
func cluster(t *testing.T) (url string, leader *esdbtest.Server, followers []*esdbtest.Server) {
	t.Helper()
	leader = esdbtest.Start(t, esdbtest.Options{})
	hosts := []string{leader.Address()}
	for range 2 {
		f := esdbtest.Start(t, esdbtest.Options{Follower: true})
		followers, hosts = append(followers, f), append(hosts, f.Address())
	}
	esdbtest.Cluster(append(followers, leader)...)
	return "esdb://" + strings.Join(hosts, ",") + "?tls=false&nodePreference=follower", leader, followers
}

// E: the header that requires the leader is never sent, so a follower would
// answer with what is no longer so. Only the leader is talked to.
func TestOnlyTheLeaderIsTalkedTo(t *testing.T) {
	t.Parallel()
	url, _, followers := cluster(t)
	for range 5 {
		l := openAt(t, url, long)
		version := eventlog.NoStream
		for r, err := range l.ReadStream(t.Context(), "household-1", 0) {
			if err != nil {
				t.Fatal(err)
			}
			version = r.Version
		}
		if _, err := l.Append(t.Context(), "household-1", version, one("a")); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range followers {
		if n := f.Calls("Streams/Read") + f.Calls("Streams/Append"); n != 0 {
			t.Errorf("a follower was asked %d times", n)
		}
	}
}

// F: a reading whose connection is gone finds the new leader by itself.
func TestReadingsFindTheNewLeader(t *testing.T) {
	t.Parallel()
	store := esdbtest.NewStore()
	leader := esdbtest.StartOn(t, store, esdbtest.Options{})
	other := esdbtest.StartOn(t, store, esdbtest.Options{Follower: true})
	esdbtest.Cluster(leader, other)
	l := openAt(t, "esdb://"+leader.Address()+","+other.Address()+"?tls=false", long)
	for round := range eventlog.Version(40) {
		if _, err := l.Append(t.Context(), "household-1", round, one("a")); err != nil {
			t.Fatal(err)
		}
		leader.Stop()
		leader.Lead(false)
		other.Lead(true)
		eventually(t, "its connections are gone", func() bool { return leader.Connections() == 0 })
		n := eventlog.NoStream
		for _, err := range l.ReadAll(t.Context(), eventlog.Position{}, 0) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != round+1 {
			t.Errorf("%d records, want %d", n, round+1)
		}
		if err := leader.Restart(); err != nil {
			t.Fatal(err)
		}
		leader, other = other, leader
	}
}

// G: no connection is left behind by a call that failed.
func TestNoConnectionIsLeftBehind(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	for i := range 20 {
		server.NextAppends(esdbtest.LoseRequest)
		if _, err := l.Append(t.Context(), "household-1", eventlog.Version(i), one("a")); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "one connection is left", func() bool { return server.Connections() <= 1 })
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "no connection is left", func() bool { return server.Connections() == 0 })
}

// H: writers and followers go through restarts of the server; what is
// acknowledged is there once, and a follower sees everything in order.
func TestRestartsUnderLoad(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	const writers, each = 6, 25
	var written atomic.Int64
	var mu sync.Mutex
	acknowledged := map[eventlog.ID]bool{}
	var calls sync.WaitGroup
	for w := range writers {
		calls.Go(func() {
			for v := range eventlog.Version(each) {
				es := one("a")
				_, err := l.Append(t.Context(), fmt.Sprintf("household-%d", w), v, es)
				for errors.Is(err, eventlog.ErrUnknownOutcome) {
					_, err = l.Append(t.Context(), fmt.Sprintf("household-%d", w), v, es)
				}
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				written.Add(1)
				mu.Lock()
				acknowledged[es[0].ID] = true
				mu.Unlock()
			}
		})
	}
	seen := make(chan []eventlog.ID, 1)
	go func() { seen <- followUntil(t, l, writers*each) }()
	for round := range 5 {
		eventually(t, "a part is written", func() bool { return written.Load() >= int64(writers*each*round/6) || t.Failed() })
		server.Stop()
		if err := server.Restart(); err != nil {
			t.Fatal(err)
		}
	}
	within(t, &calls)
	ids := stored(t, l)
	if len(ids) != writers*each || len(acknowledged) != writers*each {
		t.Fatalf("%d records, %d acknowledged, want %d", len(ids), len(acknowledged), writers*each)
	}
	for id, n := range ids {
		if n != 1 || !acknowledged[id] {
			t.Errorf("%s: stored %d times, acknowledged %v", id, n, acknowledged[id])
		}
	}
	if got := <-seen; len(got) != writers*each {
		t.Errorf("the follower saw %d records", len(got))
	}
}

// followUntil reads on from its own checkpoint as a follower does, over every
// error, until it has seen n records.
func followUntil(t *testing.T, l eventlog.Log, n int) []eventlog.ID {
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	var last eventlog.Position
	var seen []eventlog.ID
	for len(seen) < n && ctx.Err() == nil {
		for r, err := range l.ReadAll(ctx, last, eventlog.WithID) {
			if err != nil {
				break
			}
			if r.Position.Compare(last) <= 0 || slices.Contains(seen, r.ID) {
				t.Errorf("%v comes after %v", r.Position, last)
			}
			last, seen = r.Position, append(seen, r.ID)
		}
		if len(seen) < n {
			_ = l.Wait(ctx, last)
		}
	}
	return seen
}

// A dropped subscription is opened anew after the last position seen.
func TestADroppedSubscriptionResumes(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l, other := openAt(t, server.URL(), long), openAt(t, server.URL(), long)
	var last eventlog.Position
	for round := range 4 {
		woken := make(chan error, 1)
		go func() { woken <- l.Wait(t.Context(), last) }()
		eventually(t, "it subscribes", func() bool { return len(server.SubscribedAfter()) > round })
		at, err := other.Append(t.Context(), "household-1", eventlog.Version(round), one("a"))
		if err != nil {
			t.Fatal(err)
		}
		if err := <-woken; err != nil {
			t.Fatal(err)
		}
		last = at.Position
		server.Store().Noise(40)
		server.DropSubscriptions()
		eventually(t, "it subscribes again", func() bool { return len(server.SubscribedAfter()) > round+1 })
	}
	after := server.SubscribedAfter()
	if !slices.IsSorted(after) || after[len(after)-1] != int64(last.Commit) {
		t.Errorf("subscribed after %v; the last record stands at %v", after, last)
	}
}

// A client that meets content it does not know panics; that must be an error of
// one reading.
func TestUnknownContentIsAnError(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	if _, err := l.Append(t.Context(), "household-1", 0, one("a")); err != nil {
		t.Fatal(err)
	}
	server.SendUnknown(true)
	for _, err := range l.ReadStream(t.Context(), "household-1", 0) {
		if err == nil || !strings.Contains(err.Error(), "panicked") {
			t.Errorf("read: %v", err)
		}
	}
	server.SendUnknown(false)
	if n := len(stored(t, l)); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
}

// A server that takes a request and never answers holds nobody up for longer
// than he waits.
func TestAServerThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	server.NextAppends(esdbtest.Hang)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	es := one("a")
	if _, err := l.Append(ctx, "household-1", 0, es); !errors.Is(err, eventlog.ErrUnknownOutcome) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("append: %v", err)
	}
	if at, err := l.Append(t.Context(), "household-1", 0, es); err != nil || at.Version != 1 {
		t.Errorf("again: %+v, %v", at, err)
	}
}
