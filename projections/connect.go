package projections

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// connect opens a connection of its own, outside the pool: it holds a lock for
// as long as it lives. Should this machine vanish without a word, the server
// notices after 4 seconds and another process takes over.
func (f *Followers) connect(ctx context.Context) (*pgx.Conn, error) { return connect(ctx, f.pool) }

func connect(ctx context.Context, pool *pgxpool.Pool) (*pgx.Conn, error) {
	config := pool.Config().ConnConfig
	config.RuntimeParams = maps.Clone(config.RuntimeParams)
	if config.RuntimeParams == nil {
		config.RuntimeParams = map[string]string{}
	}
	config.RuntimeParams["application_name"] = "shouwang follower"
	config.RuntimeParams["tcp_keepalives_idle"] = "2"
	config.RuntimeParams["tcp_keepalives_interval"] = "1"
	config.RuntimeParams["tcp_keepalives_count"] = "2"
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect a follower: %w", err)
	}
	return conn, nil
}

// disconnect releases what the connection holds, also when ctx is done, and
// returns when it is released if the server answers: whoever comes next need not
// wait for it. In any case the server releases everything once it notices the end.
func disconnect(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	_, _ = conn.Exec(ctx, "select pg_advisory_unlock_all()") // a closed connection has nothing left to unlock
	_ = conn.Close(ctx)
}

// tryLock takes a session lock if nobody has it.
func tryLock(ctx context.Context, conn *pgx.Conn, key int64) (bool, error) {
	var got bool
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock($1)", key).Scan(&got); err != nil {
		return false, fmt.Errorf("take a follower's lock: %w", err)
	}
	return got, nil
}

// holdKey is the lock of the one process that follows.
func holdKey(follower string) int64 { return lockKey("hold", follower) }

// rebuildKey is the lock of the one process that rebuilds.
func rebuildKey(follower string) int64 { return lockKey("rebuild", follower) }

func lockKey(what, follower string) int64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "shouwang follower %s %s", what, follower) // a hash takes everything
	return int64(h.Sum64())
}

// Hold calls do while this process is the one that has the name's lock, with the
// connection that has it, and returns what do returns. It waits for the lock as
// followers do, so another process goes on within the same 5 seconds.
func Hold(ctx context.Context, pool *pgxpool.Pool, name string, do func(context.Context, *pgx.Conn) error) error {
	conn, err := connect(ctx, pool)
	if err != nil {
		return err
	}
	defer disconnect(ctx, conn)
	for pause := firstAsk; ; pause = min(2*pause, takeOver) {
		got, err := tryLock(ctx, conn, lockKey("hold", name))
		if err != nil {
			return err
		}
		if got {
			return do(ctx, conn)
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}
