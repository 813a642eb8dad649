package web

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"shouwang/domain/policy"
)

// TooOften is the rule of whoever asks faster than people do.
const TooOften policy.Rule = "rate.limited"

// gate lets so many through: each address in each village burst times at once and
// then one every so often, and each village wide times as much.
type gate struct {
	every time.Duration
	burst int

	mu   sync.Mutex
	seen map[string]*comer
}

// comer is one who came, and when he last did.
type comer struct {
	limit *rate.Limiter
	last  time.Time
}

const (
	// wide is how many addresses a village is thought to send from at once: a
	// meeting at which everybody scans the code.
	wide = 40
	// maxSeen bounds what is remembered; the longest gone are forgotten first.
	maxSeen = 20000
)

func newGate(every time.Duration, burst int) *gate {
	return &gate{every: every, burst: burst, seen: map[string]*comer{}}
}

// pass refuses whoever comes too often.
func (g *gate) pass(address, village string, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.seen) >= maxSeen {
		g.forget(now)
	}
	own := g.of(address+"|"+village, g.every, g.burst)
	all := g.of("|"+village, g.every/wide, g.burst*wide)
	own.last, all.last = now, now
	if !own.limit.AllowN(now, 1) || !all.limit.AllowN(now, 1) {
		return policy.Refuse(TooOften, "提交得太频繁，请过一会儿再试")
	}
	return nil
}

func (g *gate) of(key string, every time.Duration, burst int) *comer {
	p, ok := g.seen[key]
	if !ok {
		p = &comer{limit: rate.NewLimiter(rate.Every(every), burst)}
		g.seen[key] = p
	}
	return p
}

// forget drops whoever has his full allowance again; if nobody has, everybody:
// a flood of addresses must not fill the memory.
func (g *gate) forget(now time.Time) {
	for key, p := range g.seen {
		if now.Sub(p.last) > g.every*time.Duration(g.burst) {
			delete(g.seen, key)
		}
	}
	if len(g.seen) >= maxSeen {
		clear(g.seen)
	}
}

// gates stand before what anybody may send or look for.
type gates struct{ apply, object, track *gate }

func newGates() gates {
	return gates{apply: newGate(2*time.Minute, 5), object: newGate(5*time.Minute, 3), track: newGate(6*time.Second, 10)}
}

// whence is the address that counts as one: of IPv6 the network of a house.
func (s *site) whence(r *http.Request) string {
	from := s.door(r).Address
	if a, err := netip.ParseAddr(from); err == nil && a.Is6() && !a.Is4In6() {
		if house, err := a.Prefix(64); err == nil {
			return house.String()
		}
	}
	return from
}
