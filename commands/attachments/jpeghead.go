package attachments

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// jpegHead is what a JPEG says before its pixels.
type jpegHead struct {
	components  int
	progressive bool
	turn        turn
}

var errJPEGHead = errors.New("the JPEG's head is not in order")

// readJPEGHead reads the segments up to the one that describes the frame.
func readJPEGHead(content io.Reader) (jpegHead, error) {
	h := jpegHead{turn: upright}
	in := bufio.NewReader(content)
	if start, err := read(in, 2); err != nil || start[0] != 0xff || start[1] != 0xd8 {
		return h, fmt.Errorf("%w: no start", errJPEGHead)
	}
	for {
		marker, err := nextMarker(in)
		if err != nil {
			return h, err
		}
		if marker == 0x01 || marker >= 0xd0 && marker <= 0xd7 {
			continue // stands alone
		}
		length, err := read(in, 2)
		if err != nil {
			return h, err
		}
		n := int(binary.BigEndian.Uint16(length)) - 2
		if n < 0 {
			return h, fmt.Errorf("%w: segment of no length", errJPEGHead)
		}
		body, err := read(in, n) // at most 64 KiB
		if err != nil {
			return h, err
		}
		switch marker {
		case 0xe1:
			if t, ok := exifTurn(body); ok {
				h.turn = t
			}
		case 0xc0, 0xc1, 0xc2:
			if n < 6 {
				return h, fmt.Errorf("%w: short frame header", errJPEGHead)
			}
			h.components, h.progressive = int(body[5]), marker == 0xc2
			return h, nil
		case 0xd9, 0xda:
			return h, fmt.Errorf("%w: pixels without a frame header", errJPEGHead)
		}
	}
}

// nextMarker skips to the next marker; 0xff may be repeated before it.
func nextMarker(in *bufio.Reader) (byte, error) {
	b, err := in.ReadByte()
	for err == nil && b != 0xff {
		b, err = in.ReadByte()
	}
	for err == nil && b == 0xff {
		b, err = in.ReadByte()
	}
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errJPEGHead, err)
	}
	return b, nil
}

func read(in io.Reader, n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(in, b); err != nil {
		return nil, fmt.Errorf("%w: %w", errJPEGHead, err)
	}
	return b, nil
}
