package demonstration

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"shouwang/commands"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
)

func loaded(t testing.TB, log func(*Clock) eventlog.Log, households int) (*commands.Handler, Summary) {
	clock := NewClock()
	l := log(clock)
	ctx := context.Background()
	keys, err := sealing.Open(ctx, sealing.Config{Pool: pgtest.Pool(t), MasterKeyFile: filepath.Join(t.TempDir(), "keys", "master.key")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := commands.OpenLog(ctx, l, act.DemonstrationClock, "test"); err != nil {
		t.Fatal(err)
	}
	h := commands.New(commands.Config{Log: l, Keys: keys, Directory: commands.NewDirectory(l), Clock: clock.Now})
	start := time.Now()
	s, err := Load(ctx, Config{Handler: h, Log: l, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d households, %d acts, %d events in %s", s.Households, s.Acts, s.Total, time.Since(start))
	for _, name := range slices.Sorted(maps.Keys(s.Events)) {
		fmt.Println(name, s.Events[name])
	}
	return h, s
}

func TestLoad(t *testing.T) {
	loaded(t, func(c *Clock) eventlog.Log { return memlog.New(c.Now) }, 0)
}
