package messages

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"

	"shouwang/projections/outbox"
)

const (
	// hookTime bounds one call: a receiver notes the message and works later.
	hookTime = 10 * time.Second
	// hookAnswer bounds what is read of an answer, for the reason of a refusal.
	hookAnswer = 512
)

// webhook posts messages to an address, signed.
type webhook struct {
	url    string
	secret Secret
	client *http.Client
}

// Webhook returns a publisher that posts to the address. 2xx takes a message;
// 429, 502, 503 and 504 mean that the receiver is away, or busy; 408, 425 and any
// other 5xx are tried again a few times; every other answer is final.
func Webhook(url string, secret Secret) message.Publisher {
	return &webhook{url: url, secret: secret, client: &http.Client{Timeout: hookTime,
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: lanes, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: hookTime},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Publish implements message.Publisher.
func (w *webhook) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		if err := w.post(m.Context(), m); err != nil {
			return err
		}
	}
	return nil
}

func (w *webhook) post(ctx context.Context, m *message.Message) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(m.Payload))
	if err != nil {
		return fmt.Errorf("make a request: %w", err)
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	r.Header.Set("Content-Type", outbox.ContentType)
	r.Header.Set(headerID, m.UUID)
	r.Header.Set(headerTimestamp, at)
	r.Header.Set(headerSignature, w.secret.Sign(m.UUID, at, m.Payload))
	answer, err := w.client.Do(r)
	if err != nil {
		return fmt.Errorf("post a message: %w", err)
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, hookAnswer)) // the status is the answer
	return hookError(answer.StatusCode, said)
}

func hookError(status int, said []byte) error {
	if status/100 == 2 {
		return nil
	}
	refused := &RefusedError{Err: fmt.Errorf("the receiver answered %d: %s", status, said)}
	switch {
	case status == http.StatusServiceUnavailable, status == http.StatusBadGateway, status == http.StatusGatewayTimeout, status == http.StatusTooManyRequests:
		// Somebody before the receiver says that it is away, or busy: as if it
		// had not answered.
		return refused.Err
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status >= http.StatusInternalServerError:
	default:
		refused.Final = true
	}
	return refused
}

// Close implements message.Publisher.
func (w *webhook) Close() error {
	w.client.CloseIdleConnections()
	return nil
}
