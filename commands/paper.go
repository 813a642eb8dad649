package commands

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// PaperResult is what became of an act on a paper and of its lines.
type PaperResult struct {
	Result
	Lines []LineResult
}

// LineResult is what a paper's event led to in one household's file.
type LineResult struct {
	Household string           `json:"household"`
	Version   eventlog.Version `json:"version"`
	Flags     []Flag           `json:"flags,omitzero"`
	position  eventlog.Position
}

// LinesRefused says which lines of a paper the procedure refuses; nothing was
// written.
type LinesRefused struct{ Lines []LineRefusal }

// LineRefusal is the refusal of one line.
type LineRefusal struct {
	Household string
	*policy.Refusal
}

func (e *LinesRefused) Error() string {
	return fmt.Sprintf("%d lines refused, the first for %s: %v", len(e.Lines), e.Lines[0].Household, e.Lines[0].Refusal)
}

// PaperStream names a paper's stream; kind is meeting, notice or document.
func PaperStream(kind, id string) string { return kind + "-" + id }

// KindOf is the kind of paper that a command belongs to.
func KindOf(c paper.Command) string {
	switch c.(type) {
	case paper.HoldMeeting, paper.HoldStudy:
		return "meeting"
	case paper.IssueDocument, paper.HandOverHouseholds:
		return "document"
	case paper.PostSheet, paper.RaiseSheetObjection, paper.InvestigateSheetObjection, paper.AnswerSheetObjection, paper.StrikeSheetLine, paper.RemoveSheet,
		paper.AppointInquirer, paper.VoidInquirer:
		return "notice"
	}
	return ""
}

// Paper enters an act on a paper: first its event, then each household's line,
// with ids derived from that event. Every line is decided before anything is
// written; what is refused refuses the whole (*LinesRefused). An interrupted
// fan-out is finished by repeating the request or by Resume.
func (h *Handler) Paper(ctx context.Context, r Request, id string, c paper.Command) (PaperResult, error) {
	if err := h.checkInput(ctx, r, c); err != nil {
		return PaperResult{}, err
	}
	stream := PaperStream(KindOf(c), id)
	var written written
	var err error
	for try := 0; ; try++ {
		written, err = h.writePaper(ctx, r, stream, id, c)
		if !errors.Is(err, eventlog.ErrConflict) || r.IfMatch != nil || try >= retries {
			break
		}
	}
	if err != nil {
		return PaperResult{}, err
	}
	lines, err := h.enterLines(ctx, r, written)
	return PaperResult{Result: withLines(written.result, lines), Lines: lines}, err
}

// withLines moves the result's position behind its lines', so that waiting for
// it waits for all of them.
func withLines(r Result, lines []LineResult) Result {
	for _, l := range lines {
		if l.position.Compare(r.Position) > 0 {
			r.Position = l.position
		}
		r.Flags = append(r.Flags, l.Flags...)
	}
	return r
}

// written is a paper's event in the record, with what it means.
type written struct {
	result Result
	event  string // id
	act    act.Act
	lines  []paper.Line
	region string // of the paper
}

func (h *Handler) writePaper(ctx context.Context, r Request, stream, id string, c paper.Command) (written, error) {
	facts, err := h.paperFacts(ctx, stream)
	if err != nil {
		return written{}, err
	}
	body, err := bodyHash(stream, r, c)
	if err != nil {
		return written{}, err
	}
	eventID := eventlog.DeriveID(stream, r.Key, 0)
	if i := slices.IndexFunc(facts, func(f paper.Fact) bool { return f.ID == eventID.String() }); i >= 0 {
		first, err := h.firstResult(ctx, stream, r.Key, body)
		return written{result: first, event: facts[i].ID, act: facts[i].Act, lines: paper.Lines(paper.Fold(id, facts[:i+1]), facts[i])}, err
	}
	state := paper.Fold(id, facts)
	version := eventlog.Version(state.Version)
	if r.IfMatch != nil && *r.IfMatch != version {
		return written{}, &StaleError{Have: version, Want: *r.IfMatch}
	}
	region := paperRegion(state, c)
	if region == "" {
		return written{}, nowhere(c)
	}
	a, err := h.act(r, region, body)
	if err != nil {
		return written{}, err
	}
	switch c := c.(type) {
	case paper.IssueDocument:
		if err := h.announcers(c.Issuer, c.Executor, a.Happened); err != nil {
			return written{}, err
		}
	case paper.AppointInquirer:
		a.Named = h.posts(c.Person, region, a.Happened)
	default: // the others name nobody who must be looked up
	}
	a.Correlation = eventID.String()
	events, err := paper.Decide(state, c, a)
	if err != nil {
		return written{}, err
	}
	record, fact, err := h.encodePaper(ctx, stream, events[0], a, eventID)
	if err != nil {
		return written{}, err
	}
	fact.Version = int64(version) + 1
	w := written{event: fact.ID, act: a, lines: paper.Lines(paper.Evolve(state, fact), fact), region: region}
	if err := h.tryLines(ctx, r, w); err != nil {
		return written{}, err
	}
	appended, err := h.Log.Append(ctx, stream, version, []eventlog.Event{record})
	if err != nil {
		return written{}, err
	}
	w.result = Result{Stream: stream, Version: appended.Version, Position: appended.Position, RecordedAt: appended.RecordedAt,
		Events: []string{fact.ID}, Repeated: appended.Repeated}
	return w, nil
}

