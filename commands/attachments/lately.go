package attachments

import (
	"context"
	_ "embed"
	"fmt"
	"time"
)

// lately is how long somebody sees a file for his having handed it in: a form
// that was begun today is entered today. Then the record that names it opens it.
const lately = 24 * time.Hour

//go:embed lately.sql
var latelySQL string

// Lately says whether the account's person handed the file in a short while ago.
func (a *Attachments) Lately(ctx context.Context, hash Hash, by string) (own bool, err error) {
	if err := a.pool.QueryRow(ctx, latelySQL, hash[:], by, lately.Seconds()).Scan(&own); err != nil {
		return false, fmt.Errorf("look who handed in %s: %w", hash, err)
	}
	return own, nil
}
