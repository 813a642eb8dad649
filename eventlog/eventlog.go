// Package eventlog is the record: streams of immutable events, kept as the
// exact bytes they were given in, and one order over all of them.
//
// It knows bytes, not cases. Households, papers and policies are somebody
// else's words; here they are a stream name, a type name and two byte strings.
// The adapters (pglog, memlog, …) implement Log, and logtest holds the one
// suite that each of them must pass.
package eventlog

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Limits. An append beyond one of them is refused whole with ErrInvalid, before
// anything is written.
const (
	// MaxEvents bounds one append: the largest paper (a county list of 500
	// lines) is one event, and no act yields more than a few.
	MaxEvents = 256
	// MaxData bounds the data of one event. Pictures are attachments; a
	// village's notice sheet with 500 lines is about 100 KiB.
	MaxData = 1 << 20
	// MaxMeta bounds the metadata of one event.
	MaxMeta = 64 << 10
	// MaxName bounds a stream name and a type name, in bytes of UTF-8 without
	// control characters.
	MaxName = 200
)

// ID identifies one event for ever. Writers derive it (see DeriveID) so that a
// repeated append carries the same ids.
type ID = uuid.UUID

// namespace roots the derived ids; it is fixed for ever.
var namespace = uuid.MustParse("7c9b6f0e-3f0a-5d55-9a38-5f3f0b8c6a10")

// DeriveID returns the id of the index-th event that the request named by key
// writes to stream: UUIDv5, so the same request always yields the same ids.
func DeriveID(stream, key string, index int) ID {
	name := make([]byte, 0, 160)
	name = append(strconv.AppendInt(name, int64(len(stream)), 10), ':')
	name = append(append(name, stream...), '|')
	name = append(strconv.AppendInt(name, int64(len(key)), 10), ':')
	name = append(append(name, key...), '|')
	return uuid.NewSHA1(namespace, strconv.AppendInt(name, int64(index), 10))
}

// Version counts the events of one stream, from 1. NoStream is the version of
// a stream that holds nothing yet.
type Version int64

// NoStream as the expected version says: this append opens the stream.
const NoStream Version = 0

// Position is a place in the order over all streams. It is opaque: comparable
// within one store, meaningless outside it, never hashed, printed or shown.
// The zero Position stands before the first event.
type Position struct{ Commit, Prepare uint64 }

// Compare returns -1, 0 or +1 as p stands before, at or after q.
func (p Position) Compare(q Position) int {
	switch {
	case p == q:
		return 0
	case p.Commit < q.Commit, p.Commit == q.Commit && p.Prepare < q.Prepare:
		return -1
	}
	return 1
}

// Event is what a writer hands over. Data and Meta are kept byte for byte and
// may be empty or binary; nil and empty are the same.
type Event struct {
	ID   ID
	Type string
	Data []byte
	Meta []byte
}

// Record is an event as the log keeps it.
type Record struct {
	Event
	Stream  string
	Version Version
	Position
	// RecordedAt is stamped by the adapter, UTC, whole microseconds.
	RecordedAt time.Time
}

// Clone returns a record whose bytes the caller may keep.
func (r Record) Clone() Record {
	r.Data, r.Meta = append([]byte{}, r.Data...), append([]byte{}, r.Meta...)
	return r
}

// Appended says where an append stands.
type Appended struct {
	Version    Version   // of the last event appended
	Position   Position  // of the last event appended
	RecordedAt time.Time // of the last event appended
	Repeated   bool      // the same ids were already there: this is the first result
}

// Identity names the physical store. A copy of a log has another Store.
type Identity struct{ Store ID }

// Capabilities are what an adapter honestly offers beyond the contract; logtest
// selects by them and by nothing else.
type Capabilities struct {
	// Shared: several processes may hold the same store open for writing.
	Shared bool
	// LogWideTime: RecordedAt never goes back along the whole log, not only
	// within a stream, for as long as nothing is imported.
	LogWideTime bool
	// Durable: what was acknowledged survives the process.
	Durable bool
	// Imports: the adapter also implements Importer.
	Imports bool
}

