package projections

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

// Starter is a follower that is no read model and says itself where it begins:
// what it has sent is sent, so it begins neither at the record's first event nor
// anew where the record was copied.
type Starter interface {
	Follower
	// Start returns the position of the last record that needs nothing any more.
	// again says that this follower has followed another store of the log.
	Start(ctx context.Context, conn *pgx.Conn, log eventlog.Log, again bool) (eventlog.Position, error)
}

// start gives a follower that is never rebuilt its first checkpoint, or one in
// another store if it knows its place there. It answers errOvertaken: look again.
func (h *holder) start(ctx context.Context, conn *pgx.Conn, c *checkpoint) error {
	starter, ok := h.follower.(Starter)
	begins := checkpoint{origin: h.origin, version: h.follower.Version()}
	switch {
	case !ok && c != nil:
		return fmt.Errorf("%s: %w", h.name, ErrForeign)
	case c != nil && c.origin == h.origin:
		begins.at = c.at // newer code goes on where the older one stood
	case ok:
		again := c != nil && c.Log != "" && c.Log == h.origin.Log
		if c != nil && c.Log != "" && !again {
			return fmt.Errorf("%s: %w", h.name, ErrForeign)
		}
		at, err := starter.Start(ctx, conn, h.log, again)
		if err != nil {
			return fmt.Errorf("start %s: %w", h.name, err)
		}
		begins.at = at
	}
	sql := startSQL
	if c != nil {
		sql = replaceSQL
	}
	if _, err := conn.Exec(ctx, sql, begins.args(h.name)); err != nil {
		return fmt.Errorf("start %s: %w", h.name, err)
	}
	return errOvertaken
}
