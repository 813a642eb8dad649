package attachments

import (
	"bytes"
	"encoding/binary"
	"image"
)

// turn is how a stored picture must be turned or mirrored to stand upright, in
// the numbers of Exif's orientation tag (CIPA DC-008, tag 274): phones store
// what the sensor saw and note how they were held.
type turn int

const upright turn = 1

// exifTurn finds the orientation tag in an APP1 segment.
func exifTurn(segment []byte) (turn, bool) {
	tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return upright, false
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(tiff[:2]) {
	case "II":
	case "MM":
		order = binary.BigEndian
	default:
		return upright, false
	}
	start := int64(order.Uint32(tiff[4:]))
	if start+2 > int64(len(tiff)) {
		return upright, false
	}
	directory := tiff[start:]
	entries := int(order.Uint16(directory))
	for i := range entries {
		at := 2 + 12*i
		if at+12 > len(directory) {
			break
		}
		entry := directory[at : at+12]
		if order.Uint16(entry) != 274 || order.Uint16(entry[2:]) != 3 {
			continue
		}
		t := turn(order.Uint16(entry[8:]))
		return t, t >= 1 && t <= 8
	}
	return upright, false
}

// apply returns the picture upright.
func (t turn) apply(src *image.RGBA) *image.RGBA {
	if t <= upright || t > 8 {
		return src
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if t >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	dst := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			to := t.place(x, y, w, h)
			dst.SetRGBA(to.X, to.Y, src.RGBAAt(x, y))
		}
	}
	return dst
}

// place is where the stored pixel x, y stands in the upright picture.
func (t turn) place(x, y, w, h int) image.Point {
	switch t {
	case 2:
		return image.Pt(w-1-x, y)
	case 3:
		return image.Pt(w-1-x, h-1-y)
	case 4:
		return image.Pt(x, h-1-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(h-1-y, x)
	case 7:
		return image.Pt(h-1-y, w-1-x)
	case 8:
		return image.Pt(y, w-1-x)
	default:
		return image.Pt(x, y)
	}
}
