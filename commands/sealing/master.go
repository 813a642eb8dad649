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
	inner       [sha256.BlockSize]byte // the hash key, padded as HMAC wants it
	outer       [sha256.BlockSize]byte
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
	m := &Master{wrap: k.aead, fingerprint: fingerprint[:16]}
	copy(m.inner[:], hash)
	copy(m.outer[:], hash)
	for i := range sha256.BlockSize {
		m.inner[i] ^= 0x36
		m.outer[i] ^= 0x5c
	}
	return m, nil
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
	// HMAC-SHA256 (RFC 2104) written out: crypto/hmac's set-up would cost more
	// than the hash, and a rebuild takes one of every person.
	inner, outer := make([]byte, 0, 160), make([]byte, sha256.BlockSize, sha256.BlockSize+sha256.Size)
	inner = append(inner, m.inner[:]...)
	inner = binary.BigEndian.AppendUint64(inner, uint64(len(purpose)))
	inner = append(append(inner, purpose...), value...)
	first := sha256.Sum256(inner)
	copy(outer, m.outer[:])
	second := sha256.Sum256(append(outer, first[:]...))
	return second[:]
}
