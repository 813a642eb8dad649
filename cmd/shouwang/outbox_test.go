package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"shouwang/internal/localpg"
)

func TestARefusedMessageIsListedAndPutBack(t *testing.T) {
	t.Parallel()
	var taken atomic.Int64
	var takes atomic.Bool
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if !takes.Load() {
			http.Error(w, "no such household here", http.StatusGone)
			return
		}
		taken.Add(1)
	}))
	defer receiver.Close()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="), 0o600); err != nil {
		t.Fatal(err)
	}
	url := foreign(t)(localpg.OwnerRole)
	p := newTestPlace(t)
	p.env = []string{"DATABASE_URL=" + url, envWebhookSecret + "=" + secret}
	s := p.start("serve", "--publish", receiver.URL)
	db, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(t.Context())
	if _, err := db.Exec(t.Context(), `insert into model.outbox (id, subject, region, type, body, happened_at)
		select gen_random_uuid(), 'household-1', '629900101201', 'visit.recorded.v1', '{"data":{}}', now() from generate_series(1, 3)`); err != nil {
		t.Fatal(err)
	}
	var listed struct {
		Waiting []struct {
			Destination, Reason string
			Seq                 int64
		}
	}
	waitFor(t, "three messages wait", func() bool {
		if err := json.Unmarshal([]byte(p.must("outbox", "list", "--json")), &listed); err != nil {
			t.Fatal(err)
		}
		return len(listed.Waiting) == 3
	})
	first := listed.Waiting[0]
	if first.Destination != receiver.URL || !strings.Contains(first.Reason, "no such household here") || listed.Waiting[1].Reason != "" {
		t.Errorf("%+v", listed)
	}
	if text := p.must("outbox", "list"); !strings.Contains(text, "no such household here") || !strings.Contains(text, "3 条消息未送达") {
		t.Error(text)
	}
	p.fails(1, []string{"没有这样的未送达消息"}, "outbox", "retry", "elsewhere")
	takes.Store(true)
	if text := p.must("outbox", "retry", receiver.URL, strconv.FormatInt(first.Seq, 10)); !strings.Contains(text, "已放回 1 条") {
		t.Error(text)
	}
	waitFor(t, "they are delivered", func() bool { return taken.Load() == 3 })
	waitFor(t, "nothing waits", func() bool { return strings.HasPrefix(p.must("outbox", "list"), "0 ") })
	if status := s.interrupt(); status != 0 {
		t.Errorf("exit code %d\n%s", status, s.stderr)
	}
}

// What came in and could not be done is listed with its reason and put back by the
// same commands; a running server then tries it again.
func TestWhatCameInIsListedAndPutBack(t *testing.T) {
	t.Parallel()
	url := foreign(t)(localpg.OwnerRole)
	p := newTestPlace(t)
	p.env = []string{"DATABASE_URL=" + url}
	s := p.start("serve")
	if status := s.interrupt(); status != 0 {
		t.Fatalf("exit code %d\n%s", status, s.stderr)
	}
	db, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(t.Context())
	if _, err := db.Exec(t.Context(), `insert into model.inbox_poison (topic, message, sealed, reason)
		select 'shouwang.in', 'hash-' || n, '', 'unknown sender "urn:nobody"' from generate_series(1, 2) n`); err != nil {
		t.Fatal(err)
	}
	var listed struct {
		Inbox []struct {
			Number, Tries int64
			Reason        string
		}
	}
	unmarshal(t, p.must("outbox", "list", "--json"), &listed)
	if len(listed.Inbox) != 2 || listed.Inbox[0].Reason != `unknown sender "urn:nobody"` || listed.Inbox[0].Tries != 1 {
		t.Fatalf("%+v", listed)
	}
	number := strconv.FormatInt(listed.Inbox[1].Number, 10)
	if text := p.must("outbox", "list"); !strings.Contains(text, "inbox "+number) || !strings.Contains(text, "2 条来信未办理") {
		t.Error(text)
	}
	if text := p.must("outbox", "retry", "inbox", number); !strings.Contains(text, "已放回 1 条") {
		t.Error(text)
	}
	p.fails(1, []string{"没有这样的未送达消息"}, "outbox", "retry", "inbox", number)
	var due []bool
	if err := db.QueryRow(t.Context(), "select array_agg(due order by number) from model.inbox_poison").Scan(&due); err != nil || len(due) != 2 || due[0] || !due[1] {
		t.Errorf("%v %v", due, err)
	}
	if text := p.must("outbox", "retry", "inbox"); !strings.Contains(text, "已放回 1 条") {
		t.Error(text)
	}
}

func TestDestinationsThatCannotBe(t *testing.T) {
	t.Parallel()
	url := foreign(t)(localpg.OwnerRole)
	p := newTestPlace(t)
	p.env = []string{"DATABASE_URL=" + url}
	for _, address := range []string{"nonsense", "ftp://here", "https://"} {
		p.fails(2, []string{"--publish", "https://"}, "serve", "--addr", "127.0.0.1:0", "--publish", address)
	}
	p.fails(1, []string{"没有签名密钥", envWebhookSecret}, "serve", "--addr", "127.0.0.1:0", "--publish", "https://example.com/hook")
	p.fails(2, []string{"消息编号"}, "outbox", "retry", "local", "first")
	p.env = append(p.env, envWebhookSecret+"=/nowhere")
	p.fails(1, []string{"签名密钥不能使用"}, "serve", "--addr", "127.0.0.1:0")
}
