package main

import (
	"context"
	"fmt"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// readLogInfo reads what the log says about itself, and writes nothing: an
// empty log has no id.
func readLogInfo(ctx context.Context, log eventlog.Log) (commands.LogInfo, error) {
	var info commands.LogInfo
	for rec, err := range log.ReadStream(ctx, act.LogStream, eventlog.NoStream) {
		if err != nil {
			return info, fmt.Errorf("read what the log says about itself: %w", err)
		}
		e, err := wire.Decode(rec.Type, rec.Data, nil)
		if err != nil {
			return info, fmt.Errorf("read what the log says about itself: %w", err)
		}
		switch e := e.(type) {
		case act.LogOpened:
			info.Log, info.Clock = e.Log, e.Clock
		case act.DemonstrationLoaded:
			info.Loaded = &e
		}
	}
	return info, nil
}
