package main

import (
	"context"
	"fmt"
	"strings"

	"shouwang/projections"
)

// maxResumed bounds how often the list of missing lines is asked for: each
// time brings a page of it, and what cannot be finished stays listed.
const maxResumed = 100

// resume finishes, beside the work of the day, what was interrupted between a
// paper and the files of its households. It ends with the app.
func (a *app) resume(ctx context.Context) {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := a.resumeAll(running); err != nil && running.Err() == nil {
			a.logger.WarnContext(running, "interrupted papers stay listed as owed", "error", err)
		}
	}()
	a.onClose(func() error {
		stop()
		<-ended
		return nil
	})
}

// resumeAll tries each interrupted paper once.
func (a *app) resumeAll(ctx context.Context) error {
	tried := map[string]bool{}
	for range maxResumed {
		missing, err := a.models.papers.Missing(ctx, nil)
		if err != nil {
			return err
		}
		fresh := 0
		for _, line := range missing {
			if tried[line.Event] {
				continue
			}
			tried[line.Event] = true
			fresh++
			a.resumePaper(ctx, line)
		}
		if fresh == 0 || ctx.Err() != nil {
			return nil
		}
		if err := a.caughtUpWith(ctx, projections.PapersName); err != nil {
			return err
		}
	}
	return nil
}

// resumePaper finishes one paper's event; one that cannot be finished hinders
// no other.
func (a *app) resumePaper(ctx context.Context, line projections.MissingLine) {
	kind, id, _ := strings.Cut(line.Paper, "-")
	if kind == "household" {
		a.resumeMove(ctx, id, line.Event)
		return
	}
	lines, err := a.handler.Resume(ctx, line.Paper, id, line.Event)
	if err != nil {
		a.logger.WarnContext(ctx, "an interrupted paper was not finished", "paper", line.Paper, "error", err)
		return
	}
	a.logger.InfoContext(ctx, "an interrupted paper was finished", "paper", line.Paper, "lines", len(lines))
}

// resumeMove finishes a split, a merge or a move in the other household's file.
func (a *app) resumeMove(ctx context.Context, id, event string) {
	moved, err := a.handler.ResumeMove(ctx, id, event)
	if err != nil {
		a.logger.WarnContext(ctx, "an interrupted move was not finished", "household", id, "error", err)
		return
	}
	a.logger.InfoContext(ctx, "an interrupted move was finished", "household", id, "other", moved.Other)
}

// caughtUpWith returns when one read model shows what is recorded now.
func (a *app) caughtUpWith(ctx context.Context, model string) error {
	end, err := a.log.End(ctx)
	if err != nil {
		return fmt.Errorf("find the end of the record: %w", err)
	}
	return a.await(ctx, model, a.followers.Receipt(end), func() {})
}
