package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/household"
)

var (
	//go:embed doers/files.sql
	doersFilesSQL string
	//go:embed doers/fileslatest.sql
	doersFilesLatestSQL string
	//go:embed doers/filescount.sql
	doersFilesCountSQL string
)

// InFiles says of which households' files the records are wanted. A void counts
// for all days.
type InFiles struct {
	Households []string // their ids
	Times      household.Times
}

func (f InFiles) args() pgx.NamedArgs {
	args := clocks(f.Times)
	streams := make([]string, len(f.Households))
	for i, id := range f.Households {
		streams[i] = householdPrefix + id
	}
	args["streams"] = streams
	return args
}

// ListFiles returns a page of the records of the files, in the order in which they
// were recorded, and the cursors of the pages before and after it, as List does.
func (d *Doings) ListFiles(ctx context.Context, f InFiles, p Page, back bool) (page []Doing, before, after string, err error) {
	key, err := p.after()
	if err != nil {
		return nil, "", "", err
	}
	args := f.args()
	args["limit"] = p.limit() + 1
	if err := from(args, key); err != nil {
		return nil, "", "", err
	}
	sql := doersFilesSQL
	if back {
		sql = doersFilesLatestSQL
	}
	found, err := collectAs(ctx, d.pool, sql, args, func(row pgx.CollectableRow, e *Doing) error {
		err := row.Scan(&e.Recorded, &e.Stream, &e.Version, dayOf(&e.Happened))
		e.Recorded = e.Recorded.UTC()
		return err
	})
	if err != nil {
		return nil, "", "", fmt.Errorf("read what was recorded in %d files: %w", len(f.Households), err)
	}
	page, before, after = turned(found, p.limit(), key != "", back)
	return page, before, after, nil
}

// CountFiles counts the records of the files, and those before the first of a page.
func (d *Doings) CountFiles(ctx context.Context, f InFiles, first Doing) (before, all int64, err error) {
	args := f.args()
	args["after"], args["after_stream"], args["after_version"] = first.Recorded, first.Stream, first.Version
	if err = d.pool.QueryRow(ctx, doersFilesCountSQL, args).Scan(&before, &all); err != nil {
		err = fmt.Errorf("count what was recorded in %d files: %w", len(f.Households), err)
	}
	return before, all, err
}
