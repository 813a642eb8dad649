package esdbtest

import (
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// source yields what a subscription sees: the events after a place, and what
// closes when there are more.
type source func(after int64) ([]*event, <-chan struct{}, error)

func (r *reading) subscribeAll() error {
	events, _ := r.store.view()
	after := int64(-1)
	switch at := r.options.GetAll().GetAllOption().(type) {
	case *streams.ReadReq_Options_AllOptions_Position:
		after = int64(at.Position.GetCommitPosition())
	case *streams.ReadReq_Options_AllOptions_End:
		after = int64(events[len(events)-1].position)
	}
	return r.follow(after, func(e *event) int64 { return int64(e.position) }, func(after int64) ([]*event, <-chan struct{}, error) {
		all, grown := r.store.view()
		return all[indexOf(all, uint64(after+1)):], grown, nil
	})
}

func (r *reading) subscribeStream(name string) error {
	after := int64(-1)
	switch at := r.options.GetStream().GetRevisionOption().(type) {
	case *streams.ReadReq_Options_StreamOptions_Revision:
		after = int64(at.Revision)
	case *streams.ReadReq_Options_StreamOptions_End:
		r.store.mu.RLock()
		after = r.store.last(name)
		r.store.mu.RUnlock()
	}
	return r.follow(after, func(e *event) int64 { return int64(e.revision) }, func(after int64) ([]*event, <-chan struct{}, error) {
		events, _, buried, grown := r.store.readable(name)
		if buried {
			return nil, nil, streamDeleted(r.call.Context(), name)
		}
		for len(events) > 0 && int64(events[0].revision) <= after {
			events = events[1:]
		}
		return events, grown, nil
	})
}

// follow confirms, sends what there is, says that it has caught up, and goes on
// as events come.
func (r *reading) follow(after int64, place func(*event) int64, more source) error {
	dropped := r.subscribed(after)
	err := r.call.Send(&streams.ReadResp{Content: &streams.ReadResp_Confirmation{
		Confirmation: &streams.ReadResp_SubscriptionConfirmation{SubscriptionId: uuid.NewString()}}})
	if err != nil {
		return err
	}
	considered, live := 0, false
	for {
		events, grown, err := more(after)
		if err != nil {
			return err
		}
		for _, e := range events {
			after = place(e)
			if r.keep == nil || r.keep(e) {
				if err := r.event(e); err != nil {
					return err
				}
			}
			if considered++; r.keep != nil && considered%r.window() == 0 {
				if err := r.checkpoint(e.position); err != nil {
					return err
				}
			}
		}
		if !live {
			live = true
			if r.keep != nil && len(events) > 0 {
				if err := r.checkpoint(events[len(events)-1].position); err != nil {
					return err
				}
			}
			if err := r.call.Send(&streams.ReadResp{Content: &streams.ReadResp_CaughtUp_{CaughtUp: &streams.ReadResp_CaughtUp{}}}); err != nil {
				return err
			}
		}
		select {
		case <-grown:
		case <-dropped:
			return status.Error(codes.Aborted, "the subscriber was too slow")
		case <-r.call.Context().Done():
			return nil
		}
	}
}

// window is after how many events considered a filtered subscription tells how
// far it has come.
func (r *reading) window() int {
	f := r.options.GetFilter()
	return max(1, int(f.GetMax())) * max(1, int(f.GetCheckpointIntervalMultiplier()))
}

func (r *reading) checkpoint(position uint64) error {
	return r.call.Send(&streams.ReadResp{Content: &streams.ReadResp_Checkpoint_{
		Checkpoint: &streams.ReadResp_Checkpoint{CommitPosition: position, PreparePosition: position}}})
}
