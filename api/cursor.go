package api

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"fmt"
	"sync"
)

// maxCursor bounds what is decoded at all.
const maxCursor = 2048

// Paging is the part of a question that asks for a page: at most 200 rows, which
// is what a person scrolls through and some 100 KiB (projections.MaxPage).
type Paging struct {
	After string `query:"after" maxLength:"2048" doc:"上一页给出的翻页标记next；不填为第一页"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"每页条数"`
}

// page is one page of a list.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitzero" doc:"下一页的标记；没有即为最后一页"`
}

// cursors seals where a page ended, together with the list and its filters: a
// cursor of one list is good for no other, and none can be made up.
type cursors struct{ aead cipher.AEAD }

func newCursors(key []byte) cursors {
	block, err := aes.NewCipher(key[:32])
	if err == nil {
		var aead cipher.AEAD
		if aead, err = cipher.NewGCMWithRandomNonce(block); err == nil {
			return cursors{aead}
		}
	}
	panic(fmt.Sprintf("api: a key of 32 bytes for cursors: %v", err)) // the hash is always 32 bytes
}

func (c cursors) seal(list, place string) string {
	if place == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(c.aead.Seal(nil, nil, []byte(place), []byte(list)))
}

func (c cursors) open(list, cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	if len(cursor) > maxCursor {
		return "", newProblem(cursorInvalid, "")
	}
	sealed, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return "", newProblem(cursorInvalid, "")
	}
	place, err := c.aead.Open(nil, nil, sealed, []byte(list))
	if err != nil {
		return "", newProblem(cursorInvalid, "")
	}
	return string(place), nil
}

// storeName remembers which physical store the log is: a cursor into the events
// of one is good for no copy.
type storeName struct {
	mu   sync.Mutex
	name string
}

func (s *server) storeOf(ctx context.Context) (string, error) {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	if s.store.name == "" {
		identity, err := s.Handler.Log.Identity(ctx)
		if err != nil {
			return "", fmt.Errorf("identify the log: %w", err)
		}
		s.store.name = identity.Store.String()
	}
	return s.store.name, nil
}
