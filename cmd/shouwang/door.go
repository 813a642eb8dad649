package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"shouwang/api"
)

// drainPatience bounds the wait for requests under way when the server ends.
const drainPatience = 10 * time.Second

// maxNotice bounds the time for which a server that ends says so first: a proxy
// asks more often than that.
const maxNotice = time.Minute

// door is the HTTP server. It answers from the first moment, before the record
// is open: that it is starting, and nothing else.
type door struct {
	listener net.Listener
	outside  outside
	server   *http.Server
	handler  atomic.Pointer[http.Handler]
	ended    chan error // from Serve, once
}

func openDoor(ctx context.Context, command string, o outside) (*door, error) {
	listener, err := listen(ctx, command, o)
	if err != nil {
		return nil, err
	}
	d := &door{listener: listener, outside: o, ended: make(chan error, 1)}
	d.opens(http.HandlerFunc(starting))
	d.server = api.Server(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*d.handler.Load()).ServeHTTP(w, r) }))
	go func() {
		if o.cert != "" {
			d.ended <- d.server.ServeTLS(listener, o.cert, o.key)
			return
		}
		d.ended <- d.server.Serve(listener)
	}()
	return d, nil
}

// opens lets the handler answer from now on.
func (d *door) opens(handler http.Handler) { d.handler.Store(&handler) }

// address is where the server is found.
func (d *door) address() string {
	if d.outside.cert != "" {
		return "https://" + d.listener.Addr().String()
	}
	return "http://" + d.listener.Addr().String()
}

// starting answers while the record is being opened or loaded.
func starting(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/healthz" {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Retry-After", "5")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = io.WriteString(w, `{"status":503,"title":"Starting","detail":"正在启动，请稍候 (starting, try again in a while)"}`+"\n")
}

// wait returns when the server should end: ctx is done (nil) or it failed.
func (d *door) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-d.ended:
		d.ended <- err
		return fmt.Errorf("serve %s: %w", d.address(), err)
	}
}

// leave says for a while that others should be asked, and answers whoever comes
// all the same: a proxy that sends nobody any more has no request to lose when the
// server then ends.
func (d *door) leave() {
	if d.outside.notice <= 0 {
		return
	}
	inner := *d.handler.Load()
	d.opens(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // the next request goes to another
		if r.URL.Path != "/readyz" {
			inner.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, `{"ready":false,"reasons":["正在停止"]}`+"\n")
	}))
	select {
	case <-time.After(d.outside.notice):
	case err := <-d.ended: // it has failed: there is nobody to be told
		d.ended <- err
	}
}

// close lets requests under way finish and takes no more.
func (d *door) close(ctx context.Context) error {
	d.leave()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainPatience)
	defer cancel()
	err := d.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = d.server.Close()
	}
	if served := <-d.ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return wrap(err, "end the HTTP server")
}
