package attachments

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
)

// Put keeps one uploaded file and what is stated about it. When it returns nil
// both are durable, so that an event may name the hash. The same content again
// is the same file; it is read through first, and replaced from the upload if
// it was damaged. The content is never whole in memory.
//
// Errors: any of what Put refuses (see ErrEmpty and below), an error of the
// reader as it is, or a failure of disk or database. After an error nothing is
// visible, except that a file may already be kept to which no statement
// belongs; repeating the call is always safe.
func (a *Attachments) Put(ctx context.Context, s Statement, content io.Reader) (Attachment, error) {
	if err := s.check(); err != nil {
		return Attachment{}, err
	}
	h, err := a.receive(ctx, content)
	if err != nil {
		return Attachment{}, err
	}
	kept := h.attachment()
	if err := a.record(ctx, kept, s); err != nil {
		return Attachment{}, err
	}
	if h.kind.picture() {
		// The thumbnail can be made again whenever it is asked for: its failure
		// must not undo an upload that is safe.
		if thumb, err := a.Thumbnail(ctx, h.hash); err == nil {
			_ = thumb.Close()
		}
	}
	return kept, nil
}

// receive writes the content to a draft, examines it and keeps it.
func (a *Attachments) receive(ctx context.Context, content io.Reader) (header, error) {
	// One byte more than allowed tells a file that is too large.
	in := bufio.NewReaderSize(io.LimitReader(patient{ctx, content}, MaxSize+1), frameSize)
	head, err := in.Peek(sniffSize)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return header{}, fmt.Errorf("receive attachment: %w", err)
	case len(head) == 0:
		return header{}, ErrEmpty
	}
	k, err := sniff(head)
	if err != nil {
		return header{}, err
	}
	d, err := newDraft(a.spool, a.master, filePurpose)
	if err != nil {
		return header{}, err
	}
	defer d.discard()
	if _, err := io.Copy(d, in); err != nil {
		return header{}, fmt.Errorf("receive attachment: %w", err)
	}
	if d.size > MaxSize {
		return header{}, ErrTooLarge
	}
	if err := d.seal(); err != nil {
		return header{}, fmt.Errorf("receive attachment: %w", err)
	}
	width, height, err := inspect(k, d.content())
	if err != nil {
		return header{}, err
	}
	h, err := d.finish(k, width, height)
	if err != nil {
		return header{}, err
	}
	return h, a.keep(ctx, h.hash.String(), d, func() error { return a.Verify(ctx, h.hash) })
}

// keep gives a finished draft its name. If the name is taken, whole tells
// whether what is there is in order; if not it is set aside, once.
func (a *Attachments) keep(ctx context.Context, name string, d *draft, whole func() error) error {
	for try := range 2 {
		err := a.store.Put(ctx, name, d.file)
		if !errors.Is(err, ErrExists) {
			return err
		}
		err = whole()
		if err == nil || try > 0 || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotFound) {
			return err
		}
		if err := a.store.SetAside(ctx, name); err != nil {
			return err
		}
	}
	return damaged("%s could not be replaced", name)
}

// patient stops reading once its context is done.
type patient struct {
	ctx  context.Context
	from io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.from.Read(b)
}
