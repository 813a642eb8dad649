package sealing

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// many collects from the cache, then asks the table for the rest in batches.
func (k *Keys) many(ctx context.Context, subjects []string, create bool) (map[string]*Sealer, error) {
	found := make(map[string]*Sealer, len(subjects))
	var rest []string
	for _, subject := range subjects {
		if s, ok := k.recent.get(subject); ok {
			found[subject] = s
			continue
		}
		if err := checkSubject(subject); err != nil {
			return nil, err
		}
		rest = append(rest, subject)
	}
	slices.Sort(rest)
	for batch := range slices.Chunk(slices.Compact(rest), maxBatch) {
		var wanted []string
		if create {
			wanted = batch
		}
		sealers, err := k.fetch(ctx, batch, wanted)
		if err != nil {
			return nil, fmt.Errorf("keys of %d subjects: %w", len(batch), err)
		}
		maps.Copy(found, sealers)
	}
	return found, nil
}

// fetch returns the Sealers of the subjects. Those of wanted, a subset, get a
// key if they have none. Both are sorted and hold each subject once.
func (k *Keys) fetch(ctx context.Context, subjects, wanted []string) (map[string]*Sealer, error) {
	rings, err := k.rings(ctx, subjects)
	if err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(slices.Clone(wanted), func(s string) bool { return rings[s] != nil })
	if len(missing) > 0 {
		created, err := k.create(ctx, missing)
		if err != nil {
			return nil, err
		}
		maps.Copy(rings, created)
	}
	sealers := make(map[string]*Sealer, len(rings))
	for subject, r := range rings {
		sealers[subject] = k.sealer(subject, r)
		// A rebuild asks for all there are, each once: kept, they would only
		// take the place of those in use.
		if len(subjects) < neighbours || len(wanted) > 0 {
			sealers[subject] = k.recent.put(sealers[subject])
		}
	}
	return sealers, nil
}

func (k *Keys) sealer(subject string, r *ring) *Sealer {
	s := &Sealer{subject: subject}
	s.ring.Store(r)
	s.reload = func() (*ring, error) {
		ctx, cancel := context.WithTimeout(context.Background(), reloadTimeout)
		defer cancel()
		rings, err := k.rings(ctx, []string{subject})
		if err != nil {
			return nil, err
		}
		if rings[subject] == nil {
			return nil, ErrNoKey
		}
		return rings[subject], nil
	}
	return s
}
