package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"shouwang/domain/act"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// HashSuite names how stored bytes are hashed for proofs.
const HashSuite = "sha256-rfc6962"

// LogInfo is what the stream "log" says.
type LogInfo struct {
	Log    string // id; "" while nobody opened the log
	Clock  act.Clock
	Loaded *act.DemonstrationLoaded
}

func (i *LogInfo) apply(e any) {
	switch e := e.(type) {
	case act.LogOpened:
		i.Log, i.Clock = e.Log, e.Clock
	case act.DemonstrationLoaded:
		i.Loaded = &e
	}
}

// Demonstration says whether everything shown is invented.
func (i LogInfo) Demonstration() bool { return i.Clock == act.DemonstrationClock }

// Clock returns the log's clock: the machine's, or for a demonstration its own
// today plus the real time since it was loaded.
func (i LogInfo) Now(machine Clock) Clock {
	if i.Loaded == nil {
		return machine
	}
	today, at := i.Loaded.Today, i.Loaded.At
	return func() time.Time { return today.Add(max(0, machine().Sub(at))) }
}

// OpenLog writes the first record of an empty log and returns what the log
// says. Of several processes that do it at once, one wins and all agree.
func OpenLog(ctx context.Context, log eventlog.Log, clock act.Clock, by string) (LogInfo, error) {
	opened := act.LogOpened{Log: uuid.NewString(), Clock: clock, HashSuite: HashSuite}
	err := appendLogEvent(ctx, log, eventlog.NoStream, opened, by)
	if err != nil && !errors.Is(err, eventlog.ErrConflict) {
		return LogInfo{}, fmt.Errorf("open the log: %w", err)
	}
	d := NewDirectory(log)
	for rec, err := range log.ReadStream(ctx, act.LogStream, eventlog.NoStream) {
		if err != nil {
			return LogInfo{}, fmt.Errorf("read who opened the log: %w", err)
		}
		e, err := wire.Decode(rec.Type, rec.Data, nil)
		if err != nil {
			return LogInfo{}, err
		}
		d.info.apply(e)
	}
	return d.info, nil
}

// FinishLoading records that a demonstration is complete.
func FinishLoading(ctx context.Context, log eventlog.Log, loaded act.DemonstrationLoaded) error {
	return appendLogEvent(ctx, log, 1, loaded, "demonstration")
}

func appendLogEvent(ctx context.Context, log eventlog.Log, expected eventlog.Version, e act.LogEvent, by string) error {
	name, data, err := wire.Encode(e, nil)
	if err != nil {
		return err
	}
	meta, err := wire.EncodeMeta(act.Act{Mode: act.Performed, Channel: by, Key: name})
	if err != nil {
		return err
	}
	id := eventlog.DeriveID(act.LogStream, string(data), int(expected))
	_, err = log.Append(ctx, act.LogStream, expected, []eventlog.Event{{ID: id, Type: name, Data: data, Meta: meta}})
	return err
}
