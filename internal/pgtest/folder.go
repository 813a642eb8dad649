//go:build linux

package pgtest

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

//go:embed undertaker.sh
var undertaker string

// processFolder returns a data folder for one server, inside a folder of this
// process that disappears when the process does, even by kill -9.
func processFolder(name string) (string, error) {
	home, err := home()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(home, name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", fmt.Errorf("folder for a test server: %w", err)
	}
	return folder, nil
}

// home makes this process's folder, once.
var home = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "shouwang-test-")
	if err != nil {
		return "", fmt.Errorf("folder for test servers: %w", err)
	}
	if err := removeAfterUs(folder); err != nil {
		return "", errors.Join(err, os.Remove(folder))
	}
	return folder, nil
})

// removeAfterUs starts a small shell that waits for the end of this process to
// remove the folder: a test binary has no exit of its own to do so, and may be
// killed. It knows the end by its standard input, which the kernel closes.
func removeAfterUs(folder string) error {
	// Our end stays a plain number that is never closed: an os.File would be
	// closed by the garbage collector as soon as nobody refers to it.
	var pipe [2]int
	if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC); err != nil {
		return fmt.Errorf("pipe to the shell that removes %s: %w", folder, err)
	}
	read := os.NewFile(uintptr(pipe[0]), "the end of this process")
	defer func() { _ = read.Close() }()
	cmd := exec.Command("/bin/sh", "-c", undertaker, "sh", folder)
	cmd.Dir = "/"
	cmd.Stdin = read
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return errors.Join(fmt.Errorf("start the shell that removes %s: %w", folder, err), unix.Close(pipe[1]))
	}
	return nil
}
