//go:build linux

package localpg_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"shouwang/internal/localpg"

	"github.com/jackc/pgx/v5"
)

// attachTo in the environment makes the test binary a process that attaches to
// a data folder, as any command of the program would.
const attachTo = "LOCALPG_TEST_ATTACH_TO"

func TestMain(m *testing.M) {
	localpg.KeepIfAsked()
	if data := os.Getenv(attachTo); data != "" {
		os.Exit(beAttached(data))
	}
	os.Exit(m.Run())
}

// beAttached answers each line on stdin with what a query gives, until it ends.
// Like the real program it does not die of Ctrl-C at once.
func beAttached(data string) int {
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	server, err := localpg.Attach(context.Background(), data, localpg.Options{})
	if err != nil {
		fmt.Println("error:", strings.ReplaceAll(err.Error(), "\n", " "))
		return 1
	}
	fmt.Println("attached")
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		fmt.Println(queryOnce(server.App(), lines.Text()))
	}
	if err := server.Close(); err != nil {
		fmt.Println("error:", err)
		return 1
	}
	return 0
}

func queryOnce(config *pgx.ConnConfig, sql string) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return "error: " + strings.ReplaceAll(err.Error(), "\n", " ")
	}
	defer func() { _ = conn.Close(ctx) }()
	var answer string
	if err := conn.QueryRow(ctx, sql).Scan(&answer); err != nil {
		return "error: " + err.Error()
	}
	return answer
}

// process is another process attached to a data folder.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	ask   io.WriteCloser
	lines *bufio.Scanner
}

// attachProcess starts one, as the given account ("" = our own), and returns
// when it says that it is attached.
func attachProcess(t *testing.T, data, account string) *process {
	t.Helper()
	p := startProcess(t, data, credential(t, account))
	if got := p.hear(); got != "attached" {
		t.Fatalf("the other process says %q, want attached", got)
	}
	return p
}

func startProcess(t *testing.T, data string, as *syscall.Credential) *process {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), attachTo+"="+data)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: as}
	ask, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: cmd, ask: ask, lines: bufio.NewScanner(out)}
	t.Cleanup(p.kill)
	return p
}

func (p *process) hear() string {
	p.lines.Scan()
	return p.lines.Text()
}

// query lets the process ask the server on a new connection.
func (p *process) query(sql string) string {
	p.t.Helper()
	if _, err := io.WriteString(p.ask, sql+"\n"); err != nil {
		p.t.Fatal(err)
	}
	return p.hear()
}

// leave ends the process in order.
func (p *process) leave() {
	p.t.Helper()
	if err := p.ask.Close(); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Fatalf("the other process: %v", err)
	}
}

// kill ends it with kill -9; a process that has ended already is left alone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

func credential(t *testing.T, account string) *syscall.Credential {
	t.Helper()
	if account == "" {
		return nil
	}
	u, err := user.Lookup(account)
	if err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: number(t, u.Uid), Gid: number(t, u.Gid)}
}

func number(t *testing.T, text string) uint32 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	return uint32(n)
}

// newFolder makes a folder that is removed after the test, when the server in
// it (or in a folder below) has stopped.
func newFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Cleanup(func() {
		eventually(t, "everything in the folder has stopped", func() bool { return os.RemoveAll(folder) == nil })
	})
	return folder
}

// postmasterOf reads the pid of the running server.
func postmasterOf(t *testing.T, data string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "pg", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return int(number(t, first))
}

func keeperOf(t *testing.T, data string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "postgres.keeper"))
	if err != nil {
		t.Fatal(err)
	}
	return int(number(t, string(text)))
}

// gone accepts a zombie: pid 1 of a container may not collect the dead.
func gone(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	return strings.HasPrefix(rest, "Z") || strings.HasPrefix(rest, "X")
}

func kill9(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// eventually fails the test if the condition does not become true in a minute.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.After(time.Minute)
	for tick := time.Tick(5 * time.Millisecond); !is(); {
		select {
		case <-tick:
		case <-deadline:
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

// needsRoot is for what only root can be tested with: another account. CI runs
// as root.
func needsRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("NOT TESTED: this needs root, to run Postgres as another account")
	}
}
