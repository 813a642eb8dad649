//go:build linux

package messages

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	wamqp "github.com/ThreeDotsLabs/watermill-amqp/v3/pkg/amqp"
	"github.com/rabbitmq/amqp091-go"

	"shouwang/internal/pgtest"
	"shouwang/internal/smallcounty"
	"shouwang/projections/outbox"
)

// rabbit is a real broker as a process of its own, on ports and under a name of
// its own, in a folder of the test.
type rabbit struct {
	t                 *testing.T
	program           string
	folder            string
	port, dist, names int
	env               []string
	process           *exec.Cmd
	ended             chan error
}

func newRabbit(t *testing.T) *rabbit {
	t.Helper()
	program := "/usr/lib/rabbitmq/bin/rabbitmq-server"
	if _, err := os.Stat(program); err != nil {
		if program, err = exec.LookPath("rabbitmq-server"); err != nil {
			if os.Getenv("CI") != "" { // there everything is installed
				t.Fatal("no RabbitMQ")
			}
			t.Skip("no RabbitMQ here: sh scripts/need.sh rabbitmq")
		}
	}
	r := &rabbit{t: t, program: program, folder: t.TempDir(), port: freePort(t), dist: freePort(t), names: freePort(t)}
	// A mapper of names of its own, in the foreground, so that it ends with the test.
	names := exec.CommandContext(t.Context(), "epmd", "-address", "127.0.0.1", "-port", strconv.Itoa(r.names))
	names.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := names.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = names.Process.Kill(); _ = names.Wait() })
	r.start()
	t.Cleanup(func() { r.kill() })
	return r
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (r *rabbit) start() {
	r.t.Helper()
	at := func(name string) string { return filepath.Join(r.folder, name) }
	config := fmt.Sprintf("listeners.tcp.1 = 127.0.0.1:%d\nloopback_users = none\n", r.port)
	if err := os.WriteFile(at("rabbitmq.conf"), []byte(config), 0o644); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(at("plugins"), []byte("[].\n"), 0o644); err != nil {
		r.t.Fatal(err)
	}
	r.env = append(os.Environ(), "HOME="+r.folder, fmt.Sprintf("RABBITMQ_NODENAME=shouwang%d@localhost", r.port),
		fmt.Sprintf("RABBITMQ_DIST_PORT=%d", r.dist), "RABBITMQ_CONFIG_FILE="+at("rabbitmq.conf"), "RABBITMQ_ENABLED_PLUGINS_FILE="+at("plugins"),
		"RABBITMQ_MNESIA_BASE="+at("data"), "RABBITMQ_LOG_BASE="+at("log"), "RABBITMQ_PID_FILE="+at("pid"), "RABBITMQ_CONF_ENV_FILE=/dev/null",
		"ERL_EPMD_ADDRESS=127.0.0.1", fmt.Sprintf("ERL_EPMD_PORT=%d", r.names), "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=+S 2:2 +sbwt none")
	r.process = exec.Command(r.program)
	r.process.Env = r.env
	r.process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := r.process.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.ended = make(chan error, 1)
	go func(p *exec.Cmd, ended chan<- error) { ended <- p.Wait() }(r.process, r.ended)
	until(r.t, "the broker answers", func() bool {
		c, err := amqp091.Dial(r.url())
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
}

// settle lets the broker write down which queues there are, which it does some
// moments later than it says so: killed before, it would forget a new queue with all
// that it has confirmed to be in it.
func (r *rabbit) settle() {
	r.t.Helper()
	control := exec.CommandContext(r.t.Context(), filepath.Join(filepath.Dir(r.program), "rabbitmqctl"), "eval", "mnesia:dump_log().")
	control.Env = r.env
	if out, err := control.CombinedOutput(); err != nil {
		r.t.Fatalf("%v\n%s", err, out)
	}
}

// kill ends the broker and everything it started, without a word.
func (r *rabbit) kill() {
	if err := syscall.Kill(-r.process.Process.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		r.t.Error(err)
	}
	<-r.ended
}

func (r *rabbit) url() string { return fmt.Sprintf("amqp://guest:guest@127.0.0.1:%d/", r.port) }

func TestRabbitMQIsKilledUnderLoad(t *testing.T) {
	t.Parallel()
	pool, r := pgtest.Pool(t), newReceiver()
	broker := newRabbit(t)
	d, err := NewDestination(broker.url(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("amqp://127.0.0.1:%d/", broker.port); d.Name != want {
		t.Errorf("the destination is called %s", d.Name)
	}
	served(t, pool, d.Name)
	deliver(t, pool, d)
	more := func(from int) {
		t.Helper()
		before := through(t, pool, d.Name)
		fill(t, pool, 30, from, 20)
		until(t, "some are sent", func() bool { return through(t, pool, d.Name) > before })
	}
	more(1)
	broker.settle()
	more(21)
	broker.kill()
	broker.start()
	more(41)
	until(t, "all are sent", func() bool { return through(t, pool, d.Name) == 1800 })
	if w, err := outbox.NewBox(pool).Waiting(t.Context(), 10); err != nil || len(w) != 0 {
		t.Errorf("the broker's absence poisoned %+v %v", w, err)
	}
	conn, err := amqp091.Dial(broker.url())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	channel, err := conn.Channel()
	if err != nil {
		t.Fatal(err)
	}
	arriving, err := channel.Consume(Topic, "", false, false, false, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	ids, again := map[string]string{}, 0
	for r.count() < 1800 {
		select {
		case m := <-arriving:
			// A slow consumer gives the first fifty back: they come again, later.
			if again++; again <= 50 {
				_ = m.Nack(false, true)
				continue
			}
			// By its id a message is known again, whoever sent it twice.
			id, _ := m.Headers[wamqp.DefaultMessageUUIDHeaderKey].(string)
			if of, known := ids[id]; id == "" || known && of != string(m.Body) {
				t.Fatalf("%q is the id of %q and of %q", id, of, m.Body)
			}
			ids[id] = string(m.Body)
			if err := r.take(string(m.Body)); err != nil {
				t.Fatal(err)
			}
			_ = m.Ack(false)
		case <-time.After(30 * time.Second):
			t.Fatalf("%d of 1800 arrived", r.count())
		}
	}
	if len(ids) != 1800 {
		t.Errorf("1800 messages have %d ids", len(ids))
	}
	// Somebody removes the queue: the broker goes on confirming, and would throw away.
	if _, err := channel.QueueDelete(Topic, false, false, false); err != nil {
		t.Fatal(err)
	}
	fill(t, pool, 30, 61, 1)
	until(t, "all are sent", func() bool { return through(t, pool, d.Name) == 1830 })
	if q, err := channel.QueueDeclarePassive(Topic, true, false, false, false, nil); err != nil || q.Messages != 30 {
		t.Errorf("%d of 30 messages lie in the queue: %v", q.Messages, err)
	}
}

// By way of a real broker that is killed meanwhile, and sent twice: every list is
// entered once, and the queue is empty in the end.
func TestListsComeThroughRabbitMQ(t *testing.T) {
	t.Parallel()
	d, broker := newDesk(t), newRabbit(t)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var listening sync.WaitGroup
	listening.Go(func() { d.inbox.Listen(ctx, broker.url()) })
	defer func() { cancel(); listening.Wait() }()
	// The publisher confirms what the broker has on disk, and makes the queue.
	sender, err := newQueueBroker(broker.url(), nil)
	d.must(err)
	defer sender.Close()
	for i := range 20 {
		m := clueList(fmt.Sprint("l-", i), map[string]string{"name": "柳长福", "region": smallcounty.Village, "content": fmt.Sprint("第", i, "条")})
		for range 2 {
			until(t, "the broker has it", func() bool { return sender.Publish(InboxTopic, m.Copy()) == nil })
		}
		if i == 10 {
			broker.settle()
			broker.kill()
			broker.start()
		}
	}
	conn, err := amqp091.Dial(broker.url())
	d.must(err)
	defer conn.Close()
	channel, err := conn.Channel()
	d.must(err)
	// No library of ours could read this one's headers.
	d.must(channel.PublishWithContext(t.Context(), "", InboxTopic, true, false, amqp091.Publishing{Body: []byte("what is this"), Headers: amqp091.Table{"x-delay": int32(5)}}))
	bad := clueList("bad", map[string]string{"name": "柳长福", "region": smallcounty.Village, "content": "第20条"})
	bad.Metadata[headerSignature] = "v1,bm90IHRoZSBzZW5kZXIncw=="
	until(t, "the broker has it", func() bool { return sender.Publish(InboxTopic, bad) == nil })
	until(t, "all are entered, and two are kept", func() bool { return len(d.clues()) >= 20 && len(d.kept()) >= 2 })
	until(t, "the queue is empty", func() bool {
		q, err := channel.QueueDeclarePassive(InboxTopic, true, false, false, false, nil)
		d.must(err)
		return q.Messages == 0
	})
	if n, kept := len(d.clues()), d.kept(); n != 20 || len(kept) != 2 {
		t.Errorf("%d clues, %+v", n, kept)
	}
}
