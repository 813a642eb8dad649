package projections

import (
	"context"
	"fmt"

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

// paperName reads the first record of a paper; one that is not in the log, such
// as a number typed from paper, has no name but its own.
func (h *Historian) paperName(ctx context.Context, stream string) (string, error) {
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
