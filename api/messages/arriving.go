package messages

import (
	wnats "github.com/ThreeDotsLabs/watermill-nats/v2/pkg/nats"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
)

// arrivingNATS reads what comes from NATS. The library leaves a message with several
// values in a header unanswered, so that it comes again for ever and everything behind
// it waits. What others send is a message whatever its headers are: what is wrong with
// it, it says itself, in the poison queue.
type arrivingNATS struct{ wnats.NATSMarshaler }

// Unmarshal implements wnats.Unmarshaler. Of several values of a header the first
// counts.
func (*arrivingNATS) Unmarshal(from *nats.Msg) (*message.Message, error) {
	m := message.NewMessage(from.Header.Get(wnats.WatermillUUIDHdr), from.Data)
	for name, values := range from.Header {
		if len(values) > 0 {
			m.Metadata.Set(name, values[0])
		}
	}
	return m, nil
}
