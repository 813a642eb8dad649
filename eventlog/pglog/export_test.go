package pglog

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

// SettingAfterConnect returns a setting as the log's own connections have it.
func SettingAfterConnect(t testing.TB, config *pgx.ConnConfig, name string) string {
	t.Helper()
	conn, err := newConns(config).connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	var value string
	if err := conn.QueryRow(t.Context(), "select current_setting($1)", name).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
