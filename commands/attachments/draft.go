package attachments

import (
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"shouwang/commands/sealing"

	"golang.org/x/sys/unix"
)

// draftPrefix names unfinished files in the spool folder.
const draftPrefix = "draft-"

// draft is a file being written: sealed from its first byte on, hashed on the
// way. It is locked while its process lives, so that sweep can tell it from one
// a crash left behind.
type draft struct {
	file    *os.File
	aead    cipher.AEAD
	wrapped []byte
	frames  *frameWriter
	sum     hash.Hash
	size    int64
}

func newDraft(spool string, master *sealing.Master, purpose string) (*draft, error) {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails: the runtime stops the program first
	aead, err := newAEAD(secret)
	if err != nil {
		return nil, err
	}
	f, err := lockedFile(spool)
	if err != nil {
		return nil, fmt.Errorf("create draft: %w", noSpace(err))
	}
	d := &draft{file: f, aead: aead, wrapped: master.Wrap(purpose, secret), sum: sha256.New()}
	if _, err := f.Seek(int64(headerSize), io.SeekStart); err != nil {
		d.discard()
		return nil, fmt.Errorf("create draft: %w", err)
	}
	d.frames = newFrameWriter(f, aead)
	return d, nil
}

// lockedFile creates a file and locks it. A sweep that came between the two has
// removed it: then there is no name left and another one is made.
func lockedFile(spool string) (*os.File, error) {
	for {
		f, err := os.OpenFile(filepath.Join(spool, draftPrefix+rand.Text()), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, err
		}
		var stat unix.Stat_t
		err = errors.Join(unix.Flock(int(f.Fd()), unix.LOCK_EX), unix.Fstat(int(f.Fd()), &stat))
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if stat.Nlink > 0 {
			return f, nil
		}
		f.Close()
	}
}

func (d *draft) Write(p []byte) (int, error) {
	n, err := d.frames.Write(p)
	d.sum.Write(p[:n])
	d.size += int64(n)
	if err != nil {
		return n, noSpace(err)
	}
	return n, nil
}

// seal writes the last frame; afterwards content may be read back.
func (d *draft) seal() error { return noSpace(d.frames.Close()) }

// content reads back what was written, from the beginning.
func (d *draft) content() io.Reader {
	return newFrameReader(io.NewSectionReader(d.file, int64(headerSize), 1<<62), d.aead)
}

// finish writes the header and makes the file durable, though not yet its name.
func (d *draft) finish(k kind, width, height int) (header, error) {
	h := header{hash: Hash(d.sum.Sum(nil)), size: d.size, kind: k, width: width, height: height}
	if _, err := d.file.WriteAt(h.write(d.wrapped, d.aead), 0); err != nil {
		return header{}, fmt.Errorf("write header: %w", noSpace(err))
	}
	if err := d.file.Sync(); err != nil {
		return header{}, fmt.Errorf("sync draft: %w", noSpace(err))
	}
	return h, nil
}

// discard removes the draft's own name; a store that linked the file keeps it.
func (d *draft) discard() {
	_ = os.Remove(d.file.Name())
	d.file.Close()
}

// sweep removes the drafts of processes that are gone. They were never
// acknowledged, so nobody knows of them.
func sweep(spool string) error {
	entries, err := os.ReadDir(spool)
	if err != nil {
		return fmt.Errorf("sweep drafts: %w", err)
	}
	for _, e := range entries {
		if len(e.Name()) < len(draftPrefix) || e.Name()[:len(draftPrefix)] != draftPrefix {
			continue
		}
		if err := sweepOne(filepath.Join(spool, e.Name())); err != nil {
			return fmt.Errorf("sweep drafts: %w", err)
		}
	}
	return nil
}

func sweepOne(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // finished in the meantime
	}
	if err != nil {
		return err
	}
	defer f.Close()
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil // somebody is writing it
	}
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
