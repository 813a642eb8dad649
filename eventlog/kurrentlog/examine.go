package kurrentlog

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"shouwang/eventlog"
)

// Examination is what the promises of this store rest on, as far as one can see
// it from here.
type Examination struct {
	Hosts   string
	Version string
	// Local: every node is this machine. Elsewhere TLS and a password are
	// demanded when the address is read.
	Local, TLS, Verified bool
	User                 string
	// MaxAppend is the most bytes of one append.
	MaxAppend int
	// MayDelete and MayRewrite: our own user could delete a stream, or change
	// its metadata and so have it truncated. The record then rests on our good
	// will alone.
	MayDelete, MayRewrite bool
	// Truncated lists streams of ours whose metadata lets the server forget
	// events: $maxAge, $maxCount or $tb. It must be empty.
	Truncated []string
	// Last is the last record, nil where there is none.
	Last *eventlog.Record
}

// Examine looks at the server; it writes nothing. probes are names that no
// stream has, of the kinds that the record consists of, since rights may go by
// the beginnings of names.
func (l *Log) Examine(ctx context.Context, probes ...string) (Examination, error) {
	version, err := l.version(ctx)
	if err != nil {
		return Examination{}, fmt.Errorf("examine: %w", err)
	}
	e := Examination{Hosts: l.target.String(), Version: version.String(), Local: l.target.local(), TLS: l.target.tls,
		Verified: l.target.verified, User: l.target.user, MaxAppend: l.maxAppend}
	if e.Last, err = l.Last(ctx); err != nil {
		return e, fmt.Errorf("examine: %w", err)
	}
	if e.Truncated, err = l.truncated(ctx); err != nil {
		return e, fmt.Errorf("look for streams that are truncated: %w", err)
	}
	for _, probe := range probes {
		if hidden(probe) {
			return e, fmt.Errorf("%w: probe %q", eventlog.ErrInvalid, probe)
		}
		mayDelete, err := l.mayDelete(ctx, probe)
		if err != nil {
			return e, fmt.Errorf("ask whether streams may be deleted: %w", err)
		}
		mayRewrite, err := l.mayRewrite(ctx, probe)
		if err != nil {
			return e, fmt.Errorf("ask whether metadata may be written: %w", err)
		}
		e.MayDelete, e.MayRewrite = e.MayDelete || mayDelete, e.MayRewrite || mayRewrite
	}
	return e, nil
}

// Last is the last record, nil where there is none.
func (l *Log) Last(ctx context.Context) (*eventlog.Record, error) {
	for e, err := range l.receive(ctx, everything(esdb.Backwards, esdb.End{}, 1<<62)) {
		if err != nil {
			return nil, fmt.Errorf("read the last record: %w", err)
		}
		if r, ok := l.toRecord(e); ok {
			return &r.Record, nil
		}
		if e.Position.Commit <= l.origin.Commit {
			break
		}
	}
	return nil, nil
}

// never is a revision that no stream has: a request at it is refused, for want
// of the right or, where there is the right, for the revision.
const never = 1 << 62

func (l *Log) mayDelete(ctx context.Context, stream string) (bool, error) {
	_, err := call(ctx, l.door, func(ctx context.Context, c *esdb.Client) (*esdb.DeleteResult, error) {
		return c.DeleteStream(ctx, l.prefix+stream, esdb.DeleteStreamOptions{ExpectedRevision: esdb.Revision(never)})
	})
	return asked(ctx, err)
}

func (l *Log) mayRewrite(ctx context.Context, stream string) (bool, error) {
	var err error
	// A refusal that comes while the client still sends is lost to it: then ask again.
	for range askTries {
		_, err = call(ctx, l.door, func(ctx context.Context, c *esdb.Client) (*esdb.WriteResult, error) {
			return c.AppendToStream(ctx, "$$"+l.prefix+stream, esdb.AppendToStreamOptions{ExpectedRevision: esdb.Revision(never)},
				esdb.EventData{EventID: uuid.New(), EventType: "$metadata", ContentType: esdb.ContentTypeJson, Data: []byte("{}")})
		})
		if outcome(err) != unknown {
			return asked(ctx, err)
		}
	}
	return false, err
}

// askTries is more than a lost refusal ever takes.
const askTries = 20

// asked tells from the refusal whether it was for want of the right. The client
// knows no name for a wrong revision of a deletion, so whatever else the server
// itself answers counts as having the right.
func asked(ctx context.Context, err error) (bool, error) {
	switch {
	case denied(err):
		return false, nil
	case err == nil:
		return true, nil
	case ctx.Err() != nil || broken(ctx, err) || outcome(err) == again:
		return false, err
	}
	return true, nil
}

// truncation is what a stream's metadata may say to have events forgotten.
type truncation struct {
	MaxAge   *json.Number `json:"$maxAge"`
	MaxCount *json.Number `json:"$maxCount"`
	Before   *json.Number `json:"$tb"`
}

// truncated reads every stream's metadata as it stands now: a subscription to
// nothing else, from the start until it has caught up.
func (l *Log) truncated(ctx context.Context) ([]string, error) {
	ctx, cancel := l.until(ctx)
	defer cancel()
	found, err := call(ctx, l.door, func(ctx context.Context, c *esdb.Client) (map[string]bool, error) {
		subscription, err := c.SubscribeToAll(ctx, esdb.SubscribeToAllOptions{From: esdb.Start{}, MaxSearchWindow: searchWindow,
			Filter: &esdb.SubscriptionFilter{Type: esdb.EventFilterType, Prefixes: []string{"$metadata"}}})
		if err != nil {
			return nil, err
		}
		defer subscription.Close() //nolint:errcheck // it always answers nil
		found := map[string]bool{}
		for {
			switch event := subscription.Recv(); {
			case event.SubscriptionDropped != nil:
				return nil, event.SubscriptionDropped.Error
			case event.CaughtUp != nil:
				return found, nil
			case event.EventAppeared != nil && event.EventAppeared.Event != nil:
				stream, is := strings.CutPrefix(event.EventAppeared.Event.StreamID, "$$"+l.prefix)
				if !is || hidden(stream) && stream != storeStream {
					continue
				}
				delete(found, stream)
				var t truncation
				if err := json.Unmarshal(event.EventAppeared.Event.Data, &t); err != nil || t.MaxAge != nil || t.MaxCount != nil || t.Before != nil {
					found[stream] = true
				}
			}
		}
	})
	return slices.Sorted(maps.Keys(found)), err
}
