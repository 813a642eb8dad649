package esdbtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

type streamsService struct {
	streams.UnimplementedStreamsServer
	*Server
}

// Append takes the options and then one message per event.
func (s *streamsService) Append(call streams.Streams_AppendServer) error {
	first, err := call.Recv()
	if err != nil {
		return err
	}
	options := first.GetOptions()
	if options == nil {
		return status.Error(codes.InvalidArgument, "the options come first")
	}
	name := string(options.GetStreamIdentifier().GetStreamName())
	if err := s.may(call.Context(), name, toWrite); err != nil {
		return err
	}
	if !s.leads() {
		return s.notLeader(call.Context())
	}
	fault := s.faults.next()
	switch fault {
	case RefuseEarly:
		return status.Error(codes.InvalidArgument, "Maximum Append Size Exceeded.")
	case NotLeader:
		return s.notLeader(call.Context())
	case LoseRequest:
		return status.Error(codes.Unavailable, "the connection broke")
	case Hang:
		<-call.Context().Done()
		return status.FromContextError(call.Context().Err()).Err()
	default: // the others strike after the events are written
	}
	events, err := s.receive(call)
	if err != nil {
		return err
	}
	v := s.store.append(name, expected(options), events)
	switch {
	case v.buried:
		return streamDeleted(call.Context(), name)
	case fault == LoseAnswer:
		return status.Error(codes.Unavailable, "the connection broke")
	case fault == Abort:
		return status.Error(codes.Aborted, "Operation timed out")
	}
	return call.SendAndClose(answerTo(options, v))
}

func (s *Server) receive(call streams.Streams_AppendServer) ([]*event, error) {
	var events []*event
	size := 0
	for {
		req, err := call.Recv()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return nil, err
		}
		m := req.GetProposedMessage()
		e, err := proposed(m.GetId(), m.GetMetadata(), m.GetData(), m.GetCustomMetadata())
		if err != nil {
			return nil, err
		}
		if size += len(e.data) + len(e.custom) + 2*len(e.typ); size > s.options.MaxAppend {
			_ = grpc.SetTrailer(call.Context(), metadata.Pairs(
				"exception", "maximum-append-size-exceeded", "maximum-append-size", strconv.Itoa(s.options.MaxAppend)))
			return nil, status.Error(codes.InvalidArgument, fmt.Sprintf("Maximum Append Size of %d Exceeded.", s.options.MaxAppend))
		}
		events = append(events, e)
	}
}

func proposed(id *shared.UUID, header map[string]string, data, custom []byte) (*event, error) {
	e := &event{typ: header["type"], content: header["content-type"], data: data, custom: custom}
	var err error
	if e.id, err = parseID(id); err != nil || e.typ == "" || e.content == "" {
		return nil, status.Error(codes.InvalidArgument, "an event needs an id, a type and a content-type")
	}
	return e, nil
}

func expected(o *streams.AppendReq_Options) int64 {
	switch at := o.GetExpectedStreamRevision().(type) {
	case *streams.AppendReq_Options_Revision:
		return int64(at.Revision)
	case *streams.AppendReq_Options_NoStream:
		return expectNoStream
	case *streams.AppendReq_Options_StreamExists:
		return expectStreamExists
	}
	return expectAny
}

func answerTo(o *streams.AppendReq_Options, v verdict) *streams.AppendResp {
	if !v.wrong {
		success := &streams.AppendResp_Success{
			CurrentRevisionOption: &streams.AppendResp_Success_CurrentRevision{CurrentRevision: uint64(v.current)},
			PositionOption: &streams.AppendResp_Success_Position{
				Position: &streams.AppendResp_Position{CommitPosition: v.position, PreparePosition: v.position}},
		}
		if v.repeated { // a server does not always know where it was
			success.PositionOption = &streams.AppendResp_Success_NoPosition{NoPosition: &shared.Empty{}}
		}
		return &streams.AppendResp{Result: &streams.AppendResp_Success_{Success: success}}
	}
	wrong := &streams.AppendResp_WrongExpectedVersion{}
	if v.current < 0 {
		wrong.CurrentRevisionOption = &streams.AppendResp_WrongExpectedVersion_CurrentNoStream{CurrentNoStream: &shared.Empty{}}
	} else {
		wrong.CurrentRevisionOption = &streams.AppendResp_WrongExpectedVersion_CurrentRevision{CurrentRevision: uint64(v.current)}
	}
	switch at := o.GetExpectedStreamRevision().(type) {
	case *streams.AppendReq_Options_Revision:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedRevision{ExpectedRevision: at.Revision}
	case *streams.AppendReq_Options_NoStream:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedNoStream{ExpectedNoStream: &shared.Empty{}}
	case *streams.AppendReq_Options_StreamExists:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedStreamExists{ExpectedStreamExists: &shared.Empty{}}
	default:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedAny{ExpectedAny: &shared.Empty{}}
	}
	return &streams.AppendResp{Result: &streams.AppendResp_WrongExpectedVersion_{WrongExpectedVersion: wrong}}
}

func streamDeleted(ctx context.Context, name string) error {
	_ = grpc.SetTrailer(ctx, metadata.Pairs("exception", "stream-deleted", "stream-name", name))
	return status.Errorf(codes.FailedPrecondition, "Event stream '%s' is deleted.", name)
}

// Both ways of writing an id are in use.
func parseID(id *shared.UUID) (uuid.UUID, error) {
	if text := id.GetString_(); text != "" {
		return uuid.Parse(text)
	}
	var out uuid.UUID
	for i := range 8 {
		out[i] = byte(id.GetStructured().GetMostSignificantBits() >> (56 - 8*i))
		out[8+i] = byte(id.GetStructured().GetLeastSignificantBits() >> (56 - 8*i))
	}
	if out == uuid.Nil {
		return out, errors.New("no id")
	}
	return out, nil
}

func formatID(id uuid.UUID, structured bool) *shared.UUID {
	if !structured {
		return &shared.UUID{Value: &shared.UUID_String_{String_: id.String()}}
	}
	var most, least uint64
	for i := range 8 {
		most, least = most<<8|uint64(id[i]), least<<8|uint64(id[8+i])
	}
	return &shared.UUID{Value: &shared.UUID_Structured_{Structured: &shared.UUID_Structured{
		MostSignificantBits: int64(most), LeastSignificantBits: int64(least)}}}
}
