package sealing

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
)

// rings reads and unwraps the keys the subjects have, which are sorted.
func (k *Keys) rings(ctx context.Context, subjects []string) (map[string]*ring, error) {
	rings := make(map[string]*ring, len(subjects))
	err := k.table.read(ctx, subjects, func(row row) error {
		var versions []key
		if r := rings[row.Subject]; r != nil {
			if row.Version <= r.newest.version {
				return nil
			}
			versions = r.versions
		}
		secret, err := k.master.Unwrap(purpose(row.Subject, row.Version), row.Wrapped)
		if err != nil {
			return err
		}
		ready, err := newKey(row.Version, secret)
		if err != nil {
			return err
		}
		rings[row.Subject] = newRing(append(versions, ready))
		return nil
	})
	return rings, err
}

// create gives each subject its first key in one commit. Where another process
// was first, that one's key is returned.
func (k *Keys) create(ctx context.Context, subjects []string) (map[string]*ring, error) {
	rings := make(map[string]*ring, len(subjects))
	rows := make([]row, len(subjects))
	for i, subject := range subjects {
		secret := make([]byte, keySize)
		rand.Read(secret) // never fails: the runtime stops the program first
		first, err := newKey(1, secret)
		if err != nil {
			return nil, err
		}
		rings[subject] = newRing([]key{first})
		rows[i] = row{Subject: subject, Version: 1, Wrapped: k.master.Wrap(purpose(subject, 1), secret)}
	}
	lost, err := k.table.insert(ctx, rows)
	if err != nil || len(lost) == 0 {
		return rings, err
	}
	others, err := k.rings(ctx, lost)
	if err != nil {
		return nil, err
	}
	for _, subject := range lost {
		if others[subject] == nil {
			return nil, fmt.Errorf("key of %s: neither ours nor another's is stored", subject)
		}
		rings[subject] = others[subject]
	}
	return rings, nil
}

// purpose binds a wrapped key to its row.
func purpose(subject string, version int) string {
	return "subject " + subject + " " + strconv.Itoa(version)
}
