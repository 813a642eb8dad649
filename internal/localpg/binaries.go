package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// oldestMajor is the oldest Postgres this program is meant for: Ubuntu 22.04
// ships it, and nothing older is still maintained where we are installed.
const oldestMajor = 14

// binaries is one installation of the server programs.
type binaries struct {
	dir   string
	major int
}

func (b binaries) path(program string) string { return filepath.Join(b.dir, program) }

// MissingError says that no usable server programs were found. Command is the
// one line that installs them on this machine.
type MissingError struct{ Command string }

func (e *MissingError) Error() string {
	return "未找到 PostgreSQL 服务器程序 (no PostgreSQL server programs found)。请先运行:\n  " + e.Command
}

// VersionError says that the folder was written by a major version whose
// programs are not installed. The folder is left as it is.
type VersionError struct {
	Folder  string // <data>/pg
	Written int    // the major version that wrote it
	Found   []int  // the major versions installed here
}

func (e *VersionError) Error() string {
	return fmt.Sprintf(`%s 由 PostgreSQL %d 写成,本机只有 %v (written by PostgreSQL %d; installed here: %v)。数据未作任何改动。可选:
  1. 安装 PostgreSQL %d 的服务器程序后再次启动,会自动选用: apt-get install postgresql-%d
  2. 用旧版本导出 (pg_dump),换一个新的数据目录启动后再导入 (psql)
  3. 用 pg_upgrade 升级该目录 (先备份)`, e.Folder, e.Written, e.Found, e.Written, e.Found, e.Written, e.Written)
}

// findBinaries returns the newest installation, or the one of the given major
// version when the folder already has one (0 = a new folder).
func findBinaries(ctx context.Context, folder string, written int) (binaries, error) {
	return choose(ctx, candidates(ctx), folder, written)
}

func choose(ctx context.Context, dirs []string, folder string, written int) (binaries, error) {
	var found []int
	var best binaries
	for _, dir := range dirs {
		major, err := majorOf(ctx, dir)
		if err != nil || major < oldestMajor || slices.Contains(found, major) {
			continue
		}
		found = append(found, major)
		if major == written || written == 0 && major > best.major {
			best = binaries{dir, major}
		}
	}
	switch {
	case len(found) == 0:
		return binaries{}, &MissingError{Command: installCommand()}
	case best.major == 0:
		return binaries{}, &VersionError{Folder: folder, Written: written, Found: found}
	}
	return best, nil
}

// candidates lists the folders that hold both server programs: what pg_config
// names, Debian's, Red Hat's and Homebrew's places, and PATH.
func candidates(ctx context.Context) []string {
	var dirs []string
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/opt/homebrew/opt/postgresql*/bin",
	} {
		if more, err := filepath.Glob(pattern); err == nil {
			dirs = append(dirs, more...)
		}
	}
	dirs = append(dirs, filepath.SplitList(os.Getenv("PATH"))...)
	return slices.DeleteFunc(dirs, func(dir string) bool {
		for _, program := range []string{"postgres", "initdb"} {
			if _, err := exec.LookPath(filepath.Join(dir, program)); err != nil {
				return true
			}
		}
		return !filepath.IsAbs(dir)
	})
}

// majorOf asks the program itself: "postgres (PostgreSQL) 15.18 (…)" → 15.
func majorOf(ctx context.Context, dir string) (int, error) {
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("ask %s/postgres for its version: %w", dir, err)
	}
	_, version, ok := strings.Cut(string(out), ") ")
	if !ok {
		return 0, errors.New("postgres --version names no version: " + string(out))
	}
	digits := strings.IndexFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	if digits < 1 {
		return 0, errors.New("postgres --version names no number: " + string(out))
	}
	return strconv.Atoi(version[:digits])
}

// installCommand names the package of the package manager found here.
func installCommand() string {
	for _, manager := range []struct{ program, command string }{
		{"apt-get", "apt-get install -y postgresql"},
		{"dnf", "dnf install -y postgresql-server"},
		{"apk", "apk add postgresql"},
		{"pacman", "pacman -S --noconfirm postgresql"},
		{"zypper", "zypper install -y postgresql-server"},
	} {
		if _, err := exec.LookPath(manager.program); err == nil {
			if os.Geteuid() != 0 {
				return "sudo " + manager.command
			}
			return manager.command
		}
	}
	return "make postgres"
}
