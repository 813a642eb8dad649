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

const (
	// amqpChannels is how many messages are confirmed at the same time.
	amqpChannels = lanes
	// amqpAnswer bounds the wait for a broker that is dialled.
	amqpAnswer = 5 * time.Second
	// amqpHeartbeat is after how long a broker that has fallen silent is given up.
	amqpHeartbeat = 10 * time.Second
)

// queueBroker publishes to a durable queue of an AMQP 0.9.1 broker, which is named
// as the topic is. The queues and the messages are watermill-amqp's. The sending is
// not: its publisher takes the broker's confirmation for enough, and a broker
// confirms what it throws away because the queue is gone.
type queueBroker struct {
	config wamqp.Config

	mu     sync.Mutex
	conn   *amqp091.Connection // nil: none, or lost
	idle   []*amqpChannel      // of conn
	made   map[string]bool     // topics whose queue is there
	closed bool
}

// amqpChannel sends one message at a time.
type amqpChannel struct {
	*amqp091.Channel
	of *amqp091.Connection
	// returned is what no queue was for. The broker says so before it confirms.
	returned chan amqp091.Return
}

// newQueueBroker returns the publisher for amqp://user:password@host/vhost. It
// connects at the first message: the broker may be away just now.
func newQueueBroker(address string, _ Secret) (message.Publisher, error) {
	return &queueBroker{config: wamqp.NewDurableQueueConfig(address), made: map[string]bool{}}, nil
}

func amqpDial(config wamqp.Config) (*amqp091.Connection, error) {
	return amqp091.DialConfig(config.Connection.AmqpURI, amqp091.Config{Heartbeat: amqpHeartbeat, Dial: amqp091.DefaultDial(amqpAnswer)})
}

// Publish implements message.Publisher.
func (b *queueBroker) Publish(topic string, messages ...*message.Message) error {
	for _, m := range messages {
		if err := b.publish(topic, m); err != nil {
			return err
		}
	}
	return nil
}

func (b *queueBroker) publish(topic string, m *message.Message) error {
	sending, err := b.config.Marshaler.Marshal(m)
	if err != nil {
		return Refuse(err)
	}
	channel, err := b.channel(topic)
	if err != nil {
		return err
	}
	err = channel.send(m.Context(), b.config.Queue.GenerateName(topic), sending)
	b.done(channel, topic, err)
	return err
}

// errNoQueue is a message that the broker had no queue for.
var errNoQueue = errors.New("messages: the broker's queue is gone")

// send returns when the message lies in the queue.
func (c *amqpChannel) send(ctx context.Context, queue string, sending amqp091.Publishing) error {
	confirmed, err := c.PublishWithDeferredConfirmWithContext(ctx, "", queue, true, false, sending)
	if err != nil {
		return fmt.Errorf("%w: %w", errAway, err)
	}
	taken, err := confirmed.WaitContext(ctx)
	if err != nil {
		return fmt.Errorf("wait for the broker's confirmation: %w", err)
	}
	select {
	case _, back := <-c.returned: // closed when the channel is
		if back {
			return errNoQueue
		}
	default:
	}
	if !taken {
		return errAway
	}
	return nil
}

// channel returns one that is free, of a connection on which the queue was found or
// made.
func (b *queueBroker) channel(topic string) (*amqpChannel, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, errAway
	}
	if b.conn == nil || b.conn.IsClosed() {
		conn, err := amqpDial(b.config)
		if err != nil {
			return nil, fmt.Errorf("connect to the AMQP broker: %w", err)
		}
		b.conn, b.idle, b.made = conn, nil, map[string]bool{}
	}
	c, err := b.take()
	if err == nil && !b.made[topic] {
		queue := b.config.Queue.GenerateName(topic)
		err = b.config.TopologyBuilder.BuildTopology(c.Channel, wamqp.BuildTopologyParams{Topic: topic, QueueName: queue}, b.config, watermill.NopLogger{})
		b.made[topic] = err == nil
	}
	if err != nil {
		b.lose()
		return nil, fmt.Errorf("find or make the queue of %s: %w", topic, err)
	}
	return c, nil
}

// take is called with the lock held.
func (b *queueBroker) take() (*amqpChannel, error) {
	for len(b.idle) > 0 {
		c := b.idle[len(b.idle)-1]
		if b.idle = b.idle[:len(b.idle)-1]; !c.IsClosed() {
			return c, nil
		}
	}
	channel, err := b.conn.Channel()
	if err != nil {
		return nil, err
	}
	if err := channel.Confirm(false); err != nil {
		return nil, err
	}
	return &amqpChannel{Channel: channel, of: b.conn, returned: channel.NotifyReturn(make(chan amqp091.Return, 1))}, nil
}

// done gives a channel back. After a failure nobody knows what is still to come on
// it, so it is closed.
func (b *queueBroker) done(c *amqpChannel, topic string, err error) {
	if !b.keeps(c, topic, err) {
		_ = c.Close() // the error, if any, says more
	}
}

func (b *queueBroker) keeps(c *amqpChannel, topic string, err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c.of != b.conn {
		return false
	}
	if errors.Is(err, errNoQueue) {
		b.made[topic] = false
	}
	if err != nil || len(b.idle) >= amqpChannels {
		return false
	}
	b.idle = append(b.idle, c)
	return true
}

// lose is called with the lock held.
func (b *queueBroker) lose() {
	if b.conn != nil {
		_ = b.conn.CloseDeadline(time.Now().Add(amqpAnswer)) // another is opened
	}
	b.conn, b.idle = nil, nil
}

// Close implements message.Publisher.
func (b *queueBroker) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.lose()
	return nil
}
