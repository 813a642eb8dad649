package kurrentlog

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"shouwang/eventlog"
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

// What the system derives from our events stands in its own streams or has its own
// types, and may bear our envelope: it is no record all the same, and nobody appends
// there.
func TestStreamsOfTheSystemAreNoRecords(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l, err := Open(t.Context(), Config{URL: server.URL(), Patience: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	ours := eventlog.Event{ID: uuid.New(), Type: "clue.recorded.v1", Data: []byte("{}")}
	if _, err := l.Append(t.Context(), "household-1", 0, []eventlog.Event{ours}); err != nil {
		t.Fatal(err)
	}
	derived := esdb.EventData{ContentType: esdb.ContentTypeBinary, Data: []byte("0@household-1"), Metadata: envelope{recordedAt: time.Unix(1, 0)}.wrap(nil)}
	for stream, kind := range map[string]string{"$ce-household": "clue.recorded.v1", "$streams": "$>", "links": "$>"} {
		derived.EventID, derived.EventType = uuid.New(), kind
		_, err := call(t.Context(), l.door, func(ctx context.Context, c *esdb.Client) (*esdb.WriteResult, error) {
			return c.AppendToStream(ctx, stream, esdb.AppendToStreamOptions{ExpectedRevision: esdb.Any{}}, derived)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var all []eventlog.ID
	for r, err := range l.ReadAll(t.Context(), eventlog.Position{}, eventlog.WithID) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.ID)
	}
	if len(all) != 1 || all[0] != ours.ID {
		t.Errorf("the record holds %v", all)
	}
	for r, err := range l.ReadStream(t.Context(), "$ce-household", 0) {
		t.Errorf("a stream of the system holds %+v, %v", r, err)
	}
	ours.ID = uuid.New()
	if _, err := l.Append(t.Context(), "$ce-household", 0, []eventlog.Event{ours}); !errors.Is(err, eventlog.ErrInvalid) {
		t.Errorf("append to a stream of the system: %v", err)
	}
	ours.Type = "$>"
	if _, err := l.Append(t.Context(), "household-2", 0, []eventlog.Event{ours}); !errors.Is(err, eventlog.ErrInvalid) {
		t.Errorf("append of a type of the system: %v", err)
	}
}
