package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"shouwang/commands/sealing"
	"shouwang/domain/policy"
	"shouwang/internal/localpg"
	"shouwang/projections"
)

// here runs the program in this process, in a folder where nothing is.
func here(t *testing.T, args ...string) outcome {
	t.Helper()
	var stdout, stderr strings.Builder
	status := run(t.Context(), args, []string{"SHOUWANG_DATA=" + t.TempDir()}, strings.NewReader(""), &stdout, &stderr)
	return outcome{status, stdout.String(), stderr.String()}
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"", "report", "policy", "bench", "nonsense", "serve extra", "serve --nonsense", "--nonsense",
		"serve --addr nowhere", "serve --addr 127.0.0.1:99999", "serve --addr 127.0.0.1:http",

		"serve --oidc-client shouwang", "serve --oidc-issuer https://id.example.gov.cn", "serve --oidc-issuer http://id.example.gov.cn --oidc-client shouwang",
		"serve --oidc-issuer nowhere --oidc-client shouwang",
		"report nonsense", "report half-year --persons all", "report half-year --as-of 2023-02-30", "report half-year --known-at yesterday",
		"replay", "replay D01 D02", "replay D01 --as-of tomorrow",
		"policy show", "policy diff county-2023", "policy check", "version now", "doctor --data",
	} {
		o := here(t, strings.Fields(line)...)
		if o.status != exitUsage {
			t.Errorf("shouwang %s: exit code %d, want 2\n%s%s", line, o.status, o.stdout, o.stderr)
		}
		if o.stdout+o.stderr == "" {
			t.Errorf("shouwang %s says nothing", line)
		}
	}
}

func TestOnlyThisMachineMayCome(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.1:0", "example.com:0"} {
		o := here(t, "serve", "--addr", address)
		if o.status != exitFailed || !strings.Contains(o.stderr, "只能在本机监听") {
			t.Errorf("%s: exit code %d %s", address, o.status, o.stderr)
		}
	}
}

func TestHelpIsNoError(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"--help", "help", "help report", "report half-year --help", "demo -h"} {
		if o := here(t, strings.Fields(line)...); o.status != exitDone || o.stdout == "" || o.stderr != "" {
			t.Errorf("shouwang %s: %+v", line, o)
		}
	}
}

func TestEveryErrorSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		status int
		says   []string
	}{
		{nil, exitDone, nil},
		{&localpg.MissingError{Command: "apt-get install -y postgresql"}, exitUsage, []string{"apt-get install -y postgresql"}},
		{fmt.Errorf("open: %w", &localpg.VersionError{Folder: "pg", Written: 13, Found: []int{15}}), exitFailed, []string{"pg_upgrade", "13"}},
		{fmt.Errorf("open: %w", sealing.ErrMasterKeyMissing), exitFailed, []string{"从备份恢复", "restore", sealing.EnvMasterKeyFile}},
		{sealing.ErrMasterKeyDifferent, exitFailed, []string{"从备份恢复", "restore"}},
		{sealing.ErrMasterKeyExposed, exitFailed, []string{"chmod 600"}},
		{fmt.Errorf("register: %w", projections.ErrStopped), exitFailed, []string{"shouwang doctor"}},
		{fmt.Errorf("register: %w", projections.ErrNewer), exitFailed, []string{"newer program"}},
		{policy.Refuse(policy.FutureDay, "发生日期晚于今天"), exitFailed, []string{"发生日期晚于今天", string(policy.FutureDay)}},
		{context.Canceled, exitFailed, []string{"已中断", "interrupted"}},
		{errors.New("something else"), exitFailed, []string{"something else", "shouwang doctor"}},
		{errUnhealthy, exitFailed, nil},
	} {
		var stderr strings.Builder
		p := &program{stderr: &stderr}
		if status := p.conclude(c.err); status != c.status {
			t.Errorf("%v: exit code %d, want %d", c.err, status, c.status)
		}
		for _, text := range c.says {
			if !strings.Contains(stderr.String(), text) {
				t.Errorf("%v does not say %q:\n%s", c.err, text, stderr.String())
			}
		}
		if len(c.says) == 0 && stderr.Len() > 0 {
			t.Errorf("%v says %s", c.err, stderr.String())
		}
	}
}
