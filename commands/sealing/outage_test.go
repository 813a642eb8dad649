//go:build linux

package sealing

import (
	"fmt"
	"testing"

	"shouwang/internal/pgtest"
)

// A key that For returned survives a kill -9 of Postgres; what could not be
// stored meanwhile is refused, not promised, and works again afterwards.
func TestKeysSurviveALostServer(t *testing.T) {
	t.Parallel()
	server := pgtest.Server(t)
	pool := server.Pool(t, server.App(), nil)
	file := MasterKeyFile(t.TempDir(), "")
	keys := open(t, pool, file)
	sealed := map[string]string{}
	for i := range 20 {
		subject := fmt.Sprintf("household-%d", i)
		s, err := keys.For(t.Context(), subject)
		if err != nil {
			t.Fatal(err)
		}
		sealed[subject] = mustSeal(t, s, "f", subject)
	}
	server.Kill()
	if _, err := keys.For(t.Context(), "household-new"); err == nil {
		t.Error("a key was promised while nothing could store it")
	}
	if _, err := keys.For(t.Context(), "household-0"); err != nil {
		t.Errorf("a known key needs no server: %v", err)
	}
	server.Start()
	pool.Reset() // connections of the dead server
	if _, err := keys.For(t.Context(), "household-new"); err != nil {
		t.Errorf("after the server is back: %v", err)
	}
	again := open(t, pool, file)
	for subject, value := range sealed {
		s, err := again.Existing(t.Context(), subject)
		if err != nil {
			t.Fatalf("%s: %v", subject, err)
		}
		if got, err := s.Open("f", value); err != nil || got != subject {
			t.Errorf("%s: opened %q, %v", subject, got, err)
		}
	}
}
