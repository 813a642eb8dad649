package main

import (
	"context"
	"errors"
	"strings"
	"sync"

	"shouwang/api/messages"
	"shouwang/projections/outbox"
)

// deliver lets messages go where they were told to, until the app is closed.
func (a *app) deliver(ctx context.Context, command string, addresses []string) error {
	destinations, err := a.destinations(command, addresses)
	if err != nil {
		return err
	}
	bell := outbox.NewBell()
	courier, err := messages.NewCourier(messages.CourierConfig{
		Pool: a.pool, Bell: bell, Destinations: destinations, Logger: a.logger, Metrics: a.metrics})
	if err != nil {
		return usagef(command, "--publish: %w", err)
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	var all sync.WaitGroup
	all.Go(func() { bell.Run(running, a.pool) })
	all.Go(func() { courier.Run(running) })
	a.onClose(func() error {
		stop()
		all.Wait()
		var errs []error
		for _, d := range destinations {
			errs = append(errs, d.Publisher.Close())
		}
		return errors.Join(errs...)
	})
	return nil
}

func (a *app) destinations(command string, addresses []string) ([]messages.Destination, error) {
	if len(addresses) == 0 {
		addresses = strings.Fields(a.env[envPublish])
	}
	var secret messages.Secret
	if file := a.env[envWebhookSecret]; file != "" {
		var err error
		if secret, err = messages.ReadSecret(file); err != nil {
			return nil, refuse("webhook 签名密钥不能使用", "the secret of webhooks cannot be used", err.Error(),
				"生成 (make one): head -c 32 /dev/urandom | base64 > FILE")
		}
	}
	destinations := []messages.Destination{{Name: messages.Local, Topic: messages.Topic, Publisher: messages.InProcess()}}
	for _, address := range addresses {
		d, err := messages.NewDestination(address, secret)
		switch {
		case errors.Is(err, messages.ErrAddress):
			return nil, usagef(command, "--publish: 应为 (use) %s", strings.Join(messages.Schemes(), " "))
		case errors.Is(err, messages.ErrNoSecret):
			return nil, refuse("webhook 没有签名密钥", "there is no secret to sign webhooks with", "请用 "+envWebhookSecret+" 指明 (name its file)")
		case err != nil:
			return nil, because(err, "消息目的地不能使用", "a destination of messages cannot be used")
		}
		destinations = append(destinations, d)
	}
	return destinations, nil
}
