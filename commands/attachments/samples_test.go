//go:build linux

package attachments

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shouwang/commands/sealing"
	"shouwang/internal/pgtest"

	"github.com/jackc/pgx/v5/pgxpool"
)

// place is where one test's attachments stand.
type place struct {
	*Attachments
	config Config
}

func newPlace(t testing.TB) place {
	t.Helper()
	pool := pgtest.Pool(t)
	return placeIn(t, pool, filepath.Join(t.TempDir(), "attachments"))
}

func placeIn(t testing.TB, pool *pgxpool.Pool, folder string) place {
	t.Helper()
	keys, err := sealing.Open(t.Context(), sealing.Config{Pool: pool, MasterKeyFile: sealing.MasterKeyFile(t.TempDir(), "")})
	if err != nil {
		t.Fatal(err)
	}
	c := Config{Pool: pool, Master: keys.Master(), Folder: folder}
	a, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return place{a, c}
}

var someone = Statement{CapturedAt: "2023-06-29 09:30", Place: "一村公示栏", By: "account-1"}

func (p place) put(t testing.TB, content []byte) Attachment {
	t.Helper()
	kept, err := p.Put(t.Context(), someone, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func (p place) content(t testing.TB, hash Hash) []byte {
	t.Helper()
	c, err := p.Open(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	got, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// files lists everything under the folder that is a file, by name.
func (p place) files(t testing.TB) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(p.config.Folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func (p place) statements(t testing.TB) int {
	t.Helper()
	var n int
	if err := p.config.Pool.QueryRow(t.Context(), "select count(*) from record.attachments").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (p place) path(hash Hash) string { return NewLocal(p.config.Folder).path(hash.String()) }

// rewrite changes a kept file's bytes.
func rewrite(t testing.TB, path string, change func([]byte) []byte) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(raw), 0o600); err != nil {
		t.Fatal(err)
	}
}

// picture has a red left half and a blue right half, with noise so that it has
// some bytes.
func picture(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	noise := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			n := uint8(noise.IntN(30))
			c := color.RGBA{200 + n, n, n, 255}
			if x >= w/2 {
				c = color.RGBA{n, n, 200 + n, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// turned adds an Exif segment with an orientation to a JPEG.
func turned(jpeg []byte, orientation uint16, order binary.AppendByteOrder) []byte {
	mark := "MM"
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		mark = "II"
	}
	exif := order.AppendUint16([]byte("Exif\x00\x00"+mark), 42)
	exif = order.AppendUint32(exif, 8)
	exif = order.AppendUint16(exif, 1)
	exif = order.AppendUint16(exif, 274)
	exif = order.AppendUint16(exif, 3)
	exif = order.AppendUint32(exif, 1)
	exif = order.AppendUint16(exif, orientation)
	exif = append(exif, 0, 0, 0, 0, 0, 0)
	out := append([]byte{}, jpeg[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(exif)+2))
	return append(append(out, exif...), jpeg[2:]...)
}

// pngHead is a PNG that claims a size and has nothing to show for it.
func pngHead(t testing.TB, w, h uint32) []byte {
	t.Helper()
	raw := pngOf(t, picture(1, 1))
	ihdr := raw[12 : 12+17] // type and data of the first chunk
	binary.BigEndian.PutUint32(ihdr[4:], w)
	binary.BigEndian.PutUint32(ihdr[8:], h)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(ihdr))
	return raw
}

func paper(size int) []byte {
	body := make([]byte, size)
	rand.NewChaCha8([32]byte{byte(size), byte(size >> 8), byte(size >> 16)}).Read(body)
	copy(body, "%PDF-1.7\n")
	copy(body[len(body)-6:], "%%EOF\n")
	return body
}

func tinyWebP(t testing.TB) []byte {
	t.Helper()
	raw, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding,
		strings.NewReader("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=")))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
