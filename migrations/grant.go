package migrations

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// LetAppCreateSchemas lets the application's role, where there is one, create
// schemas in the connected database: each read model lives in one of its own,
// and a rebuilt one is made beside it. A database made from a template needs
// the grant anew, since it is not part of the copy.
func LetAppCreateSchemas(ctx context.Context, c *pgx.Conn) error {
	var database string
	var missing bool
	err := c.QueryRow(ctx, `select current_database(), coalesce(
		(select not has_database_privilege(oid, current_database(), 'create') from pg_roles where rolname = $1), false)`,
		AppRole).Scan(&database, &missing)
	if err != nil || !missing {
		return err
	}
	grant := fmt.Sprintf("grant create on database %s to %s", pgx.Identifier{database}.Sanitize(), AppRole)
	if _, err := c.Exec(ctx, grant); err != nil {
		return fmt.Errorf("%s: %w", grant, err)
	}
	return nil
}
