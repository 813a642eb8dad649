package sealing

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Master is the key that wraps all others. It never seals data itself: every
// use has a key of its own, derived from it.
type Master struct {
	wrap        cipher.AEAD
	hash        mac
	fingerprint []byte
}

func newMaster(secret []byte) (*Master, error) {
	wrapping, err := derive(secret, "wrap")
	if err != nil {
		return nil, err
	}
	hash, err := derive(secret, "hash")
	if err != nil {
		return nil, err
	}
	fingerprint, err := derive(secret, "fingerprint")
	if err != nil {
		return nil, err
	}
	k, err := newKey(0, wrapping)
	if err != nil {
		return nil, err
	}
	return &Master{wrap: k.aead, hash: macKey(hash), fingerprint: fingerprint[:16]}, nil
}

func derive(secret []byte, use string) ([]byte, error) {
	out, err := hkdf.Key(sha256.New, secret, nil, "shouwang master key v1: "+use, keySize)
	if err != nil {
		return nil, fmt.Errorf("derive %s key: %w", use, err)
	}
	return out, nil
}

// Wrap seals a data key for storage. Only Unwrap with the same purpose gives it
// back. A purpose names what the key is for, for instance subject and version.
func (m *Master) Wrap(purpose string, secret []byte) []byte {
	out := make([]byte, nonceSize, nonceSize+len(secret)+tagSize)
	rand.Read(out) // never fails: the runtime stops the program first
	return m.wrap.Seal(out, out, secret, []byte(purpose))
}

// Unwrap opens what Wrap made, or returns ErrTampered.
func (m *Master) Unwrap(purpose string, wrapped []byte) ([]byte, error) {
	if len(wrapped) < nonceSize+tagSize {
		return nil, fmt.Errorf("%w: %d bytes are no wrapped key", ErrTampered, len(wrapped))
	}
	secret, err := m.wrap.Open(nil, wrapped[:nonceSize], wrapped[nonceSize:], []byte(purpose))
	if err != nil {
		return nil, fmt.Errorf("%w: wrapped key of %s", ErrTampered, purpose)
	}
	return secret, nil
}

// Hash is a keyed hash (32 bytes) for equality searches in read models, for
// instance of ID numbers: equal values of one purpose have equal hashes, and
// nobody can try out values without the master key. It never goes into an event.
func (m *Master) Hash(purpose, value string) []byte {
	message := make([]byte, 0, 64)
	message = binary.BigEndian.AppendUint64(message, uint64(len(purpose)))
	message = append(append(message, purpose...), value...)
	sum := m.hash.of(message)
	return sum[:]
}
