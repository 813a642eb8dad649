//go:build linux

package localpg_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"shouwang/internal/localpg"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

func attach(t *testing.T, data string) *localpg.Server {
	t.Helper()
	server, err := localpg.Attach(t.Context(), data, localpg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

func TestWhatIsStarted(t *testing.T) {
	t.Parallel()
	server := attach(t, filepath.Join(newFolder(t), "made", "on", "demand"))
	conn, err := pgx.ConnectConfig(t.Context(), server.App())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	want := map[string]string{
		"listen_addresses": "", "data_checksums": "on", "server_encoding": "UTF8", "lc_collate": "C", "lc_ctype": "C",
		"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "TimeZone": "UTC",
	}
	got := map[string]string{}
	for name := range want {
		var value string
		if err := conn.QueryRow(t.Context(), "select current_setting($1)", name).Scan(&value); err != nil {
			t.Fatal(err)
		}
		got[name] = value
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var super bool
	if err := conn.QueryRow(t.Context(), "select rolsuper or rolcreaterole from pg_roles where rolname = current_user").Scan(&super); err != nil {
		t.Fatal(err)
	}
	if super {
		t.Error("the app's role has the superuser's rights")
	}
	for role, config := range map[string]*pgx.ConnConfig{localpg.AppRole: server.App(), localpg.OwnerRole: server.Owner()} {
		if got := queryOnce(config, "select current_user::text"); got != role {
			t.Errorf("connected as %s, want %s", got, role)
		}
	}
	if info, err := os.Stat(filepath.Dir(server.Folder())); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("a new data folder is open to others: %v %v", info.Mode(), err)
	}
}

func TestAPathLongerThanASocketsNameMayBe(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	for range 4 {
		data = filepath.Join(data, strings.Repeat("很长的'名\\字", 12))
	}
	if got := queryOnce(attach(t, data).App(), "select 'reached'"); got != "reached" {
		t.Error(got)
	}
}

// As root, Postgres runs as its own account and owns only its own folder, also
// below a folder that account cannot enter.
func TestRootsFoldersStayAsTheyAre(t *testing.T) {
	t.Parallel()
	needsRoot(t)
	parent := newFolder(t)
	if err := os.Chmod(parent, 0o700); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(parent, "data")
	if err := os.Mkdir(data, 0o750); err != nil {
		t.Fatal(err)
	}
	p := attachProcess(t, data, "")
	if uid := owner(t, filepath.Join("/proc", strconv.Itoa(postmasterOf(t, data)))); uid == 0 {
		t.Error("Postgres runs as root")
	}
	p.leave()
	for path, mode := range map[string]fs.FileMode{parent: 0o700, data: 0o750} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != mode || owner(t, path) != 0 {
			t.Errorf("%s is now %v of uid %d", path, info.Mode(), owner(t, path))
		}
	}
	if owner(t, filepath.Join(data, "pg")) == 0 {
		t.Error("the cluster's folder belongs to root")
	}
}

func owner(t *testing.T, path string) uint32 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Uid
}

