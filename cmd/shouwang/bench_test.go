package main

import (
	"slices"
	"strings"
	"testing"

	"shouwang/internal/bench"
)

// Messages really go where they are measured, in process and to a webhook.
func TestDeliveryIsMeasured(t *testing.T) {
	t.Parallel()
	o := here(t, strings.Fields("bench deliver --json --rounds 1 --each 30ms --events 500 --quiet=-1s --dir "+t.TempDir())...)
	if o.status != exitDone {
		t.Fatalf("exit code %d\n%s", o.status, o.stderr)
	}
	var report bench.Report
	unmarshal(t, o.stdout, &report)
	for _, to := range []string{"投递器", "local", "webhook"} {
		of := slices.DeleteFunc(slices.Clone(report.Rows), func(r bench.Row) bool { return !strings.HasPrefix(r.Case, to) })
		if len(of) == 0 || slices.ContainsFunc(of, func(r bench.Row) bool { return r.Value <= 0 }) {
			t.Errorf("%s: %+v", to, of)
		}
	}
}
