package messages

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	wamqp "github.com/ThreeDotsLabs/watermill-amqp/v3/pkg/amqp"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/rabbitmq/amqp091-go"
)

// queueListener takes messages from a durable queue of an AMQP broker, one after the
// other. It ends with its connection, and Inbox.Listen then begins with another:
// watermill-amqp's own subscriber lives on, exchanges its connection under those who
// use it, and hands out the end of a channel as a message.
type queueListener struct {
	config wamqp.Config
	conn   *amqp091.Connection
	all    sync.WaitGroup
}

func listenAMQP(address string) (message.Subscriber, error) {
	config := wamqp.NewDurableQueueConfig(address)
	conn, err := amqpDial(config)
	if err != nil {
		return nil, fmt.Errorf("listen to the AMQP broker: %w", err)
	}
	return &queueListener{config: config, conn: conn}, nil
}

// Subscribe implements message.Subscriber.
func (l *queueListener) Subscribe(ctx context.Context, topic string) (<-chan *message.Message, error) {
	queue := l.config.Queue.GenerateName(topic)
	channel, err := l.conn.Channel()
	if err == nil {
		err = l.config.TopologyBuilder.BuildTopology(channel, wamqp.BuildTopologyParams{Topic: topic, QueueName: queue}, l.config, watermill.NopLogger{})
	}
	if err == nil {
		err = channel.Qos(1, 0, false)
	}
	var arriving <-chan amqp091.Delivery
	if err == nil {
		arriving, err = channel.ConsumeWithContext(ctx, queue, "", false, false, false, false, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("listen to the queue %s: %w", queue, err)
	}
	out := make(chan *message.Message)
	l.all.Go(func() {
		defer close(out)
		for d := range arriving {
			if err := hand(ctx, d, out); err != nil {
				return // the broker gives it to somebody else
			}
		}
	})
	return out, nil
}

// hand hands a message out until it is taken, or given back after a pause.
func hand(ctx context.Context, d amqp091.Delivery, out chan<- *message.Message) error {
	m := arrivingAMQP(d)
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	m.SetContext(within)
	select {
	case out <- m:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-m.Acked():
		return d.Ack(false)
	case <-m.Nacked():
		if err := pause(ctx, giveBack, nil); err != nil {
			return err
		}
		return d.Nack(false, true)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// arrivingAMQP is a delivery as a message, whatever stands in its headers.
func arrivingAMQP(d amqp091.Delivery) *message.Message {
	m := message.NewMessage("", d.Body)
	for name, value := range d.Headers {
		m.Metadata.Set(name, fmt.Sprint(value))
	}
	m.UUID = m.Metadata.Get(wamqp.DefaultMessageUUIDHeaderKey)
	return m
}

// Close implements message.Subscriber.
func (l *queueListener) Close() error {
	err := l.conn.CloseDeadline(time.Now().Add(amqpAnswer))
	l.all.Wait()
	if errors.Is(err, amqp091.ErrClosed) {
		return nil // the broker was first
	}
	return err
}
