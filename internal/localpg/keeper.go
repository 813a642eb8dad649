//go:build linux

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	// keeperArgument is the hidden subcommand: shouwang keep-postgres DATA.
	keeperArgument = "keep-postgres"
	// keeperMark in the environment tells a keeper from everybody else, so that
	// a program that forgot KeepIfAsked fails instead of starting itself for ever.
	keeperMark = "SHOUWANG_KEEPER"
	// ready is what a keeper reports when its server accepts connections.
	ready = "ready"
	// reportFD is where a keeper finds the pipe to whoever started it.
	reportFD = 3
)

// KeepIfAsked must be the first thing main does (and TestMain of a package whose
// tests call Attach). If this process was started to keep a Postgres, it does
// that and exits; otherwise it returns at once.
func KeepIfAsked() {
	if len(os.Args) != 3 || os.Args[1] != keeperArgument || os.Getenv(keeperMark) == "" {
		return
	}
	syscall.CloseOnExec(reportFD)
	report := os.NewFile(reportFD, "report")
	if err := keep(context.Background(), os.Args[2], report); err != nil {
		_, _ = io.WriteString(report, err.Error())
		os.Exit(1)
	}
	os.Exit(0)
}

// spawnKeeper starts this program again as a keeper and returns when its server
// accepts connections. The caller holds the start lock and the lease.
func spawnKeeper(ctx context.Context, data string) error {
	hear, report, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("pipe to the keeper: %w", err)
	}
	defer func() { _ = hear.Close() }()
	// Not by its path: the file may have been replaced since we started.
	cmd := exec.Command("/proc/self/exe", keeperArgument, data)
	cmd.Args[0] = os.Args[0]
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), keeperMark+"=1")
	cmd.ExtraFiles = []*os.File{report}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	err = cmd.Start()
	if err := errors.Join(err, report.Close()); err != nil {
		return fmt.Errorf("start the keeper: %w", err)
	}
	go func() { _ = cmd.Wait() }() // it may end long before us, and must not stay a zombie

	heard := make(chan string, 1)
	go func() {
		text, err := io.ReadAll(hear)
		if err != nil || len(text) == 0 {
			text = fmt.Appendf(nil, "the keeper ended without a word (%v)", err)
		}
		heard <- string(text)
	}()
	select {
	case text := <-heard:
		if text != ready {
			return errors.New("private Postgres: " + text)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the private Postgres to start: %w", ctx.Err())
	}
}

// keep runs the server until everybody has left, or until it ends by itself;
// then the next connection of somebody attached starts another keeper.
func keep(ctx context.Context, data string, report *os.File) error {
	// It follows the lease and nothing else: a signal meant for all processes
	// of a terminal or a service must not stop the server before the others.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)

	mine, err := openLock(data, keeperLock)
	if err != nil {
		return err
	}
	// Whoever looks whether a keeper lives holds this lock for a moment.
	soon, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	if err := mine.wait(soon, unix.LOCK_EX); err != nil {
		return fmt.Errorf("another keeper lives: %w", err)
	}
	if err := writePid(mine.file); err != nil {
		return err
	}
	lease, err := openLock(data, leaseLock)
	if err != nil {
		return err
	}
	cluster, err := Prepare(ctx, data, Production)
	if err != nil {
		return err
	}
	server, err := cluster.Start(ctx)
	if err != nil {
		return err
	}
	if err := cluster.provision(ctx); err != nil {
		return errors.Join(err, server.Stop())
	}
	// If whoever started us is gone, the lease tells what to do.
	_, _ = io.WriteString(report, ready)
	_ = report.Close()

	everybodyLeft := make(chan error, 1)
	go func() { everybodyLeft <- lease.flock(unix.LOCK_EX) }()
	select {
	case err = <-everybodyLeft:
		err = errors.Join(err, server.Stop())
	case <-server.Ended():
	}
	// In this order: who gets the lease next must find no keeper.
	return errors.Join(err, mine.close(), lease.close())
}

// writePid tells a person which process it is; no program reads it.
func writePid(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("write the keeper's pid: %w", err)
	}
	if _, err := io.Copy(f, strings.NewReader(fmt.Sprintln(os.Getpid()))); err != nil {
		return fmt.Errorf("write the keeper's pid: %w", err)
	}
	return nil
}
