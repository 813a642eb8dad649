package commands

import (
	"hash/maphash"
	"sync"

	"shouwang/domain/household"
)

// Folded states are kept warm in shards. A warm state may accept an act (the
// append checks its version) but never refuse one: before a refusal the stream
// is read again.
const (
	shards = 256
	// warm bounds the states kept: about 20,000 households of 40 events, some
	// 100 MiB.
	warmPerShard = 80
)

type states struct {
	seed   maphash.Seed
	shards [shards]shard
}

// shard holds the lock under which all acts on its households are entered by
// this process, one at a time.
type shard struct {
	sync.Mutex
	warm map[string]household.State
}

func newStates() *states {
	s := &states{seed: maphash.MakeSeed()}
	for i := range s.shards {
		s.shards[i].warm = map[string]household.State{}
	}
	return s
}

func (s *states) shard(id string) *shard { return &s.shards[maphash.String(s.seed, id)%shards] }

// keep remembers a state; the shard's lock is held.
func (s *shard) keep(id string, state household.State) {
	if _, have := s.warm[id]; !have && len(s.warm) >= warmPerShard {
		for victim := range s.warm {
			delete(s.warm, victim)
			break
		}
	}
	s.warm[id] = state
}