// Fields selects what ReadAll fetches. Type, Stream, Version, Position and
// RecordedAt always come.
type Fields uint8

const (
	WithData Fields = 1 << iota
	WithMeta
	WithID
	Everything = WithData | WithMeta | WithID

	// AsFarAsHeard lets ReadAll end where this process knows the log to reach
	// (see Wait) without asking the store: enough for a follower, which waits
	// and reads on. An adapter may pay no attention to it.
	AsFarAsHeard Fields = 1 << 7
)

// Log is the contract. Every method must be safe for concurrent use and must
// return soon after its context is done.
type Log interface {
	// Append adds events to the end of one stream.
	//
	//   - It must write all events or none, at versions expected+1 … expected+n,
	//     next to each other in the order over all streams.
	//   - It must return nil only after the events are durable (as far as the
	//     adapter is) and visible to every later read.
	//   - If the stream's version is not expected, the ids at expected+1 …
	//     expected+n must be compared with those given: all equal is the first
	//     result with Repeated set; anything else is a *ConflictError, and
	//     nothing is written. A conflict must be reported only after reading
	//     the stored version, never from memory alone.
	//   - A conflict must not hinder other appends.
	//   - RecordedAt must never be earlier than that of the version before.
	//   - It must return ErrInvalid, writing nothing, for a bad name, an empty
	//     append, a zero or repeated id, or a limit exceeded.
	//   - If it cannot tell whether the events were written (a context that
	//     ends while they are being written is such a case), it must return an
	//     error that Is ErrUnknownOutcome; repeating the same call is then safe.
	//     Any other error means that this call wrote nothing (which says
	//     nothing of an earlier one that it repeats).
	Append(ctx context.Context, stream string, expected Version, events []Event) (Appended, error)

	// ReadStream yields the records of one stream after the given version, in
	// order, up to its end at the time of the call or later. A stream that
	// holds nothing yields nothing. A record's bytes belong to the caller.
	ReadStream(ctx context.Context, stream string, after Version) iter.Seq2[Record, error]

	// ReadAll yields every record after the given position, in order, up to
	// the end at the time of the call or later, then stops. A follower that
	// always continues from the last position it saw must never miss a record
	// nor see two out of order, however many writers there are. A record's
	// bytes are only lent until the next one is asked for: Clone keeps them.
	// An error is yielded once, last.
	ReadAll(ctx context.Context, after Position, fields Fields) iter.Seq2[Record, error]

	// ReadStreams yields every record up to and including the given position,
	// stream by stream: those of one stream stand next to each other, in the
	// order of their versions; which stream comes first is the adapter's choice.
	// A stream is then known whole when its last record is, which is what makes
	// a read model anew in little memory. Bytes and errors are as with ReadAll.
	ReadStreams(ctx context.Context, through Position, fields Fields) iter.Seq2[Record, error]

	// Wait returns nil once a record stands after the given position: at once
	// if one does, promptly when this process appends one, and within a second
	// when another process does.
	Wait(ctx context.Context, after Position) error

	// End returns the position of the last record.
	End(ctx context.Context) (Position, error)

	// Identity names the store.
	Identity(ctx context.Context) (Identity, error)

	// Capabilities never change while the log is open.
	Capabilities() Capabilities

	// Close waits for appends under way and releases what the log holds. Later
	// calls return ErrClosed.
	Close() error
}

// Imported is a record coming from another log (or a generator): it keeps its
// RecordedAt. Its Version and Position are given anew, in the order of arrival.
type Imported struct {
	Event
	Stream     string
	RecordedAt time.Time
}

// Importer is the door for whole histories.
type Importer interface {
	// Import appends the records in the order given, keeping RecordedAt, and
	// returns how many were written. It may be used beside appends (online);
	// into an empty log it may take a faster way. RecordedAt must not go back
	// within a stream nor stand before what the stream already holds
	// (ErrInvalid). What was written before an error stays written, as whole
	// chunks in order, so an import can be resumed after the count returned.
	// A RecordedAt that is zero or not in whole microseconds is refused
	// (ErrInvalid), as is a record that breaks a limit.
	Import(ctx context.Context, records iter.Seq2[Imported, error]) (int64, error)
}
