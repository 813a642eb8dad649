package messages

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"shouwang/internal/pgtest"
)

// natsServer is a real server in this process that can be killed and come back.
type natsServer struct {
	t       *testing.T
	options server.Options
	running *server.Server
}

func newNATS(t *testing.T) *natsServer {
	t.Helper()
	n := &natsServer{t: t, options: server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true}}
	n.start()
	t.Cleanup(func() { n.stop() })
	return n
}

func (n *natsServer) start() {
	n.t.Helper()
	options := n.options
	s, err := server.NewServer(&options)
	if err != nil {
		n.t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		n.t.Fatal("the NATS server does not start")
	}
	n.running = s
	n.options.Port = options.Port // the same from now on
}

func (n *natsServer) stop() {
	n.running.Shutdown()
	n.running.WaitForShutdown()
}

func (n *natsServer) url() string { return n.running.ClientURL() }

// consume hands what arrives in the stream to take until the test ends; what it does
// not take comes again after wait, out of its order.
func consume(t *testing.T, url string, wait time.Duration, take func(m *nats.Msg) bool) {
	t.Helper()
	conn, err := natsConnect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := conn.JetStream()
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the consumer is there", func() bool {
		_, err = js.Subscribe(Topic+".>", func(m *nats.Msg) {
			if take(m) {
				_ = m.Ack() // a lost one is sent again
			}
		}, nats.ManualAck(), nats.Durable("test"), nats.AckWait(wait), nats.DeliverAll(), nats.MaxAckPending(200))
		return err == nil
	})
}

// The server is killed and comes back, three times, while messages are sent.
func TestNATSIsKilledUnderLoad(t *testing.T) {
	t.Parallel()
	pool, broker, r := pgtest.Pool(t), newNATS(t), newReceiver()
	d, err := NewDestination(broker.url(), nil)
	if err != nil {
		t.Fatal(err)
	}
	served(t, pool, d.Name)
	deliver(t, pool, d)
	for round := range 4 {
		fill(t, pool, 30, 20*round+1, 20)
		before := through(t, pool, d.Name)
		until(t, "some are sent", func() bool { return through(t, pool, d.Name) > before })
		if round == 3 {
			break
		}
		broker.stop()
		broker.start()
	}
	until(t, "all are sent", func() bool { return through(t, pool, d.Name) == 2400 })
	consume(t, broker.url(), 30*time.Second, func(m *nats.Msg) bool { return r.take(string(m.Data)) == nil })
	until(t, "all arrive", func() bool { return r.count() == 2400 })
	r.complete(t, 30, 80)
}

// A slow consumer gets messages twice and out of their order; by their ids it knows
// each again, so that every effect happens once.
func TestASlowNATSConsumer(t *testing.T) {
	t.Parallel()
	pool, broker := pgtest.Pool(t), newNATS(t)
	d, err := NewDestination(broker.url(), nil)
	if err != nil {
		t.Fatal(err)
	}
	served(t, pool, d.Name)
	deliver(t, pool, d)
	fill(t, pool, 10, 1, 20)
	until(t, "all are sent", func() bool { return through(t, pool, d.Name) == 200 })
	var mu sync.Mutex
	var arrived, late int
	done := map[string]string{} // what was done, by the message's id
	effects := map[string]int{} // how often, by household and number
	last := map[string]int{}
	consume(t, broker.url(), 200*time.Millisecond, func(m *nats.Msg) bool {
		mu.Lock()
		defer mu.Unlock()
		household, number, _ := strings.Cut(string(m.Data), " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Error(err)
		}
		if n < last[household] {
			late++
		}
		last[household] = n
		id := m.Header.Get(nats.MsgIdHdr)
		if _, known := done[id]; !known {
			done[id] = string(m.Data)
			effects[string(m.Data)]++
		}
		// Every fifth is done and its acknowledgement lost, at first.
		arrived++
		return arrived > 200 || arrived%5 != 0
	})
	until(t, "all arrive, some of them again", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(done) == 200 && arrived >= 240
	})
	mu.Lock()
	defer mu.Unlock()
	if late == 0 {
		t.Error("nothing came out of its order: this test has shown nothing")
	}
	for what, n := range effects {
		if n != 1 {
			t.Errorf("%s was done %d times", what, n)
		}
	}
	if len(effects) != 200 {
		t.Errorf("%d of 200 were done", len(effects))
	}
}

// What is sent again within minutes is kept once: the message's id is told.
func TestNATSKnowsAMessageAgain(t *testing.T) {
	t.Parallel()
	pool, broker := pgtest.Pool(t), newNATS(t)
	d, err := NewDestination(broker.url(), nil)
	if err != nil {
		t.Fatal(err)
	}
	served(t, pool, d.Name)
	fill(t, pool, 5, 1, 4)
	stop := deliver(t, pool, d)
	until(t, "all are sent", func() bool { return through(t, pool, d.Name) == 20 })
	stop()
	// The process died before it could note how far it was.
	if _, err := pool.Exec(t.Context(), "update model.outbox_destinations set through = 0"); err != nil {
		t.Fatal(err)
	}
	deliver(t, pool, d)
	until(t, "all are sent again", func() bool { return through(t, pool, d.Name) == 20 })
	conn, err := nats.Connect(broker.url())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := conn.JetStream()
	if err != nil {
		t.Fatal(err)
	}
	info, err := js.StreamInfo(natsStream)
	if err != nil || info.State.Msgs != 20 {
		t.Fatalf("%+v %v", info, err)
	}
	m, err := js.GetMsg(natsStream, 1)
	if err != nil || !strings.HasPrefix(m.Subject, Topic+".shouwang.clue.recorded") || m.Header.Get(metaType) == "" || m.Header.Get(metaSeq) != "" {
		t.Errorf("%+v %v", m, err)
	}
}

func TestNATSAddresses(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"nats://127.0.0.1:4222": true, "nats://127.0.0.1:4222?replicas=3": true, "nats://127.0.0.1:4222?replicas=9": false, "nats://127.0.0.1:4222?replicas=x": false,
	} {
		d, err := NewDestination(address, nil)
		if (err == nil) != ok || !ok && !errors.Is(err, ErrAddress) {
			t.Errorf("%s: %v", address, err)
		}
		if err == nil {
			if d.Name != "nats://127.0.0.1:4222" {
				t.Errorf("%s is called %s", address, d.Name)
			}
			_ = d.Publisher.Close()
		}
	}
}
