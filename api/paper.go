package api

import (
	"context"
	"errors"
	"strconv"

	"shouwang/commands"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// onNewPaper registers an act that opens a paper.
func onNewPaper[C paper.Command](sub subject, path, summary string) {
	s := sub.server
	post(sub, path, summary, (*newInput).act,
		func(ctx context.Context, _ *newInput, r commands.Request, c C) (*recorded, error) {
			return s.enterPaper(ctx, r, commands.NewID(r.By, r.Key), c)
		})
}

// enterPaper enters an act on a paper and its lines. If the paper stands but
// not all its lines do, it says so: repeating finishes them.
func (s *server) enterPaper(ctx context.Context, r commands.Request, id string, c paper.Command) (*recorded, error) {
	result, err := s.Handler.Paper(ctx, r, id, c)
	if err != nil {
		if len(result.Events) > 0 {
			return nil, s.interrupted(err)
		}
		return nil, err
	}
	kind := commands.KindOf(c)
	out := s.record(id, paperAt(kind, id), result.Result)
	out.Body.Lines = linesOf(result.Lines)
	return out, nil
}

func linesOf(lines []commands.LineResult) []RecordedLine {
	out := make([]RecordedLine, len(lines))
	for i, l := range lines {
		out[i] = RecordedLine{l.Household, int64(l.Version), flagsOf(l.Flags)}
	}
	return out
}

// interrupted tells of a paper whose lines are not all entered.
func (s *server) interrupted(err error) *Problem {
	p := newProblem(paperInterrupted, "")
	p.cause = err
	var refusal *policy.Refusal
	if errors.As(err, &refusal) {
		p.ZH += "：" + refusal.Reason
	}
	return p
}

func paperAt(kind, id string) string { return base + "/papers/" + kind + "/" + id }

// Resumed is the state of a paper's lines after finishing them.
type Resumed struct {
	Lines []RecordedLine `json:"lines"`
}

// resumeInput names a paper and one event of it.
type resumeInput struct {
	Kind    string `path:"kind" enum:"meeting,notice,document,household,fund"`
	ID      string `path:"id" doc:"材料编号；分户、并户、转移的为农户编号；资金名单的为资金编号"`
	Version int    `path:"version" minimum:"1" doc:"材料记录的版本"`
}

func (s *server) finishLines(ctx context.Context, in *resumeInput) (*Resumed, error) {
	if err := isID(in.ID, policy.PaperUnknown); err != nil {
		return nil, err
	}
	if err := s.inOffice(callerOf(ctx).person); err != nil {
		return nil, err
	}
	stream := commands.PaperStream(in.Kind, in.ID)
	for rec, err := range s.Handler.Log.ReadStream(ctx, stream, 0) {
		if err != nil {
			return nil, err
		}
		if int(rec.Version) != in.Version {
			continue
		}
		if in.Kind == "household" {
			moved, err := s.Handler.ResumeMove(ctx, in.ID, rec.ID.String())
			if err != nil {
				return nil, err
			}
			return &Resumed{[]RecordedLine{otherLine(moved)}}, nil
		}
		lines, err := s.Handler.Resume(ctx, stream, in.ID, rec.ID.String())
		if err != nil {
			return nil, s.interrupted(err)
		}
		return &Resumed{linesOf(lines)}, nil
	}
	return nil, newProblem(policy.PaperUnknown, "没有这份材料的第"+strconv.Itoa(in.Version)+"条记录")
}
