package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"shouwang/api"
	"shouwang/commands/accounts"
	"shouwang/commands/attachments"
	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/eventlog/pglog"
	"shouwang/internal/bench"
	"shouwang/internal/demonstration"
	"shouwang/projections"
)

// benchPages loads the demonstration county into a bench's database and opens
// its pages, as demo does in a folder of its own.
func (p *program) benchPages(ctx context.Context, parts bench.PageParts) (_ bench.PageSite, err error) {
	a := &app{program: p, pool: parts.Pool, keys: parts.Keys, clock: newClock(), metrics: prometheus.NewRegistry(), logger: slog.New(slog.DiscardHandler)}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	log, err := pglog.Open(ctx, pglog.Config{Conn: parts.Conn, Clock: a.clock.Now})
	if err != nil {
		return bench.PageSite{}, err
	}
	a.log = log
	a.onClose(log.Close)
	folder, err := os.MkdirTemp("", "shouwang-bench-photographs-")
	if err != nil {
		return bench.PageSite{}, fmt.Errorf("a folder for photographs: %w", err)
	}
	a.onClose(func() error { return os.RemoveAll(folder) })
	if a.attachments, err = attachments.New(attachments.Config{Pool: a.pool, Master: a.keys.Master(), Folder: folder}); err != nil {
		return bench.PageSite{}, err
	}
	if err := a.load(ctx, 0); err != nil {
		return bench.PageSite{}, err
	}
	if err := a.begin(ctx, act.DemonstrationClock); err != nil {
		return bench.PageSite{}, err
	}
	if err := a.complete(ctx); err != nil {
		return bench.PageSite{}, err
	}
	site := bench.PageSite{Login: "county", Password: rand.Text() + "-a2", Close: a.close}
	id, err := a.accounts.Open(ctx, console, accounts.Opening{Login: site.Login, Person: demonstration.County + "-officer1", Name: site.Login})
	if err != nil {
		return bench.PageSite{}, fmt.Errorf("open an account for the bench: %w", err)
	}
	if err := a.accounts.GivePassword(ctx, console, id, site.Password, false); err != nil {
		return bench.PageSite{}, fmt.Errorf("open an account for the bench: %w", err)
	}
	rows, _, err := a.models.ledger.List(ctx, projections.Filter{Stage: household.StageMonitored}, projections.Page{Limit: projections.MaxPage})
	if err != nil {
		return bench.PageSite{}, err
	}
	for _, row := range rows {
		site.Households = append(site.Households, row.ID)
	}
	site.Server = api.Server(a.faces(outside{}, nil))
	return site, nil
}
