package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/commands"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

// filled makes a database whose record holds so many households' files: with
// sealed fields that open, with the places where they live.
func (r *run) filled(ctx context.Context, households, each int, sealed, places bool) (d *Database, err error) {
	if d, err = r.server.database(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.drop(context.WithoutCancel(ctx)))
		}
	}()
	r.Say(fmt.Sprintf("生成并导入 %s 户、%s 条 …", group(int64(households)), group(int64(households*each))))
	var keys *sealing.Keys
	if sealed {
		var done func()
		if keys, done, err = d.openKeys(ctx); err != nil {
			return nil, err
		}
		defer done()
	}
	source, err := newLives(households, each, keys)
	if err != nil {
		return nil, err
	}
	source.places = places
	if err := d.importAll(ctx, source); err != nil {
		return nil, err
	}
	if err := d.executeAs(ctx, r.server.owner, "vacuum analyze record.events"); err != nil {
		return nil, err
	}
	return d, r.server.settle(ctx)
}

// openKeys opens the keys of the database's households, under a master key that
// lasts as long as the database.
func (d *Database) openKeys(ctx context.Context) (*sealing.Keys, func(), error) {
	if d.master == "" {
		folder, err := os.MkdirTemp(d.server.folder, "keys-")
		if err != nil {
			return nil, nil, fmt.Errorf("make a folder for the master key: %w", err)
		}
		d.master = folder
	}
	pool, err := d.Pool(ctx, 2, nil)
	if err != nil {
		return nil, nil, err
	}
	keys, err := sealing.Open(ctx, sealing.Config{Pool: pool, MasterKeyFile: filepath.Join(d.master, "master.key")})
	if err != nil {
		pool.Close()
		return nil, nil, fmt.Errorf("open the keys: %w", err)
	}
	return keys, pool.Close, nil
}

// following is a record with the register following it.
type following struct {
	log       eventlog.Log
	pool      *pgxpool.Pool
	keys      *sealing.Keys
	info      commands.LogInfo
	config    projections.RegisterConfig
	followers *projections.Followers
	close     func() error
}

// followed opens the record and prepares the register; Run is for the caller.
func (d *Database) followed(ctx context.Context, connections int) (_ *following, err error) {
	f := &following{}
	var closers []func() error
	f.close = func() error {
		var errs []error
		for len(closers) > 0 {
			errs = append(errs, closers[len(closers)-1]())
			closers = closers[:len(closers)-1]
		}
		return errors.Join(errs...)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.close())
		}
	}()
	if f.pool, err = d.Pool(ctx, connections, nil); err != nil {
		return nil, err
	}
	closers = append(closers, func() error { f.pool.Close(); return nil })
	keys, done, err := d.openKeys(ctx)
	if err != nil {
		return nil, err
	}
	f.keys = keys
	closers = append(closers, func() error { done(); return nil })
	log, err := d.log(ctx)
	if err != nil {
		return nil, err
	}
	f.log = log
	closers = append(closers, log.Close)
	if f.info, err = commands.OpenLog(ctx, log, act.RealClock, "bench"); err != nil {
		return nil, err
	}
	f.config = projections.RegisterConfig{Hash: keys.Hash, Sealers: func(ctx context.Context, subjects []string) (map[string]wire.Sealer, error) {
		found, err := keys.ExistingMany(ctx, subjects)
		sealers := make(map[string]wire.Sealer, len(found))
		for subject, s := range found {
			sealers[subject] = s
		}
		return sealers, err
	}}
	f.followers, err = projections.New(ctx, projections.Config{Log: log, LogID: f.info.Log, Pool: f.pool, Now: time.Now,
		Followers: []projections.Follower{projections.Register(f.config)}, Logger: slog.New(slog.DiscardHandler)})
	return f, err
}
