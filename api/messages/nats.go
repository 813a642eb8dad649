package messages

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	wnats "github.com/ThreeDotsLabs/watermill-nats/v2/pkg/nats"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
)

const (
	// natsStream keeps what is sent; its subjects are the topics and their types.
	natsStream = "SHOUWANG"
	// natsOnce is how long the server knows a message again by its id.
	natsOnce = 10 * time.Minute
	// natsAgain is the pause between tries to reach the server.
	natsAgain = 250 * time.Millisecond
	// natsAnswer bounds the wait for a server's word that it has a message.
	natsAnswer = 5 * time.Second
)

var errAway = errors.New("messages: the broker is away")

// jetStream publishes to NATS JetStream.
type jetStream struct {
	conn     *nats.Conn
	js       nats.JetStreamContext
	inner    *wnats.Publisher
	replicas int

	mu    sync.Mutex
	ready bool // the stream is there
}

// newJetStream connects to nats://[user:password@]host:port[?replicas=3], now or
// when the server is back. The stream is made if it is missing.
func newJetStream(address string, _ Secret) (message.Publisher, error) {
	u, replicas, err := natsAddress(address)
	if err != nil {
		return nil, err
	}
	conn, err := natsConnect(u)
	if err != nil {
		return nil, err
	}
	js, err := conn.JetStream(nats.MaxWait(natsAnswer))
	if err != nil {
		return nil, fmt.Errorf("use JetStream: %w", err)
	}
	inner, err := wnats.NewPublisherWithNatsConn(conn, wnats.PublisherPublishConfig{
		Marshaler: &wnats.NATSMarshaler{}, SubjectCalculator: wnats.DefaultSubjectCalculator,
		JetStream: wnats.JetStreamConfig{TrackMsgId: true, ConnectOptions: []nats.JSOpt{nats.MaxWait(natsAnswer)}},
	}, watermill.NopLogger{})
	if err != nil {
		return nil, fmt.Errorf("use JetStream: %w", err)
	}
	return &jetStream{conn: conn, js: js, inner: inner, replicas: replicas}, nil
}

// natsAddress takes our own parameter out of an address.
func natsAddress(address string) (string, int, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", 0, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	replicas := 1
	if r := u.Query().Get("replicas"); r != "" {
		if replicas, err = strconv.Atoi(r); err != nil || replicas < 1 || replicas > 5 {
			return "", 0, fmt.Errorf("%w: replicas=%s, from 1 to 5", ErrAddress, r)
		}
	}
	u.RawQuery = ""
	return u.String(), replicas, nil
}

func natsConnect(url string) (*nats.Conn, error) {
	// Nothing is kept in memory for a server that is away: the outbox keeps it.
	conn, err := nats.Connect(url, nats.Name("shouwang"), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1),
		nats.ReconnectWait(natsAgain), nats.ReconnectJitter(natsAgain, natsAgain), nats.ReconnectBufSize(-1))
	if err != nil {
		return nil, fmt.Errorf("connect to NATS: %w", err)
	}
	return conn, nil
}

// Publish implements message.Publisher. The subject is the topic with the type
// behind it, so that receivers may choose.
func (j *jetStream) Publish(topic string, messages ...*message.Message) error {
	if !j.conn.IsConnected() {
		return errAway
	}
	if err := j.provide(topic); err != nil {
		return err
	}
	for _, m := range messages {
		err := j.inner.Publish(topic+"."+m.Metadata.Get(metaType), m)
		switch {
		case errors.Is(err, nats.ErrMaxPayload):
			return Refuse(err)
		case errors.Is(err, nats.ErrNoStreamResponse), errors.Is(err, nats.ErrNoResponders):
			j.mu.Lock()
			j.ready = false // it may have been removed
			j.mu.Unlock()
			return err
		case err != nil:
			return err
		}
	}
	return nil
}

// provide makes the stream if it is missing.
func (j *jetStream) provide(topic string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ready {
		return nil
	}
	_, err := j.js.StreamInfo(natsStream)
	if errors.Is(err, nats.ErrStreamNotFound) {
		_, err = j.js.AddStream(&nats.StreamConfig{Name: natsStream, Subjects: []string{topic + ".>"}, Storage: nats.FileStorage,
			Replicas: j.replicas, Duplicates: natsOnce})
	}
	if err != nil {
		return fmt.Errorf("find or make the stream %s: %w", natsStream, err)
	}
	j.ready = true
	return nil
}

// Close implements message.Publisher.
func (j *jetStream) Close() error { return j.inner.Close() }
