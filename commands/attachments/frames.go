package attachments

import (
	"bufio"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	// frameSize is the clear content of a frame: large enough that its 16 bytes
	// of tag do not matter, small enough to hold in memory for every reader.
	frameSize = 64 << 10
	tagSize   = 16
)

// What a nonce is for; see nonce.
const (
	useFrame = iota
	useLastFrame
	useDescription
)

// nonce is unique within a file, and every file has a key of its own.
func nonce(number uint32, use byte) []byte {
	n := make([]byte, 12)
	binary.BigEndian.PutUint32(n[7:], number)
	n[11] = use
	return n
}

// frameWriter seals what is written to it. A frame is held back until it is
// known whether it is the last.
type frameWriter struct {
	to     io.Writer
	aead   cipher.AEAD
	number uint32
	clear  []byte // capacity frameSize
	sealed []byte
}

func newFrameWriter(to io.Writer, aead cipher.AEAD) *frameWriter {
	return &frameWriter{to: to, aead: aead, clear: make([]byte, 0, frameSize), sealed: make([]byte, 0, frameSize+tagSize)}
}

func (w *frameWriter) Write(p []byte) (int, error) {
	written := 0
	for written < len(p) {
		if len(w.clear) == frameSize {
			if err := w.flush(useFrame); err != nil {
				return written, err
			}
		}
		n := min(len(p)-written, frameSize-len(w.clear))
		w.clear = append(w.clear, p[written:written+n]...)
		written += n
	}
	return written, nil
}

// Close seals the last frame. It does not close what it writes to.
func (w *frameWriter) Close() error { return w.flush(useLastFrame) }

func (w *frameWriter) flush(use byte) error {
	w.sealed = w.aead.Seal(w.sealed[:0], nonce(w.number, use), w.clear, nil)
	if _, err := w.to.Write(w.sealed); err != nil {
		return fmt.Errorf("write frame %d: %w", w.number, err)
	}
	w.number++
	w.clear = w.clear[:0]
	return nil
}

// frameReader opens frame after frame. It gives out no byte it has not
// verified, and io.EOF only after the last frame.
type frameReader struct {
	from   *bufio.Reader
	aead   cipher.AEAD
	number uint32
	sealed []byte
	clear  []byte // of the frame at hand, not yet given out
	err    error
}

func newFrameReader(from io.Reader, aead cipher.AEAD) *frameReader {
	return &frameReader{from: bufio.NewReaderSize(from, frameSize+tagSize), aead: aead, sealed: make([]byte, frameSize+tagSize)}
}

func (r *frameReader) Read(p []byte) (int, error) {
	for len(r.clear) == 0 && r.err == nil {
		r.next()
	}
	if len(r.clear) == 0 {
		return 0, r.err
	}
	n := copy(p, r.clear)
	r.clear = r.clear[n:]
	return n, nil
}

// next opens one frame. After the last one err is io.EOF.
func (r *frameReader) next() {
	n, err := io.ReadFull(r.from, r.sealed)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		r.err = fmt.Errorf("read frame %d: %w", r.number, err)
		return
	}
	use := byte(useFrame)
	if _, err := r.from.Peek(1); err != nil {
		if !errors.Is(err, io.EOF) {
			r.err = fmt.Errorf("read frame %d: %w", r.number, err)
			return
		}
		use = useLastFrame
	}
	clear, err := r.aead.Open(r.sealed[:0], nonce(r.number, use), r.sealed[:n], nil)
	if err != nil {
		r.err = damaged("frame %d does not open", r.number)
		return
	}
	r.clear = clear
	r.number++
	if use == useLastFrame {
		r.err = io.EOF
	}
}
