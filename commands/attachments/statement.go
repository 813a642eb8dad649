package attachments

import (
	"context"
	_ "embed"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
)

// Limits of a statement, in bytes.
const (
	maxCapturedAt = 40  // a day, or a time with its zone
	maxPlace      = 300 // a hundred characters: village, house and board
	maxBy         = 200 // an account id
)

// Statement is what the uploader says about a file, kept as given. It is not
// checked against the picture.
type Statement struct {
	CapturedAt string // when; may be empty. Not what the camera wrote.
	Place      string // where; may be empty. Free text: check it for personal data first.
	By         string // the account that uploads
}

// Stated is a kept statement.
type Stated struct {
	Statement
	At time.Time // when it was uploaded
}

var (
	//go:embed record.sql
	recordSQL string
	//go:embed statements.sql
	statementsSQL string
)

func (s Statement) check() error {
	for _, part := range []struct {
		name, text string
		limit      int
	}{{"capture time", s.CapturedAt, maxCapturedAt}, {"place", s.Place, maxPlace}, {"account", s.By, maxBy}} {
		if len(part.text) > part.limit || !utf8.ValidString(part.text) {
			return fmt.Errorf("%w: %s: at most %d bytes of UTF-8", ErrStatement, part.name, part.limit)
		}
		for _, r := range part.text {
			if unicode.IsControl(r) {
				return fmt.Errorf("%w: %s holds a control character", ErrStatement, part.name)
			}
		}
	}
	if s.By == "" {
		return fmt.Errorf("%w: nobody uploads", ErrStatement)
	}
	return nil
}

// record keeps a statement. The same statement about the same file is kept once.
func (a *Attachments) record(ctx context.Context, f Attachment, s Statement) error {
	_, err := a.pool.Exec(ctx, recordSQL, f.Hash[:], s.By, s.CapturedAt, s.Place, f.MediaType, f.Size, f.Width, f.Height)
	if err != nil {
		return fmt.Errorf("record attachment %s: %w", f.Hash, err)
	}
	return nil
}

// Statements returns all that was stated about a file, in the order it was
// uploaded. More than one means that it was handed in more than once.
func (a *Attachments) Statements(ctx context.Context, hash Hash) ([]Stated, error) {
	rows, err := a.pool.Query(ctx, statementsSQL, hash[:])
	if err != nil {
		return nil, fmt.Errorf("read statements about %s: %w", hash, err)
	}
	stated, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s Stated, err error) {
		err = row.Scan(&s.By, &s.CapturedAt, &s.Place, &s.At)
		return s, err
	})
	if err != nil {
		return nil, fmt.Errorf("read statements about %s: %w", hash, err)
	}
	return stated, nil
}
