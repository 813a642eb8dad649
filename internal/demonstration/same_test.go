package demonstration

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
)

// zeros are salts without chance.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// sealedValue is what chance makes of a personal field.
var sealedValue = regexp.MustCompile(`k1\.[A-Za-z0-9_-]+`)

// showcase is the diary of nothing but the stories.
func showcase(seed int64) *builder {
	b := newBuilder(seed)
	b.tell()
	b.file()
	return b
}

// lived loads the showcase village and returns the streams, personal fields masked.
// Each of the contexts is one try; all but the last are expected to end early.
func lived(t *testing.T, tries ...func(context.Context) (context.Context, func(done, total int))) map[string][]string {
	t.Helper()
	clock := NewClock()
	l := memlog.New(clock.Now)
	h := newHandler(t, clock, l)
	h.Random = zeros{}
	for i, try := range tries {
		ctx, progress := try(t.Context())
		if err := h.Directory.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		load := &loader{Config: Config{Handler: h, Log: l, Clock: clock, Progress: progress}, builder: showcase(Seed)}
		err := load.load(ctx)
		if last := i == len(tries)-1; last && err != nil || !last && !errors.Is(err, context.Canceled) {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	streams := map[string][]string{}
	for rec, err := range l.ReadAll(t.Context(), eventlog.Position{}, eventlog.Everything) {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Stream == "log" {
			continue // names the log, by chance
		}
		stream := strings.Clone(rec.Stream)
		streams[stream] = append(streams[stream], strings.Join([]string{rec.ID.String(), rec.Type, sealedValue.ReplaceAllString(string(rec.Data), "sealed"), string(rec.Meta)}, "\n"))
	}
	return streams
}

func throughout(ctx context.Context) (context.Context, func(int, int)) { return ctx, nil }

func TestTheSameSeedIsTheSameCounty(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(lived(t, throughout), lived(t, throughout)); diff != "" {
		t.Errorf("%.2000s", diff)
	}
}

func TestAnInterruptedLoadingGoesOn(t *testing.T) {
	t.Parallel()
	interrupted := func(ctx context.Context) (context.Context, func(int, int)) {
		ctx, cancel := context.WithCancel(ctx)
		return ctx, func(done, _ int) {
			if done > 300 {
				cancel()
			}
		}
	}
	whole, resumed := lived(t, throughout), lived(t, interrupted, throughout)
	if diff := cmp.Diff(whole, resumed); diff != "" {
		t.Errorf("%.2000s", diff)
	}
}
