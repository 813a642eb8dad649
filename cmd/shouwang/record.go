package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog/kurrentlog"
	"shouwang/eventlog/pglog"
)

// The stores that --log names; an address of KurrentDB says itself which it is.
const (
	logPostgres = "postgres"
	logKurrent  = "kurrent"
)

// examineFor is how long a start waits for the examination of the cluster. What
// could not be seen by then, the doctor sees.
const examineFor = 20 * time.Second

// probeStream is a name as households' streams have it, which none has.
const probeStream = "household-00000000-0000-0000-0000-000000000000"

// kurrentAddress is the cluster's address, empty where the record is in Postgres.
func (p *program) kurrentAddress(log string) string {
	switch log {
	case logPostgres:
		return ""
	case logKurrent:
		return p.env[envKurrent]
	}
	return log
}

// checkLog says what is wrong with a name or address of a log.
func (p *program) checkLog(log string) error {
	switch {
	case log == logPostgres:
		return nil
	case log == logKurrent && p.env[envKurrent] == "":
		return fmt.Errorf("请用 %s 指明集群地址 (name the cluster's address in %s): esdb://user:password@host:2113", envKurrent, envKurrent)
	case log != logKurrent && !kurrentlog.Is(log):
		return fmt.Errorf("应为 postgres、kurrent 或 esdb:// 地址 (postgres, kurrent or an address beginning with esdb://)")
	}
	if err := kurrentlog.Check(p.kurrentAddress(log)); err != nil {
		return fmt.Errorf("集群地址有误 (the cluster's address): %w", err)
	}
	return nil
}

// describeLog is a name or address of a log without a password.
func describeLog(log string) string {
	if log == logPostgres || log == logKurrent {
		return log
	}
	return kurrentlog.Describe(log)
}

// recordIn says whether there is a record.
func (p *program) recordIn(ctx context.Context, place *place) (bool, error) {
	address := p.kurrentAddress(p.log)
	if address == "" {
		return place.recorded(ctx)
	}
	l, err := kurrentlog.Open(ctx, kurrentlog.Config{URL: address, Existing: true, Logger: p.logger()})
	if errors.Is(err, kurrentlog.ErrNoStore) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	last, err := l.Last(ctx)
	return last != nil, errors.Join(err, l.Close())
}

// expectRecord refuses to go on where nothing is recorded, unless something may
// be made, and where the record is evidently elsewhere.
func (p *program) expectRecord(ctx context.Context, place *place, create bool) error {
	some, err := p.recordIn(ctx, place)
	if err != nil || some {
		return err
	}
	if !create {
		return p.errNoRecord()
	}
	if p.kurrentAddress(p.log) != "" {
		here, err := place.recorded(ctx)
		if err != nil || !here {
			return err
		}
		return refuse("KurrentDB 中没有记录，而 PostgreSQL 中有", "there is no record in KurrentDB, but one in Postgres",
			"迁移记录 (move it): shouwang copy-log --from postgres --to kurrent", "或另用数据目录 (or use another data folder): --data")
	}
	keys, err := place.keyed(ctx)
	if err != nil || !keys {
		return err
	}
	return refuse("这里有密钥而没有记录：记录应在别处", "there are keys and no record here: the record must be elsewhere",
		"记录在 KurrentDB 时请用 (if it is in KurrentDB): --log kurrent", "记录丢失时请恢复备份 (if it is lost, restore the backup)")
}

// keyed says whether somebody's fields have been sealed already.
func (pl *place) keyed(ctx context.Context) (bool, error) {
	conn, err := pl.connect(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var some bool
	if err := conn.QueryRow(ctx, "select to_regclass('record.keys') is not null").Scan(&some); err != nil || !some {
		return false, wrap(err, "look for the keys")
	}
	err = conn.QueryRow(ctx, "select exists (select from record.keys)").Scan(&some)
	return some, wrap(err, "look for the keys")
}

// openLog opens the record where --log says it is.
func (a *app) openLog(ctx context.Context, create bool) error {
	address := a.kurrentAddress(a.program.log)
	if address == "" {
		l, err := pglog.Open(ctx, pglog.Config{Conn: a.place.app.ConnConfig.Copy(), Clock: a.clock.Now})
		if err != nil {
			return err
		}
		a.log = l
		a.onClose(l.Close)
		return nil
	}
	l, err := kurrentlog.Open(ctx, kurrentlog.Config{URL: address, Clock: a.clock.Now, Existing: !create, Logger: a.logger})
	if err != nil {
		return err
	}
	a.log = l
	a.onClose(l.Close)
	return a.startupExamination(ctx, l)
}

// startupExamination refuses a cluster that forgets, and warns of one that our
// own user could make forget.
func (a *app) startupExamination(ctx context.Context, l *kurrentlog.Log) error {
	bounded, cancel := context.WithTimeout(ctx, examineFor)
	defer cancel()
	e, err := l.Examine(bounded, probeStream)
	switch {
	case err != nil && bounded.Err() != nil && ctx.Err() == nil:
		a.logger.WarnContext(ctx, "the cluster is not examined yet; run shouwang doctor", "error", err)
		return nil
	case err != nil:
		return err
	case len(e.Truncated) > 0:
		return refuse(fmt.Sprintf("集群被设置为会遗忘 %d 个流的事件", len(e.Truncated)), fmt.Sprintf("the cluster is told to forget events of %d streams", len(e.Truncated)),
			"请由管理员从流的元数据中去掉 $maxAge、$maxCount、$tb (have an administrator remove them from the metadata of) "+e.Truncated[0])
	case e.MayDelete || e.MayRewrite:
		a.logger.WarnContext(ctx, "our own user may delete streams or have them truncated; see docs/kurrent.md", "user", e.User)
	}
	return nil
}

// lastRecorded is when the last record was recorded, the zero time if there is
// none.
func (a *app) lastRecorded(ctx context.Context) (time.Time, error) {
	if l, ok := a.log.(*kurrentlog.Log); ok {
		last, err := l.Last(ctx)
		if err != nil || last == nil {
			return time.Time{}, err
		}
		return last.RecordedAt, nil
	}
	var last time.Time
	err := a.pool.QueryRow(ctx, "select recorded_at from record.events order by pos desc limit 1").Scan(&last)
	if errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, nil
	}
	return last, wrap(err, "read when the last record was made")
}

// records is how many records there are, for progress; 0 is not known. Positions
// in Postgres count without gaps, those of a cluster do not.
func (a *app) records(ctx context.Context) (int64, error) {
	if _, ok := a.log.(*pglog.Log); !ok {
		return 0, nil
	}
	var n int64
	err := a.pool.QueryRow(ctx, "select coalesce(max(pos), 0) from record.events").Scan(&n)
	return n, wrap(err, "count the records")
}
