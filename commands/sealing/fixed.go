package sealing

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Fixed returns a Sealer for golden files and tests only: its key is derived
// from public text and its nonce from the value, so equal input always gives
// the same bytes and everybody can open them. Its values name version 0, which
// no real key ever has; a real Sealer refuses them.
func Fixed(subject string) *Sealer {
	secret := sha256.Sum256([]byte("shouwang: public key for golden files and tests"))
	k, err := newKey(0, secret[:])
	if err != nil {
		panic(err) // 32 bytes are always a key
	}
	s := &Sealer{subject: subject, nonce: func(dst, associated []byte, clear string) {
		mac := hmac.New(sha256.New, secret[:])
		mac.Write(associated)
		mac.Write([]byte{0})
		mac.Write([]byte(clear))
		copy(dst, mac.Sum(nil))
	}}
	s.ring.Store(newRing([]key{k}))
	return s
}
