package messages

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"shouwang/internal/pgtest"
	"shouwang/projections/outbox"
)

var testSecret = Secret("0123456789abcdef0123456789abcdef")

func TestAWebhookIsSignedAndRetried(t *testing.T) {
	t.Parallel()
	pool, r := pgtest.Pool(t), newReceiver()
	var calls atomic.Int64
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		signed := testSecret.Check(q.Header.Get(headerID), q.Header.Get(headerTimestamp), body, q.Header.Get(headerSignature))
		switch n := calls.Add(1); {
		case err != nil || signed != nil || q.Header.Get("Content-Type") != outbox.ContentType:
			w.WriteHeader(http.StatusUnauthorized)
		case string(body) == "2 2":
			http.Error(w, "unknown household", http.StatusUnprocessableEntity)
		case n%5 == 0:
			w.WriteHeader(http.StatusInternalServerError)
		case n%7 == 0:
			w.WriteHeader(http.StatusServiceUnavailable)
		case n%11 == 0:
			panic(http.ErrAbortHandler) // the connection breaks
		default:
			_ = r.take(string(body))
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	defer receiver.Close()
	served(t, pool, "hook")
	deliver(t, pool, Destination{Name: "hook", Topic: "events", Publisher: Webhook(receiver.URL, testSecret)})
	fill(t, pool, 4, 1, 5)
	until(t, "the others arrive", func() bool { return r.count() == 16 })
	until(t, "the place is noted", func() bool { return through(t, pool, "hook") == 20 })
	waiting, err := outbox.NewBox(pool).Waiting(t.Context(), 10)
	if err != nil || len(waiting) != 4 || waiting[0].Reason != "the receiver answered 422: unknown household\n" {
		t.Errorf("%+v %v", waiting, err)
	}
}

func TestWhatAnAnswerMeans(t *testing.T) {
	t.Parallel()
	for status, want := range map[int][2]bool{ // poisons, finally
		200: {}, 204: {}, 429: {}, 502: {}, 503: {}, 504: {}, 408: {true}, 425: {true}, 500: {true}, 501: {true},
		301: {true, true}, 400: {true, true}, 401: {true, true}, 404: {true, true}, 410: {true, true},
	} {
		err := hookError(status, nil)
		var refused *RefusedError
		got := [2]bool{err != nil && poisons(err), errors.As(err, &refused) && refused.Final}
		if got != want || (err == nil) != (status/100 == 2) {
			t.Errorf("%d: %v (%v), want %v", status, got, err, want)
		}
	}
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	s := testSecret.Sign("id", "1", []byte("body"))
	other := Secret("another secret of thirty-two bytes")
	for name, tc := range map[string]struct {
		id, at, body, signatures string
		want                     error
	}{
		"ours":          {"id", "1", "body", s, nil},
		"one of two":    {"id", "1", "body", other.Sign("id", "1", []byte("body")) + " " + s, nil},
		"another body":  {"id", "1", "Body", s, ErrSignature},
		"another id":    {"ID", "1", "body", s, ErrSignature},
		"another time":  {"id", "2", "body", s, ErrSignature},
		"another's":     {"id", "1", "body", other.Sign("id", "1", []byte("body")), ErrSignature},
		"none":          {"id", "1", "body", "", ErrSignature},
		"no signature":  {"id", "1", "body", "v1,!", ErrSignature},
		"without its v": {"id", "1", "body", s[3:], ErrSignature},
	} {
		if err := testSecret.Check(tc.id, tc.at, []byte(tc.body), tc.signatures); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
}

func TestASecretIsLongEnough(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n": true, "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=": true,
		"": false, "c2hvcnQ=": false, "not base64 at all, however long it is": false,
	} {
		file := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadSecret(file); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
