package projections_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections/modeltest"
)

// Whatever is recorded, in whatever batches it arrives and however often the
// follower forgets: rebuilt rows equal followed rows. Every run has a store of
// its own on the same database, so each also begins as a copy of a log does.
func TestRebuiltEqualsFollowed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	rapid.Check(t, func(rt *rapid.T) {
		log := memlog.New(time.Now)
		defer log.Close()
		at := map[string]eventlog.Version{}
		ids := map[string][]eventlog.ID{}
		for range rapid.IntRange(0, 60).Draw(rt, "records") {
			stream := fmt.Sprintf("pot-%d", rapid.IntRange(1, 5).Draw(rt, "pot"))
			e := eventlog.Event{ID: eventlog.DeriveID(stream, "property", int(at[stream]))}
			switch kind := rapid.IntRange(0, 9).Draw(rt, "kind"); {
			case kind < 5:
				e.Type, e.Data = "filled.v1", strconv.AppendInt(nil, rapid.Int64Range(0, 3).Draw(rt, "coins"), 10)
			case kind < 7:
				e.Type, e.Data = "named.v1", []byte(rapid.SampledFrom([]string{"红", "绿", "a\x00b", "\xff", ""}).Draw(rt, "name"))
			case kind < 9 && len(ids[stream]) > 0:
				e.Type, e.Data = "voided.v1", []byte(rapid.SampledFrom(ids[stream]).Draw(rt, "voided").String())
			default:
				stream = "shelf-1"
				e.ID, e.Type = eventlog.DeriveID(stream, "property", int(at[stream])), "dusted.v1"
			}
			done, err := log.Append(rt.Context(), stream, at[stream], []eventlog.Event{e})
			if err != nil {
				rt.Fatal(err)
			}
			at[stream] = done.Version
			if e.Type != "voided.v1" {
				ids[stream] = append(ids[stream], e.ID)
			}
		}
		steps := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) modeltest.Step {
			return modeltest.Step{Records: rapid.IntRange(1, 20).Draw(rt, "n"), Restart: rapid.Bool().Draw(rt, "restart")}
		}), 0, 6).Draw(rt, "steps")
		modeltest.RebuiltEqualsFollowed(rt, pool, log, pots(1, false), steps)
	})
}
