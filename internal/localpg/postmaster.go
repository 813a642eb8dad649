//go:build linux

package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// startPatience is how long we go on trying when a server does not come up:
	// orphans of a killed one hold its memory for some milliseconds, and a
	// predecessor may still be writing its last checkpoint.
	startPatience = 60 * time.Second
	// recoveryPatience bounds the wait for a server that is alive and replays
	// its log after a crash.
	recoveryPatience = 10 * time.Minute
	// stopPatience bounds an orderly stop; after it the server is stopped at
	// once, which loses nothing but costs a recovery at the next start.
	stopPatience = 2 * time.Minute
	// lookAgain is the pause between two looks at a server that is coming up.
	lookAgain = 10 * time.Millisecond
	// startAgain is the pause before another attempt at a folder that is in use.
	startAgain = 50 * time.Millisecond
)

// Postmaster is a running server, a child of this process.
type Postmaster struct {
	cluster *Cluster
	child   *child
}

// Start starts the server and returns once it accepts connections. If this
// process dies, the server stops.
func (c *Cluster) Start(ctx context.Context) (*Postmaster, error) {
	ctx, cancel := context.WithTimeout(ctx, recoveryPatience)
	defer cancel()
	started := time.Now()
	var taken error // what the attempt before this one met
	for {
		p, err := c.startOnce(ctx)
		switch {
		case err == nil:
			return p, nil
		case !errors.Is(err, errTaken):
			return nil, errors.Join(err, taken)
		case time.Since(started) > startPatience:
			return nil, err
		}
		taken = err
		if err := pause(ctx, startAgain); err != nil {
			return nil, errors.Join(err, taken)
		}
	}
}

// errTaken says that something still holds the folder: worth another try.
var errTaken = errors.New("the folder is in use by another server or its remains")

func (c *Cluster) startOnce(ctx context.Context) (*Postmaster, error) {
	said, err := c.openStartupLog()
	if err != nil {
		return nil, err
	}
	defer func() { _ = said.Close() }()
	cmd := c.command(c.dir, "postgres", "-D", handedFolder)
	cmd.Stdout, cmd.Stderr = said, said
	onDeath := syscall.SIGINT // roll back what is open, write a checkpoint, leave
	if c.purpose == Throwaway {
		onDeath = syscall.SIGQUIT
	}
	running, err := startChild(cmd, onDeath)
	if err != nil {
		return nil, fmt.Errorf("start postgres: %w", err)
	}
	p := &Postmaster{cluster: c, child: running}
	if err := p.awaitReady(ctx); err != nil {
		p.Kill()
		return nil, err
	}
	return p, nil
}

// startupLog receives what the server says before its own log is open.
const startupLog = "startup.log"

// openStartupLog begins it anew. Like all we do as root in the folder of another
// account it goes through an os.Root, which no link leads out of.
func (c *Cluster) openStartupLog() (*os.File, error) {
	root, err := os.OpenRoot(c.folder)
	if err != nil {
		return nil, fmt.Errorf("open the cluster: %w", err)
	}
	defer func() { _ = root.Close() }()
	f, err := root.OpenFile(startupLog, os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the startup log: %w", err)
	}
	return f, nil
}

func (c *Cluster) readStartupLog() ([]byte, error) {
	root, err := os.OpenRoot(c.folder)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	return root.ReadFile(startupLog)
}

// awaitReady returns nil once a connection was accepted.
func (p *Postmaster) awaitReady(ctx context.Context) error {
	config := p.cluster.Config(superuser, "postgres")
	for {
		conn, err := pgx.ConnectConfig(ctx, config)
		if err == nil && p.alive() {
			return conn.Close(ctx)
		}
		if err == nil {
			_ = conn.Close(ctx)
		}
		select {
		case <-p.child.ended:
			return p.whyEnded()
		case <-ctx.Done():
			return fmt.Errorf("wait for postgres: %w", errors.Join(ctx.Err(), err))
		case <-time.After(lookAgain):
		}
	}
}

// whyEnded turns the startup log into an error.
func (p *Postmaster) whyEnded() error {
	said, err := p.cluster.readStartupLog()
	if err != nil {
		return fmt.Errorf("postgres ended: %w", errors.Join(p.child.err, err))
	}
	text := strings.TrimSpace(string(said))
	for _, sign := range []string{`lock file "postmaster.pid" already exists`, "pre-existing shared memory block", ".s.PGSQL."} {
		if strings.Contains(text, sign) {
			return fmt.Errorf("%w: %s: %s", errTaken, p.cluster.folder, text)
		}
	}
	return fmt.Errorf("postgres ended (%w): %s", p.child.err, text)
}

// Ended is closed when the server has ended, for whatever reason.
func (p *Postmaster) Ended() <-chan struct{} { return p.child.ended }

// Pid is the process id of the server.
func (p *Postmaster) Pid() int { return p.child.process.Pid }

func (p *Postmaster) alive() bool {
	select {
	case <-p.child.ended:
		return false
	default:
		return true
	}
}

// Stop ends the server in order: open transactions are rolled back, everything
// is written, connections are closed.
func (p *Postmaster) Stop() error {
	p.child.signal(syscall.SIGINT)
	select {
	case <-p.child.ended:
	case <-time.After(stopPatience):
		p.child.signal(syscall.SIGQUIT)
		<-p.child.ended
	}
	if p.child.err != nil {
		return fmt.Errorf("stop postgres: %w", p.child.err)
	}
	return nil
}

// Kill ends the server as a power cut would (kill -9) and returns when it is
// gone; its backends follow within milliseconds.
func (p *Postmaster) Kill() {
	p.child.signal(syscall.SIGKILL)
	<-p.child.ended
}

// pause waits unless the context ends first.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
