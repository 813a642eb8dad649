package main

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"

	"shouwang/api/messages"
	"shouwang/projections/outbox"
)

// deliver lets messages go where they were told to, until the app is closed.
func (a *app) deliver(ctx context.Context, command string, o outside) error {
	destinations, err := a.destinations(command, o.publish)
	if err != nil {
		return err
	}
	bell := outbox.NewBell()
	listen, err := a.listen(command, cmp.Or(o.inbox, a.env[envInbox]), bell)
	if err != nil {
		return err
	}
	courier, err := messages.NewCourier(messages.CourierConfig{
		Pool: a.pool, Bell: bell, Destinations: destinations, Logger: a.logger, Metrics: a.metrics})
	if err != nil {
		return usagef(command, "--publish: %w", err)
	}
	if err := courier.Enrol(ctx); err != nil {
		return err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	var all sync.WaitGroup
	all.Go(func() { bell.Run(running, a.pool) })
	all.Go(func() { courier.Run(running) })
	a.feed = messages.NewFeed(a.pool, bell, a.logger)
	all.Go(func() { a.feed.Run(running) })
	deadlines := &messages.Deadlines{Pool: a.pool, Owed: a.models.owed, Source: outbox.Source(a.info.Log), Now: a.clock.Now, Logger: a.logger}
	all.Go(func() { deadlines.Run(running) })
	all.Go(func() { listen(running) })
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
	destinations := []messages.Destination{{Name: messages.Local, Topic: messages.Topic, Publisher: messages.InProcess(messages.NewNotifications(a.pool, a.directory.Pack).Notify)}}
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

// listen returns what takes in the messages of other systems, which does nothing
// without an address.
func (a *app) listen(command, address string, bell *outbox.Bell) (func(context.Context), error) {
	var senders messages.Senders
	if file := a.env[envSenders]; file != "" {
		var err error
		if senders, err = messages.ReadSenders(file); err != nil {
			return nil, refuse("发送方名单不能使用", "the file of senders cannot be used", err.Error())
		}
	}
	if address != "" && !messages.Listens(address) {
		return nil, usagef(command, "--inbox: 应为 (use) nats:// amqp://")
	}
	if address != "" && len(senders) == 0 {
		return nil, refuse("没有发送方，无从接收消息", "nobody may send messages", "请用 "+envSenders+" 指明名单 (name the file of senders)")
	}
	inbox := messages.NewInbox(messages.InboxConfig{Pool: a.pool, Keys: a.keys, Bell: bell, Actor: a.handler, Senders: senders, Logger: a.logger})
	return func(ctx context.Context) {
		var both sync.WaitGroup
		both.Go(func() { inbox.PutBack(ctx) })
		if address != "" {
			both.Go(func() { inbox.Listen(ctx, address) })
		}
		both.Wait()
	}, nil
}
