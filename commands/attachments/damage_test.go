//go:build linux

package attachments

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestAnyDamageIsFound(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	content := paper(3*frameSize + 100)
	kept := p.put(t, content)
	other := p.put(t, paper(3*frameSize+101))
	path := p.path(kept.Hash)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := os.ReadFile(p.path(other.Hash))
	if err != nil {
		t.Fatal(err)
	}
	const sealedFrame = frameSize + tagSize
	frame := func(i int) []byte { return whole[headerSize+i*sealedFrame : headerSize+(i+1)*sealedFrame] }

	damages := map[string][]byte{
		"emptied":                      nil,
		"cut in the header":            whole[:headerSize-1],
		"cut after the header":         whole[:headerSize],
		"cut after the first frame":    whole[:headerSize+sealedFrame],
		"cut before the last byte":     whole[:len(whole)-1],
		"cut before the last frame":    whole[:headerSize+3*sealedFrame],
		"lengthened by a byte":         append(slices.Clone(whole), 0),
		"lengthened by a frame":        append(slices.Clone(whole), frame(0)...),
		"a frame left out":             slices.Concat(whole[:headerSize], frame(0), whole[headerSize+2*sealedFrame:]),
		"two frames exchanged":         slices.Concat(whole[:headerSize], frame(1), frame(0), whole[headerSize+2*sealedFrame:]),
		"another file under this name": foreign,
		"another file's frames":        slices.Concat(whole[:headerSize], foreign[headerSize:]),
		"another file's description":   slices.Concat(foreign[:headerSize], whole[headerSize:]),
		"zeroes, as after a bad crash": make([]byte, len(whole)),
	}
	for at := 0; at < headerSize; at++ {
		damages[fmt.Sprint("a bit of byte ", at)] = flip(whole, at)
	}
	for at := headerSize; at < len(whole); at += 9973 {
		damages[fmt.Sprint("a bit of byte ", at)] = flip(whole, at)
	}
	damages["last bit"] = flip(whole, len(whole)-1)
	for name, raw := range damages {
		rewrite(t, path, func([]byte) []byte { return raw })
		if err := p.Verify(t.Context(), kept.Hash); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		c, err := p.Open(t.Context(), kept.Hash)
		if err != nil {
			continue
		}
		got, err := io.ReadAll(c)
		c.Close()
		if !errors.Is(err, ErrDamaged) || len(got) >= len(content) || !bytes.HasPrefix(content, got) {
			t.Errorf("%s: %d bytes given out, %v", name, len(got), err)
		}
	}
	rewrite(t, path, func([]byte) []byte { return whole })
	if err := p.Verify(t.Context(), kept.Hash); err != nil {
		t.Errorf("put right again: %v", err)
	}
}

func flip(raw []byte, at int) []byte {
	changed := slices.Clone(raw)
	changed[at] ^= 1
	return changed
}

func TestUploadingAgainReplacesADamagedFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	content := paper(100_000)
	kept := p.put(t, content)
	rewrite(t, p.path(kept.Hash), func(raw []byte) []byte { return raw[:len(raw)/2] })
	if again := p.put(t, content); again != kept {
		t.Fatalf("%v, want %v", again, kept)
	}
	if err := p.Verify(t.Context(), kept.Hash); err != nil {
		t.Errorf("still damaged: %v", err)
	}
	aside, err := filepath.Glob(p.path(kept.Hash) + ".damaged-*")
	if err != nil || len(aside) != 1 {
		t.Errorf("the damaged file must stay for inspection: %v, %v", aside, err)
	}
}

// A crash may come at any of these points; the folder is as each would leave it.
func TestWhatACrashLeavesIsHarmless(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	content := paper(200_000)

	// Crash while receiving, and after the draft was linked but not yet unlinked.
	half, err := newDraft(p.spool, p.config.Master, filePurpose)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := half.Write(content[:150_000]); err != nil {
		t.Fatal(err)
	}
	full, err := newDraft(p.spool, p.config.Master, filePurpose)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := full.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := full.seal(); err != nil {
		t.Fatal(err)
	}
	h, err := full.finish(kindPDF, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.store.Put(t.Context(), h.hash.String(), full.file); err != nil {
		t.Fatal(err)
	}

	// While their process lives, another one's start leaves both alone.
	if _, err := New(p.config); err != nil {
		t.Fatal(err)
	}
	if drafts := p.drafts(t); drafts != 2 {
		t.Fatalf("%d drafts of a living process left, want 2", drafts)
	}
	half.file.Close()
	full.file.Close() // the process is gone, its locks with it

	again, err := New(p.config)
	if err != nil {
		t.Fatal(err)
	}
	if drafts := p.drafts(t); drafts != 0 {
		t.Errorf("%d drafts left after the sweep", drafts)
	}
	if err := again.Verify(t.Context(), h.hash); err != nil {
		t.Errorf("the linked file: %v", err)
	}
	if n := p.statements(t); n != 0 {
		t.Fatalf("%d statements before the upload is repeated", n)
	}
	if kept := p.put(t, content); kept.Hash != h.hash {
		t.Errorf("the repeated upload is %s", kept.Hash)
	}
	if n := p.statements(t); n != 1 {
		t.Errorf("%d statements after the upload is repeated", n)
	}
}

func (p place) drafts(t testing.TB) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(p.spool, draftPrefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}
