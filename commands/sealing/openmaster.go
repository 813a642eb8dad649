package sealing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// openMaster reads the master key, or creates it where the database belongs to
// none, and makes sure that the two belong together. The file is durable before
// the database is tied to it.
func openMaster(ctx context.Context, t *table, path string) (*Master, error) {
	owner, err := t.master(ctx)
	if err != nil {
		return nil, err
	}
	master, err := readMaster(path)
	if errors.Is(err, fs.ErrNotExist) {
		if owner != nil {
			return nil, fmt.Errorf("%s: %w", path, ErrMasterKeyMissing)
		}
		if err := createMaster(path); err != nil {
			return nil, err
		}
		master, err = readMaster(path)
	}
	if err != nil {
		return nil, err
	}
	if owner == nil {
		if err := t.claim(ctx, master.fingerprint); err != nil {
			return nil, err
		}
		if owner, err = t.master(ctx); err != nil {
			return nil, err
		}
	}
	if !bytes.Equal(owner, master.fingerprint) {
		return nil, fmt.Errorf("%s: %w", path, ErrMasterKeyDifferent)
	}
	return master, nil
}
