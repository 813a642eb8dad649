package esdbtest_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"shouwang/internal/esdbtest"
)

// fewestChecks keeps a script that ends too soon from passing.
const fewestChecks = 18

// known are the deviations, by client and check, with their reason.
var known = map[string]string{}

// TestOfficialClients runs the official clients of another language against the
// server. KURRENT_ADDRESS names a real one (host:port, insecure) to run them
// against instead, which shows whether the checks themselves are true.
func TestOfficialClients(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("testdata", "clients")
	node, err := exec.LookPath("node")
	if err != nil {
		absent(t, "no node here; make test installs it")
	}
	for _, client := range []string{"@kurrent/kurrentdb-client", "@eventstore/db-client"} {
		t.Run(client, func(t *testing.T) {
			t.Parallel()
			if _, err := os.Stat(filepath.Join(folder, "node_modules", client)); err != nil {
				absent(t, "the client is not installed; make test installs it")
			}
			address := os.Getenv("KURRENT_ADDRESS")
			if address == "" {
				address = esdbtest.Start(t, esdbtest.Options{}).Address()
			}
			cmd := exec.CommandContext(t.Context(), node, "check.js", client, address)
			cmd.Dir = folder
			var stderr strings.Builder
			cmd.Stderr = &stderr
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v\n%s%s", err, out, &stderr)
			}
			checks := 0
			for lines := bufio.NewScanner(strings.NewReader(string(out))); lines.Scan(); checks++ {
				var check struct{ What, Error string }
				if err := json.Unmarshal(lines.Bytes(), &check); err != nil {
					t.Fatalf("%v in %s", err, lines.Text())
				}
				if check.Error != "" && known[client+": "+check.What] == "" {
					t.Errorf("%s: %s", check.What, check.Error)
				}
			}
			if checks < fewestChecks {
				t.Errorf("%d checks, want %d", checks, fewestChecks)
			}
		})
	}
}

// absent skips a test, but not where CI is set: there everything is installed.
func absent(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}
