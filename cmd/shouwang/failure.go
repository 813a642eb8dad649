package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"shouwang/commands/sealing"
	"shouwang/domain/policy"
	"shouwang/eventlog/kurrentlog"
	"shouwang/internal/localpg"
	"shouwang/projections"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // refused or failed
	exitUsage  = 2 // wrong usage, or something must be installed first
)

// usageError is a command that was called in a way that means nothing.
type usageError struct {
	command string
	err     error // nil: the help has been shown
}

func (e *usageError) Error() string {
	if e.err == nil {
		return "no command was named"
	}
	return e.err.Error()
}

// remedy is an error with what to do about it, in Chinese and English.
type remedy struct {
	zh, en string
	do     []string // lines, commands to type among them
	err    error    // may be nil
}

func (r *remedy) Error() string {
	if r.err != nil {
		return r.en + ": " + r.err.Error()
	}
	return r.en
}

func (r *remedy) Unwrap() error { return r.err }

// conclude tells the person what went wrong and what to do, and returns the
// exit code. It is the one place where errors become text.
func (p *program) conclude(err error) int {
	var usage *usageError
	var missing *localpg.MissingError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		if usage.err != nil {
			p.say("用法错误 (wrong usage): %v", usage.err)
			p.say("  请看 (see): %s --help", usage.command)
		}
		return exitUsage
	case errors.As(err, &missing):
		p.say("%v", missing)
		return exitUsage
	case errors.Is(err, errUnhealthy):
		return exitFailed
	}
	r := remedyFor(err)
	p.say("错误：%s (%s)", r.zh, r.en)
	if r.err != nil {
		p.say("  原因 (cause): %s", strings.ReplaceAll(r.err.Error(), "\n", "\n  "))
	}
	for _, line := range r.do {
		p.say("  %s", line)
	}
	return exitFailed
}

// remedyFor finds what to say about an error. The order goes from what we know
// best to what we know least.
func remedyFor(err error) *remedy {
	var known *remedy
	var version *localpg.VersionError
	var refusal *policy.Refusal
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case errors.As(err, &version):
		return &remedy{zh: "数据目录由另一个大版本写成", en: "the data folder is of another major version", err: version}
	case errors.As(err, &refusal):
		return &remedy{zh: refusal.Reason, en: "refused by " + string(refusal.Rule)}
	case errors.Is(err, context.Canceled):
		return &remedy{zh: "已中断", en: "interrupted", do: []string{"未完成的写入可放心重做 (whatever was not finished may safely be repeated)"}}
	case errors.Is(err, sealing.ErrMasterKeyMissing), errors.Is(err, sealing.ErrMasterKeyDifferent), errors.Is(err, sealing.ErrMasterKeyDamaged):
		return &remedy{zh: "主密钥不可用", en: "the master key cannot be used", err: err, do: []string{
			"从备份恢复 <数据目录>/keys/master.key,或用 " + sealing.EnvMasterKeyFile + " 指明其位置",
			"(restore <data>/keys/master.key from its backup, or name its place in " + sealing.EnvMasterKeyFile + ")"}}
	case errors.Is(err, sealing.ErrMasterKeyExposed):
		return &remedy{zh: "主密钥文件权限过宽", en: "the master key file is open to others", err: err, do: []string{"chmod 600 <数据目录 data>/keys/master.key"}}
	case errors.Is(err, projections.ErrNewer):
		return &remedy{zh: "台账由更新版本的程序生成", en: "the read models were made by a newer program", err: err, do: []string{
			"请使用新版本程序，或停掉新版本后运行 (use the newer program, or stop it and run): shouwang rebuild"}}
	case errors.Is(err, projections.ErrBeingRebuilt):
		return &remedy{zh: "台账正在重建", en: "the read model is being rebuilt", err: err, do: []string{"稍候再试 (try again in a while)"}}
	case errors.Is(err, projections.ErrStopped):
		return &remedy{zh: "台账停在一条无法处理的记录上", en: "a read model has stopped", err: err, do: []string{"请运行 (run): shouwang doctor"}}
	case errors.Is(err, syscall.EADDRINUSE):
		return &remedy{zh: "端口已被占用", en: "the port is taken", err: err, do: []string{
			"换一个端口，例如 (choose another, e.g.): --addr 127.0.0.1:0"}}
	case errors.Is(err, syscall.ENOSPC):
		return &remedy{zh: "磁盘已满", en: "the disk is full", err: err, do: []string{
			"腾出空间后重新启动，已确认的记录不会丢失 (make room and start again; nothing acknowledged is lost)"}}
	case errors.Is(err, fs.ErrPermission):
		return &remedy{zh: "没有权限", en: "not permitted", err: err, do: []string{
			"请用数据目录的属主运行，或用 --data 换一个目录 (run as the owner of the data folder, or choose another with --data)"}}
	case errors.Is(err, kurrentlog.ErrAway):
		return &remedy{zh: "连不上 KurrentDB", en: "cannot connect to KurrentDB", err: err, do: []string{
			"请检查 --log 或 KURRENT_URL 中的地址、账号与证书 (check the address, the user and the certificate in --log or KURRENT_URL)"}}
	case errors.As(err, &connect):
		return &remedy{zh: "连不上数据库", en: "cannot connect to the database", err: err, do: []string{
			"请检查 DATABASE_URL 与该服务器；不设则自动启动私有数据库 (check DATABASE_URL and that server; unset, a private one is started)"}}
	case errors.As(err, &pg) && pg.Code == insufficientPrivilege:
		return &remedy{zh: "数据库角色权限不足", en: "the database role may not do this", err: err, do: []string{
			"建表须用属主：请设置 DATABASE_OWNER_URL (the schemas are made by their owner: set DATABASE_OWNER_URL)"}}
	case errors.As(err, &known):
		return known
	}
	return &remedy{zh: "操作失败", en: "it failed", err: err, do: []string{"请运行 (run): shouwang doctor"}}
}

// insufficientPrivilege is Postgres's code for what a role may not do.
const insufficientPrivilege = "42501"

// because wraps an error with what to do about it.
func because(err error, zh, en string, do ...string) error {
	if err == nil {
		return nil
	}
	return &remedy{zh: zh, en: en, do: do, err: err}
}

// refuse is an error that is only advice.
func refuse(zh, en string, do ...string) error { return &remedy{zh: zh, en: en, do: do} }

// usagef is a wrong usage found by the command itself.
func usagef(command, format string, args ...any) error {
	return &usageError{command: command, err: fmt.Errorf(format, args...)}
}
