package kurrentlog

import (
	"context"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"shouwang/internal/esdbtest"
)

// A: the client that looks for its server hangs whoever subscribes with it, whatever
// his context says; the log must close all the same.
func TestASubscriptionThatHangsKeepsNobody(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l, err := Open(t.Context(), Config{URL: server.URL(), Patience: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	c, err := l.door.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server.Stop()
	// From the first call that fails on, this client looks for its server. It has not
	// been given back, so nobody knows.
	_, err = c.AppendToStream(t.Context(), "household-1", esdb.AppendToStreamOptions{},
		esdb.EventData{EventID: uuid.New(), EventType: "t.v1", ContentType: esdb.ContentTypeBinary})
	if err == nil {
		t.Fatal("an append succeeded without a server")
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); l.subscribe(ctx) }()
	select {
	case <-ended:
		t.Fatal("it subscribed without a server")
	case <-time.After(300 * time.Millisecond):
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("a subscription that nobody wants any more goes on")
	}
	if err := l.Close(); err != nil { // the first call holds its client to the end
		t.Error(err)
	}
}
