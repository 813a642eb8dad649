package esdbtest

import (
	"errors"
	"io"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/emptypb"
)

// batch is an append that comes in parts.
type batch struct {
	options *streams.BatchAppendReq_Options
	events  []*event
}

// BatchAppend is how other clients append: many appends on one call, each under
// a correlation id. The Go client never uses it.
func (s *streamsService) BatchAppend(call streams.Streams_BatchAppendServer) error {
	open := map[string]*batch{}
	for {
		req, err := call.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		key := req.GetCorrelationId().String()
		b := open[key]
		if b == nil {
			b = &batch{options: req.GetOptions()}
			open[key] = b
		}
		for _, m := range req.GetProposedMessages() {
			e, err := proposed(m.GetId(), m.GetMetadata(), m.GetData(), m.GetCustomMetadata())
			if err != nil {
				return err
			}
			b.events = append(b.events, e)
		}
		if !req.GetIsFinal() {
			continue
		}
		delete(open, key)
		if err := call.Send(s.finish(call, req.GetCorrelationId(), b)); err != nil {
			return err
		}
	}
}

func (s *streamsService) finish(call streams.Streams_BatchAppendServer, id *shared.UUID, b *batch) *streams.BatchAppendResp {
	name := string(b.options.GetStreamIdentifier().GetStreamName())
	answer := &streams.BatchAppendResp{CorrelationId: id, StreamIdentifier: b.options.GetStreamIdentifier()}
	if err := s.may(call.Context(), name, toWrite); err != nil {
		answer.Result = failed(code.Code_PERMISSION_DENIED, &shared.AccessDenied{})
		return answer
	}
	want := int64(expectAny)
	wrong := &shared.WrongExpectedVersion{ExpectedStreamPositionOption: &shared.WrongExpectedVersion_ExpectedAny{ExpectedAny: &emptypb.Empty{}}}
	switch at := b.options.GetExpectedStreamPosition().(type) {
	case *streams.BatchAppendReq_Options_StreamPosition:
		want = int64(at.StreamPosition)
		wrong.ExpectedStreamPositionOption = &shared.WrongExpectedVersion_ExpectedStreamPosition{ExpectedStreamPosition: at.StreamPosition}
		answer.ExpectedStreamPosition = &streams.BatchAppendResp_StreamPosition{StreamPosition: at.StreamPosition}
	case *streams.BatchAppendReq_Options_NoStream:
		want = expectNoStream
		wrong.ExpectedStreamPositionOption = &shared.WrongExpectedVersion_ExpectedNoStream{ExpectedNoStream: &emptypb.Empty{}}
		answer.ExpectedStreamPosition = &streams.BatchAppendResp_NoStream{NoStream: &emptypb.Empty{}}
	case *streams.BatchAppendReq_Options_StreamExists:
		want = expectStreamExists
		wrong.ExpectedStreamPositionOption = &shared.WrongExpectedVersion_ExpectedStreamExists{ExpectedStreamExists: &emptypb.Empty{}}
		answer.ExpectedStreamPosition = &streams.BatchAppendResp_StreamExists{StreamExists: &emptypb.Empty{}}
	default:
		answer.ExpectedStreamPosition = &streams.BatchAppendResp_Any{Any: &emptypb.Empty{}}
	}
	v := s.store.append(name, want, b.events)
	switch {
	case v.buried:
		answer.Result = failed(code.Code_FAILED_PRECONDITION, &shared.StreamDeleted{StreamIdentifier: b.options.GetStreamIdentifier()})
	case v.wrong:
		wrong.CurrentStreamRevisionOption = &shared.WrongExpectedVersion_CurrentNoStream{CurrentNoStream: &emptypb.Empty{}}
		if v.current >= 0 {
			wrong.CurrentStreamRevisionOption = &shared.WrongExpectedVersion_CurrentStreamRevision{CurrentStreamRevision: uint64(v.current)}
		}
		answer.Result = failed(code.Code_FAILED_PRECONDITION, wrong)
	default:
		answer.Result = &streams.BatchAppendResp_Success_{Success: &streams.BatchAppendResp_Success{
			CurrentRevisionOption: &streams.BatchAppendResp_Success_CurrentRevision{CurrentRevision: uint64(v.current)},
			PositionOption: &streams.BatchAppendResp_Success_Position{
				Position: &shared.AllStreamPosition{CommitPosition: v.position, PreparePosition: v.position}},
		}}
	}
	return answer
}

func failed(c code.Code, detail proto.Message) *streams.BatchAppendResp_Error {
	packed, err := anypb.New(detail)
	if err != nil {
		return &streams.BatchAppendResp_Error{Error: &status.Status{Code: int32(code.Code_INTERNAL), Message: err.Error()}}
	}
	return &streams.BatchAppendResp_Error{Error: &status.Status{Code: int32(c), Message: c.String(), Details: []*anypb.Any{packed}}}
}
