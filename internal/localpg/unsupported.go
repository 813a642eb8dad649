//go:build !linux

package localpg

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// Server cannot be had on this system: a private Postgres needs Linux's /proc
// and its signal at the death of a parent.
type Server struct{}

// Attach always refuses here and says what to do instead.
func Attach(context.Context, string, Options) (*Server, error) {
	return nil, errors.New("自带的 Postgres 仅支持 Linux;请设置 DATABASE_URL 指向一个 PostgreSQL 服务器 (a private Postgres needs Linux: set DATABASE_URL)")
}

// KeepIfAsked has nothing to do here.
func KeepIfAsked() {}

// App is never called, since there is no Server.
func (*Server) App() *pgx.ConnConfig { return nil }

// Owner is never called, since there is no Server.
func (*Server) Owner() *pgx.ConnConfig { return nil }

// Folder is never called, since there is no Server.
func (*Server) Folder() string { return "" }

// Close is never called, since there is no Server.
func (*Server) Close() error { return nil }
