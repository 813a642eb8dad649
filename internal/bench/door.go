package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
)

// door is the API's server on a port of this machine.
type door struct {
	listener net.Listener
	server   *http.Server
	served   chan error
}

func openDoor(server *http.Server) (*door, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the bench: %w", err)
	}
	d := &door{listener: listener, server: server, served: make(chan error, 1)}
	go func() { d.served <- server.Serve(listener) }()
	return d, nil
}

func (d *door) close() error {
	err := d.server.Close()
	if served := <-d.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// cell asks through HTTP, with the header where there is one, on one kept
// connection for each client. The client does as little as it can: real ones run
// on other machines.
func (d *door) cell(r *run, path func(n int) string, header string) cell {
	return cell{name: "through HTTP", measure: func(ctx context.Context) (sample, error) {
		visitors := make([]*visitor, queryClients)
		defer func() {
			for _, v := range visitors {
				if v != nil {
					_ = v.conn.Close()
				}
			}
		}()
		for i := range visitors {
			var err error
			if visitors[i], err = d.visitor(ctx, path, header); err != nil {
				return sample{}, err
			}
		}
		return drive(ctx, queryClients, r.Each, func(_ context.Context, client, n int) error { return visitors[client].ask(spread(client, n)) })
	}}
}

// visitor is one client with its requests written out.
type visitor struct {
	conn     net.Conn
	in       *bufio.Reader
	requests [questions][]byte
}

func (d *door) visitor(ctx context.Context, path func(n int) string, header string) (*visitor, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", d.listener.Addr().String())
	if err != nil {
		return nil, fmt.Errorf("connect to the API: %w", err)
	}
	v := &visitor{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}
	for n := range v.requests {
		v.requests[n] = fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n%s\r\n", path(n), d.listener.Addr(), header)
	}
	return v, nil
}

// shortest is what an answer with something in it is longer than.
const shortest = 100

func (v *visitor) ask(n int) error {
	if _, err := v.conn.Write(v.requests[n]); err != nil {
		return fmt.Errorf("ask the API: %w", err)
	}
	answer, err := http.ReadResponse(v.in, nil)
	if err != nil {
		return fmt.Errorf("read the API's answer: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10)) // for the message only
		return fmt.Errorf("the API answered %s: %s", answer.Status, text)
	}
	size, err := io.Copy(io.Discard, answer.Body)
	if err != nil {
		return fmt.Errorf("read the API's answer: %w", err)
	}
	if size < shortest {
		return fmt.Errorf("the API answered with %d bytes", size)
	}
	return nil
}
