//go:build linux

package attachments

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shouwang/internal/pgtest"

	"golang.org/x/sys/unix"
)

// TestAFullDisk works on a file system of 512 KiB, which only root may mount.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("SKIPPED: a full disk needs a small file system, and only root may mount one")
	}
	disk := t.TempDir()
	if err := unix.Mount("shouwang-test", disk, "tmpfs", 0, "size=512k"); err != nil {
		t.Fatalf("mount a small file system: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(disk, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	p := placeIn(t, pgtest.Pool(t), filepath.Join(disk, "attachments"))
	small, large := paper(100_000), paper(2_000_000)
	kept := p.put(t, small)

	_, err := p.Put(t.Context(), someone, bytes.NewReader(large))
	if !errors.Is(err, ErrNoSpace) {
		t.Fatalf("a file larger than the disk: %v", err)
	}
	var said *Error
	if !errors.As(err, &said) || said.Rule != "attachment.disk-full" || !strings.Contains(said.Reason, "存储空间不足") {
		t.Errorf("said to the person: %v", said)
	}
	if files := p.files(t); len(files) != 1 || files[0] != kept.Hash.String() {
		t.Errorf("visible after the failure: %v", files)
	}
	if n := p.statements(t); n != 1 {
		t.Errorf("%d statements, want that of the first file only", n)
	}
	if !bytes.Equal(p.content(t, kept.Hash), small) {
		t.Error("the file kept before is no longer whole")
	}
	next := p.put(t, paper(120_000))
	if err := p.Verify(t.Context(), next.Hash); err != nil {
		t.Errorf("the room was not given back: %v", err)
	}
}
