package memlog_test

import (
	"context"
	"testing"
	"time"

	"shouwang/eventlog"
	"shouwang/eventlog/logtest"
	"shouwang/eventlog/memlog"
)

func TestContract(t *testing.T) {
	t.Parallel()
	logtest.Run(t, logtest.Adapter{
		Create: func(testing.TB) string { return "in memory" },
		Open: func(_ context.Context, _ string, clock func() time.Time) (eventlog.Log, error) {
			return memlog.New(clock), nil
		},
	})
}
