package commands

import (
	"bytes"
	"context"
	"fmt"

	"shouwang/domain/code"
	"shouwang/eventlog"
)

// Names says whether an entry of the stream names the attachment, also one that
// was marked void: it stays in the file, and so does what it rested on. The bytes
// as stored are looked through: nothing else in them looks like a SHA-256 that a
// file of ours could have.
func (h *Handler) Names(ctx context.Context, stream string, name code.Attachment) (bool, error) {
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return false, fmt.Errorf("look for an attachment in %s: %w", stream, err)
		}
		if bytes.Contains(rec.Data, []byte(name)) {
			return true, nil
		}
	}
	return false, nil
}
