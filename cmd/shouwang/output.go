package main

import (
	"io"
	"sync"
)

// synced lets several goroutines write whole lines to one writer.
type synced struct {
	mu sync.Mutex
	to io.Writer
}

func (s *synced) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.to.Write(b)
}
