package main

import (
	"bytes"
	"strings"
	"sync"
)

// told is what a server says while it runs.
type told struct {
	mu   sync.Mutex
	more *sync.Cond
	text bytes.Buffer
}

func newTold() *told {
	s := &told{}
	s.more = sync.NewCond(&s.mu)
	return s
}

func (s *told) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.more.Broadcast()
	return s.text.Write(p)
}

func (s *told) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// until is what was said when the text had been.
func (s *told) until(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !strings.Contains(s.text.String(), text) {
		s.more.Wait()
	}
	return s.text.String()
}
