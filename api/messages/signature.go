package messages

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
)

// The headers of a signed message, as the Standard Webhooks write them.
const (
	headerID        = "webhook-id"
	headerTimestamp = "webhook-timestamp"
	headerSignature = "webhook-signature"
)

// minSecret bounds a secret from below, in bytes: as long as the hash is wide.
const minSecret = 32

// Secret signs messages: HMAC-SHA256 over id, time and body, which the other side
// can check with the same secret.
type Secret []byte

// ReadSecret reads a secret from a file: base64, "whsec_" before it or not.
func ReadSecret(file string) (Secret, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read a secret: %w", err)
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(text)), "whsec_"))
	if err != nil || len(secret) < minSecret {
		return nil, fmt.Errorf("%s: a secret is at least %d random bytes in base64", file, minSecret)
	}
	return secret, nil
}

// Sign returns the signature of a message sent at an instant (seconds, in text).
func (s Secret) Sign(id, at string, body []byte) string {
	return "v1," + base64.StdEncoding.EncodeToString(s.sum(id, at, body))
}

func (s Secret) sum(id, at string, body []byte) []byte {
	h := hmac.New(sha256.New, s)
	_, _ = fmt.Fprintf(h, "%s.%s.", id, at) // a hash takes everything
	_, _ = h.Write(body)
	return h.Sum(nil)
}

// ErrSignature is a message that its sender has not signed.
var ErrSignature = errors.New("messages: the signature is missing or wrong")

// Check returns ErrSignature unless one of the signatures, divided by spaces, is
// of this secret.
func (s Secret) Check(id, at string, body []byte, signatures string) error {
	want := s.sum(id, at, body)
	for one := range strings.FieldsSeq(signatures) {
		encoded, ours := strings.CutPrefix(one, "v1,")
		got, err := base64.StdEncoding.DecodeString(encoded)
		if ours && err == nil && hmac.Equal(got, want) {
			return nil
		}
	}
	return ErrSignature
}
