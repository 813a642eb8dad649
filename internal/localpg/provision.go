//go:build linux

package localpg

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

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
