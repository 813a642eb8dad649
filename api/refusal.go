package api

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/domain/policy"
	"shouwang/eventlog"
	"shouwang/projections"
)

// problemOf is the one place where failures become answers. What nobody at the
// screen can mend is logged and told in general words.
func (s *server) problemOf(ctx context.Context, err error) *Problem {
	p := translated(ctx, err)
	p.cause = err
	if p.Status >= 500 {
		s.Logger.ErrorContext(ctx, "request failed", "rule", string(p.Rule), "error", err)
	}
	return p
}

func translated(ctx context.Context, err error) *Problem {
	var ready *Problem
	var refusal *policy.Refusal
	var lines *commands.LinesRefused
	var stale *commands.StaleError
	var file *attachments.Error
	switch {
	case errors.As(err, &ready):
		return ready
	case errors.As(err, &lines):
		return linesProblem(lines)
	case errors.Is(err, eventlog.ErrUnknownOutcome):
		return newProblem(outcomeUnknown, "")
	case errors.As(err, &refusal):
		p := newProblem(refusal.Rule, refusal.Reason)
		p.Cite = refusal.Cite
		return p
	case errors.As(err, &stale):
		p := newProblem(policy.StaleVersion, "")
		p.Version = int64(stale.Have)
		return p
	case errors.As(err, &file):
		return newProblem(policy.Rule(file.Rule), file.Reason)
	case errors.Is(err, eventlog.ErrConflict):
		return newProblem(recordBusy, "")
	case errors.Is(err, projections.ErrReceipt):
		return newProblem(receiptInvalid, "")
	case errors.Is(err, projections.ErrNotYet):
		return newProblem(receiptNotYet, "")
	case errors.Is(err, projections.ErrStopped), errors.Is(err, projections.ErrUnknownFollower):
		return newProblem(readUnavailable, "")
	case errors.Is(err, projections.ErrCursor):
		return newProblem(cursorInvalid, "")
	case errors.Is(err, projections.ErrNotFound):
		return newProblem(readNotFound, "")
	case errors.Is(context.Cause(ctx), context.Canceled) && ctx.Err() != nil:
		return newProblem(clientGone, "")
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil:
		return newProblem(serverTimeout, "")
	case notBuilt(err):
		return newProblem(readUnavailable, "")
	case databaseGone(err):
		return newProblem(recordUnavailable, "")
	}
	return newProblem(serverInternal, "")
}

func linesProblem(refused *commands.LinesRefused) *Problem {
	p := newProblem(paperLinesRefused, "")
	for _, l := range refused.Lines {
		line := newProblem(l.Rule, l.Reason)
		p.Lines = append(p.Lines, ProblemLine{Household: l.Household, Rule: l.Rule, Cite: l.Cite, ZH: line.ZH})
	}
	return p
}

// notBuilt says whether a read model's tables are not there yet: it is being
// built for the first time.
func notBuilt(err error) bool {
	var server *pgconn.PgError
	return errors.As(err, &server) && (server.Code == "42P01" || server.Code == "3F000")
}

// overtaken turns a conflict into staleness where the sender had said which
// version he saw: he must look again, and nothing is retried for him.
func overtaken(err error, saw *eventlog.Version) error {
	var told *Problem
	var conflict *eventlog.ConflictError
	if saw == nil || errors.As(err, &told) || !errors.As(err, &conflict) {
		return err
	}
	return &commands.StaleError{Have: conflict.Actual, Want: *saw}
}

// databaseGone says whether the failure is that of a server which cannot be
// reached, is starting or stopping, or has no room.
func databaseGone(err error) bool {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		switch server.Code[:min(2, len(server.Code))] {
		case "08", "53", "57", "58":
			return true
		}
		return false
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connecting) || errors.As(err, &network) || pgconn.SafeToRetry(err) ||
		errors.Is(err, eventlog.ErrClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || strings.Contains(err.Error(), "conn closed")
}
