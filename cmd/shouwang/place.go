package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/internal/localpg"
	"shouwang/migrations"
)

// poolConnections serve requests, keys and lists; log and followers have their
// own. More would not make a county server any faster.
const poolConnections = 16

// place is where a record lies: the private Postgres of a data folder or the
// server that DATABASE_URL names; keys and attachments lie in the data folder
// in either case.
type place struct {
	data   string
	owner  *pgx.ConnConfig // makes the schemas
	app    *pgxpool.Config // adds to them and reads
	server *localpg.Server // nil with DATABASE_URL
}

// errNoRecord is what a command says that only reads, where there is nothing.
func (p *program) errNoRecord() error {
	where := p.env[envDatabase]
	if where == "" {
		where = p.data
	} else {
		where = envDatabase
	}
	return refuse("这里还没有记录："+where, "there is no record here",
		"装载示范县并启动 (load the demonstration county and serve): "+p.commandLine("demo"),
		"建立正式记录并启动 (begin a real record and serve): "+p.commandLine("serve"),
		"记录在别处时请用 --data 或 DATABASE_URL 指明 (if it lies elsewhere, say where)")
}

// openPlace finds or starts the database. Only with create it makes anything
// where there is nothing yet.
func (p *program) openPlace(ctx context.Context, create bool) (*place, error) {
	if url := p.env[envDatabase]; url != "" {
		return p.foreignPlace(ctx, url)
	}
	if _, err := os.Stat(filepath.Join(p.data, "pg")); errors.Is(err, fs.ErrNotExist) && !create {
		return nil, p.errNoRecord()
	}
	server, err := localpg.Attach(ctx, p.data, localpg.Options{Say: func(line string) { p.say("%s", line) }})
	if err != nil {
		return nil, because(err, "私有数据库没有启动", "the private Postgres did not start",
			"日志在 (its log is in) "+filepath.Join(p.data, "pg", "log"))
	}
	config, err := pgxpool.ParseConfig("host=/ sslmode=disable")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("settings of the pool: %w", err), server.Close())
	}
	config.ConnConfig = server.App()
	config.MaxConns = poolConnections
	return &place{data: p.data, owner: server.Owner(), app: config, server: server}, nil
}

func (p *program) foreignPlace(ctx context.Context, url string) (*place, error) {
	app, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, refuse("DATABASE_URL 写法有误", "DATABASE_URL cannot be read",
			"例如 (for example): postgres://user:password@host:5432/shouwang")
	}
	asked := app.ConnConfig.Copy()
	nameUs(app.ConnConfig)
	app.MaxConns = max(app.MaxConns, poolConnections)
	place := &place{data: p.data, owner: asked, app: app}
	if url := p.env[envOwner]; url != "" {
		if place.owner, err = pgx.ParseConfig(url); err != nil {
			return nil, refuse("DATABASE_OWNER_URL 写法有误", "DATABASE_OWNER_URL cannot be read",
				"例如 (for example): postgres://owner:password@host:5432/shouwang")
		}
	}
	conn, err := pgx.ConnectConfig(ctx, app.ConnConfig)
	if err != nil {
		return nil, err
	}
	return place, conn.Close(ctx)
}

// nameUs says in the server's lists who is connected.
func nameUs(c *pgx.ConnConfig) {
	c.RuntimeParams = maps.Clone(c.RuntimeParams)
	if c.RuntimeParams == nil {
		c.RuntimeParams = map[string]string{}
	}
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "shouwang"
	}
	c.RuntimeParams["timezone"] = "UTC"
}

// connect opens one connection as the app.
func (pl *place) connect(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, pl.app.ConnConfig.Copy())
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	return conn, nil
}

// recorded says whether the database holds an event.
func (pl *place) recorded(ctx context.Context) (bool, error) {
	conn, err := pl.connect(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var table bool
	if err := conn.QueryRow(ctx, "select to_regclass('record.events') is not null").Scan(&table); err != nil || !table {
		return false, wrap(err, "look for the record")
	}
	var some bool
	err = conn.QueryRow(ctx, "select exists (select from record.events)").Scan(&some)
	return some, wrap(err, "look into the record")
}

// migrate brings the schemas up to this program.
func (pl *place) migrate(ctx context.Context) error {
	if err := migrations.Up(ctx, pl.owner); err != nil {
		return because(err, "数据库结构没有建好", "the schemas could not be brought up to date",
			"记录未受影响；用 DATABASE_URL 时请确认连接角色是属主，或设置 DATABASE_OWNER_URL",
			"(the record is untouched; with DATABASE_URL make sure the role owns the schemas, or set DATABASE_OWNER_URL)")
	}
	return nil
}

// close leaves the private Postgres; the last to leave stops it.
func (pl *place) close() error {
	if pl.server == nil {
		return nil
	}
	if err := pl.server.Close(); err != nil {
		return fmt.Errorf("leave the private Postgres: %w", err)
	}
	return nil
}

// wrap says what was attempted, if it failed.
func wrap(err error, attempted string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", attempted, err)
}
