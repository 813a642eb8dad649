package pglog

// head is the last version of a stream and when it was recorded, in
// microseconds since 2000.
type head struct {
	version int64
	at      int64
}

// headsKept is how many streams a generation of heads remembers: a large
// county's households, about 25 MB.
const headsKept = 200_000

// heads remembers where streams end, the recently used ones. What it says may
// let an append in (the fence would refuse it if others had written since) but
// never refuse one. Only the writer uses it.
//
// It keeps two generations; when the young one is full it becomes the old one,
// and what was not used meanwhile is forgotten.
type heads struct {
	young, old map[string]head
	limit      int
}

func newHeads(limit int) *heads {
	return &heads{young: map[string]head{}, limit: limit}
}

func (h *heads) get(stream string) (head, bool) {
	if known, ok := h.young[stream]; ok {
		return known, true
	}
	known, ok := h.old[stream]
	if ok {
		h.put(stream, known)
	}
	return known, ok
}

func (h *heads) put(stream string, known head) {
	if len(h.young) >= h.limit {
		if _, ok := h.young[stream]; !ok {
			h.young, h.old = make(map[string]head, h.limit), h.young
		}
	}
	h.young[stream] = known
}

// learn is put for what was read: streams only grow, so the greater version is
// the newer knowledge.
func (h *heads) learn(stream string, read head) {
	if known, ok := h.get(stream); !ok || read.version > known.version {
		h.put(stream, read)
	}
}

func (h *heads) forget(stream string) {
	delete(h.young, stream)
	delete(h.old, stream)
}

func (h *heads) forgetAll() {
	clear(h.young)
	clear(h.old)
}
