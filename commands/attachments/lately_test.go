//go:build linux

package attachments

import (
	"testing"
	"time"
)

// A file is its uploader's to see for a day, and nobody else's.
func TestAFileIsTheUploadersForADay(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	hash := p.put(t, jpegOf(t, picture(8, 6))).Hash
	for by, ago := range map[string]time.Duration{"in time": lately - time.Minute, "too late": lately + time.Minute} {
		_, err := p.pool.Exec(t.Context(), `insert into record.attachments (sha256, uploaded_by, captured_at, place, media_type, size, width, height, uploaded_at)
			values ($1, $2, '', '', 'image/jpeg', 100, 8, 6, now() - $3::interval)`, hash[:], by, ago)
		if err != nil {
			t.Fatal(err)
		}
	}
	for by, want := range map[string]bool{"in time": true, "too late": false, "nobody": false} {
		if own, err := p.Lately(t.Context(), hash, by); err != nil || own != want {
			t.Errorf("%s: %v %v", by, own, err)
		}
	}
	if own, err := p.Lately(t.Context(), Hash{1}, "in time"); err != nil || own {
		t.Errorf("another file: %v %v", own, err)
	}
}
