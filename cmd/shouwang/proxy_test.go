package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// proxy hands requests to the processes that are ready. What a dying process did
// not answer is asked of another: every request of the test may be repeated.
type proxy struct {
	mu    sync.Mutex
	at    []string // of all processes, dead ones too
	ready map[string]bool
	next  int
	lost  []string // why somebody took a request and did not answer
}

func newProxy() *proxy { return &proxy{ready: map[string]bool{}} }

func (p *proxy) set(i int, address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.at) <= i {
		p.at = append(p.at, "")
	}
	p.at[i] = address
}

// watchEvery is the pause between two questions to one process, and answerWithin
// how long it may take to say that it is ready. Together they are how long a
// process that is to end may still be sent requests.
const (
	watchEvery   = 50 * time.Millisecond
	answerWithin = 300 * time.Millisecond
)

// watch asks each process whether it is ready until ctx is done. Each is asked by
// itself: a slow answer of one says nothing about the others.
func (p *proxy) watch(ctx context.Context) {
	client := &http.Client{Timeout: answerWithin}
	var all sync.WaitGroup
	for i := range p.at {
		all.Go(func() {
			tick := time.NewTicker(watchEvery)
			defer tick.Stop()
			for ctx.Err() == nil {
				p.ask(client, i)
				select {
				case <-ctx.Done():
				case <-tick.C:
				}
			}
		})
	}
	all.Wait()
}

func (p *proxy) ask(client *http.Client, i int) {
	p.mu.Lock()
	at := p.at[i]
	p.mu.Unlock()
	answer, err := client.Get(at + "/readyz")
	if err == nil {
		_ = answer.Body.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ready[at] = err == nil && answer.StatusCode == http.StatusOK
}

func (p *proxy) pick() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	for range p.at {
		p.next++
		if at := p.at[p.next%len(p.at)]; p.ready[at] {
			return at
		}
	}
	return ""
}

// failed notes that a process did not answer. Nothing is lost where it could not
// even be reached: any proxy asks another then.
func (p *proxy) failed(at string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ready[at] = false
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "dial" {
		p.lost = append(p.lost, err.Error())
	}
}

func (p *proxy) losses() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lost
}

// proxyPatience is how long a request waits for a process that answers.
const proxyPatience = 30 * time.Second

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	client := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(proxyPatience); ; {
		if at := p.pick(); at != "" {
			ask, err := http.NewRequestWithContext(r.Context(), r.Method, at+r.URL.RequestURI(), strings.NewReader(string(body)))
			if err != nil {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			ask.Header = r.Header.Clone()
			answer, err := client.Do(ask)
			if err == nil {
				var said []byte
				said, err = io.ReadAll(answer.Body)
				_ = answer.Body.Close()
				if err == nil {
					for name, values := range answer.Header {
						w.Header()[name] = values
					}
					w.WriteHeader(answer.StatusCode)
					_, _ = w.Write(said)
					return
				}
			}
			p.failed(at, err)
		}
		select {
		case <-r.Context().Done():
			return
		case <-deadline:
			w.WriteHeader(http.StatusBadGateway)
			return
		case <-tick.C:
		}
	}
}
