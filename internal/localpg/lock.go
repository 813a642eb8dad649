//go:build linux

package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// The lock files of a data folder. The kernel lets go of a lock when its holder
// dies, however it dies; the files themselves stay and mean nothing.
const (
	// startLock is held by the one process that may start something.
	startLock = "postgres.start"
	// leaseLock is shared by everybody who uses the server; the keeper waits
	// to hold it alone.
	leaseLock = "postgres.lease"
	// keeperLock is held by the keeper as long as it lives; it contains its pid.
	keeperLock = "postgres.keeper"
)

const (
	// lockAgain is the pause between two attempts at a lock that is taken.
	lockAgain = 20 * time.Millisecond
	// lockPatience bounds the wait for a lock that others hold for moments only.
	lockPatience = 10 * time.Second
)

// lock is an open lock file. Go opens files so that children do not inherit
// them, and with them the lock.
type lock struct{ file *os.File }

func openLock(data, name string) (lock, error) {
	path := filepath.Join(data, name)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return lock{}, fmt.Errorf("open the lock %s: %w", path, err)
	}
	if err := giveToOwner(f, data); err != nil {
		return lock{}, errors.Join(err, f.Close())
	}
	return lock{f}, nil
}

// giveToOwner keeps root from leaving behind a file in somebody's folder that
// he himself could not open.
func giveToOwner(f *os.File, data string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(data)
	if err != nil {
		return fmt.Errorf("look at the data folder: %w", err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fmt.Errorf("the owner of %s is not known", data)
	}
	if err := f.Chown(int(stat.Uid), int(stat.Gid)); err != nil {
		return fmt.Errorf("give the lock to the owner of the data folder: %w", err)
	}
	return nil
}

// try takes the lock (unix.LOCK_SH or unix.LOCK_EX) if that is possible at once.
// A lock already held through this handle is exchanged, and may be lost.
func (l lock) try(how int) (bool, error) {
	err := l.flock(how | unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// wait takes the lock as soon as it is free.
func (l lock) wait(ctx context.Context, how int) error {
	for {
		if ok, err := l.try(how); ok || err != nil {
			return err
		}
		if err := pause(ctx, lockAgain); err != nil {
			return fmt.Errorf("wait for the lock %s: %w", l.file.Name(), err)
		}
	}
}

// flock lets the kernel wait when how has no LOCK_NB.
func (l lock) flock(how int) error {
	for {
		err := unix.Flock(int(l.file.Fd()), how)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.EWOULDBLOCK):
			return err
		}
		return fmt.Errorf("lock %s: %w", l.file.Name(), err)
	}
}

// close lets go of the lock.
func (l lock) close() error { return l.file.Close() }

// isFree tells whether nobody holds the named lock.
func isFree(data, name string) (bool, error) {
	l, err := openLock(data, name)
	if err != nil {
		return false, err
	}
	free, err := l.try(unix.LOCK_SH)
	return free, errors.Join(err, l.close())
}

// isShared tells whether somebody holds the named lock without holding it alone.
func isShared(data, name string) (bool, error) {
	l, err := openLock(data, name)
	if err != nil {
		return false, err
	}
	defer func() { _ = l.close() }()
	if free, err := l.try(unix.LOCK_EX); free || err != nil {
		return false, err
	}
	return l.try(unix.LOCK_SH)
}
