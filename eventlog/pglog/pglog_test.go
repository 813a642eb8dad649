package pglog_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
	"shouwang/eventlog/logtest"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
)

func TestMain(m *testing.M) {
	logtest.WriterProcess(open)
	os.Exit(m.Run())
}

func TestContract(t *testing.T) {
	t.Parallel()
	logtest.Run(t, logtest.Adapter{
		Create: func(t testing.TB) string { return address(t, pgtest.Config(t)) },
		Open:   open,
	})
}

// place is a test database as another process can reach it.
type place struct{ Socket, User, Database string }

func address(t testing.TB, config *pgx.ConnConfig) string {
	t.Helper()
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	// The servers of tests have a short folder, and carry its name.
	var folder string
	if err := conn.QueryRow(t.Context(), "show cluster_name").Scan(&folder); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(folder, fmt.Sprintf(".s.PGSQL.%d", config.Port))
	text, err := json.Marshal(place{Socket: socket, User: config.User, Database: config.Database})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func open(ctx context.Context, address string, clock func() time.Time) (eventlog.Log, error) {
	var p place
	if err := json.Unmarshal([]byte(address), &p); err != nil {
		return nil, fmt.Errorf("address %q: %w", address, err)
	}
	config, err := pgx.ParseConfig(fmt.Sprintf("host=/ user=%s dbname=%s sslmode=disable", p.User, p.Database))
	if err != nil {
		return nil, err
	}
	config.DialFunc = func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", p.Socket)
	}
	return pglog.Open(ctx, pglog.Config{Conn: config, Clock: clock})
}
