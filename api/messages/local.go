package messages

import (
	"github.com/ThreeDotsLabs/watermill/message"
)

// Local is the destination in this process: what the office itself does when
// something has happened.
const Local = "local"

// inProcess publishes to handlers in this process, one after the other.
type inProcess struct {
	handlers []message.NoPublishHandlerFunc
}

// InProcess returns a publisher whose messages are taken when every handler has
// returned without an error. Handlers meet a message again after a failure of
// another, and must then change nothing.
func InProcess(handlers ...message.NoPublishHandlerFunc) message.Publisher {
	return inProcess{handlers}
}

// Publish implements message.Publisher.
func (p inProcess) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		for _, handle := range p.handlers {
			if err := handle(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close implements message.Publisher.
func (inProcess) Close() error { return nil }
