package sealing

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Keys gives every subject its Sealer. It is safe for concurrent use, and
// several processes may use one database: they agree on one key per subject.
type Keys struct {
	master *Master
	table  *table
	recent *recent
	queue  *queue
}

// Config says where the two halves stand.
type Config struct {
	// Pool reaches the database that holds the table of wrapped keys, migrated.
	// What it commits must be durable: keys are committed before the first
	// event that needs them.
	Pool *pgxpool.Pool
	// MasterKeyFile is the path of the master key (see MasterKeyFile). It is
	// created if the database belongs to no master key yet.
	MasterKeyFile string
}

// Open returns the keys of the database. The first start creates the master key
// and ties the database to it; from then on a missing or different file is
// refused (ErrMasterKeyMissing, ErrMasterKeyDifferent).
func Open(ctx context.Context, c Config) (*Keys, error) {
	t := &table{pool: c.Pool}
	master, err := openMaster(ctx, t, c.MasterKeyFile)
	if err != nil {
		return nil, err
	}
	k := &Keys{master: master, table: t, recent: newRecent(cacheSize)}
	k.queue = &queue{run: k.serve}
	return k, nil
}

// Master returns the master key, for other things that are sealed at rest.
func (k *Keys) Master() *Master { return k.master }

// Hash is Master.Hash.
func (k *Keys) Hash(purpose, value string) []byte { return k.master.Hash(purpose, value) }

// For returns the subject's Sealer and creates its first key if it has none.
// The key is durable before For returns, so that nothing is ever sealed under a
// key that a crash could take away. Concurrent callers share one commit.
func (k *Keys) For(ctx context.Context, subject string) (*Sealer, error) {
	return k.one(ctx, subject, true)
}

// Existing returns the subject's Sealer, or ErrNoKey if it has none.
func (k *Keys) Existing(ctx context.Context, subject string) (*Sealer, error) {
	return k.one(ctx, subject, false)
}

func (k *Keys) one(ctx context.Context, subject string, create bool) (*Sealer, error) {
	if s, ok := k.recent.get(subject); ok {
		return s, nil
	}
	if err := checkSubject(subject); err != nil {
		return nil, err
	}
	s, err := k.queue.ask(ctx, subject, create)
	if err != nil {
		return nil, fmt.Errorf("key of %s: %w", subject, err)
	}
	return s, nil
}

// ForMany returns the Sealers of all subjects and creates the keys that are
// missing, for bulk loads. The map belongs to the caller; it is not bounded by
// the cache.
func (k *Keys) ForMany(ctx context.Context, subjects []string) (map[string]*Sealer, error) {
	return k.many(ctx, subjects, true)
}

// ExistingMany returns the Sealers of those subjects that have a key, for
// rebuilds. A subject without one is not in the map.
func (k *Keys) ExistingMany(ctx context.Context, subjects []string) (map[string]*Sealer, error) {
	return k.many(ctx, subjects, false)
}
