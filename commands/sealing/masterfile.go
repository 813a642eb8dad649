package sealing

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// EnvMasterKeyFile names the master key's file when it does not stand in the
// data folder, for instance on a mounted secret.
const EnvMasterKeyFile = "SHOUWANG_MASTER_KEY_FILE"

// fileHead opens the one line of a master key file, so that an administrator
// who finds it in a backup knows what it is.
const fileHead = "shouwang-master-key-v1 "

// MasterKeyFile returns the path of the master key: configured if not empty,
// otherwise <data>/keys/master.key.
func MasterKeyFile(data, configured string) string {
	if configured != "" {
		return configured
	}
	return filepath.Join(data, "keys", "master.key")
}

// readMaster returns the key in the file; fs.ErrNotExist if there is none.
func readMaster(path string) (*Master, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read master key: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read master key: %w", err)
	}
	if info.Mode().Perm()&0o037 != 0 {
		return nil, fmt.Errorf("%s has mode %04o: %w", path, info.Mode().Perm(), ErrMasterKeyExposed)
	}
	line := make([]byte, 256) // the whole file is 108 bytes
	n, err := f.Read(line)
	if err != nil && n > 0 {
		return nil, fmt.Errorf("read master key: %w", err)
	}
	secret, ok := parseMaster(line[:n])
	if !ok {
		return nil, fmt.Errorf("%s: %w", path, ErrMasterKeyDamaged)
	}
	return newMaster(secret)
}

// parseMaster reads "shouwang-master-key-v1 <base64 of 32 bytes> <checksum>".
func parseMaster(line []byte) ([]byte, bool) {
	parts := bytes.Fields(line)
	if len(parts) != 3 || string(parts[0])+" " != fileHead {
		return nil, false
	}
	secret, err := base64.RawURLEncoding.Strict().DecodeString(string(parts[1]))
	if err != nil || len(secret) != keySize || checksum(secret) != string(parts[2]) {
		return nil, false
	}
	return secret, true
}

func checksum(secret []byte) string {
	sum := sha256.Sum256(append([]byte(fileHead), secret...))
	return hex.EncodeToString(sum[:8])
}

// createMaster makes a new master key at path, durable before it returns. The
// file appears whole or not at all; if another process was first, its key
// stands.
func createMaster(path string) error {
	folder := filepath.Dir(path)
	if err := makeFolder(folder); err != nil {
		return fmt.Errorf("create master key: %w", err)
	}
	secret := make([]byte, keySize)
	rand.Read(secret) // never fails: the runtime stops the program first
	line := fileHead + base64.RawURLEncoding.EncodeToString(secret) + " " + checksum(secret) + "\n"

	draft := path + ".new-" + rand.Text()
	f, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("create master key: %w", err)
	}
	defer func() { _ = os.Remove(draft) }()
	_, err = f.WriteString(line)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("create master key: %w", err)
	}
	// A link, unlike a rename, never replaces what is there.
	if err := os.Link(draft, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("create master key: %w", err)
	}
	if err := syncFolder(folder); err != nil {
		return fmt.Errorf("create master key: %w", err)
	}
	return nil
}

// makeFolder creates a private folder and makes its entry durable.
func makeFolder(folder string) error {
	if _, err := os.Stat(folder); err == nil {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(folder))
}

func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
