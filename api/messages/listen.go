package messages

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	wnats "github.com/ThreeDotsLabs/watermill-nats/v2/pkg/nats"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
)

const (
	// inboxStream keeps what others send until it is taken; inboxGroup are the
	// processes that take, each message in one of them.
	inboxStream = "SHOUWANG_IN"
	inboxGroup  = "shouwang-in"
	// giveBack is the pause before a message comes again that could not be taken.
	giveBack = time.Second
	// takeTime is when a message comes again that nobody has taken: its process
	// may have died. A list that takes longer is only begun twice, and entered once.
	takeTime = 10 * time.Second
)

// listener makes the subscriber for an address; another Watermill subscriber is
// one more of these.
type listener func(address string) (message.Subscriber, error)

var listeners = map[string]listener{"nats": listenNATS, "tls": listenNATS, "amqp": listenAMQP, "amqps": listenAMQP}

// Listens says whether there is a subscriber for an address.
func Listens(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && listeners[u.Scheme] != nil
}

// NewSubscriber returns the subscriber for an address.
func NewSubscriber(address string) (message.Subscriber, error) {
	if !Listens(address) {
		return nil, fmt.Errorf("%w: use nats:// or amqp://", ErrAddress)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	return listeners[u.Scheme](address)
}

func listenNATS(address string) (message.Subscriber, error) {
	u, replicas, err := natsAddress(address)
	if err != nil {
		return nil, err
	}
	conn, err := natsConnect(u)
	if err != nil {
		return nil, err
	}
	if !conn.IsConnected() {
		conn.Close()
		return nil, errAway
	}
	js, err := conn.JetStream(nats.MaxWait(natsAnswer))
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("use JetStream: %w", err)
	}
	_, err = js.StreamInfo(inboxStream)
	if errors.Is(err, nats.ErrStreamNotFound) {
		_, err = js.AddStream(&nats.StreamConfig{Name: inboxStream, Subjects: []string{InboxTopic}, Storage: nats.FileStorage, Replicas: replicas, Duplicates: natsOnce})
	}
	var s *wnats.Subscriber
	if err == nil {
		s, err = wnats.NewSubscriberWithNatsConn(conn, wnats.SubscriberSubscriptionConfig{
			QueueGroupPrefix: inboxGroup, SubscribersCount: 1, CloseTimeout: closing, AckWaitTimeout: takeTime, SubscribeTimeout: natsAnswer,
			Unmarshaler: &arrivingNATS{}, NakDelay: wnats.NewStaticDelay(giveBack), SubjectCalculator: wnats.DefaultSubjectCalculator,
			JetStream: wnats.JetStreamConfig{DurablePrefix: inboxGroup, SubscribeOptions: []nats.SubOpt{nats.AckWait(takeTime), nats.DeliverAll(), nats.ManualAck(), nats.MaxAckPending(1)}},
		}, watermill.NopLogger{})
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("listen to NATS: %w", err)
	}
	return s, nil
}
