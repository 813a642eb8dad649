package sealing

import (
	"container/list"
	"sync"
)

// recent keeps the sealers used last, at most limit of them.
type recent struct {
	limit int
	mu    sync.Mutex
	order *list.List // of *Sealer, the one used last in front
	found map[string]*list.Element
}

func newRecent(limit int) *recent {
	return &recent{limit: limit, order: list.New(), found: map[string]*list.Element{}}
}

func (r *recent) get(subject string) (*Sealer, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.found[subject]
	if !ok {
		return nil, false
	}
	r.order.MoveToFront(e)
	return e.Value.(*Sealer), true
}

// put keeps s, or returns the one that is already kept for its subject.
func (r *recent) put(s *Sealer) *Sealer {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.found[s.subject]; ok {
		r.order.MoveToFront(e)
		return e.Value.(*Sealer)
	}
	r.found[s.subject] = r.order.PushFront(s)
	if r.order.Len() > r.limit {
		last := r.order.Back()
		r.order.Remove(last)
		delete(r.found, last.Value.(*Sealer).subject)
	}
	return s
}
