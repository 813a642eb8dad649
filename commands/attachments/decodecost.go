package attachments

import (
	"fmt"
	"image/color"
	"io"
)

// maxDecodeMemory bounds what decoding one picture may take. Every picture of a
// phone's ordinary mode stays below; a progressive JPEG of 50 million pixels
// would take 750 MB and goes without a thumbnail.
const maxDecodeMemory = 256 << 20

// examine reads a picture's head and tells, roughly and never too low, how many
// bytes its decoding takes, and how it must be turned to stand upright.
func examine(h header, content io.Reader) (cost int64, t turn, err error) {
	perPixel := int64(8) // WebP: the pixels and one working copy
	switch h.kind {
	case kindJPEG:
		m, err := readJPEGHead(content)
		if err != nil {
			return 0, upright, err
		}
		perPixel = int64(m.components)
		if m.components == 4 {
			perPixel = 8 // converted from ink colours in a copy
		}
		if m.progressive {
			perPixel += 4 * int64(m.components) // coefficients of the whole picture
		}
		t = m.turn
	case kindPNG:
		c, err := decodeConfig(kindPNG, content)
		if err != nil {
			return 0, upright, err
		}
		perPixel = 2 * pngBytes(c.ColorModel) // an interlaced one is put together in a copy
	case kindWebP:
	case kindNone, kindPDF:
		return 0, upright, fmt.Errorf("%s is no picture", h.kind.mediaType())
	}
	return perPixel * int64(h.width) * int64(h.height), t, nil
}

func pngBytes(m color.Model) int64 {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4 // with or without a palette
}
