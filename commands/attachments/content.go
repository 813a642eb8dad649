package attachments

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// kind is what a file is, judged by its content. The numbers stand in kept
// files and never change.
type kind byte

const (
	kindNone kind = iota // the thumbnail of a picture that cannot be decoded
	kindJPEG
	kindPNG
	kindWebP
	kindPDF
)

// sniffSize is how much of a file tells its kind.
const sniffSize = 16

const (
	// MaxPixels bounds a picture: the largest a phone takes in its ordinary
	// mode is 48 to 50 million pixels. A picture of few bytes can ask for far
	// more memory than that when it is decoded.
	MaxPixels = 50_000_000
	// MaxSide bounds each side, so that scaling a strip stays cheap; a panorama
	// has about 16,000.
	MaxSide = 30_000
)

func (k kind) mediaType() string {
	switch k {
	case kindJPEG:
		return "image/jpeg"
	case kindPNG:
		return "image/png"
	case kindWebP:
		return "image/webp"
	case kindPDF:
		return "application/pdf"
	case kindNone:
	}
	return "application/octet-stream"
}

func (k kind) picture() bool { return k == kindJPEG || k == kindPNG || k == kindWebP }

// sniff tells the kind from a file's first bytes, or ErrType.
func sniff(head []byte) (kind, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return kindJPEG, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return kindPNG, nil
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return kindWebP, nil
	case bytes.HasPrefix(head, []byte("%PDF-1.")), bytes.HasPrefix(head, []byte("%PDF-2.")):
		return kindPDF, nil
	}
	return kindNone, ErrType
}

// inspect makes sure that the file is what it begins like: a picture's header
// decodes and its size is bounded, a PDF has its end.
func inspect(k kind, content io.Reader) (width, height int, err error) {
	if k == kindPDF {
		return 0, 0, inspectPDF(content)
	}
	c, err := decodeConfig(k, content)
	switch {
	case err != nil:
		return 0, 0, fmt.Errorf("%w: %w", ErrUnreadable, err)
	case c.Width < 1 || c.Height < 1:
		return 0, 0, fmt.Errorf("%w: %d × %d pixels", ErrUnreadable, c.Width, c.Height)
	case c.Width > MaxSide || c.Height > MaxSide || c.Width*c.Height > MaxPixels:
		return 0, 0, fmt.Errorf("%w: %d × %d pixels", ErrPixels, c.Width, c.Height)
	}
	return c.Width, c.Height, nil
}

func decodeConfig(k kind, content io.Reader) (c image.Config, err error) {
	defer recoverDecoder(&err)
	switch k {
	case kindJPEG:
		return jpeg.DecodeConfig(content)
	case kindPNG:
		return png.DecodeConfig(content)
	case kindWebP:
		return webp.DecodeConfig(content)
	case kindNone, kindPDF:
	}
	return image.Config{}, fmt.Errorf("%s is no picture", k.mediaType())
}

func decode(k kind, content io.Reader) (whole image.Image, err error) {
	defer recoverDecoder(&err)
	switch k {
	case kindJPEG:
		return jpeg.Decode(content)
	case kindPNG:
		return png.Decode(content)
	case kindWebP:
		return webp.Decode(content)
	case kindNone, kindPDF:
	}
	return nil, fmt.Errorf("%s is no picture", k.mediaType())
}

// recoverDecoder turns a decoder's panic over hostile bytes into an error; such
// have been found before, above all in WebP.
func recoverDecoder(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("decoder panics: %v", p)
	}
}

// pdfTail is where readers look for a PDF's end mark.
const pdfTail = 1024

// inspectPDF looks for the end mark: an upload that broke off has none.
func inspectPDF(content io.Reader) error {
	tail := make([]byte, 0, 2*pdfTail)
	chunk := make([]byte, pdfTail)
	for {
		n, err := content.Read(chunk)
		tail = append(tail, chunk[:n]...)
		if spare := len(tail) - pdfTail; spare > 0 {
			tail = append(tail[:0], tail[spare:]...)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if !bytes.Contains(tail, []byte("%%EOF")) {
		return fmt.Errorf("%w: the PDF has no end", ErrUnreadable)
	}
	return nil
}
