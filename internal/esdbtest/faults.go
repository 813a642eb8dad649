package esdbtest

import (
	"context"
	"slices"
	"strings"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Fault is what goes wrong with an append.
type Fault int

const (
	// LoseAnswer writes the events and breaks off instead of saying so.
	LoseAnswer Fault = iota + 1
	// LoseRequest breaks off and writes nothing.
	LoseRequest
	// RefuseEarly answers after the first message that the append is refused,
	// while the client is still sending.
	RefuseEarly
	// NotLeader refuses and names the leader.
	NotLeader
	// Hang neither answers nor writes until the client gives up.
	Hang
	// Abort says that the write timed out, after it was written.
	Abort
)

type faults struct {
	mu      sync.Mutex
	appends []Fault
	odd     bool
	calls   map[string]int
}

// NextAppends lets the next appends go wrong, one each.
func (s *Server) NextAppends(these ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.appends = append(s.faults.appends, these...)
}

func (f *faults) next() Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.appends) == 0 {
		return 0
	}
	first := f.appends[0]
	f.appends = f.appends[1:]
	return first
}

// SendUnknown makes every reading begin with content that old clients do not
// know.
func (s *Server) SendUnknown(odd bool) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.odd = odd
}

func (f *faults) isOdd() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.odd
}

func (f *faults) count(method string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[method[strings.LastIndex(method, ".")+1:]]++
}

// Calls is how often a method (Streams/Append, Gossip/Read, …) was called.
func (s *Server) Calls(method string) int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return s.faults.calls[method]
}

// DropSubscriptions ends the subscriptions there are, as a server does that is
// too busy for a slow consumer.
func (s *Server) DropSubscriptions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.dropped)
	s.dropped = make(chan struct{})
}

// notLeader is the refusal of a node that knows who leads.
func (s *Server) notLeader(ctx context.Context) error {
	s.mu.Lock()
	leader, peers := s, s.peers
	s.mu.Unlock()
	for _, p := range peers {
		if p.leads() {
			leader = p
		}
	}
	host, port := leader.endPoint()
	_ = grpc.SetTrailer(ctx, metadata.Pairs("exception", "not-leader", "leader-endpoint-host", host, "leader-endpoint-port", port))
	return status.Error(codes.NotFound, "Leader info available")
}

// SubscribedAfter lists after which position (or revision) each subscription
// began, -1 for the start.
func (s *Server) SubscribedAfter() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.followers)
}

func (s *Server) subscribed(after int64) (dropped <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.followers = append(s.followers, after)
	return s.dropped
}
