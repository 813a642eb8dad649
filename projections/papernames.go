package projections

import (
	"context"
	"fmt"
	"sync"

	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// namePapers finds out what the papers that a file refers to are called: a
// document by its number (文号) or title, a sheet by its title, a meeting by its
// day. A file names some ten of them.
func (h *Historian) namePapers(ctx context.Context, facts []household.Fact, t *teller) error {
	for _, f := range facts {
		stream, id := paperOf(f.Event)
		if id == "" {
			continue
		}
		if _, known := t.papers[id]; known {
			continue
		}
		name, err := h.paperName(ctx, stream)
		if err != nil {
			return err
		}
		t.papers[id] = name
	}
	return nil
}

// paperOf names the stream of the paper on which a fact stands; none: no paper.
func paperOf(e household.Event) (stream, id string) {
	switch e := e.(type) {
	case household.CommitteesStudied:
		return meetingPrefix + e.Meeting, e.Meeting
	case household.Appraised:
		return meetingPrefix + e.Meeting, e.Meeting
	case household.CaseStudied:
		return meetingPrefix + e.Meeting, e.Meeting
	case household.NoticePosted:
		return noticePrefix + e.Notice, e.Notice
	case household.NoticeObjected:
		return noticePrefix + e.Notice, e.Notice
	case household.ObjectionInvestigated:
		return noticePrefix + e.Notice, e.Notice
	case household.ObjectionAnswered:
		return noticePrefix + e.Notice, e.Notice
	case household.NoticeLineStruck:
		return noticePrefix + e.Notice, e.Notice
	case household.NoticeRemoved:
		return noticePrefix + e.Notice, e.Notice
	case household.CaseReturned:
		return documentPrefix + e.Document, e.Document
	case household.VillageReported:
		return documentPrefix + e.Document, e.Document
	case household.TownshipReviewed:
		return documentPrefix + e.Document, e.Document
	case household.InclusionDecided:
		return documentPrefix + e.Document, e.Document
	case household.EliminationDecided:
		return documentPrefix + e.Document, e.Document
	case household.ListHandedDown:
		return documentPrefix + e.Document, e.Document
	case household.Announced:
		return documentPrefix + e.Document, e.Document
	case household.HandedOver:
		return documentPrefix + e.Document, e.Document
	case household.EliminationRolledBack:
		return documentPrefix + e.Document, e.Document
	case household.InclusionRevoked:
		return documentPrefix + e.Document, e.Document
	}
	return "", ""
}

// maxPaperNames bounds the names that are remembered: the papers of a county's
// busiest year, some 2 MiB.
const maxPaperNames = 20_000

// paperNames remembers what papers are called: the first record of a paper says it
// for ever, and the same papers stand in the files of a whole village.
type paperNames struct {
	mu    sync.Mutex
	names map[string]string // by stream
}

func (p *paperNames) get(stream string) (name string, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	name, known = p.names[stream]
	return name, known
}

func (p *paperNames) put(stream, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.names == nil || len(p.names) >= maxPaperNames {
		p.names = map[string]string{}
	}
	p.names[stream] = name
}

// paperName is what a paper is called; one that is not in the log, such as a number
// typed from paper, has no name but its own, until it comes.
func (h *Historian) paperName(ctx context.Context, stream string) (string, error) {
	if name, known := h.papers.get(stream); known {
		return name, nil
	}
	name, err := h.readPaperName(ctx, stream)
	if err == nil && name != "" {
		h.papers.put(stream, name)
	}
	return name, err
}

// readPaperName reads it in the first record of the paper.
func (h *Historian) readPaperName(ctx context.Context, stream string) (string, error) {
	for rec, err := range h.log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return "", fmt.Errorf("read %s: %w", stream, err)
		}
		e, err := wire.Paper(rec.Type, rec.Data, nil)
		if err != nil {
			return "", fmt.Errorf("%s: %w", stream, err)
		}
		switch e := e.(type) {
		case paper.DocumentIssued:
			if e.Number != "" {
				return e.Number, nil
			}
			return "《" + e.Title + "》", nil
		case paper.SheetPosted:
			return "公示单《" + e.Title + "》", nil
		case paper.MeetingHeld, paper.StudyHeld:
			a, err := wire.DecodeMeta(rec.Meta)
			if err != nil {
				return "", fmt.Errorf("%s: %w", stream, err)
			}
			return a.Happened.Chinese() + "会议记录", nil
		}
		break
	}
	return "", nil
}
