package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/api/messages"
	"shouwang/internal/bench"
	"shouwang/projections/outbox"
)

// benchWebhook stands for a receiver of webhooks that the bench starts itself.
const benchWebhook = "webhook"

// benchDestinations are where a bench delivers to: what is always there, and the
// brokers that are named.
func (p *program) benchDestinations() []string {
	return append([]string{messages.Local, benchWebhook}, strings.Fields(p.env[envPublish])...)
}

// noting is a publisher that tells of each message once it is taken.
type noting struct {
	message.Publisher
	taken func(body []byte)
}

func (n noting) Publish(topic string, all ...*message.Message) error {
	if err := n.Publisher.Publish(topic, all...); err != nil {
		return err
	}
	for _, m := range all {
		n.taken(m.Payload)
	}
	return nil
}

// benchDeliver lets the outbox of a bench's database go to one place, as serve
// does, until end is called.
func (p *program) benchDeliver(ctx context.Context, pool *pgxpool.Pool, to string, taken func(body []byte)) (name string, end func() error, err error) {
	d, stop, err := p.benchDestination(ctx, to)
	if err != nil {
		return "", nil, err
	}
	name = d.Name
	d.Publisher = noting{d.Publisher, taken}
	bell := outbox.NewBell()
	courier, err := messages.NewCourier(messages.CourierConfig{Pool: pool, Bell: bell, Destinations: []messages.Destination{d}, Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		_, err = outbox.NewBox(pool).Serve(ctx, d.Name, false)
	}
	if err != nil {
		return "", nil, errors.Join(err, d.Publisher.Close(), stop())
	}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var all sync.WaitGroup
	all.Go(func() { bell.Run(running, pool) })
	all.Go(func() { courier.Run(running) })
	return name, func() error {
		cancel()
		all.Wait()
		return errors.Join(d.Publisher.Close(), stop())
	}, nil
}

func (p *program) benchDestination(ctx context.Context, to string) (messages.Destination, func() error, error) {
	nothing := func() error { return nil }
	switch to {
	case bench.Nowhere, messages.Local:
		return messages.Destination{Name: messages.Local, Topic: messages.Topic, Publisher: messages.InProcess()}, nothing, nil
	case benchWebhook:
		address, stop, err := receiveWebhooks(ctx)
		if err != nil {
			return messages.Destination{}, nil, err
		}
		secret := make(messages.Secret, 32)
		_, _ = rand.Read(secret) // never fails
		return messages.Destination{Name: benchWebhook, Topic: messages.Topic, Publisher: messages.Webhook(address, secret)}, stop, nil
	}
	d, err := messages.NewDestination(to, nil)
	return d, nothing, err
}

// receiveWebhooks takes whatever is posted to the address that it returns.
func receiveWebhooks(ctx context.Context) (address string, stop func() error, err error) {
	var l net.ListenConfig
	listener, err := l.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() error {
		err := server.Close()
		if serving := <-served; !errors.Is(serving, http.ErrServerClosed) {
			err = errors.Join(err, serving)
		}
		return err
	}, nil
}
