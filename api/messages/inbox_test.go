package messages

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	wamqp "github.com/ThreeDotsLabs/watermill-amqp/v3/pkg/amqp"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/pubsub/gochannel"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/nats-io/nats.go"
	"github.com/rabbitmq/amqp091-go"

	"shouwang/commands"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/internal/smallcounty"
	"shouwang/projections/outbox"
)

// desk is the small county with its inbox.
type desk struct {
	t       *testing.T
	pool    *pgxpool.Pool
	log     eventlog.Log
	handler *commands.Handler
	inbox   *Inbox
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, pool: pgtest.Pool(t)}
	clock := func() time.Time { return calendar.MustDay("2023-04-03").Start().Add(9 * time.Hour) }
	d.log = memlog.New(clock)
	keys, err := sealing.Open(t.Context(), sealing.Config{Pool: d.pool, MasterKeyFile: filepath.Join(t.TempDir(), "keys", "master.key")})
	d.must(err)
	_, err = commands.OpenLog(t.Context(), d.log, act.RealClock, "setup")
	d.must(err)
	directory := commands.NewDirectory(d.log)
	d.must(directory.CatchUp(t.Context()))
	d.handler = commands.New(commands.Config{Log: d.log, Keys: keys, Directory: directory, Clock: clock})
	for i, e := range smallcounty.Places() {
		_, err := d.handler.Office(t.Context(), commands.Request{Key: fmt.Sprint("place-", i), By: "setup", Channel: "test"}, e)
		d.must(err)
	}
	text, err := packs.Text("county-2023")
	d.must(err)
	_, err = d.handler.Policy(t.Context(), commands.Request{Key: "pack", By: "setup", Channel: "test"}, policy.Adopted{Region: smallcounty.County, Text: string(text)})
	d.must(err)
	for i, a := range smallcounty.People() {
		by := "officer"
		if i == 0 {
			by = "setup"
		}
		_, err := d.handler.Office(t.Context(), commands.Request{Key: fmt.Sprint("person-", i), By: by, Channel: "test"}, a)
		d.must(err)
	}
	d.inbox = NewInbox(InboxConfig{Pool: d.pool, Keys: keys, Bell: outbox.NewBell(), Actor: d.handler, Logger: slog.New(slog.DiscardHandler),
		Senders: Senders{"urn:medical": {Source: "urn:medical", Person: "officer", secret: testSecret}}})
	d.inbox.patience = patience{first: time.Millisecond, last: time.Millisecond, away: time.Millisecond, longAway: 10 * time.Millisecond}
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// run lets the inbox listen until the test ends.
func (d *desk) run(from message.Subscriber) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(d.t.Context()))
	var running sync.WaitGroup
	running.Go(func() { d.inbox.bell.Run(ctx, d.pool) })
	running.Go(func() { d.must(d.inbox.Run(ctx, from)) })
	running.Go(func() { d.inbox.PutBack(ctx) })
	d.t.Cleanup(func() { cancel(); running.Wait() })
}

// event is a signed message of a source.
func event(id, source, kind string, data any) *message.Message {
	body, err := json.Marshal(map[string]any{"specversion": "1.0", "id": id, "source": source, "type": kind, "data": data})
	if err != nil {
		panic(err)
	}
	m := message.NewMessage(watermill.NewUUID(), body)
	m.Metadata = message.Metadata{headerID: id, headerTimestamp: "1680483600", headerSignature: testSecret.Sign(id, "1680483600", body)}
	return m
}

func clueList(id string, lines ...map[string]string) *message.Message {
	return event(id, "urn:medical", DepartmentList, map[string]any{"department": "medical_insurance", "happened": "2023-04-01", "lines": lines})
}

// clues are the clues of the record with who is said to have brought them.
func (d *desk) clues() (all []string) {
	d.t.Helper()
	for rec, err := range d.log.ReadAll(d.t.Context(), eventlog.Position{}, eventlog.Everything) {
		d.must(err)
		if rec.Type != "clue.recorded.v1" {
			continue
		}
		e, err := wire.Household(rec.Type, rec.Data, nil)
		d.must(err)
		a, err := wire.DecodeMeta(rec.Meta)
		d.must(err)
		all = append(all, fmt.Sprintf("%s %s %s %s", e.(household.ClueRecorded).Content, a.RecordedBy.ID, a.Channel, a.Mode))
	}
	return all
}

