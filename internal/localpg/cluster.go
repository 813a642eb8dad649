//go:build linux

package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Cluster is a folder <data>/pg that holds a Postgres cluster, together with
// what it takes to run it: the programs of its version and its account.
type Cluster struct {
	folder  string // <data>/pg, absolute
	purpose Purpose
	bin     binaries
	account account
	// dir is the folder itself, open. Everything reaches the folder through
	// this handle: the account may be unable to walk the path to it, and the
	// path may be longer than a socket's name can be.
	dir *os.File
}

// Prepare makes <data>/pg ready to start: finds the programs, refuses what it
// must not touch, and creates the cluster if there is none. Of the data folder
// itself it changes nothing. Only one process may prepare a folder at a time.
func Prepare(ctx context.Context, data string, purpose Purpose) (*Cluster, error) {
	if err := checkEnvironment(); err != nil {
		return nil, err
	}
	data, err := filepath.Abs(data)
	if err != nil {
		return nil, fmt.Errorf("path of the data folder: %w", err)
	}
	c := &Cluster{folder: filepath.Join(data, "pg"), purpose: purpose}
	if c.account, err = chooseAccount(c.folder); err != nil {
		return nil, err
	}
	written, err := writtenBy(c.folder)
	if err != nil {
		return nil, err
	}
	if c.bin, err = findBinaries(ctx, c.folder, written); err != nil {
		return nil, err
	}
	if written == 0 {
		if err := c.create(ctx); err != nil {
			return nil, err
		}
	}
	if c.dir, err = os.Open(c.folder); err != nil {
		return nil, fmt.Errorf("open the cluster: %w", err)
	}
	if err := c.configure(); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// Close lets go of the folder; a running server is not touched.
func (c *Cluster) Close() error { return c.dir.Close() }

// writtenBy reads the major version of an existing cluster; 0 if there is none.
func writtenBy(folder string) (int, error) {
	text, err := os.ReadFile(filepath.Join(folder, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(folder); err == nil {
			return 0, fmt.Errorf("%s 已存在但不是 Postgres 数据目录,未作改动 (it exists, but holds no cluster): 请移走它,或用 --data 另选目录", folder)
		}
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the version of the cluster: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("version of %s: %w", folder, err)
	}
	return major, nil
}

// create runs initdb in a folder beside the final one and renames it when it is
// whole, so that a start that was killed leaves nothing that looks like a record.
func (c *Cluster) create(ctx context.Context) error {
	unfinished := c.folder + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("clear away an unfinished cluster: %w", err)
	}
	if err := os.Mkdir(unfinished, 0o700); err != nil {
		return fmt.Errorf("create the cluster's folder: %w", err)
	}
	if c.account.credential() != nil {
		if err := os.Chown(unfinished, c.account.uid, c.account.gid); err != nil {
			return fmt.Errorf("give the cluster's folder to %s: %w", c.account.name, err)
		}
	}
	dir, err := os.Open(unfinished)
	if err != nil {
		return fmt.Errorf("open the cluster's folder: %w", err)
	}
	defer func() { _ = dir.Close() }()

	args := []string{
		"-D", handedFolder, "-U", superuser, "-E", "UTF8", "--locale=C", "--data-checksums",
		"--auth-local=peer", "--auth-host=reject", "--no-instructions",
	}
	if c.purpose == Throwaway {
		args = append(args, "--no-sync")
	}
	var said bytes.Buffer
	cmd := c.command(dir, "initdb", args...)
	cmd.Stdout, cmd.Stderr = &said, &said
	p, err := startChild(cmd, syscall.SIGKILL)
	if err != nil {
		return fmt.Errorf("run initdb: %w", err)
	}
	select {
	case <-p.ended:
	case <-ctx.Done():
		p.signal(syscall.SIGKILL)
		<-p.ended
		return fmt.Errorf("create the cluster: %w", ctx.Err())
	}
	if p.err != nil {
		return fmt.Errorf("create the cluster: initdb: %w: %s", p.err, strings.TrimSpace(said.String()))
	}
	if err := os.Rename(unfinished, c.folder); err != nil {
		return fmt.Errorf("put the new cluster in place: %w", err)
	}
	return nil
}

// configure writes the three configuration files afresh. It goes through an
// os.Root because the files lie in a folder of another account.
func (c *Cluster) configure() error {
	size, err := measure(c.folder)
	if err != nil {
		return err
	}
	starter, err := lookupUID(os.Geteuid())
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(c.folder)
	if err != nil {
		return fmt.Errorf("open the cluster: %w", err)
	}
	defer func() { _ = root.Close() }()
	for name, text := range map[string]string{
		"postgresql.conf": settings(size, c.purpose, c.folder),
		"pg_hba.conf":     access,
		"pg_ident.conf":   identities("root", serverUser, c.account.name, starter.name),
	} {
		if err := c.replace(root, name, text); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}

func (c *Cluster) replace(root *os.Root, name, text string) error {
	fresh := name + ".new"
	if err := root.RemoveAll(fresh); err != nil {
		return err
	}
	if err := root.WriteFile(fresh, []byte(text), 0o600); err != nil {
		return err
	}
	if c.account.credential() != nil {
		if err := root.Lchown(fresh, c.account.uid, c.account.gid); err != nil {
			return err
		}
	}
	return root.Rename(fresh, name)
}

// handedFolder is where a child finds the folder it was handed as its first
// extra file.
const handedFolder = "/proc/self/fd/3"

// command is one of the server programs, run as the cluster's account in a
// session of its own: a Ctrl-C meant for us must not reach it.
func (c *Cluster) command(dir *os.File, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(c.bin.path(program), args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + c.bin.dir + ":/usr/bin:/bin", "LC_ALL=C"}
	cmd.ExtraFiles = []*os.File{dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: c.account.credential()}
	return cmd
}
