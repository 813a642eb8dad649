//go:build linux

package pgtest

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asChild in the environment makes the test below the process that is killed.
const asChild = "PGTEST_AS_CHILD"

func TestNothingIsLeftOfAKilledTestProcess(t *testing.T) {
	t.Parallel()
	if os.Getenv(asChild) != "" {
		beKilled(t)
	}
	cmd := exec.Command("/proc/self/exe", "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), asChild+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var folder string
	for lines := bufio.NewScanner(out); folder == "" && lines.Scan(); {
		folder, _ = strings.CutPrefix(lines.Text(), "folder ")
		if folder == lines.Text() {
			folder = ""
		}
	}
	var servers []string
	for _, name := range []string{"fast", "durable"} {
		text, err := os.ReadFile(filepath.Join(folder, name, "pg", "postmaster.pid"))
		if err != nil {
			t.Fatalf("the other process has no server: %v", err)
		}
		pid, _, _ := strings.Cut(string(text), "\n")
		servers = append(servers, pid)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var ended *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &ended) || ended.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the other process ended otherwise: %v", err)
	}
	deadline := time.After(time.Minute)
	for tick := time.Tick(5 * time.Millisecond); ; {
		_, err := os.Stat(folder)
		if errors.Is(err, fs.ErrNotExist) && !slices.ContainsFunc(servers, runs) {
			return
		}
		select {
		case <-tick:
		case <-deadline:
			t.Fatalf("after a minute: %s: %v; servers %v", folder, err, servers)
		}
	}
}

// runs is false for a zombie too: pid 1 of a container may not collect the dead.
func runs(pid string) bool {
	text, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(text), ") ")
	return !strings.HasPrefix(state, "Z")
}

// beKilled starts both shared servers, says where, and waits for the end.
func beKilled(t *testing.T) {
	New(t)
	Durable(t)
	folder, err := home()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("folder " + folder)
	select {}
}
