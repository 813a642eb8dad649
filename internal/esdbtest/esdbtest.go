// Package esdbtest is a server of the EventStoreDB/KurrentDB client protocol in
// memory, for tests only: what a client can see of one is here, nothing of how
// a real one keeps its data.
//
// It is written from the protocol's own definitions (the stubs that come with
// the client, Apache-2.0) and from how clients observe real servers. Its
// positions are sparse as byte offsets are, events of the system's own stand
// between ours, errors travel in trailers, and faults can be asked for. Official
// clients of other languages are run against it by fidelity_test.go.
package esdbtest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/stats"
)

// Options say what kind of server it is. The zero value is a single node in
// insecure mode, where everybody may do everything, as a real one has it.
type Options struct {
	// Address to listen on; empty means any free port of the loopback.
	Address string
	// Version that the server tells; empty means DefaultVersion.
	Version string
	// Users by name. With users the server asks for a password and keeps to
	// access lists; without, it does neither.
	Users map[string]User
	// Certificate makes it speak TLS.
	Certificate *tls.Certificate
	// MaxAppend is the most bytes of one append; zero means DefaultMaxAppend.
	MaxAppend int
	// Follower makes it a node that is not the leader.
	Follower bool
}

// User is somebody whom the server knows.
type User struct {
	Password string
	Admin    bool
}

// DefaultVersion is told where no other is given.
const DefaultVersion = "26.1.0.0"

// DefaultMaxAppend is what servers allow since 25.1.
const DefaultMaxAppend = 256 << 20

// maxMessage is the largest gRPC message that a server takes.
const maxMessage = 16 << 20

// Server is one node.
type Server struct {
	options Options
	store   *Store
	faults  faults

	connections connections

	mu        sync.Mutex
	address   string
	serving   *grpc.Server
	follower  bool
	peers     []*Server
	dropped   chan struct{} // closed to end the subscriptions there are
	followers []int64       // after which place each subscription began
}

// Start starts a node with a store of its own, until the test ends.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	return StartOn(t, NewStore(), o)
}

// StartOn starts a node on a store that others may share.
func StartOn(t testing.TB, store *Store, o Options) *Server {
	t.Helper()
	s, err := Serve(store, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// Serve starts a node.
func Serve(store *Store, o Options) (*Server, error) {
	if o.Version == "" {
		o.Version = DefaultVersion
	}
	if o.MaxAppend == 0 {
		o.MaxAppend = DefaultMaxAppend
	}
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	s := &Server{options: o, store: store, address: o.Address, follower: o.Follower}
	s.peers = []*Server{s}
	s.faults.calls = map[string]int{}
	return s, s.Restart()
}

// Cluster tells the nodes of each other, as gossip does.
func Cluster(nodes ...*Server) {
	for _, n := range nodes {
		n.mu.Lock()
		n.peers = nodes
		n.mu.Unlock()
	}
}

// Lead makes the node the leader, or a follower.
func (s *Server) Lead(leader bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.follower = !leader
}

func (s *Server) leads() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.follower
}

// Restart begins to listen (again), at the same address as before.
func (s *Server) Restart() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.serving != nil {
		return errors.New("esdbtest: already serving")
	}
	listener, err := listen(s.address)
	if err != nil {
		return err
	}
	options := []grpc.ServerOption{
		grpc.MaxRecvMsgSize(maxMessage),
		// The client pings every ten seconds, idle or not; gRPC's own rule
		// would call that too often and hang up.
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: time.Second, PermitWithoutStream: true}),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: 10 * time.Second, Timeout: 10 * time.Second}),
		grpc.UnaryInterceptor(s.unary), grpc.StreamInterceptor(s.stream), grpc.StatsHandler(&s.connections),
	}
	if s.options.Certificate != nil {
		options = append(options, grpc.Creds(credentials.NewServerTLSFromCert(s.options.Certificate)))
	}
	s.address, s.dropped = listener.Addr().String(), make(chan struct{})
	s.serving = grpc.NewServer(options...)
	streams.RegisterStreamsServer(s.serving, &streamsService{Server: s})
	serverfeatures.RegisterServerFeaturesServer(s.serving, &featuresService{Server: s})
	gossip.RegisterGossipServer(s.serving, &gossipService{Server: s})
	serving := s.serving
	go func() { _ = serving.Serve(listener) }() // it ends with Stop
	return nil
}

// listen waits for an address that has just been left: the port of a stopped
// node may be held for a moment by its last connections.
func listen(address string) (net.Listener, error) {
	var err error
	for range 100 {
		var l net.Listener
		if l, err = net.Listen("tcp", address); err == nil {
			return l, nil
		}
		<-time.After(20 * time.Millisecond)
	}
	return nil, fmt.Errorf("esdbtest: %w", err)
}

// Stop breaks every connection and stops listening, as a crash does.
func (s *Server) Stop() {
	s.mu.Lock()
	serving := s.serving
	s.serving = nil
	s.mu.Unlock()
	if serving != nil {
		serving.Stop()
	}
}

// Address is host:port.
func (s *Server) Address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.address
}

// URL is a connection string of this node.
func (s *Server) URL() string {
	return fmt.Sprintf("esdb://%s?tls=%v", s.Address(), s.options.Certificate != nil)
}

// Store is what the node keeps.
func (s *Server) Store() *Store { return s.store }

func (s *Server) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	s.faults.count(info.FullMethod)
	return handle(ctx, req)
}

func (s *Server) stream(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	s.faults.count(info.FullMethod)
	return handle(srv, stream)
}

// connections counts those that are open.
type connections struct{ open atomic.Int64 }

func (c *connections) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context   { return ctx }
func (c *connections) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }
func (c *connections) HandleRPC(context.Context, stats.RPCStats)                         {}

func (c *connections) HandleConn(_ context.Context, s stats.ConnStats) {
	switch s.(type) {
	case *stats.ConnBegin:
		c.open.Add(1)
	case *stats.ConnEnd:
		c.open.Add(-1)
	}
}

// Connections is how many are open.
func (s *Server) Connections() int { return int(s.connections.open.Load()) }
