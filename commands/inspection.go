package commands

import (
	"context"
	"errors"
	"fmt"

	"shouwang/domain/act"
	"shouwang/domain/inspection"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// InspectionStream names the stream of a check on the spot.
func InspectionStream(id string) string { return "inspection-" + id }

// Inspection enters an act on a check on the spot (现场核查). It reads the sheet
// and writes to no other stream than the check's own.
func (h *Handler) Inspection(ctx context.Context, r Request, id string, c inspection.Command) (Result, error) {
	if err := h.checkInput(ctx, r, c); err != nil {
		return Result{}, err
	}
	for try := 0; ; try++ {
		result, err := h.inspectOnce(ctx, r, id, c)
		if !errors.Is(err, eventlog.ErrConflict) || r.IfMatch != nil || try >= retries {
			return result, err
		}
	}
}

func (h *Handler) inspectOnce(ctx context.Context, r Request, id string, c inspection.Command) (Result, error) {
	stream := InspectionStream(id)
	body, err := bodyHash(stream, r, c)
	if err != nil {
		return Result{}, err
	}
	state, known, err := h.inspection(ctx, id, eventlog.DeriveID(stream, r.Key, 0).String())
	if err != nil {
		return Result{}, err
	}
	if known {
		return h.firstResult(ctx, stream, r.Key, body)
	}
	version := eventlog.Version(state.Version)
	if r.IfMatch != nil && *r.IfMatch != version {
		return Result{}, &StaleError{Have: version, Want: *r.IfMatch}
	}
	sheet, err := h.sheetFor(ctx, state, c)
	if err != nil {
		return Result{}, err
	}
	a, err := h.act(r, sheet.Region, body)
	if err != nil {
		return Result{}, err
	}
	events, err := inspection.Decide(state, c, a, sheet)
	if err != nil {
		return Result{}, err
	}
	return h.appendInspection(ctx, stream, version, events[0], a)
}

func (h *Handler) appendInspection(ctx context.Context, stream string, version eventlog.Version, e inspection.Event, a act.Act) (Result, error) {
	name, data, err := wire.Encode(e, nil)
	if err != nil {
		return Result{}, err
	}
	meta, err := wire.EncodeMeta(a)
	if err != nil {
		return Result{}, err
	}
	id := eventlog.DeriveID(stream, a.Key, 0)
	appended, err := h.Log.Append(ctx, stream, version, []eventlog.Event{{ID: id, Type: name, Data: data, Meta: meta}})
	if err != nil {
		return Result{}, err
	}
	return Result{Stream: stream, Version: appended.Version, Position: appended.Position, RecordedAt: appended.RecordedAt,
		Events: []string{id.String()}, Repeated: appended.Repeated}, nil
}

// sheetFor is what the record says of the sheet that was looked for.
func (h *Handler) sheetFor(ctx context.Context, s inspection.State, c inspection.Command) (inspection.Sheet, error) {
	check, is := c.(inspection.RecordCheck)
	if !is && s.Region == "" {
		return inspection.Sheet{}, policy.Refuse(policy.CheckUnknown, "没有这次现场核查")
	}
	if !is {
		return inspection.Sheet{Region: s.Region}, nil
	}
	facts, err := h.paperFacts(ctx, PaperStream("notice", check.Notice))
	if err != nil {
		return inspection.Sheet{}, err
	}
	for _, f := range facts {
		if e, posted := f.Event.(paper.SheetPosted); posted {
			return inspection.Sheet{Exists: true, Region: e.Region, Posted: f.Act.Happened}, nil
		}
	}
	return inspection.Sheet{}, policy.Refuse(policy.PaperUnknown, "没有这张公示单")
}

// InspectionRegion is where a check was made, "" if there is no such check.
func (h *Handler) InspectionRegion(ctx context.Context, id string) (string, error) {
	state, _, err := h.inspection(ctx, id, "")
	return state.Region, err
}

// inspection folds a check and says whether one of its events has the id.
func (h *Handler) inspection(ctx context.Context, id, event string) (s inspection.State, known bool, err error) {
	s.ID = id
	for rec, err := range h.Log.ReadStream(ctx, InspectionStream(id), eventlog.NoStream) {
		if err != nil {
			return s, false, fmt.Errorf("read %s: %w", InspectionStream(id), err)
		}
		f, err := InspectionFact(rec)
		if err != nil {
			return s, false, err
		}
		s, known = inspection.Evolve(s, f), known || f.ID == event
	}
	return s, known, nil
}

// InspectionFact decodes a record of the stream of a check on the spot.
func InspectionFact(rec eventlog.Record) (inspection.Fact, error) {
	e, err := wire.Inspection(rec.Type, rec.Data)
	if err != nil {
		return inspection.Fact{}, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	a, err := wire.DecodeMeta(rec.Meta)
	if err != nil {
		return inspection.Fact{}, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	return inspection.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Event: e}, nil
}
