package pglog

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is put, learnt and forgotten, the cache either says what is true or
// says nothing, and holds no more than it may.
func TestHeadsSayTheTruthOrNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		h, truth := newHeads(limit), map[string]head{}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			stream := fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "stream"))
			known, ok := h.get(stream)
			if ok && known != truth[stream] {
				t.Fatalf("%s is at %v, not %v", stream, truth[stream], known)
			}
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				truth[stream] = head{version: truth[stream].version + 1, at: int64(len(truth))}
				h.put(stream, truth[stream])
			case 1:
				h.learn(stream, truth[stream])
			case 2:
				h.learn(stream, head{version: truth[stream].version - 1})
				if known, ok := h.get(stream); ok && known.version < truth[stream].version {
					h.forget(stream) // old news about a stream it did not know
				}
			case 3:
				h.forget(stream)
				if _, ok := h.get(stream); ok {
					t.Fatalf("%s was not forgotten", stream)
				}
			}
			if len(h.young) > limit || len(h.old) > limit {
				t.Fatalf("%d and %d streams kept, limit %d", len(h.young), len(h.old), limit)
			}
		}
		h.forgetAll()
		for stream := range truth {
			if _, ok := h.get(stream); ok {
				t.Fatalf("%s was not forgotten", stream)
			}
		}
	})
}

// What is used stays; what is not goes.
func TestHeadsKeepWhatIsUsed(t *testing.T) {
	t.Parallel()
	h := newHeads(10)
	h.put("used", head{version: 7})
	h.put("unused", head{version: 7})
	for i := range 100 {
		h.put(fmt.Sprint(i), head{version: 1})
		if known, ok := h.get("used"); !ok || known.version != 7 {
			t.Fatalf("after %d others a used stream is at %v, %v", i+1, known, ok)
		}
	}
	if _, ok := h.get("unused"); ok {
		t.Error("a stream that nobody used for long is still kept")
	}
}
