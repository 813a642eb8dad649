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
	text := fmt.Sprintf("host=/ port=%d user=%s dbname=%s sslmode=disable application_name=shouwang", port, role, database)
	config, err := pgx.ParseConfig(text)
	if err != nil {
		// Only the environment (a PGSERVICE that does not exist) can spoil it.
		panic(fmt.Sprintf("localpg: connection settings %q: %v", text, err))
	}
	config.DialFunc = func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) }
	return config
}

// dialSocket goes through the open folder, since a socket's path may be no
// longer than 107 bytes and the folder's path may.
func dialSocket(ctx context.Context, dir *os.File) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "unix", fmt.Sprintf("/proc/self/fd/%d/.s.PGSQL.%d", dir.Fd(), port))
}
