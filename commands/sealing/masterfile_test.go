package sealing

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestConcurrentFirstStartsAgreeOnOneFile(t *testing.T) {
	t.Parallel()
	path := MasterKeyFile(t.TempDir(), "")
	prints := make([][]byte, 8)
	var wg sync.WaitGroup
	for i := range prints {
		wg.Go(func() {
			if err := createMaster(path); err != nil {
				t.Error(err)
				return
			}
			m, err := readMaster(path)
			if err != nil {
				t.Error(err)
				return
			}
			prints[i] = m.fingerprint
		})
	}
	wg.Wait()
	for _, p := range prints {
		if !bytes.Equal(p, prints[0]) {
			t.Fatal("two starts read different keys")
		}
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Fatalf("left in the folder: %v, %v", entries, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode of the file: %v, %v", info.Mode(), err)
	}
	if folder, err := os.Stat(filepath.Dir(path)); err != nil || folder.Mode().Perm() != 0o700 {
		t.Fatalf("mode of the folder: %v, %v", folder.Mode(), err)
	}
}

func TestADamagedMasterKeyFileIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	if err := createMaster(path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) - 1 { // without its line end it is still whole
		if _, ok := parseMaster(whole[:n]); ok {
			t.Fatalf("the first %d of %d bytes pass for a key", n, len(whole))
		}
	}
	for i := range len(whole) - 1 {
		changed := bytes.Clone(whole)
		changed[i] ^= 1
		if secret, ok := parseMaster(changed); ok {
			t.Fatalf("byte %d changed passes for key %x", i, secret)
		}
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readMaster(path); !errors.Is(err, ErrMasterKeyDamaged) {
		t.Fatalf("an empty file: %v", err)
	}
}

func TestAnExposedMasterKeyFileIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	if err := createMaster(path); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[fs.FileMode]error{
		0o600: nil, 0o400: nil, 0o640: nil, 0o660: ErrMasterKeyExposed, 0o604: ErrMasterKeyExposed, 0o644: ErrMasterKeyExposed,
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := readMaster(path); !errors.Is(err, want) {
			t.Errorf("mode %04o: %v, want %v", mode, err, want)
		}
	}
}

func TestWrappedKeysAreBoundToTheirPurpose(t *testing.T) {
	t.Parallel()
	m, secret := testMaster(t), bytes.Repeat([]byte{7}, keySize)
	wrapped := m.Wrap("subject a 1", secret)
	if got, err := m.Unwrap("subject a 1", wrapped); err != nil || !bytes.Equal(got, secret) {
		t.Fatalf("unwrapped %x, %v", got, err)
	}
	if _, err := m.Unwrap("subject b 1", wrapped); !errors.Is(err, ErrTampered) {
		t.Fatalf("for another purpose: %v", err)
	}
	for i := range wrapped {
		changed := bytes.Clone(wrapped)
		changed[i] ^= 0x80
		if _, err := m.Unwrap("subject a 1", changed); !errors.Is(err, ErrTampered) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	if _, err := m.Unwrap("subject a 1", nil); !errors.Is(err, ErrTampered) {
		t.Fatalf("nothing: %v", err)
	}
}
