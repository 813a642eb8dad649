package localpg

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
)

const (
	// superuser exists for this package only.
	superuser = "postgres"
	// OwnerRole owns the database and the schema record; migrations run as it.
	OwnerRole = "shouwang_owner"
	// AppRole is who the program works as: it owns the schema model, and in the
	// schema record it may INSERT and SELECT and nothing else.
	AppRole = "shouwang_app"
	// Database is the one database of a private Postgres.
	Database = "shouwang"
)

//go:embed roles.sql
var rolesSQL string

// CreateRoles makes the two roles if they are missing; conn is a superuser's.
// The schemas and what each role may do in them are the migrations' business.
func CreateRoles(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, rolesSQL); err != nil {
		return fmt.Errorf("create the roles: %w", err)
	}
	return nil
}
