//go:build linux

package attachments

import (
	"bytes"
	"testing"
)

// BenchmarkPut keeps 5 MiB, a new file each time, durably.
func BenchmarkPut(b *testing.B) {
	p := newPlace(b)
	content := paper(5 << 20)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for i := range b.N {
		content[100], content[101], content[102] = byte(i), byte(i>>8), byte(i>>16)
		if _, err := p.Put(b.Context(), someone, bytes.NewReader(content)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkThumbnail decodes and scales a picture of twelve million pixels.
func BenchmarkThumbnail(b *testing.B) {
	p := newPlace(b)
	kept := p.put(b, jpegOf(b, picture(4000, 3000)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.shrink(b.Context(), kept.Hash); err != nil {
			b.Fatal(err)
		}
	}
}
