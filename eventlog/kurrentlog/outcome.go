package kurrentlog

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// fate is what an error says about the write it answers.
type fate int

const (
	written  fate = iota
	conflict      // the stream is not at the expected revision
	refused       // nothing was written, and trying again does not help
	again         // nothing was written, and trying again may help
	unknown       // nobody can tell but by reading
)

// errPanicked is a call in which the client panicked.
var errPanicked = errors.New("the client panicked")

// outcome judges an error of an append. The client's own FromError does not look
// into wrapped errors, so nobody uses it.
func outcome(err error) fate {
	var known *esdb.Error
	switch {
	case err == nil:
		return written
	case errors.Is(err, ErrAway):
		return again
	case !errors.As(err, &known):
		return unknown
	}
	switch known.Code() {
	case esdb.ErrorCodeWrongExpectedVersion:
		return conflict
	case esdb.ErrorCodeNotLeader:
		return again
	case esdb.ErrorCodeAccessDenied, esdb.ErrorCodeUnauthenticated, esdb.ErrorCodeStreamDeleted,
		esdb.ErrorCodeUnsupportedFeature, esdb.ErrorCodeResourceNotFound, esdb.ErrorCodeResourceAlreadyExists:
		return refused
	case esdb.ErrorCodeUnknown:
		// The true answer of the server, where the client has not lost it.
		switch grpcCode(err) {
		case codes.InvalidArgument, codes.FailedPrecondition, codes.ResourceExhausted:
			return refused
		default:
		}
	default:
	}
	return unknown
}

// grpcCode is the innermost code, codes.OK where there is none.
func grpcCode(err error) codes.Code {
	for ; err != nil; err = errors.Unwrap(err) {
		if s, ok := err.(interface{ GRPCStatus() *status.Status }); ok {
			return s.GRPCStatus().Code()
		}
	}
	return codes.OK
}

// broken reports whether an error means that the connection, or the client
// itself, may be of no more use. The client does not find that out by itself
// when a reading fails.
func broken(ctx context.Context, err error) bool {
	if err == nil || ctx.Err() != nil || errors.Is(err, io.EOF) {
		return false
	}
	var known *esdb.Error
	if errors.Is(err, errPanicked) {
		return true
	}
	if errors.As(err, &known) {
		switch known.Code() {
		case esdb.ErrorUnavailable, esdb.ErrorCodeConnectionClosed, esdb.ErrorCodeDeadlineExceeded:
			return true
		case esdb.ErrorCodeUnknown:
		default:
			return false
		}
	}
	switch grpcCode(err) {
	case codes.Unavailable, codes.DeadlineExceeded, codes.Internal:
		return true
	default:
		return false
	}
}

// absent reports whether the stream holds nothing.
func absent(err error) bool {
	var known *esdb.Error
	return errors.As(err, &known) && known.Code() == esdb.ErrorCodeResourceNotFound
}

// denied reports whether the server refused for want of a right.
func denied(err error) bool {
	var known *esdb.Error
	return errors.As(err, &known) && (known.Code() == esdb.ErrorCodeAccessDenied || known.Code() == esdb.ErrorCodeUnauthenticated)
}

// panicked turns a panic of the client into an error.
func panicked(p any) error { return fmt.Errorf("%w: %v", errPanicked, p) }
