//go:build linux

package attachments

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestWhatIsPutComesBack(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for name, c := range map[string]struct {
		content []byte
		want    Attachment
	}{
		"photograph":               {jpegOf(t, picture(800, 600)), Attachment{MediaType: "image/jpeg", Width: 800, Height: 600}},
		"drawing":                  {pngOf(t, picture(40, 30)), Attachment{MediaType: "image/png", Width: 40, Height: 30}},
		"small picture":            {tinyWebP(t), Attachment{MediaType: "image/webp", Width: 1, Height: 1}},
		"shortest paper":           {[]byte("%PDF-1.4\n%%EOF"), Attachment{MediaType: "application/pdf"}},
		"one byte below a frame":   {paper(frameSize - 1), Attachment{MediaType: "application/pdf"}},
		"a frame":                  {paper(frameSize), Attachment{MediaType: "application/pdf"}},
		"one byte above a frame":   {paper(frameSize + 1), Attachment{MediaType: "application/pdf"}},
		"three frames":             {paper(3 * frameSize), Attachment{MediaType: "application/pdf"}},
		"the largest there may be": {paper(MaxSize), Attachment{MediaType: "application/pdf"}},
	} {
		c.want.Hash, c.want.Size = sha256.Sum256(c.content), int64(len(c.content))
		got := p.put(t, c.content)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if !bytes.Equal(p.content(t, got.Hash), c.content) {
			t.Errorf("%s: other content comes back", name)
		}
		if stat, err := p.Stat(t.Context(), got.Hash); err != nil || stat != got {
			t.Errorf("%s: %v, %v", name, stat, err)
		}
		if err := p.Verify(t.Context(), got.Hash); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range p.files(t) {
		if strings.HasPrefix(name, draftPrefix) {
			t.Errorf("%s is left over", name)
		}
	}
}

// Whatever has been read from the line stands in the draft, except for the last
// few frames: an upload is never whole in memory.
func TestAnUploadIsStreamed(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	content := paper(MaxSize)
	read := 0
	line := readFunc(func(b []byte) (int, error) {
		drafts, err := filepath.Glob(filepath.Join(p.spool, draftPrefix+"*"))
		if err != nil || len(drafts) > 1 {
			t.Errorf("drafts: %v, %v", drafts, err)
		}
		var onDisk int64
		for _, d := range drafts {
			info, err := os.Stat(d)
			if err != nil {
				t.Error(err)
				continue
			}
			onDisk = info.Size()
		}
		if held := int64(read) - onDisk; held > 3*frameSize {
			t.Errorf("%d bytes read, %d on disk", read, onDisk)
		}
		if read == len(content) {
			return 0, io.EOF
		}
		n := copy(b, content[read:])
		read += n
		return n, nil
	})
	if _, err := p.Put(t.Context(), someone, line); err != nil {
		t.Fatal(err)
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(b []byte) (int, error) { return f(b) }

func TestNothingIsKeptInClear(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	content := paper(100_000)
	kept := p.put(t, content)
	rewrite(t, p.path(kept.Hash), func(sealed []byte) []byte {
		for at := 0; at+16 <= len(content); at += 1000 {
			if bytes.Contains(sealed, content[at:at+16]) {
				t.Fatalf("16 bytes from %d stand in clear", at)
			}
		}
		return sealed
	})
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	broken := errors.New("the line broke")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	photo := jpegOf(t, picture(300, 200))
	for name, c := range map[string]struct {
		ctx     context.Context
		content io.Reader
		by      Statement
		want    error
	}{
		"nothing":                        {content: bytes.NewReader(nil), want: ErrEmpty},
		"a Windows program as photo.jpg": {content: strings.NewReader("MZ\x90\x00\x03" + strings.Repeat("\x00", 500)), want: ErrType},
		"a Linux program":                {content: strings.NewReader("\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 500)), want: ErrType},
		"a script":                       {content: strings.NewReader("#!/bin/sh\nrm -rf /\n"), want: ErrType},
		"a web page":                     {content: strings.NewReader("<html><script>"), want: ErrType},
		"an SVG":                         {content: strings.NewReader(`<svg xmlns="http://www.w3.org/2000/svg">`), want: ErrType},
		"a GIF":                          {content: strings.NewReader("GIF89a\x01\x00\x01\x00"), want: ErrType},
		"a ZIP":                          {content: strings.NewReader("PK\x03\x04" + strings.Repeat("\x00", 100)), want: ErrType},
		"one byte":                       {content: strings.NewReader("x"), want: ErrType},
		"a JPEG in name only":            {content: strings.NewReader("\xff\xd8\xff\xe0 and then words"), want: ErrUnreadable},
		"a PNG cut after its mark":       {content: bytes.NewReader(pngOf(t, picture(9, 9))[:20]), want: ErrUnreadable},
		"a WebP in name only":            {content: strings.NewReader("RIFF\x10\x00\x00\x00WEBPVP8 \x00\x00"), want: ErrUnreadable},
		"a PDF cut off":                  {content: bytes.NewReader(paper(300_000)[:200_000]), want: ErrUnreadable},
		"too many pixels":                {content: bytes.NewReader(pngHead(t, 10_000, 5_001)), want: ErrPixels},
		"a strip":                        {content: bytes.NewReader(pngHead(t, 1, MaxSide+1)), want: ErrPixels},
		"ten thousand million pixels":    {content: bytes.NewReader(pngHead(t, 100_000, 100_000)), want: ErrPixels},
		"one byte too many":              {content: bytes.NewReader(paper(MaxSize + 1)), want: ErrTooLarge},
		"without end":                    {content: io.MultiReader(bytes.NewReader(photo), endless{}), want: ErrTooLarge},
		"a line that breaks at once":     {content: iotest.ErrReader(broken), want: broken},
		"a line that breaks later":       {content: io.MultiReader(bytes.NewReader(photo), iotest.ErrReader(broken)), want: broken},
		"a caller who is gone":           {ctx: gone, content: bytes.NewReader(photo), want: context.Canceled},
		"from nobody":                    {content: bytes.NewReader(photo), by: Statement{Place: "一村"}, want: ErrStatement},
		"a place without end":            {content: bytes.NewReader(photo), by: Statement{By: "a", Place: strings.Repeat("村", 200)}, want: ErrStatement},
		"a place of two lines":           {content: bytes.NewReader(photo), by: Statement{By: "a", Place: "一\n村"}, want: ErrStatement},
		"a time that is no text":         {content: bytes.NewReader(photo), by: Statement{By: "a", CapturedAt: "\xff"}, want: ErrStatement},
	} {
		if c.ctx == nil {
			c.ctx = t.Context()
		}
		if c.by == (Statement{}) {
			c.by = someone
		}
		if _, err := p.Put(c.ctx, c.by, c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if left := p.files(t); len(left) != 0 {
		t.Errorf("refused files left %v", left)
	}
	if n := p.statements(t); n != 0 {
		t.Errorf("refused files left %d statements", n)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestTheSameContentIsKeptOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	photo := jpegOf(t, picture(400, 300))
	first := p.put(t, photo)
	again, err := p.Put(t.Context(), someone, iotest.OneByteReader(bytes.NewReader(photo)))
	if err != nil || again != first {
		t.Fatalf("the second time: %v, %v", again, err)
	}
	elsewhere := Statement{CapturedAt: "2023-07-04", Place: "二村公示栏", By: "account-2"}
	if _, err := p.Put(t.Context(), elsewhere, bytes.NewReader(photo)); err != nil {
		t.Fatal(err)
	}
	if files := p.files(t); len(files) != 2 { // the photograph and its thumbnail
		t.Errorf("kept: %v", files)
	}
	got, err := p.Statements(t.Context(), first.Hash)
	if err != nil {
		t.Fatal(err)
	}
	want := []Stated{{Statement: someone}, {Statement: elsewhere}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Stated{}, "At")); diff != "" {
		t.Errorf("two stories about one photograph: %s", diff)
	}
}

func TestManyPutTheSameContentAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	other, err := New(p.config) // as another process would
	if err != nil {
		t.Fatal(err)
	}
	photo := jpegOf(t, picture(600, 400))
	var wg sync.WaitGroup
	for i := range 12 {
		a := p.Attachments
		if i%2 == 1 {
			a = other
		}
		wg.Go(func() {
			kept, err := a.Put(t.Context(), someone, bytes.NewReader(photo))
			if err != nil {
				t.Error(err)
				return
			}
			if err := a.Verify(t.Context(), kept.Hash); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if files := p.files(t); len(files) != 2 {
		t.Errorf("kept: %v", files)
	}
	if n := p.statements(t); n != 1 {
		t.Errorf("%d statements, want 1", n)
	}
}

func TestAMissingFileIsNotFound(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if _, err := p.Open(t.Context(), Hash{1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("open: %v", err)
	}
	if _, err := p.Thumbnail(t.Context(), Hash{1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("thumbnail: %v", err)
	}
	if stated, err := p.Statements(t.Context(), Hash{1}); err != nil || len(stated) != 0 {
		t.Errorf("statements: %v, %v", stated, err)
	}
	name := Hash{1, 0xab}.String()
	if h, err := ParseHash(name); err != nil || h != (Hash{1, 0xab}) {
		t.Errorf("%v, %v", h, err)
	}
	for _, s := range []string{"", "..", "../../etc/passwd", strings.ToUpper(name), name + "0", name[1:], strings.Repeat("g", 64)} {
		if _, err := ParseHash(s); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q passes for a hash: %v", s, err)
		}
	}
}

func TestStatementsAreNeverChanged(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.put(t, paper(100))
	for _, sql := range []string{"update record.attachments set place = ''", "delete from record.attachments", "truncate record.attachments"} {
		if _, err := p.config.Pool.Exec(t.Context(), sql); err == nil {
			t.Errorf("possible: %s", sql)
		}
	}
}