func (d *desk) kept() []Kept {
	d.t.Helper()
	all, err := KeptMessages(d.t.Context(), d.pool, 100)
	d.must(err)
	return all
}

// A list becomes clues with its sender's identity, once, however often it comes;
// what cannot be done waits with its reason and holds up nobody.
func TestAListBecomesClues(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	channel := gochannel.NewGoChannel(gochannel.Config{Persistent: true, BlockPublishUntilSubscriberAck: false}, nil)
	t.Cleanup(func() { _ = channel.Close() })
	line := func(content string) map[string]string {
		return map[string]string{"name": "柳长福", "region": smallcounty.Village, "content": content}
	}
	forged := clueList("forged", line("不该出现"))
	forged.Payload = []byte(strings.Replace(string(forged.Payload), "不该出现", "更不该", 1))
	bad := map[string]*message.Message{
		"signature is missing or wrong": forged,
		"not a CloudEvent":              message.NewMessage("1", []byte("\x00 no JSON \xff")),
		"unknown sender":                event("u", "urn:nobody", DepartmentList, nil),
		"no act stands behind":          event("t", "urn:medical", "shouwang.dismissal.v1", nil),
		"1 to 1000 lines":               clueList("none"),
		"没有这户的档案":                       clueList("elsewhere", map[string]string{"household": "nobody", "content": "自付较高"}),
		"身份证号":                          clueList("personal", line("自付较高，629900199001011234")),
		"at most 1048576":               message.NewMessage("2", make([]byte, maxIncoming+1)),
		"entered or marked":             event("a", "urn:medical", Acknowledgement, map[string]string{"household": "x", "done": "lost", "system": "national"}),
		"an id of at most 100 bytes":    event(strings.Repeat("x", 101), "urn:medical", DepartmentList, nil),
	}
	d.run(channel)
	for _, m := range bad {
		d.must(channel.Publish(InboxTopic, m))
	}
	d.must(channel.Publish(InboxTopic, clueList("l-1", line("三重保障后自付一万八"), line("大病住院"))))
	until(t, "the good one is done", func() bool { return len(d.clues()) == 2 })
	again := clueList("l-1", line("三重保障后自付一万八"), line("大病住院"))
	d.must(channel.Publish(InboxTopic, again))
	until(t, "the bad ones wait", func() bool { return len(d.kept()) == len(bad) })
	for reason := range bad {
		found := false
		for _, k := range d.kept() {
			found = found || strings.Contains(k.Reason, reason)
		}
		if !found {
			t.Errorf("nothing waits because %q: %+v", reason, d.kept())
		}
	}
	d.must(channel.Publish(InboxTopic, clueList("l-2", line("低保金停发"))))
	until(t, "the last is done", func() bool { return len(d.clues()) >= 3 })
	for i, clue := range d.clues() {
		if want := " officer message transcribed"; i > 2 || !strings.HasSuffix(clue, want) {
			t.Errorf("%q", clue)
		}
	}
	var clear int
	d.must(d.pool.QueryRow(t.Context(), "select count(*) from model.inbox_poison where sealed like '%柳长福%' or sealed like '%629900%'").Scan(&clear))
	if clear != 0 {
		t.Error("people stand in clear in the poison queue")
	}
}

// Put back once its cause is gone, a message is done after all.
func TestWhatCameInIsPutBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	channel := gochannel.NewGoChannel(gochannel.Config{Persistent: true}, nil)
	t.Cleanup(func() { _ = channel.Close() })
	d.run(channel)
	d.must(channel.Publish(InboxTopic, clueList("l-1", map[string]string{"household": "h-1", "content": "大病住院"})))
	until(t, "it waits", func() bool { return len(d.kept()) == 1 })
	number := d.kept()[0].Number
	_, err := RetryKept(t.Context(), d.pool, number)
	d.must(err)
	until(t, "it waits again", func() bool { return len(d.kept()) == 1 && d.kept()[0].Tries == 2 })
	// The household comes into being.
	_, err = d.handler.Household(t.Context(), commands.Request{Key: "open", By: "cadre", Channel: "test"}, "h-1",
		household.RecordClue{Clue: "c", Channel: "cadre_check", Name: "柳长福", Region: smallcounty.Village, Content: "走访发现"})
	d.must(err)
	_, err = RetryKept(t.Context(), d.pool, 0)
	d.must(err)
	until(t, "it is done", func() bool { return len(d.kept()) == 0 && len(d.clues()) == 2 })
}

