package projections

// recentStreams is how many states a generation of recent holds. Two together
// cover the open cases of a county; 20,000 states of 1 KiB are 20 MiB.
const recentStreams = 20_000

// recent remembers the states of streams that were touched lately: a younger
// and an older generation, the older forgotten whole.
type recent[S any] struct{ young, old map[string]*folded[S] }

func newRecent[S any]() *recent[S] {
	return &recent[S]{young: map[string]*folded[S]{}, old: map[string]*folded[S]{}}
}

func (r *recent[S]) get(stream string) *folded[S] {
	if f, ok := r.young[stream]; ok {
		return f
	}
	return r.old[stream]
}

func (r *recent[S]) put(stream string, f *folded[S]) {
	if len(r.young) >= recentStreams {
		r.old, r.young = r.young, map[string]*folded[S]{}
	}
	r.young[stream] = f
}
