package attachments

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Local is the Store in a folder: <folder>/<first two digits>/<name>. The
// drafts must lie on the same file system.
type Local struct{ folder string }

// NewLocal uses the folder, which exists.
func NewLocal(folder string) *Local { return &Local{folder: folder} }

func (l *Local) path(name string) string { return filepath.Join(l.folder, name[:2], name) }

// Put links the draft to its name: a link never replaces a file, and there is
// no moment at which half of it is visible.
func (l *Local) Put(_ context.Context, name string, draft *os.File) error {
	path := l.path(name)
	shard := filepath.Dir(path)
	if err := os.Mkdir(shard, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keep %s: %w", name, noSpace(err))
	}
	linked := os.Link(draft.Name(), path)
	if linked != nil && !errors.Is(linked, fs.ErrExist) {
		return fmt.Errorf("keep %s: %w", name, noSpace(linked))
	}
	// Whoever was first may not have come to his own syncs yet, so they are done
	// in either case: file, its folder, the folder above.
	for _, p := range []string{path, shard, l.folder} {
		if err := syncPath(p); err != nil {
			return fmt.Errorf("keep %s: %w", name, noSpace(err))
		}
	}
	if linked != nil {
		return fmt.Errorf("keep %s: %w", name, ErrExists)
	}
	return nil
}

// Open reads a file.
func (l *Local) Open(_ context.Context, name string) (io.ReadCloser, error) {
	f, err := os.Open(l.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open %s: %w", name, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return f, nil
}

// SetAside renames the file to <name>.damaged-<random>.
func (l *Local) SetAside(_ context.Context, name string) error {
	path := l.path(name)
	err := os.Rename(path, path+".damaged-"+rand.Text())
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // gone: another upload set it aside
		return fmt.Errorf("set %s aside: %w", name, err)
	}
	if err := syncPath(filepath.Dir(path)); err != nil {
		return fmt.Errorf("set %s aside: %w", name, err)
	}
	return nil
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