// Whatever stands in its headers, what arrives is a message.
func TestWhatArrivesIsAMessage(t *testing.T) {
	t.Parallel()
	m, err := new(arrivingNATS).Unmarshal(&nats.Msg{Data: []byte("x"), Header: nats.Header{headerID: {"l-1"}, "Accept": {"a", "b"}, "None": nil}})
	if err != nil || string(m.Payload) != "x" || m.Metadata.Get(headerID) != "l-1" || m.Metadata.Get("Accept") != "a" {
		t.Errorf("NATS: %+v %v", m, err)
	}
	m = arrivingAMQP(amqp091.Delivery{Body: []byte("x"),
		Headers: amqp091.Table{headerID: "l-1", "x-delay": int32(5), wamqp.DefaultMessageUUIDHeaderKey: "u", "x-death": []any{amqp091.Table{"count": int64(1)}}}})
	if string(m.Payload) != "x" || m.Metadata.Get(headerID) != "l-1" || m.Metadata.Get("x-delay") != "5" || m.UUID != "u" {
		t.Errorf("AMQP: %+v", m)
	}
}

// By way of a real broker, which is killed meanwhile: every list is entered once, and
// a message that no library of the broker could read holds up none.
func TestListsComeThroughNATS(t *testing.T) {
	t.Parallel()
	d, broker := newDesk(t), newNATS(t)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var listening sync.WaitGroup
	listening.Go(func() { d.inbox.Listen(ctx, broker.url()) })
	defer func() { cancel(); listening.Wait() }()
	sender, err := natsConnect(broker.url())
	d.must(err)
	defer sender.Close()
	js, err := sender.JetStream()
	d.must(err)
	odd := nats.NewMsg(InboxTopic)
	odd.Data, odd.Header = []byte("what is this"), nats.Header{"Accept": {"a", "b"}}
	until(t, "the broker has it", func() bool { _, err := js.PublishMsg(odd); return err == nil })
	for i := range 20 {
		m := clueList(fmt.Sprint("l-", i), map[string]string{"name": "柳长福", "region": smallcounty.Village, "content": fmt.Sprint("第", i, "条")})
		until(t, "the broker has it", func() bool {
			sent := nats.NewMsg(InboxTopic)
			sent.Data = m.Payload
			for name, value := range m.Metadata {
				sent.Header.Set(name, value)
			}
			_, err := js.PublishMsg(sent)
			_, _ = js.PublishMsg(sent) // twice
			return err == nil
		})
		if i == 10 {
			broker.stop()
			broker.start()
		}
	}
	until(t, "all are entered", func() bool { return len(d.clues()) >= 20 })
	if n, kept := len(d.clues()), d.kept(); n != 20 || len(kept) != 1 || !strings.Contains(kept[0].Reason, "not a CloudEvent") {
		t.Errorf("%d clues, %+v", n, kept)
	}
}

func TestSendersAreReadStrictly(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "secret"), []byte("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="), 0o600); err != nil {
		t.Fatal(err)
	}
	for text, ok := range map[string]bool{
		`{"senders":[{"source":"urn:a","person":"p","secret_file":"secret"}]}`:                                                        true,
		`{"senders":[{"source":"urn:a","person":"p","secret_file":"secret"},{"source":"urn:a","person":"q","secret_file":"secret"}]}`: false,
		`{"senders":[{"source":"urn:a","secret_file":"secret"}]}`:                                                                     false,
		`{"senders":[{"source":"urn:a","person":"p","secret_file":"nothing"}]}`:                                                       false,
		`{"senders":[{"source":"urn:a","person":"p","secret":"x"}]}`:                                                                  false,
		`nonsense`: false,
	} {
		file := filepath.Join(folder, "senders.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if senders, err := ReadSenders(file); (err == nil) != ok || ok && len(senders["urn:a"].secret) != 32 {
			t.Errorf("%s: %v %v", text, senders, err)
		}
	}
}
