package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// hook is another system that is told by webhook, and remembers about whom.
type hook struct {
	url    string
	secret string // the file of what messages are signed with

	mu    sync.Mutex
	clues map[string]bool // by household
}

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{clues: map[string]bool{}, secret: filepath.Join(t.TempDir(), "secret")}
	if err := os.WriteFile(h.secret, []byte("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(h.take))
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

func (h *hook) take(w http.ResponseWriter, r *http.Request) {
	var e struct{ Type, Subject string }
	if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if e.Type == "shouwang.clue.recorded.v1" {
		h.clues[e.Subject] = true
	}
}

// households is of how many a clue was told.
func (h *hook) households() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return int64(len(h.clues))
}
