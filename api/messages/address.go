package messages

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/ThreeDotsLabs/watermill/message"
)

// Topic is what the outbox's messages are published under.
const Topic = "shouwang.events"

// constructor makes the publisher for an address. Another Watermill publisher is
// one more of these.
type constructor func(address string, secret Secret) (message.Publisher, error)

var constructors = map[string]constructor{
	"http": newWebhook, "https": newWebhook,
	"nats": newJetStream, "tls": newJetStream,
	"amqp": newQueueBroker, "amqps": newQueueBroker,
}

// ErrAddress is an address that no publisher is for.
var ErrAddress = errors.New("messages: no publisher for this address")

// ErrNoSecret is a webhook without a secret to sign with.
var ErrNoSecret = errors.New("messages: a webhook needs a secret to sign with")

// NewDestination returns the destination at an address. Its name is the address
// without what is secret or may change: user, password and parameters.
func NewDestination(address string, secret Secret) (Destination, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || constructors[u.Scheme] == nil {
		return Destination{}, fmt.Errorf("%w: use %s", ErrAddress, strings.Join(Schemes(), ", "))
	}
	publisher, err := constructors[u.Scheme](address, secret)
	if err != nil {
		return Destination{}, err
	}
	return Destination{Name: u.Scheme + "://" + u.Host + u.Path, Topic: Topic, Publisher: publisher}, nil
}

// Schemes are the beginnings of addresses that there are publishers for.
func Schemes() (all []string) {
	for scheme := range constructors {
		all = append(all, scheme+"://")
	}
	slices.Sort(all)
	return all
}

func newWebhook(address string, secret Secret) (message.Publisher, error) {
	if len(secret) == 0 {
		return nil, ErrNoSecret
	}
	return Webhook(address, secret), nil
}
