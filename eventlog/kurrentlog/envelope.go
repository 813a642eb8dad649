package kurrentlog

import (
	"bytes"
	"encoding/binary"
	"errors"
	"time"
)

// envelope is what stands before the metadata in KurrentDB's own: when it was
// recorded, and who wrote it.
//
//	"SWR1"  8 bytes microseconds since 1970, big endian  8 bytes writer  metadata
//
// The server's own "created" is when the server took it, which a copy of a log
// would change. The writer is a number drawn anew for every append: the server
// answers a repeated append like the first, and without it we could not tell
// which of two was the one that wrote.
type envelope struct {
	recordedAt time.Time
	writer     uint64
}

var magic = []byte("SWR1")

const envelopeSize = 4 + 8 + 8

var errForeign = errors.New("an event that was not written by this program")

func (e envelope) wrap(meta []byte) []byte {
	out := make([]byte, 0, envelopeSize+len(meta))
	out = append(out, magic...)
	out = binary.BigEndian.AppendUint64(out, uint64(e.recordedAt.UnixMicro()))
	out = binary.BigEndian.AppendUint64(out, e.writer)
	return append(out, meta...)
}

func open(wrapped []byte) (envelope, []byte, error) {
	if len(wrapped) < envelopeSize || !bytes.HasPrefix(wrapped, magic) {
		return envelope{}, nil, errForeign
	}
	return envelope{
		recordedAt: time.UnixMicro(int64(binary.BigEndian.Uint64(wrapped[4:]))).UTC(),
		writer:     binary.BigEndian.Uint64(wrapped[12:]),
	}, wrapped[envelopeSize:], nil
}
