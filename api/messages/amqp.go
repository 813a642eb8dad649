package messages

import (
	"fmt"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	wamqp "github.com/ThreeDotsLabs/watermill-amqp/v3/pkg/amqp"
	"github.com/ThreeDotsLabs/watermill/message"
)

// amqpChannels is how many messages are confirmed at the same time.
const amqpChannels = lanes

// queueBroker publishes to a durable queue of an AMQP 0.9.1 broker, which is named
// as the topic is, and believes a message sent when the broker has confirmed it.
type queueBroker struct {
	config wamqp.Config

	mu     sync.Mutex
	inner  *wamqp.Publisher
	closed bool
}

// newQueueBroker returns the publisher for amqp://user:password@host/vhost. It
// connects at the first message: the broker may be away just now.
func newQueueBroker(address string, _ Secret) (message.Publisher, error) {
	config := wamqp.NewDurableQueueConfig(address)
	config.Connection.Reconnect = &wamqp.ReconnectConfig{BackoffInitialInterval: 250 * time.Millisecond, BackoffMultiplier: 1.5,
		BackoffRandomizationFactor: 0.2, BackoffMaxInterval: 5 * time.Second}
	config.Publish.ConfirmDelivery = true
	config.Publish.ChannelPoolSize = amqpChannels
	config.Publish.Mandatory = true
	return &queueBroker{config: config}, nil
}

// Publish implements message.Publisher.
func (b *queueBroker) Publish(topic string, messages ...*message.Message) (err error) {
	inner, err := b.connected(topic)
	if err != nil {
		return err
	}
	// The library stumbles over channels that ended with their connection. That is
	// the broker's absence and not the message's fault.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errAway, p)
		}
	}()
	return inner.Publish(topic, messages...)
}

// connected returns the publisher, and makes sure of the queue first: a message
// to a queue that is not there would be lost.
func (b *queueBroker) connected(topic string) (*wamqp.Publisher, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, errAway
	}
	if b.inner != nil {
		return b.inner, nil
	}
	inner, err := wamqp.NewPublisher(b.config, watermill.NopLogger{})
	if err != nil {
		return nil, fmt.Errorf("connect to the AMQP broker: %w", err)
	}
	queue, err := wamqp.NewSubscriberWithConnection(b.config, watermill.NopLogger{}, inner.ConnectionWrapper)
	if err == nil {
		err = queue.SubscribeInitialize(topic)
	}
	if err != nil {
		_ = inner.Close() // the first error says more
		return nil, fmt.Errorf("find or make the queue %s: %w", topic, err)
	}
	b.inner = inner
	return inner, nil
}

// Close implements message.Publisher.
func (b *queueBroker) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if b.inner == nil {
		return nil
	}
	return b.inner.Close()
}
