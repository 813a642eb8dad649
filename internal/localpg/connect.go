//go:build linux

package localpg

import (
	"context"
	"fmt"
	"net"
	"os"

	"github.com/jackc/pgx/v5"
)

// port only names the socket file; nothing listens on TCP.
const port = 5432

// Config connects to a database of this cluster as one of its roles, through
// the socket in its folder. It is good until Close.
func (c *Cluster) Config(role, database string) *pgx.ConnConfig {
	return connConfig(role, database, func(ctx context.Context) (net.Conn, error) { return dialSocket(ctx, c.dir) })
}

func connConfig(role, database string, dial func(context.Context) (net.Conn, error)) *pgx.ConnConfig {
	config, err := parseConfig(role, database)
	if err != nil {
		panic(err) // checkEnvironment has been called before
	}
	config.DialFunc = func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) }
	return config
}

// parseConfig names everything that the PG… variables of somebody who also uses
// other servers could set otherwise.
func parseConfig(role, database string) (*pgx.ConnConfig, error) {
	text := fmt.Sprintf("host=/ port=%d user=%s dbname=%s sslmode=disable application_name=shouwang target_session_attrs=any timezone=UTC options=''",
		port, role, database)
	config, err := pgx.ParseConfig(text)
	if err != nil {
		return nil, fmt.Errorf("settings of the connection: %w", err)
	}
	return config, nil
}

// checkEnvironment finds what spoils any settings: a PGSERVICE that does not exist.
func checkEnvironment() error {
	_, err := parseConfig(AppRole, Database)
	return err
}

// dialSocket goes through the open folder, since a socket's path may be no
// longer than 107 bytes and the folder's path may. Connections are also dialled
// late, by pgx to cancel what was under way: Control keeps the handle from being
// closed, and its number from being given to another file, meanwhile.
func dialSocket(ctx context.Context, dir *os.File) (net.Conn, error) {
	raw, err := dir.SyscallConn()
	if err != nil {
		return nil, fmt.Errorf("reach the folder of the socket: %w", err)
	}
	var conn net.Conn
	var dialled error
	if err := raw.Control(func(fd uintptr) {
		var d net.Dialer
		conn, dialled = d.DialContext(ctx, "unix", fmt.Sprintf("/proc/self/fd/%d/.s.PGSQL.%d", fd, port))
	}); err != nil {
		return nil, fmt.Errorf("reach the folder of the socket: %w", err)
	}
	return conn, dialled
}
