package projections

import (
	"encoding/base64"
	"errors"
	"unicode/utf8"
)

// MaxPage bounds one page of any list: what a person scrolls through, and some
// 100 KiB of JSON.
const MaxPage = 200

// defaultPage is a page when nobody says how long.
const defaultPage = 50

// ErrCursor is a cursor that no page returned.
var ErrCursor = errors.New("projections: not a cursor of this list")

// Page says which part of a list is wanted.
type Page struct {
	// After is the cursor that the page before returned; empty is the first.
	After string
	// Limit is how many at most, from 1 to MaxPage; 0 is the usual number.
	Limit int
}

func (p Page) limit() int {
	if p.Limit <= 0 {
		return defaultPage
	}
	return min(p.Limit, MaxPage)
}

// maxCursor bounds what is decoded at all.
const maxCursor = 1024

// after decodes the cursor: the key of the last row of the page before.
func (p Page) after() (string, error) {
	if p.After == "" {
		return "", nil
	}
	if len(p.After) > maxCursor {
		return "", ErrCursor
	}
	key, err := base64.RawURLEncoding.DecodeString(p.After)
	if err != nil || !utf8.Valid(key) {
		return "", ErrCursor
	}
	return string(key), nil
}

func cursor(key string) string { return base64.RawURLEncoding.EncodeToString([]byte(key)) }

// paged cuts rows, of which one more than the limit was asked for, to the page
// and returns the cursor of the next one, if there is one.
func paged[R any](rows []R, limit int, key func(R) string) ([]R, string) {
	if len(rows) <= limit {
		return rows, ""
	}
	rows = rows[:limit]
	return rows, cursor(key(rows[limit-1]))
}
