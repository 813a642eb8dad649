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

// provision makes the roles and the database; it changes nothing the second time.
func (c *Cluster) provision(ctx context.Context) error {
	return c.withSuperuser(ctx, "postgres", func(conn *pgx.Conn) error {
		if err := CreateRoles(ctx, conn); err != nil {
			return err
		}
		var exists bool
		if err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, Database).Scan(&exists); err != nil {
			return fmt.Errorf("look for the database: %w", err)
		}
		if exists {
			return nil
		}
		if _, err := conn.Exec(ctx, `create database `+Database+` owner `+OwnerRole); err != nil {
			return fmt.Errorf("create the database: %w", err)
		}
		return nil
	})
}

func (c *Cluster) withSuperuser(ctx context.Context, database string, do func(*pgx.Conn) error) error {
	conn, err := pgx.ConnectConfig(ctx, c.Config(superuser, database))
	if err != nil {
		return fmt.Errorf("connect to %s: %w", database, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return do(conn)
}
