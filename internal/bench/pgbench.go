package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// errNoPgbench says that the tool to compare with is not installed.
var errNoPgbench = errors.New("未找到 pgbench,无法对照;请安装: apt-get install postgresql-contrib(RHEL: dnf install postgresql-contrib)")

// pgbench measures the statements with Postgres's own tool: so many clients on
// two threads, each statement prepared, chosen by chance.
func (r *run) pgbench(ctx context.Context, d *Database, statements []statement) (cell, error) {
	program, err := findPgbench(ctx)
	if err != nil {
		return cell{}, err
	}
	var scripts []string
	for _, s := range statements {
		text, err := s.script()
		if err != nil {
			return cell{}, err
		}
		scripts = append(scripts, text)
	}
	seconds := max(1, int(r.Each.Seconds()+0.5))
	return cell{name: "pgbench", measure: func(ctx context.Context) (sample, error) {
		folder, err := os.MkdirTemp("", "shouwang-pgbench-")
		if err != nil {
			return sample{}, fmt.Errorf("make a folder for scripts: %w", err)
		}
		defer func() { _ = os.RemoveAll(folder) }()
		args := []string{"-n", "-M", "prepared", "-c", strconv.Itoa(queryClients), "-j", "2", "-T", strconv.Itoa(seconds)}
		for i, text := range scripts {
			name := filepath.Join(folder, fmt.Sprintf("%d.sql", i))
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				return sample{}, fmt.Errorf("write a script: %w", err)
			}
			args = append(args, "-f", name)
		}
		cmd := exec.CommandContext(ctx, program, append(args, d.libpq()...)...)
		cmd.Dir = "/"
		cmd.Env = append(os.Environ(), "PGOPTIONS=", "PGCONNECT_TIMEOUT=10")
		if d.server.private != nil {
			// The socket's path may be too long for its name; this one is not.
			cmd.Dir = d.server.private.Folder()
		}
		out, err := cmd.CombinedOutput()
		if err != nil {
			return sample{}, fmt.Errorf("pgbench: %w: %s", err, out)
		}
		return readPgbench(out)
	}}, nil
}

// libpq is how the tool reaches the database.
func (d *Database) libpq() []string {
	if d.server.private != nil {
		return []string{"-h", "/proc/self/cwd", "-U", d.server.app.User, d.name}
	}
	c := d.App()
	settings := fmt.Sprintf("host=%s port=%d user=%s dbname=%s", quoted(c.Host), c.Port, quoted(c.User), quoted(c.Database))
	if c.Password != "" {
		settings += " password=" + quoted(c.Password)
	}
	return []string{settings}
}

func quoted(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'" }

var (
	tps     = regexp.MustCompile(`(?m)^tps = ([0-9.]+)`)
	handled = regexp.MustCompile(`(?m)^number of transactions actually processed: ([0-9]+)`)
	failed  = regexp.MustCompile(`(?m)^number of failed transactions: ([0-9]+)`)
)

func readPgbench(out []byte) (sample, error) {
	rate, n := tps.FindSubmatch(out), handled.FindSubmatch(out)
	if rate == nil || n == nil {
		return sample{}, fmt.Errorf("pgbench says nothing of its speed: %s", out)
	}
	if wrong := failed.FindSubmatch(out); wrong != nil && string(wrong[1]) != "0" {
		return sample{}, fmt.Errorf("pgbench failed %s times: %s", wrong[1], out)
	}
	var s sample
	var err error
	if s.value, err = strconv.ParseFloat(string(rate[1]), 64); err != nil {
		return sample{}, fmt.Errorf("read pgbench's rate: %w", err)
	}
	s.count, err = strconv.ParseInt(string(n[1]), 10, 64)
	return s, err
}

// findPgbench looks where the server programs are, then along PATH.
func findPgbench(ctx context.Context) (string, error) {
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		if program, err := exec.LookPath(filepath.Join(strings.TrimSpace(string(out)), "pgbench")); err == nil {
			return program, nil
		}
	}
	if program, err := exec.LookPath("pgbench"); err == nil {
		return program, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if err != nil || len(found) == 0 {
		return "", errNoPgbench
	}
	return found[len(found)-1], nil
}

// script writes the statement with its parameters in it.
func (s statement) script() (string, error) {
	sql := s.sql
	args := s.args
	for len(args) > 0 {
		named, ok := args[0].(pgx.NamedArgs)
		if !ok {
			break
		}
		rewritten, rest, err := named.RewriteQuery(context.Background(), nil, sql, nil)
		if err != nil {
			return "", fmt.Errorf("name the parameters of %s: %w", sql, err)
		}
		sql, args = rewritten, rest
	}
	var unknown error
	sql = strings.Join(strings.Fields(sql), " ")
	sql = parameter.ReplaceAllStringFunc(sql, func(place string) string {
		n, err := strconv.Atoi(place[1:])
		if err != nil || n < 1 || n > len(args) {
			unknown = fmt.Errorf("%s has no parameter %s", sql, place)
			return place
		}
		text, err := literal(args[n-1])
		if err != nil {
			unknown = fmt.Errorf("parameter %s of %s: %w", place, sql, err)
		}
		return text
	})
	return sql + ";\n", unknown
}

var parameter = regexp.MustCompile(`\$[0-9]+`)

func literal(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'", nil
	case int:
		return strconv.Itoa(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case []string:
		return "'{" + strings.Join(v, ",") + "}'::text[]", nil
	}
	return "", fmt.Errorf("%T is not known here", value)
}
