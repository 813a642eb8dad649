package attachments

import (
	"encoding/hex"
	"fmt"
)

// Hash is the SHA-256 of a file's content: its name for ever.
type Hash [32]byte

// String is the form events carry: 64 lower-case hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads what String wrote, and nothing else; otherwise ErrNotFound,
// since no file has such a name.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if n, err := hex.Decode(h[:], []byte(s[:min(len(s), 2*len(h))])); err != nil || n != len(h) || h.String() != s {
		return Hash{}, fmt.Errorf("%w: not a hash of 64 hexadecimal digits", ErrNotFound)
	}
	return h, nil
}
