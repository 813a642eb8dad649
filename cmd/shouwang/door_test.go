package main

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheDoorAnswersBeforeTheRecordIsOpen(t *testing.T) {
	t.Parallel()
	d, err := openDoor(t.Context(), "serve", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := get(t, d.address()+"/healthz"); status != http.StatusOK {
		t.Errorf("alive: %d", status)
	}
	if status, body := get(t, d.address()+"/api/v1/households"); status != http.StatusServiceUnavailable || !strings.Contains(body, "正在启动") {
		t.Errorf("before: %d %s", status, body)
	}
	d.opens(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	if status, _ := get(t, d.address()+"/api/v1/households"); status != http.StatusTeapot {
		t.Errorf("after: %d", status)
	}
	if err := d.close(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(d.address()); err == nil {
		t.Error("it still answers")
	}
}