// folderOf makes a data folder that an ordinary account owns and can reach.
func folderOf(t *testing.T, as *syscall.Credential) string {
	t.Helper()
	data, err := os.MkdirTemp("/var/tmp", "shouwang-localpg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	if err := os.Chown(data, int(as.Uid), int(as.Gid)); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAnOrdinaryUserAndRootBesideHim(t *testing.T) {
	t.Parallel()
	needsRoot(t)
	as := credential(t, "nobody")
	data := folderOf(t, as)

	rootFirst := attachProcess(t, data, "")
	rootFirst.leave()
	if err := os.RemoveAll(filepath.Join(data, "pg")); err != nil { // root's cluster runs as postgres; his is his own
		t.Fatal(err)
	}
	p := attachProcess(t, data, "nobody")
	server := postmasterOf(t, data)
	if uid := owner(t, filepath.Join("/proc", strconv.Itoa(server))); uid != as.Uid {
		t.Errorf("Postgres runs as uid %d, want %d", uid, as.Uid)
	}
	root := attachProcess(t, data, "")
	p.leave()
	if got := root.query("select 'root holds it'"); got != "root holds it" {
		t.Error(got)
	}
	root.leave()
	if !gone(server) {
		t.Error("the server still runs")
	}
	// Root starts it again; it still runs as its owner, who can come beside him.
	root = attachProcess(t, data, "")
	if uid := owner(t, filepath.Join("/proc", strconv.Itoa(postmasterOf(t, data)))); uid != as.Uid {
		t.Errorf("started by root, Postgres runs as uid %d, want %d", uid, as.Uid)
	}
	p = attachProcess(t, data, "nobody")
	root.leave()
	if got := p.query("select 'his own'"); got != "his own" {
		t.Error(got)
	}
	p.leave()
}

func TestAnAccountWithoutANameIsToldSo(t *testing.T) {
	t.Parallel()
	needsRoot(t)
	as := &syscall.Credential{Uid: 54321, Gid: 54321}
	p := startProcess(t, folderOf(t, as), as)
	if got := p.hear(); !strings.Contains(got, "uid 54321") || !strings.Contains(got, "useradd") {
		t.Errorf("it says %q", got)
	}
}

func TestAnotherMajorVersionIsRefusedAndLeftAlone(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	attachProcess(t, data, "").leave()
	marker := filepath.Join(data, "pg", "PG_VERSION")
	if err := os.WriteFile(marker, []byte("11\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := listing(t, data)
	_, err := localpg.Attach(t.Context(), data, localpg.Options{})
	var version *localpg.VersionError
	if !errors.As(err, &version) {
		t.Fatalf("got %v, want a *VersionError", err)
	}
	if version.Written != 11 || len(version.Found) == 0 || !strings.Contains(err.Error(), "postgresql-11") {
		t.Errorf("the error does not say what to do: %v", err)
	}
	if diff := cmp.Diff(before, listing(t, data)); diff != "" {
		t.Errorf("the folder was changed: %s", diff)
	}
}

// listing is what a folder holds: names, sizes and times.
func listing(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			all[path] = info.ModTime().Format(time.RFC3339Nano) + " " + strconv.FormatInt(info.Size(), 10)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAFolderThatIsNoClusterIsLeftAlone(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	precious := filepath.Join(data, "pg", "letters.txt")
	if err := os.Mkdir(filepath.Dir(precious), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(precious, []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	if as := credential(t, "postgres"); os.Geteuid() == 0 {
		if err := os.Chown(filepath.Dir(precious), int(as.Uid), int(as.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := localpg.Attach(t.Context(), data, localpg.Options{}); err == nil {
		t.Fatal("attached to a folder of letters")
	}
	if text, err := os.ReadFile(precious); err != nil || string(text) != "dear" {
		t.Errorf("the letters are now %q (%v)", text, err)
	}
}

// A killed initdb leaves half a cluster beside the place of the real one.
func TestAnInterruptedFirstStartIsBegunAgain(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	half := filepath.Join(data, "pg.unfinished", "base")
	if err := os.MkdirAll(half, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := queryOnce(attach(t, data).App(), "select 'whole'"); got != "whole" {
		t.Error(got)
	}
}

func TestAForeignPidFileIsNeverRemoved(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	cluster, err := localpg.Prepare(t.Context(), data, localpg.Throwaway)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cluster.Close() }()
	// Somebody else's process under the number that stands in the file.
	other := exec.Command("sleep", "600")
	as := (*syscall.Credential)(nil)
	if os.Geteuid() == 0 {
		as = credential(t, "postgres")
	}
	other.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGKILL}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = other.Process.Kill(), other.Wait() }()
	pidFile := filepath.Join(data, "pg", "postmaster.pid")
	text := strconv.Itoa(other.Process.Pid) + "\n" + filepath.Dir(pidFile) + "\n"
	if err := os.WriteFile(pidFile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if as != nil {
		if err := os.Chown(pidFile, int(as.Uid), int(as.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := cluster.Start(ctx)
		ended <- err
	}()
	eventually(t, "the server refuses", func() bool {
		said, err := os.ReadFile(filepath.Join(data, "pg", "startup.log"))
		return err == nil && strings.Contains(string(said), `"postmaster.pid" already exists`)
	})
	cancel()
	if err := <-ended; err == nil {
		t.Error("started beside a foreign pid file")
	}
	if got, err := os.ReadFile(pidFile); err != nil || string(got) != text {
		t.Errorf("the pid file is now %q (%v)", got, err)
	}
	if gone(other.Process.Pid) {
		t.Error("the foreign process was ended")
	}
	if err := os.Remove(pidFile); err != nil { // what the error tells a person to do
		t.Fatal(err)
	}
	server, err := cluster.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
}
