package messages

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"

	"shouwang/internal/pgtest"
)

// stopwatch is a publisher that notes how long messages took, from when they were
// added to when the publisher inside has taken them.
type stopwatch struct {
	message.Publisher
	mu    sync.Mutex
	took  []time.Duration
	ended time.Time
}

func (s *stopwatch) Publish(topic string, messages ...*message.Message) error {
	if err := s.Publisher.Publish(topic, messages...); err != nil {
		return err
	}
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range messages {
		added, err := strconv.ParseInt(strings.Fields(string(m.Payload))[1], 10, 64)
		if err == nil {
			s.took = append(s.took, now.Sub(time.UnixMicro(added)))
		}
	}
	s.ended = now
	return nil
}

func (s *stopwatch) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.took)
}

// BenchmarkRouter is the cost of one message from the outbox to a publisher that
// does nothing: reading, router, middlewares, noting the place.
func BenchmarkRouter(b *testing.B) {
	pool, r := pgtest.Pool(b), newReceiver()
	served(b, pool, "bench")
	fill(b, pool, 100, 1, b.N/100+1)
	b.ResetTimer()
	deliver(b, pool, Destination{Name: "bench", Topic: Topic, Publisher: r})
	until(b, "all are delivered", func() bool { return r.count() >= b.N })
}

// BenchmarkDelivery is how long a message takes at 1,000 a second, ten at a time
// as a batch of the follower brings them: -bench Delivery -benchtime 60000x is a
// minute. SHOUWANG_PUBLISH names a broker instead of none.
func BenchmarkDelivery(b *testing.B) {
	const together = 10
	pool := pgtest.Pool(b)
	d := Destination{Name: "bench", Topic: Topic, Publisher: InProcess()}
	if address := os.Getenv("SHOUWANG_PUBLISH"); address != "" {
		var err error
		if d, err = NewDestination(address, testSecret); err != nil {
			b.Fatal(err)
		}
	}
	watch := &stopwatch{Publisher: d.Publisher}
	d.Publisher = watch
	served(b, pool, d.Name)
	deliver(b, pool, d)
	b.ResetTimer()
	tick := time.NewTicker(together * time.Millisecond)
	defer tick.Stop()
	sent := 0
	for ; sent < b.N; sent += together {
		<-tick.C
		_, err := pool.Exec(context.Background(), `with added as (insert into model.outbox (id, subject, region, type, body, happened_at)
			select gen_random_uuid(), 'household-' || ($1 + n) % 500, '629900101201', 'clue.recorded.v1', convert_to('x ' || $2::bigint, 'UTF8'), now()
			from generate_series(1, $3::int) n) select pg_notify('shouwang_outbox', '')`, sent, time.Now().UnixMicro(), together)
		if err != nil {
			b.Fatal(err)
		}
	}
	until(b, "all are delivered", func() bool { return watch.count() >= sent })
	slices.Sort(watch.took)
	at := func(share float64) float64 { return watch.took[int(share*float64(len(watch.took)-1))].Seconds() * 1000 }
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
	b.ReportMetric(at(1), "max-ms")
	b.ReportMetric(float64(sent)/b.Elapsed().Seconds(), "messages/s")
}
