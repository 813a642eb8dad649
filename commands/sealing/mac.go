package sealing

import "crypto/sha256"

// mac is HMAC-SHA256 (RFC 2104) under one key, written out: crypto/hmac's set-up
// costs more than the hash, and a rebuild takes several for every household.
type mac struct{ inner, outer [sha256.BlockSize]byte }

// macKey takes keys of up to a block.
func macKey(key []byte) (m mac) {
	copy(m.inner[:], key)
	copy(m.outer[:], key)
	for i := range sha256.BlockSize {
		m.inner[i] ^= 0x36
		m.outer[i] ^= 0x5c
	}
	return m
}

func (m *mac) of(message []byte) [sha256.Size]byte {
	var room [2*sha256.BlockSize + sha256.Size]byte // a longer message is allocated
	first := sha256.Sum256(append(append(room[:0], m.inner[:]...), message...))
	return sha256.Sum256(append(append(room[:0], m.outer[:]...), first[:]...))
}
