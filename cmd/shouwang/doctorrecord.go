package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"shouwang/commands"
	"shouwang/commands/sealing"
	"shouwang/domain/calendar"
	"shouwang/projections"
)

// examineRecord looks at the record and at what hangs on it.
func (a *app) examineRecord(ctx context.Context, d *diagnosis) (err error) {
	if a.pool, err = pgxpool.NewWithConfig(ctx, a.place.app); err != nil {
		return fmt.Errorf("open connections: %w", err)
	}
	a.onClose(func() error { a.pool.Close(); return nil })
	if err := a.examineRights(ctx, d); err != nil {
		return err
	}
	if err := a.openLog(ctx, false); err != nil {
		return err
	}
	if err := a.examineLog(ctx, d); err != nil {
		return err
	}
	if a.info, err = readLogInfo(ctx, a.log); err != nil {
		return err
	}
	d.Demonstration = a.info.Demonstration()
	if err := a.examineClock(ctx, d); err != nil {
		return err
	}
	if err := a.examineKeys(ctx, d); err != nil || a.keys == nil {
		return err
	}
	return a.examineFollowers(ctx, d)
}

// examinePositions finds whether something is missing in the middle.
func (a *app) examinePositions(ctx context.Context, d *diagnosis) error {
	var count, last int64
	if err := a.pool.QueryRow(ctx, "select count(*), max(pos) from record.events").Scan(&count, &last); err != nil {
		return fmt.Errorf("count the records: %w", err)
	}
	d.when("record", count == last, fmt.Sprintf("记录 %d 条，连续无缺", count), fmt.Sprintf("%d records without a gap", count),
		fmt.Sprintf("记录缺少 %d 条", last-count), fmt.Sprintf("%d records are missing: restore the backup", last-count))
	return nil
}

func (a *app) examineClock(ctx context.Context, d *diagnosis) error {
	switch {
	case !a.info.Demonstration():
		d.add("clock", fine, "正式记录，用本机时钟", "a real record, on the machine's clock")
	case a.info.Loaded == nil:
		d.add("clock", wrong, "示范县没有装载完", "the demonstration county is not completely loaded: run shouwang demo for what to do")
	default:
		today := a.info.Now(time.Now)()
		d.add("clock", fine, "示范记录，今天是"+calendar.Of(today).Chinese()+"，人物均为虚构",
			"a demonstration, its today is "+calendar.Of(today).String()+", everybody in it is invented")
	}
	last, err := a.lastRecorded(ctx)
	if err != nil {
		return err
	}
	now := a.info.Now(time.Now)()
	if a.info.Loaded == nil && a.info.Demonstration() {
		return nil
	}
	d.when("clock_forward", !now.Before(last), "时钟不早于最后一条记录", "the clock is not behind the last record",
		fmt.Sprintf("时钟早于最后一条记录(%s)，请校准本机时间", last.In(calendar.Beijing).Format("2006-01-02 15:04:05")),
		"the clock is behind the last record: set the machine's time")
	return nil
}

// examineKeys opens the master key, but never lets one be made.
func (a *app) examineKeys(ctx context.Context, d *diagnosis) error {
	file := sealing.MasterKeyFile(a.data, a.env[sealing.EnvMasterKeyFile])
	var claimed bool
	if err := a.pool.QueryRow(ctx, "select exists (select from record.master_key)").Scan(&claimed); err != nil {
		return fmt.Errorf("look for the master key's fingerprint: %w", err)
	}
	if _, err := os.Stat(file); os.IsNotExist(err) && !claimed {
		d.add("master_key", note, "主密钥尚未生成", "there is no master key yet; it is made at the first start")
		return nil
	}
	if !claimed {
		d.add("master_key", note, "主密钥文件在，但数据库尚未与之绑定", "the database is not tied to a master key yet")
		return nil
	}
	keys, err := sealing.Open(ctx, sealing.Config{Pool: a.pool, MasterKeyFile: file})
	if err != nil {
		d.failed("master_key", err)
		return nil
	}
	a.keys = keys
	d.add("master_key", fine, "主密钥文件 "+file+" 与数据库相符", "the master key file belongs to this database; keep a copy elsewhere")
	return nil
}

var followerStates = map[projections.State]string{
	projections.Running: "正在跟进", projections.Stopped: "已停止", projections.Rebuilding: "正在重建", projections.Idle: "无进程跟进",
}

func (a *app) examineFollowers(ctx context.Context, d *diagnosis) error {
	a.directory, a.metrics = commands.NewDirectory(a.log), prometheus.NewRegistry()
	if err := a.prepareFollowers(ctx); err != nil {
		return err
	}
	all, err := a.followers.Status(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		state, zh := fine, fmt.Sprintf("台账 %s %s", s.Name, followerStates[s.State])
		en := fmt.Sprintf("read model %s is %s", s.Name, s.State)
		if s.Behind > 0 {
			more := ""
			if s.More {
				more = "+"
			}
			zh += fmt.Sprintf(",落后 %d%s 条(%.0f 秒)", s.Behind, more, s.BehindSeconds)
			en += fmt.Sprintf(", %d%s records (%.0f s) behind", s.Behind, more, s.BehindSeconds)
			state = note
		}
		if s.State == projections.Stopped {
			state, zh = wrong, zh+":"+s.Error
			en += "; after the cause is mended: shouwang rebuild " + s.Name
		}
		d.add("follower_"+s.Name, state, zh, en)
	}
	return a.examinePapers(ctx, d, all)
}

// examinePapers lists what was interrupted, if the model that knows is there.
func (a *app) examinePapers(ctx context.Context, d *diagnosis, all []projections.Status) error {
	for _, s := range all {
		if s.Name == projections.PapersName && s.Rebuilt == 0 {
			d.add("papers", note, "材料台账尚未建立", "the read model of papers is not built yet")
			return nil
		}
	}
	missing, err := a.models.papers.Missing(ctx, nil)
	if err != nil {
		return err
	}
	d.when("papers", len(missing) == 0, "没有中断的材料入户", "no paper was interrupted on its way into the households' files",
		fmt.Sprintf("有材料尚未记入 %d 户档案", len(missing)), fmt.Sprintf("%d lines of papers are missing; starting the server finishes them", len(missing)))
	return nil
}
