package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sys/unix"
)

const (
	// oldestServer is the oldest Postgres that is maintained where we are installed.
	oldestServer = 140000
	// littleRoom is when to think of a larger disk; noRoom is a day's photographs.
	littleRoom = 5 << 30
	noRoom     = 1 << 30
	gibibyte   = 1 << 30
)

//go:embed sql/unprotected.sql
var unprotectedSQL string

//go:embed sql/rights.sql
var rightsSQL string

// examineFolder looks at what lies beside the database.
func (p *program) examineFolder(d *diagnosis) {
	folder, err := filepath.Abs(p.data)
	if err != nil {
		d.failed("folder", err)
		return
	}
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil {
		if os.IsNotExist(err) {
			d.add("folder", note, "数据目录还不存在："+folder, "the data folder does not exist yet")
			return
		}
		d.failed("folder", fmt.Errorf("look at %s: %w", folder, err))
		return
	}
	free := fs.Bavail * uint64(fs.Bsize)
	state := fine
	switch {
	case free < noRoom:
		state = wrong
	case free < littleRoom:
		state = note
	}
	d.add("disk", state, fmt.Sprintf("数据目录 %s 所在磁盘剩余 %.1f GiB", folder, float64(free)/gibibyte),
		fmt.Sprintf("%.1f GiB are free on the data folder's disk", float64(free)/gibibyte))
	p.examineAttachments(d, filepath.Join(folder, "attachments"))
}

// examineAttachments tries to write, as an upload would.
func (p *program) examineAttachments(d *diagnosis, folder string) {
	if _, err := os.Stat(folder); os.IsNotExist(err) {
		d.add("attachments", note, "附件目录尚未建立", "the attachments' folder is made at the first start")
		return
	}
	f, err := os.CreateTemp(folder, "doctor-")
	if err != nil {
		d.failed("attachments", fmt.Errorf("write into the attachments' folder: %w", err))
		return
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	d.add("attachments", fine, "附件目录可以写入", "the attachments' folder can be written")
}

// examineServer asks the database for what our promises rest on.
func (a *app) examineServer(ctx context.Context, d *diagnosis) error {
	conn, err := a.place.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var number int
	var version string
	if err := conn.QueryRow(ctx, "select current_setting('server_version_num')::int, current_setting('server_version')").Scan(&number, &version); err != nil {
		return fmt.Errorf("ask for the server's version: %w", err)
	}
	d.when("postgres", number >= oldestServer, "PostgreSQL "+version+" 正常应答", "PostgreSQL "+version+" answers",
		"PostgreSQL "+version+" 过旧，需 14 以上", "PostgreSQL "+version+" is too old, 14 is needed")
	for _, s := range []struct{ name, zh, en, why string }{
		{"data_checksums", "数据页校验已开启", "data checksums are on", "磁盘损坏不会被发现"},
		{"fsync", "fsync 已开启", "fsync is on", "断电会损坏数据库"},
		{"full_page_writes", "full_page_writes 已开启", "full_page_writes is on", "断电会损坏数据页"},
		{"synchronous_commit", "提交即落盘", "synchronous_commit is on", "已确认的记录断电时可能丢失"},
	} {
		var value string
		if err := conn.QueryRow(ctx, "select current_setting($1)", s.name).Scan(&value); err != nil {
			return fmt.Errorf("ask for %s: %w", s.name, err)
		}
		on := value == "on" || s.name == "synchronous_commit" && strings.HasPrefix(value, "remote_")
		d.when(s.name, on, s.zh, s.en, s.name+" = "+value+":"+s.why, s.name+" is "+value+" and should be on")
	}
	return nil
}

// examineRights looks at what keeps the record append-only: triggers for
// everybody, and a role that may only add.
func (a *app) examineRights(ctx context.Context, d *diagnosis) error {
	rows, err := a.pool.Query(ctx, unprotectedSQL)
	if err != nil {
		return fmt.Errorf("look for the triggers: %w", err)
	}
	unprotected, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("look for the triggers: %w", err)
	}
	list := strings.Join(unprotected, ", ")
	d.when("append_only", len(unprotected) == 0, "只增不删的触发器齐全", "the triggers that keep the record append-only are there",
		"缺少只增不删的触发器："+list, "triggers are missing on "+list)
	var role, owner string
	var mayChange bool
	if err := a.pool.QueryRow(ctx, rightsSQL).Scan(&role, &owner, &mayChange); err != nil {
		return fmt.Errorf("look at the roles: %w", err)
	}
	if mayChange {
		d.add("roles", note, fmt.Sprintf("角色未分离：%s 即为属主，只由触发器保护", role),
			fmt.Sprintf("one role (%s) owns all: the triggers protect alone; see DATABASE_OWNER_URL", role))
		return nil
	}
	d.add("roles", fine, fmt.Sprintf("角色已分离：程序用 %s，属主为 %s", role, owner),
		fmt.Sprintf("roles are separated: the program works as %s, %s owns the record", role, owner))
	return nil
}
