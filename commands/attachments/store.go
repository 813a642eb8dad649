package attachments

import (
	"context"
	"io"
	"os"
)

// Store keeps sealed files by name. A name is made of lower-case hexadecimal
// digits and dots. Stores never see clear content.
type Store interface {
	// Put keeps the draft, a whole synced file, under name. When it returns nil
	// the content and the name must be durable, and readers see all of it or
	// nothing. If the name is taken it must make sure that what is there is
	// durable, leave it as it is and return an error that Is ErrExists.
	Put(ctx context.Context, name string, draft *os.File) error
	// Open reads from the beginning; ErrNotFound if there is no such name.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// SetAside gives a damaged file another name, for inspection, so that its
	// name is free for a whole copy. Nothing is deleted.
	SetAside(ctx context.Context, name string) error
}
