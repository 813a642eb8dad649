//go:build linux

package sealing

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shouwang/internal/pgtest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	envChild   = "SEALING_TEST_CHILD" // connection string of the parent's database
	childKeys  = 300
	childEvery = 7 // stride by which each child walks the subjects in an order of its own
)

// TestTwoProcessesAgreeOnEveryKey starts two processes that create the same 300
// keys at the same moment, each in its own order, some alone and some in bulk.
func TestTwoProcessesAgreeOnEveryKey(t *testing.T) {
	t.Parallel()
	if conn := os.Getenv(envChild); conn != "" {
		createKeys(t, conn)
		return
	}
	db := pgtest.New(t)
	pool := db.Pool(t, db.App(), nil)
	file := MasterKeyFile(t.TempDir(), "")
	open(t, pool, file)

	proxy := relay(t, db.App())
	var outputs [2][]string
	var starts [2]io.WriteCloser
	var done [2]chan error
	for i := range outputs {
		child := exec.Command(os.Args[0], "-test.run=^TestTwoProcessesAgreeOnEveryKey$", "-test.v")
		child.Env = append(os.Environ(), envChild+"="+proxy, EnvMasterKeyFile+"="+file)
		stdin, err := child.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		stdout, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		child.Stderr = os.Stderr
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		starts[i], done[i] = stdin, make(chan error, 1)
		go func() {
			lines := bufio.NewScanner(stdout)
			for lines.Scan() {
				if key, ok := strings.CutPrefix(lines.Text(), "key "); ok {
					outputs[i] = append(outputs[i], key)
				}
			}
			done[i] <- child.Wait()
		}()
	}
	for i, start := range starts { // both wait for their line before they begin
		fmt.Fprintln(start, i)
	}
	for i := range done {
		if err := <-done[i]; err != nil {
			t.Fatalf("process %d: %v", i, err)
		}
		slices.Sort(outputs[i])
	}
	if len(outputs[0]) != childKeys || !slices.Equal(outputs[0], outputs[1]) {
		t.Fatalf("two processes hold different keys: %d and %d", len(outputs[0]), len(outputs[1]))
	}
	if n := count(t, pool, "select count(*) from record.keys"); n != childKeys {
		t.Fatalf("%d keys stored for %d subjects", n, childKeys)
	}
}

// createKeys is what each process does. It prints the commitment of every key.
func createKeys(t *testing.T, conn string) {
	var turn int
	if _, err := fmt.Fscanln(os.Stdin, &turn); err != nil {
		t.Fatal(err)
	}
	pool, err := pgxpool.New(context.Background(), conn)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	keys := open(t, pool, os.Getenv(EnvMasterKeyFile))
	subjects := make([]string, childKeys)
	for i := range subjects {
		subjects[i] = fmt.Sprintf("household-%d", (i*childEvery+turn*childKeys/2)%childKeys)
	}
	sealers := map[string]*Sealer{}
	for i, subject := range subjects {
		if i%50 == 49 {
			if sealers, err = keys.ForMany(t.Context(), subjects); err != nil {
				t.Fatal(err)
			}
		}
		if sealers[subject], err = keys.For(t.Context(), subject); err != nil {
			t.Fatal(err)
		}
	}
	for subject, s := range sealers {
		c := s.ring.Load().newest.commitment
		fmt.Println("\nkey", subject, hex.EncodeToString(c[:]))
	}
}

// relay lets other processes reach the test's database: its socket is reached
// through an open folder that only this process holds. It returns a connection
// string.
func relay(t *testing.T, config *pgx.ConnConfig) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "relay")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	listener, err := net.Listen("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return // closed at the end of the test
			}
			go func() {
				defer near.Close()
				far, err := config.DialFunc(context.Background(), "", "")
				if err != nil {
					return // the child sees its connection closed
				}
				defer far.Close()
				go func() { io.Copy(far, near) }()
				io.Copy(near, far)
			}()
		}
	}()
	return fmt.Sprintf("host=%s port=5432 user=%s dbname=%s sslmode=disable", folder, config.User, config.Database)
}
