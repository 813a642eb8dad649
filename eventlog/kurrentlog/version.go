package kurrentlog

import (
	"context"
	"fmt"

	"shouwang/eventlog"
)

// serverVersion is major, minor, patch.
type serverVersion [3]int

// oldest is the first that tells a subscriber when he has caught up.
var oldest = serverVersion{23, 10, 0}

// largeAppends is the first that takes appends of up to a chunk unless it is
// told otherwise; before, 1 MiB was the most (option MaxAppendSize).
var largeAppends = serverVersion{25, 1, 0}

const (
	oldMaxAppend = 1 << 20
	// newMaxAppend keeps a whole append well below a chunk (256 MiB) and below
	// what one message may have, were it sent as one.
	newMaxAppend = 15 << 20
)

func (v serverVersion) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

func (v serverVersion) less(than serverVersion) bool {
	for i := range v {
		if v[i] != than[i] {
			return v[i] < than[i]
		}
	}
	return false
}

func (v serverVersion) maxAppend() int {
	if v.less(largeAppends) {
		return oldMaxAppend
	}
	return newMaxAppend
}

// version is that of the server we talk to.
func (l *Log) version(ctx context.Context) (serverVersion, error) {
	c, err := l.door.enter(ctx)
	if err != nil {
		return serverVersion{}, err
	}
	defer l.door.leave(c, false)
	return c.version, nil
}

// size is what an append counts for at the server.
func size(events []eventlog.Event) int {
	n := 0
	for _, e := range events {
		n += len(e.Data) + len(e.Meta) + envelopeSize + 2*len(e.Type)
	}
	return n
}
