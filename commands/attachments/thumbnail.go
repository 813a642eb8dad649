package attachments

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"

	"golang.org/x/image/draw"
)

const (
	// thumbSide is the longer side of a thumbnail in pixels: a list on a phone.
	thumbSide = 320
	// thumbQuality of its JPEG: about 20 KiB.
	thumbQuality = 80
)

// Thumbnail returns a small JPEG of a picture, upright. It is made once, sealed
// and kept beside the picture; if it is missing or damaged it is made again.
// Errors: ErrNotFound, ErrDamaged (of the picture), ErrNoThumbnail for papers
// and for pictures that cannot be decoded within bounds.
func (a *Attachments) Thumbnail(ctx context.Context, hash Hash) (*Content, error) {
	err := a.verifyThumbnail(ctx, hash)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		err = a.makeThumbnail(ctx, hash)
	}
	if err != nil {
		return nil, err
	}
	c, err := a.openThumbnail(ctx, hash)
	if err != nil {
		return nil, err
	}
	if c.header.kind == kindNone {
		_ = c.Close()
		return nil, ErrNoThumbnail
	}
	return c, nil
}

func thumbName(hash Hash) string    { return hash.String() + ".thumb" }
func thumbPurpose(hash Hash) string { return "thumbnail of " + hash.String() }

func (a *Attachments) openThumbnail(ctx context.Context, hash Hash) (*Content, error) {
	return a.open(ctx, thumbName(hash), thumbPurpose(hash))
}

// makeThumbnail keeps a thumbnail, or an empty mark if the picture has none, so
// that a hopeless picture is decoded once.
func (a *Attachments) makeThumbnail(ctx context.Context, hash Hash) error {
	select {
	case a.decoding <- struct{}{}:
		defer func() { <-a.decoding }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if whole := a.verifyThumbnail(ctx, hash); whole == nil {
		return nil // made while we waited
	}
	small, err := a.shrink(ctx, hash)
	if err != nil {
		return err
	}
	d, err := newDraft(a.spool, a.master, thumbPurpose(hash))
	if err != nil {
		return err
	}
	defer d.discard()
	k, size := kindNone, image.Point{}
	if small != nil {
		k, size = kindJPEG, small.Bounds().Size()
		if err := jpeg.Encode(d, small, &jpeg.Options{Quality: thumbQuality}); err != nil {
			return fmt.Errorf("write thumbnail of %s: %w", hash, err)
		}
	}
	if err := d.seal(); err != nil {
		return fmt.Errorf("write thumbnail of %s: %w", hash, err)
	}
	if _, err := d.finish(k, size.X, size.Y); err != nil {
		return err
	}
	return a.keep(ctx, thumbName(hash), d, func() error { return a.verifyThumbnail(ctx, hash) })
}

func (a *Attachments) verifyThumbnail(ctx context.Context, hash Hash) error {
	c, err := a.openThumbnail(ctx, hash)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, c)
	return errors.Join(err, c.Close())
}

// shrink decodes a kept picture and scales it down. It returns nil if the
// picture cannot be decoded within bounds.
func (a *Attachments) shrink(ctx context.Context, hash Hash) (*image.RGBA, error) {
	c, err := a.Open(ctx, hash)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	if !c.header.kind.picture() {
		return nil, ErrNoThumbnail
	}
	// The head is read first, to see what decoding the whole will cost.
	var head bytes.Buffer
	cost, turn, err := examine(c.header, io.TeeReader(c, &head))
	if err != nil || cost > maxDecodeMemory {
		return nil, c.failure()
	}
	whole, err := decode(c.header.kind, io.MultiReader(&head, c))
	if err != nil {
		return nil, c.failure()
	}
	return turn.apply(scale(whole)), nil
}

// failure is why reading stopped, if it was not the end of the content.
func (c *Content) failure() error {
	if c.err == nil || errors.Is(c.err, io.EOF) {
		return nil
	}
	return c.err
}

// scale fits a picture into the thumbnail's square, on white; small pictures
// keep their size. A large one is first brought near by picking pixels: to
// average all of them costs as much as decoding.
func scale(whole image.Image) *image.RGBA {
	if longer := max(whole.Bounds().Dx(), whole.Bounds().Dy()); longer > 4*thumbSide {
		whole = scaleTo(whole, 3*thumbSide, draw.ApproxBiLinear)
	}
	return scaleTo(whole, thumbSide, draw.BiLinear)
}

func scaleTo(whole image.Image, side int, how draw.Scaler) *image.RGBA {
	w, h := whole.Bounds().Dx(), whole.Bounds().Dy()
	if longer := max(w, h); longer > side {
		w, h = max(1, w*side/longer), max(1, h*side/longer)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(small, small.Bounds(), image.White, image.Point{}, draw.Src)
	how.Scale(small, small.Bounds(), whole, whole.Bounds(), draw.Over, nil)
	return small
}
