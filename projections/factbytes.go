package projections

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Slim facts stand one after the other: length of the rest, day it happened,
// microseconds at which it was recorded, version, id, length of the name, name,
// data. A read model may change this with its version.

// appendFact appends a fact.
func appendFact(to []byte, rec eventlog.Record, on calendar.Day, e household.Event) ([]byte, error) {
	name, err := wire.Name(e)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", name, err)
	}
	var head []byte
	head = binary.AppendVarint(head, int64(on))
	head = binary.AppendVarint(head, rec.RecordedAt.UnixMicro())
	head = binary.AppendVarint(head, int64(rec.Version))
	head = append(head, rec.ID[:]...)
	head = binary.AppendUvarint(head, uint64(len(name)))
	head = append(head, name...)
	to = binary.AppendUvarint(to, uint64(len(head)+len(data)))
	return append(append(to, head...), data...), nil
}

var errFacts = errors.New("projections: damaged facts")

// readFacts returns the facts that may matter at the two times: voids count
// from when they were recorded, whatever day they happened.
func readFacts(from []byte, t household.Times) ([]household.Fact, error) {
	var facts []household.Fact
	for len(from) > 0 {
		size, n := binary.Uvarint(from)
		if n <= 0 || uint64(len(from)-n) < size {
			return nil, errFacts
		}
		f, ok, err := readFact(from[n:n+int(size)], t)
		if err != nil {
			return nil, err
		}
		if ok {
			facts = append(facts, f)
		}
		from = from[n+int(size):]
	}
	return facts, nil
}

func readFact(b []byte, t household.Times) (f household.Fact, ok bool, err error) {
	var fields [3]int64
	for i := range fields {
		v, n := binary.Varint(b)
		if n <= 0 {
			return f, false, errFacts
		}
		fields[i], b = v, b[n:]
	}
	if len(b) < len(uuid.UUID{}) {
		return f, false, errFacts
	}
	id := uuid.UUID(b[:len(uuid.UUID{})])
	b = b[len(id):]
	size, n := binary.Uvarint(b)
	if n <= 0 || uint64(len(b)-n) < size {
		return f, false, errFacts
	}
	name, data := string(b[n:n+int(size)]), b[n+int(size):]
	f = household.Fact{ID: id.String(), Version: fields[2], Recorded: time.UnixMicro(fields[1]).UTC(),
		Act: act.Act{Happened: calendar.Day(fields[0])}}
	if !t.KnownAt.IsZero() && f.Recorded.After(t.KnownAt) || t.AsOf != 0 && f.Happened() > t.AsOf && name != voidType {
		return f, false, nil
	}
	f.Event, err = householdEvent(eventlog.Record{Event: eventlog.Event{Type: name, Data: data}})
	return f, true, err
}
