package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"shouwang/internal/localpg"
)

// binary is the program as people run it, built once.
var binary string

func TestMain(m *testing.M) {
	localpg.KeepIfAsked()
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "shouwang-binary-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(folder)
		binary = filepath.Join(folder, "shouwang")
		build := exec.Command("go", "build", "-o", binary, ".")
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "build the program:", err)
			return 1
		}
		return m.Run()
	}())
}

// patiently bounds what a test waits for; it is reached only when something hangs.
const patiently = 8 * time.Minute

// folder is a data folder of the test's own. Its path is short, since the test
// itself connects to the socket in it.
func folder(t *testing.T) string {
	t.Helper()
	data, err := os.MkdirTemp("", "sw")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		waitFor(t, "Postgres to be gone", func() bool { return !postgresRuns(t, data) })
		if err := os.RemoveAll(data); err != nil {
			t.Error(err)
		}
	})
	return data
}

// postgresRuns says whether a keeper, and so a Postgres, lives in the folder.
func postgresRuns(t *testing.T, data string) bool {
	t.Helper()
	f, err := os.Open(filepath.Join(data, "postgres.keeper"))
	if errors.Is(err, os.ErrNotExist) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB) != nil
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patiently); !done(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// place is where commands of a test work: a data folder, and variables of the
// environment besides.
type testPlace struct {
	t    *testing.T
	data string
	env  []string
}

func newTestPlace(t *testing.T) *testPlace { return &testPlace{t: t, data: folder(t)} }

// in is the same place for a part of the test.
func (p *testPlace) in(t *testing.T) *testPlace { return &testPlace{t: t, data: p.data, env: p.env} }

func (p *testPlace) command(args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), patiently)
	p.t.Cleanup(cancel)
	c := exec.CommandContext(ctx, binary, args...)
	c.Env = append([]string{"SHOUWANG_DATA=" + p.data, "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, p.env...)
	return c
}

// outcome is how a command ended.
type outcome struct {
	status         int
	stdout, stderr string
}

// run runs a command to its end.
func (p *testPlace) run(args ...string) outcome {
	p.t.Helper()
	var stdout, stderr bytes.Buffer
	c := p.command(args...)
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatalf("%v: %v", args, err)
	}
	return outcome{c.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// must runs a command that must succeed and returns its answer.
func (p *testPlace) must(args ...string) string {
	p.t.Helper()
	o := p.run(args...)
	if o.status != 0 {
		p.t.Fatalf("shouwang %s: exit code %d\n%s%s", strings.Join(args, " "), o.status, o.stdout, o.stderr)
	}
	return o.stdout
}

// fails runs a command that must fail with the exit code and say all of texts.
func (p *testPlace) fails(status int, texts []string, args ...string) {
	p.t.Helper()
	o := p.run(args...)
	if o.status != status {
		p.t.Errorf("shouwang %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), o.status, status, o.stdout, o.stderr)
	}
	for _, text := range texts {
		if !strings.Contains(o.stdout+o.stderr, text) {
			p.t.Errorf("shouwang %s does not say %q:\n%s%s", strings.Join(args, " "), text, o.stdout, o.stderr)
		}
	}
}

// server is a running shouwang serve or demo.
type server struct {
	t       *testing.T
	command *exec.Cmd
	address string // the first line of its stdout
	stderr  *told
	more    chan string // the other lines
}

// start starts a server on any port and returns when it has told its address.
func (p *testPlace) start(args ...string) *server {
	p.t.Helper()
	s := &server{t: p.t, command: p.command(append(args, "--addr", "127.0.0.1:0")...), stderr: newTold(), more: make(chan string, 1)}
	s.command.Stderr = s.stderr
	out, err := s.command.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = s.command.Process.Kill() })
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		_ = s.command.Wait()
		p.t.Fatalf("the server told no address: %v\n%s", err, s.stderr)
	}
	s.address = strings.TrimSpace(first)
	go func() {
		var rest bytes.Buffer
		_, _ = rest.ReadFrom(lines)
		s.more <- rest.String()
	}()
	return s
}

// interrupt stops the server as Ctrl-C does, and returns its exit code.
func (s *server) interrupt() int {
	s.t.Helper()
	return s.end(syscall.SIGINT)
}

func (s *server) end(signal syscall.Signal) int {
	s.t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
	if rest := <-s.more; rest != "" {
		s.t.Errorf("more than the address on stdout: %q", rest)
	}
	_ = s.command.Wait()
	return s.command.ProcessState.ExitCode()
}
