//go:build linux

package localpg

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sys/unix"
)

// Server is a hold on the private Postgres of a data folder: as long as one
// process has one, the server runs; and should it die, the next connection
// starts it again.
type Server struct {
	data  string
	say   func(string)
	lease lock
	// dir is <data>/pg: the way to the socket, however long the path.
	dir *os.File
	// ensuring lets one of our connections at a time see to the server.
	ensuring chan struct{}
	close    func() error
}

// Attach finds or starts the private Postgres of a data folder, creating folder
// and cluster where there are none, and returns when it answers.
//
// It returns a *MissingError where the server programs are not installed and a
// *VersionError where the folder was written by another major version.
func Attach(ctx context.Context, data string, o Options) (*Server, error) {
	if os.Getenv(keeperMark) != "" {
		return nil, errors.New("localpg: a keeper may not attach; main must call KeepIfAsked before anything else")
	}
	if err := checkEnvironment(); err != nil {
		return nil, err
	}
	data, err := filepath.Abs(data)
	if err != nil {
		return nil, fmt.Errorf("path of the data folder: %w", err)
	}
	// Others on this machine have no business in it.
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	s := &Server{data: data, say: o.Say, ensuring: make(chan struct{}, 1)}
	if s.say == nil {
		s.say = func(string) {}
	}
	s.close = sync.OnceValue(s.leave)
	if s.lease, err = openLock(data, leaseLock); err != nil {
		return nil, err
	}
	if err := s.ensure(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// App connects as the role the program works as. The settings are good until Close.
func (s *Server) App() *pgx.ConnConfig { return connConfig(AppRole, Database, s.dial) }

// Owner connects as the role that owns the record and runs the migrations.
func (s *Server) Owner() *pgx.ConnConfig { return connConfig(OwnerRole, Database, s.dial) }

// Folder is where the cluster lies.
func (s *Server) Folder() string { return filepath.Join(s.data, "pg") }

// dial connects to the socket; if nobody answers there, it sees to the server
// first.
func (s *Server) dial(ctx context.Context) (net.Conn, error) {
	conn, err := s.dialOnce(ctx)
	if err == nil || ctx.Err() != nil {
		return conn, err
	}
	if err := s.ensure(ctx); err != nil {
		return nil, err
	}
	return s.dialOnce(ctx)
}

func (s *Server) dialOnce(ctx context.Context) (net.Conn, error) { return dialSocket(ctx, s.dir) }

// ensure returns when a keeper lives and its server answers, starting one if
// need be. It holds the start lock meanwhile, so that two never start at once.
func (s *Server) ensure(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, recoveryPatience)
	defer cancel()
	select {
	case s.ensuring <- struct{}{}:
		defer func() { <-s.ensuring }()
	case <-ctx.Done():
		return ctx.Err()
	}
	start, err := openLock(s.data, startLock)
	if err != nil {
		return err
	}
	defer func() { _ = start.close() }()
	if err := start.wait(ctx, unix.LOCK_EX); err != nil {
		return err
	}
	// A keeper that is stopping its server holds the lease alone until it is done.
	if err := s.lease.wait(ctx, unix.LOCK_SH); err != nil {
		return err
	}
	for {
		free, err := isFree(s.data, keeperLock)
		if err != nil {
			return err
		}
		if free {
			return s.startKeeper(ctx)
		}
		if err := s.answers(ctx); err == nil {
			return nil
		}
		if err := pause(ctx, lookAgain); err != nil {
			return fmt.Errorf("wait for the private Postgres: %w", err)
		}
	}
}

func (s *Server) startKeeper(ctx context.Context) error {
	if _, err := os.Stat(s.Folder()); errors.Is(err, os.ErrNotExist) {
		s.say("首次启动:正在建立数据库目录 …")
	}
	// Done here as well as in the keeper, so that its errors keep their types.
	cluster, err := Prepare(ctx, s.data, Production)
	if err != nil {
		return err
	}
	if s.dir == nil {
		s.dir = cluster.dir
	} else if err := cluster.Close(); err != nil {
		return fmt.Errorf("close the cluster's folder: %w", err)
	}
	return spawnKeeper(ctx, s.data)
}

// answers returns nil if the server accepts our connections.
func (s *Server) answers(ctx context.Context) error {
	if s.dir == nil {
		dir, err := os.Open(s.Folder())
		if err != nil {
			return fmt.Errorf("open the cluster: %w", err)
		}
		s.dir = dir
	}
	conn, err := pgx.ConnectConfig(ctx, connConfig(AppRole, Database, s.dialOnce))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// Close leaves the server. The last one to leave waits until it has stopped.
// Connections made through it must be closed before; calling it again is harmless.
func (s *Server) Close() error { return s.close() }

func (s *Server) leave() error {
	// Whoever can hold the lease alone is the last.
	last, err := s.lease.try(unix.LOCK_EX)
	err = errors.Join(err, s.lease.close())
	if s.dir != nil {
		err = errors.Join(err, s.dir.Close())
	}
	if !last {
		return err
	}
	return errors.Join(err, awaitKeeperGone(s.data))
}

// awaitKeeperGone waits for the keeper to stop the server, unless somebody else
// has come in between.
func awaitKeeperGone(data string) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	for {
		gone, err := isFree(data, keeperLock)
		if gone || err != nil {
			return err
		}
		used, err := isShared(data, leaseLock)
		if used || err != nil {
			return err
		}
		if err := pause(ctx, lockAgain); err != nil {
			return fmt.Errorf("wait for the private Postgres to stop: %w", err)
		}
	}
}