func paperRegion(s paper.State, c paper.Command) string {
	switch c := c.(type) {
	case paper.HoldMeeting:
		return c.Region
	case paper.PostSheet:
		return c.Region
	case paper.IssueDocument:
		return c.Region
	case paper.HoldStudy:
		return c.Region
	case paper.HandOverHouseholds:
		return c.Region
	case paper.RaiseSheetObjection, paper.InvestigateSheetObjection, paper.AnswerSheetObjection, paper.StrikeSheetLine, paper.RemoveSheet, paper.AppointInquirer, paper.VoidInquirer:
	}
	return s.Region
}

// nowhere refuses an act that names no place: a new paper must, and an act on a
// paper that is not there cannot.
func nowhere(c paper.Command) error {
	switch c.(type) {
	case paper.HoldMeeting, paper.PostSheet, paper.IssueDocument, paper.HoldStudy, paper.HandOverHouseholds:
		return policy.Refuse(policy.RegionUnknown, "未写明所在地")
	case paper.RaiseSheetObjection, paper.InvestigateSheetObjection, paper.AnswerSheetObjection, paper.StrikeSheetLine, paper.RemoveSheet, paper.AppointInquirer, paper.VoidInquirer:
	}
	return policy.Refuse(policy.PaperUnknown, "没有这份材料")
}

// encodePaper turns a paper's event into a record. An objector is sealed under
// a key of his own.
func (h *Handler) encodePaper(ctx context.Context, stream string, e paper.Event, a act.Act, id eventlog.ID) (eventlog.Event, paper.Fact, error) {
	var sealer wire.Sealer
	if o, ok := e.(paper.SheetObjected); ok && (o.Objector != "" || o.Contact != "") {
		s, err := h.Keys.For(ctx, ObjectorSubject(stream, o.Objection))
		if err != nil {
			return eventlog.Event{}, paper.Fact{}, fmt.Errorf("key of an objector: %w", err)
		}
		sealer = s
	} else if ok {
		sealer = nothingToSeal{}
	}
	name, data, err := wire.Encode(e, sealer)
	if err != nil {
		return eventlog.Event{}, paper.Fact{}, err
	}
	meta, err := wire.EncodeMeta(a)
	if err != nil {
		return eventlog.Event{}, paper.Fact{}, err
	}
	sum := sha256.Sum256(data)
	return eventlog.Event{ID: id, Type: name, Data: data, Meta: meta},
		paper.Fact{ID: id.String(), Act: a, Hash: hex.EncodeToString(sum[:]), Event: e}, nil
}

// ObjectorSubject is the sealing subject of whoever raised an objection.
func ObjectorSubject(stream, objection string) string { return "objector-" + stream + "-" + objection }

// nothingToSeal stands for the key of somebody who gave no name.
type nothingToSeal struct{}

func (nothingToSeal) Seal(string, string) (string, error) {
	return "", errors.New("nobody to seal for")
}
func (nothingToSeal) Open(string, string) (string, error) {
	return "", errors.New("nobody to open for")
}

// Resume finishes the fan-out of a paper's event, whoever began it.
func (h *Handler) Resume(ctx context.Context, stream, id, event string) ([]LineResult, error) {
	if strings.HasPrefix(stream, fundPrefix) {
		return h.resumeFund(ctx, stream, event)
	}
	facts, err := h.paperFacts(ctx, stream)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(facts, func(f paper.Fact) bool { return f.ID == event })
	if i < 0 {
		return nil, policy.Refuse(policy.PaperUnknown, "没有这份材料的这条记录")
	}
	f := facts[i]
	w := written{event: f.ID, act: f.Act, lines: paper.Lines(paper.Fold(id, facts[:i+1]), f)}
	return h.enterLines(ctx, requestOf(f.Act), w)
}

// requestOf rebuilds the request that led to an act.
func requestOf(a act.Act) Request {
	r := Request{Key: a.Key, By: a.RecordedBy.ID, Appointment: a.RecordedBy.Appointment, Channel: a.Channel,
		Mode: a.Mode, Happened: a.Happened, Clock: a.Clock}
	if a.RecordedBy.ID == act.Public {
		r.public = a.RecordedBy.Name
	}
	for _, p := range a.DoneBy {
		r.DoneBy = append(r.DoneBy, DoneBy{p.ID, p.Appointment})
	}
	return r
}

// paperFacts reads a paper's stream, personal fields left sealed.
func (h *Handler) paperFacts(ctx context.Context, stream string) ([]paper.Fact, error) {
	var facts []paper.Fact
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		f, err := PaperFact(rec)
		if err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}

// PaperFact decodes a record of a paper's stream.
func PaperFact(rec eventlog.Record) (paper.Fact, error) {
	e, err := wire.Paper(rec.Type, rec.Data, nil)
	if err != nil {
		return paper.Fact{}, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	a, err := wire.DecodeMeta(rec.Meta)
	if err != nil {
		return paper.Fact{}, fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	a.Today = calendar.Of(rec.RecordedAt)
	sum := sha256.Sum256(rec.Data)
	return paper.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Hash: hex.EncodeToString(sum[:]), Event: e}, nil
}
