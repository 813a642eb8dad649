package esdbtest

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
)

type featuresService struct {
	serverfeatures.UnimplementedServerFeaturesServer
	*Server
}

// GetSupportedMethods tells the version and what clients choose their ways by.
func (s *featuresService) GetSupportedMethods(context.Context, *shared.Empty) (*serverfeatures.SupportedMethods, error) {
	answer := &serverfeatures.SupportedMethods{EventStoreServerVersion: s.options.Version}
	for _, name := range []string{"read", "append", "batchappend", "delete", "tombstone"} {
		method := &serverfeatures.SupportedMethod{ServiceName: "event_store.client.streams.streams", MethodName: name}
		switch name {
		case "read":
			method.Features = []string{"position", "events"}
		case "batchappend":
			method.Features = []string{"deadline_duration"}
		}
		answer.Methods = append(answer.Methods, method)
	}
	return answer, nil
}

type gossipService struct {
	gossip.UnimplementedGossipServer
	*Server
}

// Read lists the nodes and who leads.
func (s *gossipService) Read(context.Context, *shared.Empty) (*gossip.ClusterInfo, error) {
	s.mu.Lock()
	peers := slices.Clone(s.peers)
	s.mu.Unlock()
	answer := &gossip.ClusterInfo{}
	for _, p := range peers {
		state := gossip.MemberInfo_Leader
		if !p.leads() {
			state = gossip.MemberInfo_Follower
		}
		host, text := p.endPoint()
		port, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return nil, err
		}
		answer.Members = append(answer.Members, &gossip.MemberInfo{
			InstanceId: &shared.UUID{Value: &shared.UUID_String_{String_: fmt.Sprintf("00000000-0000-4000-8000-%012d", port)}},
			State:      state, IsAlive: p.alive(), HttpEndPoint: &gossip.EndPoint{Address: host, Port: uint32(port)}})
	}
	return answer, nil
}

func (s *Server) alive() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.serving != nil
}

func (s *Server) endPoint() (host, port string) {
	host, port, err := net.SplitHostPort(s.Address())
	if err != nil {
		return s.Address(), "0"
	}
	return host, port
}
