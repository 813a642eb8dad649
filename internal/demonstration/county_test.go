package demonstration

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
)

// loading is a county that was loaded, with every household's file.
type loading struct {
	handler *commands.Handler
	album   *album
	summary Summary
	files   map[string][]household.Fact // by household id
}

// newHandler returns a handler on a log that was opened as a demonstration.
func newHandler(t testing.TB, clock *Clock, l eventlog.Log) *commands.Handler {
	t.Helper()
	keys, err := sealing.Open(t.Context(), sealing.Config{Pool: pgtest.Pool(t), MasterKeyFile: filepath.Join(t.TempDir(), "keys", "master.key")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := commands.OpenLog(t.Context(), l, act.DemonstrationClock, "test"); err != nil {
		t.Fatal(err)
	}
	return commands.New(commands.Config{Log: l, Keys: keys, Directory: commands.NewDirectory(l), Clock: clock.Now})
}

// standard is the standard county, loaded once for all tests of the package.
var standard struct {
	once sync.Once
	loading
}

func county(t *testing.T) *loading {
	t.Helper()
	standard.once.Do(func() {
		clock := NewClock()
		l := memlog.New(clock.Now)
		h := newHandler(t, clock, l)
		album := &album{kept: map[code.Attachment]int{}}
		h.Attachments = album
		s, err := Load(t.Context(), Config{Handler: h, Log: l, Clock: clock, Attachments: album})
		if err != nil {
			t.Errorf("load: %v", err)
			return
		}
		t.Logf("%d households, %d acts, %d events", s.Households, s.Acts, s.Total)
		standard.loading = loading{h, album, s, files(t, l)}
	})
	if standard.files == nil {
		t.Fatal("the county is not loaded")
	}
	return &standard.loading
}

// album keeps what is uploaded by its hash.
type album struct {
	mu   sync.Mutex
	kept map[code.Attachment]int
}

func (a *album) Put(_ context.Context, _ attachments.Statement, content io.Reader) (attachments.Attachment, error) {
	data, err := io.ReadAll(content)
	sum := sha256.Sum256(data)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.kept[code.Attachment(hex.EncodeToString(sum[:]))]++
	return attachments.Attachment{Hash: sum}, err
}

func (a *album) Exists(_ context.Context, hash code.Attachment) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.kept[hash] > 0, nil
}

// files reads every household's file.
func files(t *testing.T, l eventlog.Log) map[string][]household.Fact {
	t.Helper()
	all := map[string][]household.Fact{}
	for rec, err := range l.ReadAll(context.Background(), eventlog.Position{}, eventlog.Everything) {
		if err != nil {
			t.Fatal(err)
		}
		id, ok := strings.CutPrefix(rec.Stream, "household-")
		if !ok {
			continue
		}
		id = strings.Clone(id)
		f, err := commands.Fact(rec.Clone(), nil)
		if err != nil {
			t.Fatal(err)
		}
		all[id] = append(all[id], f)
	}
	return all
}

// state folds a household as of 30 June 2023.
func (l *loading) state(id string) household.State {
	return household.Fold(id, l.files[id], household.Times{AsOf: asOf})
}

// ids are the households, sorted.
func (l *loading) ids() []string { return slices.Sorted(maps.Keys(l.files)) }

func TestOnlySoManyHouseholds(t *testing.T) {
	t.Parallel()
	clock := NewClock()
	l := memlog.New(clock.Now)
	if _, err := commands.OpenLog(t.Context(), l, act.DemonstrationClock, "test"); err != nil {
		t.Fatal(err)
	}
	h := commands.New(commands.Config{Log: l, Directory: commands.NewDirectory(l), Clock: clock.Now})
	if _, err := Load(t.Context(), Config{Handler: h, Log: l, Clock: clock, Households: MaxHouseholds + 1}); !errors.Is(err, ErrTooMany) {
		t.Errorf("got %v", err)
	}
}

func TestOnlyADemonstrationIsLoaded(t *testing.T) {
	t.Parallel()
	clock := NewClock()
	l := memlog.New(clock.Now)
	if _, err := commands.OpenLog(t.Context(), l, act.RealClock, "test"); err != nil {
		t.Fatal(err)
	}
	h := commands.New(commands.Config{Log: l, Directory: commands.NewDirectory(l), Clock: clock.Now})
	if _, err := Load(t.Context(), Config{Handler: h, Log: l, Clock: clock}); !errors.Is(err, ErrNotDemonstration) {
		t.Errorf("got %v", err)
	}
}
