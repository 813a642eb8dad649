package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"shouwang/api/messages"
	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/commands/attachments"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/eventlog"
	"shouwang/projections"
)

// app is an opened record with everything that works on it. It is opened in
// two steps, so that a demonstration can be loaded between them: open (the
// stores) and begin (what the log says, who follows it).
type app struct {
	*program
	place       *place
	pool        *pgxpool.Pool
	clock       *clock
	log         eventlog.Log
	keys        *sealing.Keys
	attachments *attachments.Attachments
	metrics     *prometheus.Registry
	logger      *slog.Logger

	info      commands.LogInfo
	directory *commands.Directory
	handler   *commands.Handler
	accounts  *accounts.Accounts
	models    models
	followers *projections.Followers
	feed      *messages.Feed // of serve

	closers []func() error // in the order of opening
}

// open opens the stores. Where nothing is recorded yet it makes them if create
// is set, and otherwise leaves everything as it is and says so.
func (p *program) open(ctx context.Context, create bool) (_ *app, err error) {
	a := &app{program: p, clock: newClock(), metrics: prometheus.NewRegistry(), logger: p.logger()}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	if a.place, err = p.openPlace(ctx, create); err != nil {
		return nil, err
	}
	a.onClose(a.place.close)
	if err := p.expectRecord(ctx, a.place, create); err != nil {
		return nil, err
	}
	if err := a.place.migrate(ctx); err != nil {
		return nil, err
	}
	if a.pool, err = pgxpool.NewWithConfig(ctx, a.place.app); err != nil {
		return nil, fmt.Errorf("open connections: %w", err)
	}
	a.onClose(func() error { a.pool.Close(); return nil })
	master := sealing.MasterKeyFile(p.data, p.env[sealing.EnvMasterKeyFile])
	if a.keys, err = sealing.Open(ctx, sealing.Config{Pool: a.pool, MasterKeyFile: master}); err != nil {
		return nil, fmt.Errorf("open the keys: %w", err)
	}
	a.attachments, err = attachments.New(attachments.Config{
		Pool: a.pool, Master: a.keys.Master(), Folder: filepath.Join(p.data, "attachments")})
	if err != nil {
		return nil, fmt.Errorf("open the attachments: %w", err)
	}
	if err := a.openLog(ctx, create); err != nil {
		return nil, err
	}
	return a, nil
}

// begin reads what the log says about itself, opening it as kind if it is
// empty, sets the clock, and prepares commands and followers.
func (a *app) begin(ctx context.Context, kind act.Clock) (err error) {
	if a.info, err = commands.OpenLog(ctx, a.log, kind, "shouwang"); err != nil {
		return err
	}
	if a.info.Demonstration() && a.info.Loaded == nil {
		return a.errUnfinished(ctx)
	}
	last, err := a.lastRecorded(ctx)
	if err != nil {
		return err
	}
	a.clock.set(a.info.Now(time.Now))
	a.clock.notBefore(last)
	if a.info.Demonstration() {
		a.say("示范数据，人物均为虚构 (demonstration: everybody in it is invented)")
	}
	a.directory = commands.NewDirectory(a.log)
	if err := a.directory.CatchUp(ctx); err != nil {
		return err
	}
	a.handler = commands.New(commands.Config{
		Log: a.log, Keys: a.keys, Directory: a.directory, Clock: a.clock.Now, Attachments: a.attachments})
	if err := a.openAccounts(); err != nil {
		return err
	}
	if err := a.prepareFollowers(ctx); err != nil {
		return err
	}
	a.handler.Figures = a.models.reports.Counting(a.followers)
	return nil
}

// prepareFollowers readies who follows and who answers; nobody runs yet.
func (a *app) prepareFollowers(ctx context.Context) (err error) {
	a.models = newModels(a)
	a.followers, err = projections.New(ctx, projections.Config{
		Log: a.log, LogID: a.info.Log, Pool: a.pool, Followers: a.models.followers,
		Now: a.clock.Now, Metrics: a.metrics, Logger: a.logger})
	return err
}

// use opens an existing record beside whoever else has it open, calls do and
// closes it again.
func (p *program) use(ctx context.Context, do func(context.Context, *app) error) (err error) {
	a, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	if err := a.begin(ctx, act.RealClock); err != nil {
		return err
	}
	return do(ctx, a)
}

// onClose adds what close does, before what was opened earlier is closed.
func (a *app) onClose(f func() error) { a.closers = append(a.closers, f) }

// close leaves everything in the reverse order of opening.
func (a *app) close() error {
	var errs []error
	for len(a.closers) > 0 {
		last := len(a.closers) - 1
		errs = append(errs, a.closers[last]())
		a.closers = a.closers[:last]
	}
	return errors.Join(errs...)
}

// logger writes what an operator should know, and to stderr only.
func (p *program) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.stderr, nil))
}
