package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// loadingLock is held while a demonstration is being loaded, so that a load
// under way is told from one that was interrupted. The number is arbitrary.
const loadingLock = 0x5368_6f75_4465_6d6f

// lockLoading waits until nobody else loads, and keeps others from it until the
// returned connection is closed, or this process ends.
func (a *app) lockLoading(ctx context.Context) (*pgx.Conn, error) {
	conn, err := a.place.connect(ctx)
	if err != nil {
		return nil, err
	}
	var free bool
	if err = conn.QueryRow(ctx, "select pg_try_advisory_lock($1)", int64(loadingLock)).Scan(&free); err == nil && !free {
		a.say("另一个进程正在装载示范县，等待其完成 … (another process is loading the demonstration; waiting for it)")
		_, err = conn.Exec(ctx, "select pg_advisory_lock($1)", int64(loadingLock))
	}
	if err != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
		return nil, fmt.Errorf("wait for the loading of the demonstration: %w", err)
	}
	return conn, nil
}

// errUnfinished says whether the demonstration is still being loaded or was
// interrupted, and what to do.
func (a *app) errUnfinished(ctx context.Context) error {
	var free bool
	err := a.pool.QueryRow(ctx, "select pg_try_advisory_lock($1) and pg_advisory_unlock($1)", int64(loadingLock)).Scan(&free)
	if err != nil {
		return fmt.Errorf("ask whether the demonstration is being loaded: %w", err)
	}
	if !free {
		return refuse("示范县正在装载", "the demonstration county is being loaded", "稍候再试 (try again when it is done)")
	}
	return refuse("示范县的装载曾被中断，不完整", "the loading of the demonstration county was interrupted",
		"继续装载 (finish it): "+a.commandLine("demo --load-only"), "或换一个空的数据目录从头装载 (or begin anew in an empty folder)")
}
