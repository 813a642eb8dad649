//go:build linux

package localpg

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// child is a process that gets a signal from the kernel when we die, however we
// die.
type child struct {
	process *os.Process
	ended   chan struct{}
	err     error // how it ended; to be read after ended is closed
}

// startChild starts cmd and waits for it in the background. The kernel sends
// the death signal when the starting *thread* ends, so one goroutine keeps the
// thread from the start to the end of the child.
func startChild(cmd *exec.Cmd, onOurDeath syscall.Signal) (*child, error) {
	cmd.SysProcAttr.Pdeathsig = onOurDeath
	c := &child{ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		c.process = cmd.Process
		started <- nil
		c.err = cmd.Wait()
		close(c.ended)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return c, nil
}

// signal is for a child that may have ended meanwhile, which is no error.
func (c *child) signal(s syscall.Signal) { _ = c.process.Signal(s) }
