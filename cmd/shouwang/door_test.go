package main

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheDoorAnswersBeforeTheRecordIsOpen(t *testing.T) {
	t.Parallel()
	d, err := openDoor(t.Context(), "serve", outside{address: "127.0.0.1:0"})
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

// Whoever can be reached by others has TLS.
func TestWithoutTLSOnlyThisMachineComes(t *testing.T) {
	t.Parallel()
	for _, o := range []outside{
		{address: "0.0.0.0:0"}, {address: "0.0.0.0:0", proxied: true}, {address: "127.0.0.1:0", cert: "c.pem"}, {address: "127.0.0.1:0", key: "k.pem"},
		{address: "127.0.0.1:0", cert: "c.pem", key: "k.pem", proxied: true}, {address: "127.0.0.1"},
	} {
		if listener, err := listen(t.Context(), "serve", o); err == nil {
			listener.Close()
			t.Errorf("%+v is listened at", o)
		}
	}
	listener, err := listen(t.Context(), "serve", outside{address: "0.0.0.0:0", cert: "c.pem", key: "k.pem"})
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if (outside{}).secure() || !(outside{proxied: true}).secure() || !(outside{cert: "c", key: "k"}).secure() {
		t.Error("which server is secure")
	}
}
