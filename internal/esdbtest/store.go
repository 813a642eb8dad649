package esdbtest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Store is the log of a node or of a cluster.
type Store struct {
	mu      sync.RWMutex
	log     []*event
	streams map[string]*stream
	recent  map[uuid.UUID]*event // what an append at any version may repeat
	next    uint64               // position of the next event
	grown   chan struct{}        // closed and replaced when events are added
}

// event is one as it is stored.
type event struct {
	id                   uuid.UUID
	stream, typ, content string
	revision, position   uint64
	created              int64 // 100 ns since 1970
	data, custom         []byte
}

type stream struct {
	events []*event
	buried bool // by a tombstone
}

// noiseEvery is after how many appends the system writes something of its own.
const noiseEvery = 5

// NewStore returns a store in which, as in a real one, the system has written
// already.
func NewStore() *Store {
	s := &Store{streams: map[string]*stream{}, recent: map[uuid.UUID]*event{}, grown: make(chan struct{})}
	s.noise()
	return s
}

// The expected revisions that are no number.
const (
	expectNoStream     = -1
	expectAny          = -2
	expectStreamExists = -4
)

// verdict is how an append ended.
type verdict struct {
	wrong    bool // not at the expected revision, which is current
	buried   bool
	current  int64 // last revision, -1 for none
	position uint64
	repeated bool
}

// append writes the events, or finds that they stand there already, or that
// the stream is not where it was expected.
func (s *Store) append(name string, expected int64, events []*event) verdict {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.streams[name]
	if st != nil && st.buried {
		return verdict{buried: true}
	}
	current := s.last(name)
	if v, ok := s.repeats(name, expected, current, events); ok {
		return v
	}
	absent := current < 0 || s.hidden(name)
	switch {
	case expected == expectAny, expected == expectNoStream && absent, expected == expectStreamExists && !absent, expected >= 0 && expected == current:
	default:
		return verdict{wrong: true, current: current}
	}
	var at uint64
	for _, e := range events {
		at = s.add(name, e)
	}
	if len(s.log)%noiseEvery == 0 {
		s.noise()
	}
	close(s.grown)
	s.grown = make(chan struct{})
	return verdict{current: s.last(name), position: at}
}

// repeats decides as a server does: at an exact revision by comparing the ids
// that stand there, at any revision by the ids seen lately.
func (s *Store) repeats(name string, expected, current int64, events []*event) (verdict, bool) {
	if len(events) == 0 {
		return verdict{}, false
	}
	if expected == expectAny || expected == expectStreamExists {
		first, known := s.recent[events[0].id]
		if !known || first.stream != name {
			return verdict{}, false
		}
		return verdict{current: int64(first.revision) + int64(len(events)) - 1, position: first.position, repeated: true}, true
	}
	if expected >= current || current-expected < int64(len(events)) {
		return verdict{}, false
	}
	there := s.streams[name].events[expected+1:]
	for i, e := range events {
		if there[i].id != e.id {
			return verdict{}, false
		}
	}
	last := there[len(events)-1]
	return verdict{current: int64(last.revision), position: last.position, repeated: true}, true
}

func (s *Store) last(name string) int64 {
	if st := s.streams[name]; st != nil {
		return int64(len(st.events)) - 1
	}
	return -1
}

// add keeps an event. Positions grow by what a record of it would take.
func (s *Store) add(name string, e *event) uint64 {
	st := s.streams[name]
	if st == nil {
		st = &stream{}
		s.streams[name] = st
	}
	e.stream, e.revision, e.position = name, uint64(len(st.events)), s.next
	if e.created == 0 {
		e.created = time.Now().UnixNano() / 100
	}
	s.next += 97 + uint64(len(name)+2*len(e.typ)+len(e.data)+len(e.custom))
	st.events = append(st.events, e)
	s.log = append(s.log, e)
	s.recent[e.id] = e
	return e.position
}

// noise writes what a server writes on its own account.
func (s *Store) noise() {
	s.add("$stats-127.0.0.1:2113", &event{id: uuid.New(), typ: "$statsCollected", content: "application/json",
		data: fmt.Appendf(nil, `{"proc-id":1,"events":%d}`, len(s.log))})
}

// Noise writes n events of the system.
func (s *Store) Noise(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.noise()
	}
	close(s.grown)
	s.grown = make(chan struct{})
}

// bury ends a stream for ever.
func (s *Store) bury(name string) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.add(name, &event{id: uuid.New(), typ: "$streamDeleted", content: "application/octet-stream"})
	s.streams[name].buried = true
	return at
}

// view is what can be read at one moment; events never change.
func (s *Store) view() ([]*event, <-chan struct{}) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clip(s.log), s.grown
}

// readable returns the events of a stream that its metadata leaves, whether the
// stream can be found, and whether it is buried.
func (s *Store) readable(name string) (events []*event, found, buried bool, grown <-chan struct{}) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	st := s.streams[name]
	if st == nil {
		return nil, false, false, s.grown
	}
	events = slices.Clip(st.events)
	if strings.HasPrefix(name, "$$") { // streams of metadata keep the last
		events = events[max(0, len(events)-1):]
	} else {
		events = s.settings(name).leave(events)
	}
	return events, !s.hidden(name), st.buried, s.grown
}

// Put writes an event past every check, as an operator might.
func (s *Store) Put(stream, typ, json string) {
	s.append(stream, expectAny, []*event{{id: uuid.New(), typ: typ, content: "application/json", data: []byte(json)}})
}

// SetMetadata sets a stream's metadata.
func (s *Store) SetMetadata(stream, json string) { s.Put("$$"+stream, "$metadata", json) }

// Protect sets access lists under which a user may add and read, and nobody but
// an administrator may delete or change metadata.
func (s *Store) Protect(user string) {
	s.SetMetadata("$all", `{"$acl":{"$r":["`+user+`","$admins"]}}`)
	s.Put("$settings", "update-default-acl", `{"$userStreamAcl":{"$r":["`+user+`","$admins"],"$w":["`+user+`","$admins"],"$d":"$admins","$mr":["`+user+`","$admins"],"$mw":"$admins"}}`)
}

// Streams lists the names of the streams there are.
func (s *Store) Streams() map[string]bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	names := make(map[string]bool, len(s.streams))
	for name := range s.streams {
		names[name] = true
	}
	return names
}
