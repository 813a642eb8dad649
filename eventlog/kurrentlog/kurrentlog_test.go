package kurrentlog_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/eventlog/logtest"
	"shouwang/internal/esdbtest"
)

func TestMain(m *testing.M) {
	logtest.WriterProcess(open)
	os.Exit(m.Run())
}

// TestContract runs on the tests' own servers, or all on the one that
// KURRENT_URL names.
func TestContract(t *testing.T) {
	t.Parallel()
	create := func(t testing.TB) string { return esdbtest.Start(t, esdbtest.Options{}).URL() }
	if real := os.Getenv("KURRENT_URL"); real != "" {
		create = func(testing.TB) string { return real + " logtest-" + uuid.NewString() + "-" }
	}
	logtest.Run(t, logtest.Adapter{
		Create: create,
		Open:   open,
		// An import makes one request of each record here.
		Patience: 5 * time.Minute,
	})
}

// open opens an address, a URL with a prefix after it where one server holds
// many records.
func open(ctx context.Context, address string, clock func() time.Time) (eventlog.Log, error) {
	url, prefix, _ := strings.Cut(address, " ")
	return kurrentlog.Open(ctx, kurrentlog.WithPrefix(kurrentlog.Config{URL: url, Clock: clock, Patience: time.Minute}, prefix))
}
