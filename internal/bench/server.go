package bench

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"shouwang/internal/localpg"
)

// server is where everything is measured.
type server struct {
	admin, owner, app *pgx.ConnConfig // without a database of ours
	postmaster        int             // its process, 0 if it is not on this machine
	databases         int             // made so far
	name              string          // what the databases' names begin with

	private *localpg.Server // nil: a server that was named
	folder  string          // of the private one, thrown away at the end
}

// superuser is the private server's; the bench lets it create databases and
// read how fast the server is without us.
const superuser = "postgres"

func openServer(ctx context.Context, c Config) (*server, error) {
	s := &server{name: fmt.Sprintf("shouwang_bench_%d", os.Getpid())}
	if c.DatabaseURL == "" {
		if err := s.openPrivate(ctx, c); err != nil {
			return nil, err
		}
	} else {
		config, err := pgx.ParseConfig(c.DatabaseURL)
		if err != nil {
			return nil, fmt.Errorf("read DATABASE_URL: %w", err)
		}
		s.admin, s.owner, s.app = config, config, config
	}
	if err := s.look(ctx); err != nil {
		return nil, errors.Join(err, s.close(context.WithoutCancel(ctx)))
	}
	return s, nil
}

func (s *server) openPrivate(ctx context.Context, c Config) error {
	folder, err := os.MkdirTemp(c.Folder, "shouwang-bench-")
	if err != nil {
		return fmt.Errorf("make a throw-away data folder: %w", err)
	}
	s.folder = folder
	s.private, err = localpg.Attach(ctx, folder, localpg.Options{})
	if err != nil {
		return errors.Join(fmt.Errorf("start a private Postgres: %w", err), os.RemoveAll(folder))
	}
	c.Say("临时数据目录(结束后删除): " + folder)
	s.owner, s.app, s.admin = s.private.Owner(), s.private.App(), s.private.App()
	s.admin.User, s.admin.Database = superuser, superuser
	return nil
}

// look finds out whether databases may be created and which process serves us.
func (s *server) look(ctx context.Context) error {
	return s.withAdmin(ctx, func(conn *pgx.Conn) error {
		var may, here bool
		var backend int
		err := conn.QueryRow(ctx, `select rolcreatedb or rolsuper, pg_backend_pid(),
			inet_server_addr() is null or inet_server_addr() = inet_client_addr()
			from pg_roles where rolname = current_user`).Scan(&may, &backend, &here)
		if err != nil {
			return fmt.Errorf("ask what may be done on this server: %w", err)
		}
		if !may {
			return errors.New("the bench makes databases of its own and drops them again: its role needs CREATEDB. Nothing was touched")
		}
		if here {
			s.postmaster = parentOf(backend)
		}
		return nil
	})
}

func (s *server) withAdmin(ctx context.Context, do func(*pgx.Conn) error) error {
	conn, err := pgx.ConnectConfig(ctx, s.admin)
	if err != nil {
		return fmt.Errorf("connect to the server: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return do(conn)
}

// settle writes out what earlier measurements left to be written, so that none
// pays for another. Where that is not permitted, it is left to the server.
func (s *server) settle(ctx context.Context) error {
	return s.withAdmin(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "checkpoint")
		var pg *pgconn.PgError
		if errors.As(err, &pg) && pg.Code == notPermitted {
			return nil
		}
		return err
	})
}

// notPermitted is Postgres's code for insufficient privilege.
const notPermitted = "42501"

func (s *server) close(ctx context.Context) error {
	if s.private == nil {
		return nil
	}
	return errors.Join(s.private.Close(), os.RemoveAll(s.folder))
}
