package sealing

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"
)

const (
	keySize   = 32 // AES-256
	nonceSize = 12
	tagSize   = 16
	// commitmentSize: a second key for a given honest value costs 2^128 tries;
	// two keys both chosen by the forger 2^64, for garbage texts. More bytes
	// would lengthen every field of every event.
	commitmentSize = 16
	overhead       = commitmentSize + nonceSize + tagSize
)

var strict = base64.RawURLEncoding.Strict()

// minEncoded is the length of the base64 of a value with empty clear text.
var minEncoded = strict.EncodedLen(overhead)

// IsSealed reports whether s has the form of a sealed value. It does not say
// that the value opens.
func IsSealed(s string) bool {
	_, encoded, ok := split(s)
	if !ok {
		return false
	}
	for i := range len(encoded) {
		if !isBase64URL(encoded[i]) {
			return false
		}
	}
	return true
}

// split takes a sealed value apart into version and encoded bytes. Exactly one
// spelling of a version is accepted, so that a value has one form.
func split(s string) (version int, encoded string, ok bool) {
	if len(s) < len("k1.")+minEncoded || s[0] != 'k' {
		return 0, "", false
	}
	dot := strings.IndexByte(s[:min(len(s), len("k999999."))], '.')
	if dot < 2 || s[1] == '0' && dot != 2 {
		return 0, "", false
	}
	for _, c := range []byte(s[1:dot]) {
		if c < '0' || c > '9' {
			return 0, "", false
		}
		version = version*10 + int(c-'0')
	}
	encoded = s[dot+1:]
	return version, encoded, len(encoded) >= minEncoded && len(encoded)%4 != 1
}

func isBase64URL(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

// prefix writes what stands before the encoded bytes.
func prefix(dst []byte, version int) []byte {
	return append(strconv.AppendInt(append(dst, 'k'), int64(version), 10), '.')
}

// decode writes the bytes of a sealed value to dst, which has room for them
// all, and returns how many. It is strict: the decoder would skip line breaks
// and ignore spare bits, and a changed value must not open.
func decode(dst, encoded []byte) (int, bool) {
	if bytes.ContainsAny(encoded, "\r\n") {
		return 0, false
	}
	n, err := strict.Decode(dst, encoded)
	return n, err == nil && n >= overhead
}
