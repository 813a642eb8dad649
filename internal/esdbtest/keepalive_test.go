package esdbtest_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"shouwang/internal/esdbtest"
)

// The frames of HTTP/2 (RFC 9113) that this test meets.
const (
	frameSettings = 4
	framePing     = 6
	frameGoAway   = 7
)

func frame(kind byte, payload []byte) []byte {
	head := make([]byte, 9)
	binary.BigEndian.PutUint32(head, uint32(len(payload))<<8|uint32(kind))
	return append(head, payload...)
}

// pings opens a connection without any call on it, pings n times, and returns what
// the server said when it hung up, "" if it did not.
func pings(t *testing.T, address string, n int, pause time.Duration) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	said, answered := make(chan string, 1), make(chan struct{}, n)
	go func() {
		head := make([]byte, 9)
		for {
			if _, err := io.ReadFull(conn, head); err != nil {
				said <- ""
				return
			}
			payload := make([]byte, binary.BigEndian.Uint32(head)>>8)
			if _, err := io.ReadFull(conn, payload); err != nil {
				said <- ""
				return
			}
			switch head[3] {
			case frameGoAway:
				said <- string(payload[8:])
				return
			case framePing:
				answered <- struct{}{}
			}
		}
	}()
	send := func(b []byte) {
		if _, err := conn.Write(b); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Log(err) // it hung up: that is read above
		}
	}
	send(append([]byte("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), frame(frameSettings, nil)...))
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for i := range n {
		send(frame(framePing, bytes.Repeat([]byte{byte(i)}, 8)))
		select {
		case why := <-said:
			return why
		case <-answered:
		case <-time.After(time.Minute):
			t.Fatal("a ping is not answered")
		}
		<-tick.C
	}
	return ""
}

// Clients ping while nothing is called, which gRPC's own rule forbids: a subscription
// on which nothing happens would be dropped after half a minute. Whoever pings without
// end is sent away all the same.
func TestIdleClientsMayPing(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	if why := pings(t, server.Address(), 5, 1100*time.Millisecond); why != "" {
		t.Errorf("an idle client that pings every second is sent away: %s", why)
	}
	if why := pings(t, server.Address(), 50, time.Millisecond); why != "too_many_pings" {
		t.Errorf("a client that pings without end hears %q", why)
	}
}
