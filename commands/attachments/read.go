package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
)

// Content reads one file. Every byte it gives out has been verified; the last
// frame comes only after the hash over the whole has been found right, so
// whoever reaches io.EOF has the content that was uploaded.
type Content struct {
	Attachment
	header header
	file   io.Closer
	frames *frameReader
	sum    hash.Hash
	read   int64
	ready  []byte // one verified frame or less
	room   []byte
	err    error
}

// Open reads a file. Errors, here or while reading: ErrNotFound, ErrDamaged.
func (a *Attachments) Open(ctx context.Context, hash Hash) (*Content, error) {
	c, err := a.open(ctx, hash.String(), filePurpose)
	if err != nil {
		return nil, err
	}
	if c.header.hash != hash {
		_ = c.Close()
		return nil, damaged("%s holds another file", hash)
	}
	return c, nil
}

func (a *Attachments) open(ctx context.Context, name, purpose string) (*Content, error) {
	f, err := a.store.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	h, aead, err := readHeader(f, a.master, purpose)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Content{
		Attachment: h.attachment(), header: h, file: f, frames: newFrameReader(patient{ctx, f}, aead),
		sum: sha256.New(), room: make([]byte, frameSize),
	}, nil
}

// Verify reads a file through. nil says that it is whole.
func (a *Attachments) Verify(ctx context.Context, hash Hash) error {
	c, err := a.Open(ctx, hash)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, c)
	return errors.Join(err, c.Close())
}

func (c *Content) Read(p []byte) (int, error) {
	for len(c.ready) == 0 && c.err == nil {
		c.next()
	}
	if len(c.ready) == 0 {
		return 0, c.err
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// next takes one frame and, after the last, compares size and hash before the
// frame may be given out.
func (c *Content) next() {
	n, err := io.ReadFull(c.frames, c.room)
	c.sum.Write(c.room[:n])
	c.read += int64(n)
	switch {
	case err == nil && c.read < c.header.size:
	case err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		if c.read != c.header.size || !bytes.Equal(c.sum.Sum(nil), c.header.hash[:]) {
			c.err = damaged("%s: the content is not what its hash says", c.header.hash)
			return
		}
		c.err = io.EOF
	default:
		c.err = err
		return
	}
	c.ready = c.room[:n]
}

// Close ends reading, at any point.
func (c *Content) Close() error { return c.file.Close() }
