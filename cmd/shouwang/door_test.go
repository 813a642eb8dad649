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

// A server that is to end says so first, answers all the same, and keeps no
// connection on which a request could be lost.
func TestALeavingServerSaysSoFirst(t *testing.T) {
	t.Parallel()
	d, err := openDoor(t.Context(), "serve", outside{address: "127.0.0.1:0", notice: maxNotice})
	if err != nil {
		t.Fatal(err)
	}
	d.opens(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	if status, _ := get(t, d.address()+"/readyz"); status != http.StatusTeapot {
		t.Errorf("before: %d", status)
	}
	closed := make(chan error, 1)
	go func() { closed <- d.close(t.Context()) }()
	waitFor(t, "it says so", func() bool {
		status, body := get(t, d.address()+"/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(body, "正在停止")
	})
	answer, err := http.Get(d.address() + "/work")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusTeapot || !answer.Close {
		t.Errorf("meanwhile: %d, it keeps the connection: %v", answer.StatusCode, !answer.Close)
	}
	_ = d.listener.Close() // it fails: nobody waits for the rest of the minute
	if err := <-closed; err == nil {
		t.Error("a listener that is gone is no error")
	}
}

// Whoever can be reached by others has TLS.
func TestWithoutTLSOnlyThisMachineComes(t *testing.T) {
	t.Parallel()
	for _, o := range []outside{
		{address: "0.0.0.0:0"}, {address: "0.0.0.0:0", proxied: true}, {address: "127.0.0.1:0", cert: "c.pem"}, {address: "127.0.0.1:0", key: "k.pem"},
		{address: "127.0.0.1:0", cert: "c.pem", key: "k.pem", proxied: true}, {address: "127.0.0.1"},
		{address: "127.0.0.1:0", notice: -1}, {address: "127.0.0.1:0", notice: maxNotice + 1},
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
