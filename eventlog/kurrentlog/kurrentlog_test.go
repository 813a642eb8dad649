package kurrentlog_test

import (
	"context"
	"os"
	"testing"
	"time"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/eventlog/logtest"
	"shouwang/internal/esdbtest"
)

func TestMain(m *testing.M) {
	logtest.WriterProcess(open)
	os.Exit(m.Run())
}

func TestContract(t *testing.T) {
	t.Parallel()
	logtest.Run(t, logtest.Adapter{
		Create: func(t testing.TB) string { return esdbtest.Start(t, esdbtest.Options{}).URL() },
		Open:   open,
		// An import makes one request of each record here.
		Patience: 5 * time.Minute,
	})
}

func open(ctx context.Context, address string, clock func() time.Time) (eventlog.Log, error) {
	return kurrentlog.Open(ctx, kurrentlog.Config{URL: address, Clock: clock, Patience: time.Minute})
}
