package attachments

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"io"

	"shouwang/commands/sealing"
)

// Attachment is what is known of a kept file from its content alone.
type Attachment struct {
	Hash      Hash
	MediaType string // image/jpeg, image/png, image/webp or application/pdf
	Size      int64  // bytes
	// Width and Height are a picture's pixels as stored, before any turning its
	// camera asks for; 0 for a PDF.
	Width, Height int
}

const (
	magic           = "SHOUWA1\n"
	wrappedSize     = 60
	descriptionSize = 32 + 8 + 1 + 4 + 4
	headerSize      = len(magic) + wrappedSize + descriptionSize + tagSize
)

// header is the head of a file, opened.
type header struct {
	hash          Hash
	size          int64
	kind          kind
	width, height int
}

func (h header) attachment() Attachment {
	return Attachment{Hash: h.hash, MediaType: h.kind.mediaType(), Size: h.size, Width: h.width, Height: h.height}
}

// write returns the header's bytes.
func (h header) write(wrapped []byte, aead cipher.AEAD) []byte {
	clear := append(make([]byte, 0, descriptionSize), h.hash[:]...)
	clear = binary.BigEndian.AppendUint64(clear, uint64(h.size))
	clear = append(clear, byte(h.kind))
	clear = binary.BigEndian.AppendUint32(clear, uint32(h.width))
	clear = binary.BigEndian.AppendUint32(clear, uint32(h.height))
	out := append(make([]byte, 0, headerSize), magic...)
	out = append(out, wrapped...)
	return aead.Seal(out, nonce(0, useDescription), clear, nil)
}

// readHeader opens the head of a file that was written for the purpose.
func readHeader(from io.Reader, master *sealing.Master, purpose string) (header, cipher.AEAD, error) {
	raw := make([]byte, headerSize)
	if n, err := io.ReadFull(from, raw); err == io.EOF || err == io.ErrUnexpectedEOF {
		return header{}, nil, damaged("%d bytes are no file", n)
	} else if err != nil {
		return header{}, nil, fmt.Errorf("read header: %w", err)
	}
	if !bytes.HasPrefix(raw, []byte(magic)) {
		return header{}, nil, damaged("not one of our files")
	}
	rest := raw[len(magic):]
	secret, err := master.Unwrap(purpose, rest[:wrappedSize])
	if err != nil {
		return header{}, nil, damaged("the data key does not open")
	}
	aead, err := newAEAD(secret)
	if err != nil {
		return header{}, nil, err
	}
	clear, err := aead.Open(nil, nonce(0, useDescription), rest[wrappedSize:], nil)
	if err != nil {
		return header{}, nil, damaged("the description does not open")
	}
	h := header{
		hash:   Hash(clear[:32]),
		size:   int64(binary.BigEndian.Uint64(clear[32:])),
		kind:   kind(clear[40]),
		width:  int(binary.BigEndian.Uint32(clear[41:])),
		height: int(binary.BigEndian.Uint32(clear[45:])),
	}
	return h, aead, nil
}

func newAEAD(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("set up data key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("set up data key: %w", err)
	}
	return aead, nil
}
