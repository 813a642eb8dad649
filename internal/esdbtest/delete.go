package esdbtest

import (
	"context"
	"fmt"
	"strconv"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Delete hides what is in a stream; a later append goes on numbering.
func (s *streamsService) Delete(ctx context.Context, req *streams.DeleteReq) (*streams.DeleteResp, error) {
	o := req.GetOptions()
	name, want := string(o.GetStreamIdentifier().GetStreamName()), int64(expectAny)
	switch at := o.GetExpectedStreamRevision().(type) {
	case *streams.DeleteReq_Options_Revision:
		want = int64(at.Revision)
	case *streams.DeleteReq_Options_NoStream:
		want = expectNoStream
	case *streams.DeleteReq_Options_StreamExists:
		want = expectStreamExists
	}
	if err := s.mayEnd(ctx, name, want); err != nil {
		return nil, err
	}
	v := s.store.append("$$"+name, expectAny, []*event{{id: uuid.New(), typ: "$metadata", content: "application/json",
		data: fmt.Appendf(nil, `{"$tb":%d}`, int64(deleted))}})
	return &streams.DeleteResp{PositionOption: &streams.DeleteResp_Position_{
		Position: &streams.DeleteResp_Position{CommitPosition: v.position, PreparePosition: v.position}}}, nil
}

// Tombstone ends a stream for ever.
func (s *streamsService) Tombstone(ctx context.Context, req *streams.TombstoneReq) (*streams.TombstoneResp, error) {
	o := req.GetOptions()
	name, want := string(o.GetStreamIdentifier().GetStreamName()), int64(expectAny)
	switch at := o.GetExpectedStreamRevision().(type) {
	case *streams.TombstoneReq_Options_Revision:
		want = int64(at.Revision)
	case *streams.TombstoneReq_Options_NoStream:
		want = expectNoStream
	case *streams.TombstoneReq_Options_StreamExists:
		want = expectStreamExists
	}
	if err := s.mayEnd(ctx, name, want); err != nil {
		return nil, err
	}
	at := s.store.bury(name)
	return &streams.TombstoneResp{PositionOption: &streams.TombstoneResp_Position_{
		Position: &streams.TombstoneResp_Position{CommitPosition: at, PreparePosition: at}}}, nil
}

// mayEnd asks for the right first and for the revision then, as a server does.
func (s *Server) mayEnd(ctx context.Context, name string, want int64) error {
	if err := s.may(ctx, name, toDelete); err != nil {
		return err
	}
	_, found, buried, _ := s.store.readable(name)
	s.store.mu.RLock()
	current := s.store.last(name)
	s.store.mu.RUnlock()
	switch {
	case buried:
		return streamDeleted(ctx, name)
	case want == expectAny, want == current, want == expectStreamExists && found, want == expectNoStream && !found:
		return nil
	}
	_ = grpc.SetTrailer(ctx, metadata.Pairs("exception", "wrong-expected-version", "stream-name", name,
		"expected-version", strconv.FormatInt(want, 10), "actual-version", strconv.FormatInt(current, 10)))
	return status.Errorf(codes.FailedPrecondition, "Append failed due to WrongExpectedVersion. Stream: %s, Expected version: %d, Actual version: %d", name, want, current)
}
