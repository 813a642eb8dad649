package sealing

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"sync/atomic"
)

// Sealer seals and opens the fields of one subject. It is safe for concurrent
// use.
type Sealer struct {
	subject string
	ring    atomic.Pointer[ring]
	// reload reads the subject's keys anew when a value names a version that is
	// not in the ring: another process may have added it since.
	reload func() (*ring, error)
	// nonce fills dst; nil means random. Only Fixed sets it.
	nonce func(dst, associated []byte, clear string)
}

// ring is the keys of one subject.
type ring struct {
	newest   key
	versions []key // all, ascending
}

// key is one version, ready for use.
type key struct {
	version    int
	aead       cipher.AEAD
	commitment [commitmentSize]byte
}

func newKey(version int, secret []byte) (key, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return key{}, fmt.Errorf("set up key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return key{}, fmt.Errorf("set up key: %w", err)
	}
	k := key{version: version, aead: aead}
	under := macKey(secret)
	mac := under.of([]byte("shouwang key commitment v1"))
	copy(k.commitment[:], mac[:])
	return k, nil
}

func newRing(versions []key) *ring {
	return &ring{newest: versions[len(versions)-1], versions: versions}
}

func (r *ring) find(version int) (key, bool) {
	if r.newest.version == version {
		return r.newest, true
	}
	for _, k := range r.versions {
		if k.version == version {
			return k, true
		}
	}
	return key{}, false
}

// Seal returns the sealed value of clear for the named field, under the
// subject's newest key. Equal texts give different values.
func (s *Sealer) Seal(field, clear string) (string, error) {
	if field == "" || len(field) > MaxField || len(clear) > MaxClear {
		return "", fmt.Errorf("%w: a field name has 1 to %d bytes, a clear value at most %d", ErrLimit, MaxField, MaxClear)
	}
	k := s.ring.Load().newest
	rawLen := overhead + len(clear)
	// One allocation holds the associated data, the raw value and its encoding.
	room := make([]byte, 0, s.associatedLen(field)+rawLen+len("k999999.")+strict.EncodedLen(rawLen))
	ad := s.associated(room, field)
	raw := append(room[len(ad):len(ad)], k.commitment[:]...)
	raw = raw[:commitmentSize+nonceSize]
	nonce := raw[commitmentSize:]
	if s.nonce == nil {
		rand.Read(nonce) // never fails: the runtime stops the program first
	} else {
		s.nonce(nonce, ad, clear)
	}
	text := append(raw[len(raw):], clear...)
	raw = k.aead.Seal(raw, nonce, text, ad)
	return string(strict.AppendEncode(prefix(raw[len(raw):], k.version), raw)), nil
}

// Open returns the clear text of a value that was sealed for this subject and
// field. Errors: ErrFormat, ErrUnknownVersion, ErrTampered, ErrLimit.
func (s *Sealer) Open(field, sealed string) (string, error) {
	if len(sealed) > 2*MaxClear || len(field) > MaxField {
		return "", fmt.Errorf("%w: %d bytes of sealed value", ErrLimit, len(sealed))
	}
	version, encoded, ok := split(sealed)
	if !ok {
		return "", ErrFormat
	}
	// One allocation holds the associated data, the encoding and the raw value.
	adLen := s.associatedLen(field)
	room := make([]byte, adLen+len(encoded)+strict.DecodedLen(len(encoded)))
	ad := s.associated(room[:0], field)
	copy(room[adLen:], encoded)
	raw := room[adLen+len(encoded):]
	n, ok := decode(raw, room[adLen:adLen+len(encoded)])
	if !ok {
		return "", ErrFormat
	}
	raw = raw[:n]
	k, err := s.key(version)
	if err != nil {
		return "", err
	}
	if subtle.ConstantTimeCompare(raw[:commitmentSize], k.commitment[:]) != 1 {
		return "", fmt.Errorf("%w: made under another key", ErrTampered)
	}
	nonce, body := raw[commitmentSize:commitmentSize+nonceSize], raw[commitmentSize+nonceSize:]
	clear, err := k.aead.Open(body[:0], nonce, body, ad)
	if err != nil {
		return "", fmt.Errorf("%w: changed, or of another subject or field", ErrTampered)
	}
	return string(clear), nil
}

// key returns the named version, asking the table once if it is not known.
func (s *Sealer) key(version int) (key, error) {
	if k, ok := s.ring.Load().find(version); ok {
		return k, nil
	}
	if s.reload != nil && version > s.ring.Load().newest.version {
		r, err := s.reload()
		if err != nil {
			return key{}, fmt.Errorf("reload keys of %s: %w", s.subject, err)
		}
		s.ring.Store(r)
		if k, ok := r.find(version); ok {
			return k, nil
		}
	}
	return key{}, fmt.Errorf("%w: %d", ErrUnknownVersion, version)
}

const fieldUse = "shouwang field v1\x00"

// associated writes what the value is bound to. A subject holds no NUL (see
// checkSubject), so two pairs never read the same.
func (s *Sealer) associated(dst []byte, field string) []byte {
	dst = append(append(dst, fieldUse...), s.subject...)
	return append(append(dst, 0), field...)
}

func (s *Sealer) associatedLen(field string) int {
	return len(fieldUse) + len(s.subject) + 1 + len(field)
}

// checkSubject refuses names that could be confused or overflow a row.
func checkSubject(subject string) error {
	if subject == "" || len(subject) > MaxSubject {
		return fmt.Errorf("%w: a subject has 1 to %d bytes", ErrLimit, MaxSubject)
	}
	for _, c := range []byte(subject) {
		if c <= ' ' || c == 0x7f {
			return fmt.Errorf("%w: a subject holds no blank or control byte", ErrLimit)
		}
	}
	return nil
}
