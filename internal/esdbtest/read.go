package esdbtest

import (
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Read reads or subscribes, one stream or everything.
func (s *streamsService) Read(req *streams.ReadReq, call streams.Streams_ReadServer) error {
	r := &reading{Server: s.Server, call: call, options: req.GetOptions()}
	_, r.structured = r.options.GetUuidOption().GetContent().(*streams.ReadReq_Options_UUIDOption_Structured)
	var err error
	if r.keep, err = filterOf(r.options.GetFilter()); err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	name := "$all"
	if one := r.options.GetStream(); one != nil {
		name = string(one.GetStreamIdentifier().GetStreamName())
	}
	if err := s.may(call.Context(), name, toRead); err != nil {
		return err
	}
	if s.faults.isOdd() {
		if err := call.Send(&streams.ReadResp{Content: &streams.ReadResp_LastStreamPosition{LastStreamPosition: 1}}); err != nil {
			return err
		}
	}
	switch _, subscribes := r.options.GetCountOption().(*streams.ReadReq_Options_Subscription); {
	case subscribes && name == "$all":
		return r.subscribeAll()
	case subscribes:
		return r.subscribeStream(name)
	case name == "$all":
		return r.readAll()
	}
	return r.readStream(name)
}

// reading is one call.
type reading struct {
	*Server
	call       streams.Streams_ReadServer
	options    *streams.ReadReq_Options
	structured bool // how ids are written
	keep       func(*event) bool
}

// filterOf returns nil where nothing is filtered.
func filterOf(f *streams.ReadReq_Options_FilterOptions) (func(*event) bool, error) {
	subject := func(e *event) string { return e.stream }
	wanted := f.GetStreamIdentifier()
	if f.GetEventType() != nil {
		subject, wanted = func(e *event) string { return e.typ }, f.GetEventType()
	}
	switch {
	case wanted.GetRegex() != "":
		expression, err := regexp.Compile(wanted.GetRegex())
		return func(e *event) bool { return expression.MatchString(subject(e)) }, err
	case len(wanted.GetPrefix()) > 0:
		return func(e *event) bool {
			return slices.ContainsFunc(wanted.GetPrefix(), func(p string) bool { return strings.HasPrefix(subject(e), p) })
		}, nil
	}
	return nil, nil
}

func (r *reading) readStream(name string) error {
	events, found, buried, _ := r.store.readable(name)
	switch {
	case buried:
		return streamDeleted(r.call.Context(), name)
	case !found:
		return r.call.Send(&streams.ReadResp{Content: &streams.ReadResp_StreamNotFound_{StreamNotFound: &streams.ReadResp_StreamNotFound{
			StreamIdentifier: &shared.StreamIdentifier{StreamName: []byte(name)}}}})
	}
	backwards := r.options.GetReadDirection() == streams.ReadReq_Options_Backwards
	from := func(revision uint64) int {
		return sort.Search(len(events), func(i int) bool { return events[i].revision >= revision })
	}
	begin, end := 0, len(events)
	switch at := r.options.GetStream().GetRevisionOption().(type) {
	case *streams.ReadReq_Options_StreamOptions_Revision:
		if begin = from(at.Revision); backwards { // the event there comes too
			begin, end = 0, from(at.Revision+1)
		}
	case *streams.ReadReq_Options_StreamOptions_Start:
		if backwards {
			end = min(1, end)
		}
	case *streams.ReadReq_Options_StreamOptions_End:
		if !backwards {
			begin = end
		}
	}
	return r.send(events[begin:end], backwards)
}

func (r *reading) readAll() error {
	events, _ := r.store.view()
	backwards := r.options.GetReadDirection() == streams.ReadReq_Options_Backwards
	begin, end := 0, len(events)
	switch at := r.options.GetAll().GetAllOption().(type) {
	case *streams.ReadReq_Options_AllOptions_Position:
		i := indexOf(events, at.Position.GetCommitPosition())
		if begin = i; backwards { // the event there does not come
			begin, end = 0, i
		}
	case *streams.ReadReq_Options_AllOptions_Start:
		if backwards {
			end = 0
		}
	case *streams.ReadReq_Options_AllOptions_End:
		if !backwards {
			begin = end
		}
	}
	return r.send(events[begin:end], backwards)
}

// indexOf finds the first event at or after a position.
func indexOf(events []*event, position uint64) int {
	return sort.Search(len(events), func(i int) bool { return events[i].position >= position })
}

func (r *reading) send(events []*event, backwards bool) error {
	left := r.options.GetCount()
	for i := range events {
		if left == 0 {
			return nil
		}
		e := events[i]
		if backwards {
			e = events[len(events)-1-i]
		}
		if r.keep != nil && !r.keep(e) {
			continue
		}
		if err := r.event(e); err != nil {
			return err
		}
		left--
	}
	return nil
}

func (r *reading) event(e *event) error {
	return r.call.Send(&streams.ReadResp{Content: &streams.ReadResp_Event{Event: &streams.ReadResp_ReadEvent{
		Event: &streams.ReadResp_ReadEvent_RecordedEvent{
			Id: formatID(e.id, r.structured), StreamIdentifier: &shared.StreamIdentifier{StreamName: []byte(e.stream)},
			StreamRevision: e.revision, CommitPosition: e.position, PreparePosition: e.position,
			Metadata:       map[string]string{"type": e.typ, "content-type": e.content, "created": strconv.FormatInt(e.created, 10)},
			CustomMetadata: e.custom, Data: e.data,
		},
		Position: &streams.ReadResp_ReadEvent_CommitPosition{CommitPosition: e.position},
	}}})
}
