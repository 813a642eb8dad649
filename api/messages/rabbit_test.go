//go:build linux && !race

// Not under the race detector: watermill-amqp reads and replaces a field of its
// connection without a lock when the broker goes away, which it would report as
// ours. make test runs these tests once more without it.

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

	"github.com/rabbitmq/amqp091-go"

	"shouwang/internal/pgtest"
	"shouwang/internal/smallcounty"
)

// rabbit is a real broker as a process of its own, on ports and under a name of
// its own, in a folder of the test.
type rabbit struct {
	t                 *testing.T
	program           string
	folder            string
	port, dist, names int
	process           *exec.Cmd
	ended             chan error
}

func newRabbit(t *testing.T) *rabbit {
	t.Helper()
	program := "/usr/lib/rabbitmq/bin/rabbitmq-server"
	if _, err := os.Stat(program); err != nil {
		if program, err = exec.LookPath("rabbitmq-server"); err != nil {
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
	r.process = exec.Command(r.program)
	r.process.Env = append(os.Environ(), "HOME="+r.folder, fmt.Sprintf("RABBITMQ_NODENAME=shouwang%d@localhost", r.port),
		fmt.Sprintf("RABBITMQ_DIST_PORT=%d", r.dist), "RABBITMQ_CONFIG_FILE="+at("rabbitmq.conf"), "RABBITMQ_ENABLED_PLUGINS_FILE="+at("plugins"),
		"RABBITMQ_MNESIA_BASE="+at("data"), "RABBITMQ_LOG_BASE="+at("log"), "RABBITMQ_PID_FILE="+at("pid"), "RABBITMQ_CONF_ENV_FILE=/dev/null",
		"ERL_EPMD_ADDRESS=127.0.0.1", fmt.Sprintf("ERL_EPMD_PORT=%d", r.names), "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=+S 2:2 +sbwt none")
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
	for round := range 2 {
		fill(t, pool, 30, 20*round+1, 20)
		before := through(t, pool, d.Name)
		until(t, "some are sent", func() bool { return through(t, pool, d.Name) > before })
		if round == 0 {
			broker.kill()
			broker.start()
		}
	}
	until(t, "all are sent", func() bool { return through(t, pool, d.Name) == 1200 })
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
	again := 0
	for r.count() < 1200 {
		select {
		case m := <-arriving:
			// A slow consumer gives the first fifty back: they come again, later.
			if again++; again <= 50 {
				_ = m.Nack(false, true)
				continue
			}
			if err := r.take(string(m.Body)); err != nil {
				t.Fatal(err)
			}
			_ = m.Ack(false)
		case <-time.After(30 * time.Second):
			t.Fatalf("%d of 1200 arrived", r.count())
		}
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
			broker.kill()
			broker.start()
		}
	}
	bad := clueList("bad", map[string]string{"name": "柳长福", "region": smallcounty.Village, "content": "第20条"})
	bad.Metadata[headerSignature] = "v1,bm90IHRoZSBzZW5kZXIncw=="
	until(t, "the broker has it", func() bool { return sender.Publish(InboxTopic, bad) == nil })
	until(t, "all are entered, and the forged one is kept", func() bool { return len(d.clues()) >= 20 && len(d.kept()) == 1 })
	conn, err := amqp091.Dial(broker.url())
	d.must(err)
	defer conn.Close()
	channel, err := conn.Channel()
	d.must(err)
	until(t, "the queue is empty", func() bool {
		q, err := channel.QueueDeclarePassive(InboxTopic, true, false, false, false, nil)
		d.must(err)
		return q.Messages == 0
	})
	if n := len(d.clues()); n != 20 {
		t.Errorf("%d clues, %+v", n, d.kept())
	}
}
