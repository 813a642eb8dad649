// Package transfer moves a record from one store to another, whatever adapters
// they are: every record with its stream, version, id, type, bytes and the time
// it was recorded at, in the same order. Positions and the store's name stay
// behind.
package transfer

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"iter"

	"shouwang/eventlog"
)

// ErrDifferent is a target that holds something else than the beginning of the
// source.
var ErrDifferent = errors.New("transfer: the target holds another record")

// ErrGrowing is a source that is still being written to.
var ErrGrowing = errors.New("transfer: the source goes on growing")

// maxRounds is how often what was recorded meanwhile is fetched. Nobody should
// write while a record is moved; who does is told so.
const maxRounds = 3

// Summary says what is in the target, read back from it.
type Summary struct {
	// Records in the target; Found of them were there already.
	Records, Found int64
	Streams        int
	// Hash is the SHA-256 over every record in order, each field preceded by its
	// length; equal for source and target.
	Hash string
}

// Copy makes target hold what source holds, going on after what is there
// already, and then compares the two record by record. observe is told how many
// records are done; it may be nil.
func Copy(ctx context.Context, source, target eventlog.Log, observe func(done int64)) (Summary, error) {
	if observe == nil {
		observe = func(int64) {}
	}
	door, ok := target.(eventlog.Importer)
	if !ok {
		return Summary{}, errors.New("transfer: the target takes no imports")
	}
	seen, err := compare(ctx, source, target)
	if err != nil {
		return Summary{}, err
	}
	found := seen.records
	for range maxRounds {
		if !seen.more {
			return Summary{Records: seen.records, Found: found, Streams: len(seen.versions), Hash: seen.sum()}, nil
		}
		done := seen.records
		_, err := door.Import(ctx, after(ctx, source, seen.last, func() { done++; observe(done) }))
		if err != nil {
			return Summary{}, fmt.Errorf("after %d records: %w", done, err)
		}
		if seen, err = compare(ctx, source, target); err != nil {
			return Summary{}, err
		}
	}
	if seen.more {
		return Summary{}, ErrGrowing
	}
	return Summary{Records: seen.records, Found: found, Streams: len(seen.versions), Hash: seen.sum()}, nil
}

// after yields what stands in a log after a position. The bytes are the
// importer's to keep.
func after(ctx context.Context, source eventlog.Log, last eventlog.Position, one func()) iter.Seq2[eventlog.Imported, error] {
	return func(yield func(eventlog.Imported, error) bool) {
		for r, err := range source.ReadAll(ctx, last, eventlog.Everything) {
			if err != nil {
				yield(eventlog.Imported{}, err)
				return
			}
			r = r.Clone()
			if !yield(eventlog.Imported{Event: r.Event, Stream: r.Stream, RecordedAt: r.RecordedAt}, nil) {
				return
			}
			one()
		}
	}
}

// compared is how far two logs are the same.
type compared struct {
	records  int64
	versions map[string]eventlog.Version
	last     eventlog.Position // in the source
	more     bool              // the source holds more
	digest   hash.Hash
}

func (c *compared) sum() string { return hex.EncodeToString(c.digest.Sum(nil)) }

// compare reads both logs side by side until the target ends.
func compare(ctx context.Context, source, target eventlog.Log) (*compared, error) {
	c := &compared{versions: map[string]eventlog.Version{}, digest: sha256.New()}
	next, stop := iter.Pull2(source.ReadAll(ctx, eventlog.Position{}, eventlog.Everything))
	defer stop()
	var length []byte
	for there, err := range target.ReadAll(ctx, eventlog.Position{}, eventlog.Everything) {
		if err != nil {
			return nil, fmt.Errorf("read the target: %w", err)
		}
		here, err, ok := next()
		switch {
		case err != nil:
			return nil, fmt.Errorf("read the source: %w", err)
		case !ok:
			return nil, fmt.Errorf("%w: it holds more than the %d records of the source", ErrDifferent, c.records)
		}
		if what := difference(here, there); what != "" {
			return nil, fmt.Errorf("%w: record %d differs in its %s", ErrDifferent, c.records+1, what)
		}
		if there.Version != c.versions[there.Stream]+1 {
			return nil, fmt.Errorf("%w: record %d is version %d of %s after %d", ErrDifferent, c.records+1, there.Version, there.Stream, c.versions[there.Stream])
		}
		c.versions[there.Stream], c.last = there.Version, here.Position
		length = write(c.digest, length, there)
		c.records++
	}
	_, err, more := next()
	if err != nil {
		return nil, fmt.Errorf("read the source: %w", err)
	}
	c.more = more
	return c, nil
}

// difference names the first field in which two records differ.
func difference(a, b eventlog.Record) string {
	switch {
	case a.Stream != b.Stream:
		return "stream"
	case a.Version != b.Version:
		return "version"
	case a.ID != b.ID:
		return "id"
	case a.Type != b.Type:
		return "type"
	case !a.RecordedAt.Equal(b.RecordedAt):
		return "recorded time"
	case string(a.Data) != string(b.Data):
		return "data"
	case string(a.Meta) != string(b.Meta):
		return "metadata"
	}
	return ""
}

// write feeds a record to the digest and returns its buffer for the next one.
func write(to hash.Hash, buffer []byte, r eventlog.Record) []byte {
	buffer = binary.AppendUvarint(buffer[:0], uint64(len(r.Stream)))
	buffer = append(buffer, r.Stream...)
	buffer = binary.AppendUvarint(buffer, uint64(r.Version))
	buffer = append(buffer, r.ID[:]...)
	buffer = binary.AppendUvarint(buffer, uint64(len(r.Type)))
	buffer = append(buffer, r.Type...)
	buffer = binary.AppendVarint(buffer, r.RecordedAt.UnixMicro())
	for _, bytes := range [][]byte{r.Data, r.Meta} {
		buffer = binary.AppendUvarint(buffer, uint64(len(bytes)))
		buffer = append(buffer, bytes...)
	}
	_, _ = to.Write(buffer) // a hash never fails
	return buffer
}
