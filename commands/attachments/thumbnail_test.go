//go:build linux

package attachments

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"testing"
)

func (p place) thumbnail(t testing.TB, hash Hash) image.Image {
	t.Helper()
	c, err := p.Thumbnail(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.MediaType != "image/jpeg" {
		t.Fatalf("a thumbnail of type %s", c.MediaType)
	}
	img, err := jpeg.Decode(c)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestThumbnails(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for name, c := range map[string]struct {
		content []byte
		want    image.Point
	}{
		"photograph": {jpegOf(t, picture(1600, 1200)), image.Pt(320, 240)},
		"upright":    {pngOf(t, picture(300, 900)), image.Pt(106, 320)},
		"small":      {pngOf(t, picture(50, 20)), image.Pt(50, 20)},
		"a strip":    {pngOf(t, image.NewGray(image.Rect(0, 0, 5000, 1))), image.Pt(320, 1)},
		"a WebP":     {tinyWebP(t), image.Pt(1, 1)},
		"in 16 bits": {pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 640, 320))), image.Pt(320, 160)},
		"lying Exif": {turned(jpegOf(t, picture(640, 320)), 9, binary.BigEndian), image.Pt(320, 160)},
	} {
		kept := p.put(t, c.content)
		if got := p.thumbnail(t, kept.Hash).Bounds().Size(); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// The picture is red left and blue right as the sensor saw it; each orientation
// says where the sensor's left is in the upright picture.
func TestThumbnailsStandUpright(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	plain := jpegOf(t, picture(640, 320))
	left, right, top, bottom := image.Pt(40, 80), image.Pt(280, 80), image.Pt(80, 40), image.Pt(80, 280)
	for orientation, red := range map[uint16]image.Point{
		1: left, 2: right, 3: right, 4: left, 5: top, 6: top, 7: bottom, 8: bottom,
	} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			img := p.thumbnail(t, p.put(t, turned(plain, orientation, order)).Hash)
			want := image.Pt(320, 160)
			if orientation >= 5 {
				want = image.Pt(160, 320)
			}
			if img.Bounds().Size() != want {
				t.Errorf("orientation %d: %v", orientation, img.Bounds().Size())
			}
			if c := color.RGBAModel.Convert(img.At(red.X, red.Y)).(color.RGBA); c.R < 150 || c.B > 100 {
				t.Errorf("orientation %d: %v at %v is not red", orientation, c, red)
			}
		}
	}
}

// 1 and 2, 3 and 4 … differ by what is above and below: corners tell all eight
// apart.
func TestTurnsOfOnePixel(t *testing.T) {
	t.Parallel()
	const w, h = 3, 2
	seen := map[[2]image.Point]turn{}
	for o := turn(1); o <= 8; o++ {
		src := image.NewRGBA(image.Rect(0, 0, w, h))
		src.SetRGBA(0, 0, color.RGBA{R: 255, A: 255})
		src.SetRGBA(w-1, 0, color.RGBA{G: 255, A: 255})
		dst := o.apply(src)
		var at [2]image.Point
		found := 0
		for y := range dst.Bounds().Dy() {
			for x := range dst.Bounds().Dx() {
				switch c := dst.RGBAAt(x, y); {
				case c.R == 255:
					at[0] = image.Pt(x, y)
					found++
				case c.G == 255:
					at[1] = image.Pt(x, y)
					found++
				}
			}
		}
		if other, dup := seen[at]; dup || found != 2 {
			t.Errorf("orientation %d puts the corners where %d does: %v", o, other, at)
		}
		seen[at] = o
	}
	// From the standard: 6 is turned clockwise, 8 against the clock.
	if seen[[2]image.Point{{1, 0}, {1, 2}}] != 6 || seen[[2]image.Point{{0, 2}, {0, 0}}] != 8 {
		t.Errorf("6 and 8 are mixed up: %v", seen)
	}
}

func TestPicturesWithoutAThumbnail(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	photo := jpegOf(t, picture(800, 600))
	for name, content := range map[string][]byte{
		"a paper":                       paper(1000),
		"a photograph cut off":          photo[:len(photo)/4],
		"a picture that is only a head": pngHead(t, 5000, 5000),
		"too costly to decode":          progressive(photo, 7000, 7000),
	} {
		kept := p.put(t, content) // it is kept all the same
		for range 2 {
			if _, err := p.Thumbnail(t.Context(), kept.Hash); !errors.Is(err, ErrNoThumbnail) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !bytes.Equal(p.content(t, kept.Hash), content) {
			t.Errorf("%s: other content comes back", name)
		}
	}
}

// progressive rewrites a JPEG's frame header to claim what it likes.
func progressive(jpeg []byte, w, h uint16) []byte {
	out := bytes.Clone(jpeg)
	at := bytes.Index(out, []byte{0xff, 0xc0})
	out[at+1] = 0xc2
	binary.BigEndian.PutUint16(out[at+5:], h)
	binary.BigEndian.PutUint16(out[at+7:], w)
	return out
}

func TestAMissingOrDamagedThumbnailIsMadeAgain(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	kept := p.put(t, jpegOf(t, picture(800, 600)))
	path := NewLocal(p.config.Folder).path(thumbName(kept.Hash))
	for name, spoil := range map[string]func(){
		"damaged": func() { rewrite(t, path, func(raw []byte) []byte { return flip(raw, len(raw)-1) }) },
		"another's": func() {
			other := p.put(t, jpegOf(t, picture(80, 60)))
			raw, err := os.ReadFile(NewLocal(p.config.Folder).path(thumbName(other.Hash)))
			if err != nil {
				t.Fatal(err)
			}
			rewrite(t, path, func([]byte) []byte { return raw })
		},
		"missing": func() {
			if err := os.Rename(path, path+".away"); err != nil {
				t.Fatal(err)
			}
		},
	} {
		spoil()
		if got := p.thumbnail(t, kept.Hash).Bounds().Size(); got != image.Pt(320, 240) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestADamagedPictureIsNotMistakenForAHopelessOne(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	content := jpegOf(t, picture(1600, 1200))
	kept := p.put(t, content)
	thumb := NewLocal(p.config.Folder).path(thumbName(kept.Hash))
	if err := os.Rename(thumb, thumb+".away"); err != nil {
		t.Fatal(err)
	}
	rewrite(t, p.path(kept.Hash), func(raw []byte) []byte { return flip(raw, len(raw)/2) })
	if _, err := p.Thumbnail(t.Context(), kept.Hash); !errors.Is(err, ErrDamaged) {
		t.Fatalf("%v, want damaged", err)
	}
	p.put(t, content)
	if got := p.thumbnail(t, kept.Hash).Bounds().Size(); got != image.Pt(320, 240) {
		t.Errorf("after a new upload: %v", got)
	}
}

func FuzzJPEGHead(f *testing.F) {
	photo := jpegOf(f, picture(16, 16))
	f.Add(photo)
	f.Add(turned(photo, 6, binary.BigEndian))
	f.Add(turned(photo, 8, binary.LittleEndian))
	f.Add(progressive(photo, 1, 1))
	f.Fuzz(func(t *testing.T, raw []byte) {
		h, err := readJPEGHead(bytes.NewReader(raw))
		if h.turn < 1 || h.turn > 8 {
			t.Fatalf("turn %d", h.turn)
		}
		// What the decoder accepts the cost estimate must understand.
		if _, decodes := jpeg.DecodeConfig(bytes.NewReader(raw)); decodes == nil && err == nil && h.components == 0 {
			t.Fatal("a picture of no components")
		}
	})
}
