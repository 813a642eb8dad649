package demonstration

import (
	"path/filepath"
	"testing"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
)

// The showcase village lives in Postgres, with its photographs.
func TestTheRealStores(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	clock := NewClock()
	l, err := pglog.Open(t.Context(), pglog.Config{Conn: db.App(), Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	pool := db.Pool(t, db.App(), nil)
	keys, err := sealing.Open(t.Context(), sealing.Config{Pool: pool, MasterKeyFile: filepath.Join(t.TempDir(), "keys", "master.key")})
	if err != nil {
		t.Fatal(err)
	}
	pictures, err := attachments.New(attachments.Config{Pool: pool, Master: keys.Master(), Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := commands.OpenLog(t.Context(), l, act.DemonstrationClock, "test"); err != nil {
		t.Fatal(err)
	}
	h := commands.New(commands.Config{Log: l, Keys: keys, Directory: commands.NewDirectory(l), Clock: clock.Now})
	if err := h.Directory.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	village := &loader{Config: Config{Handler: h, Log: l, Clock: clock, Attachments: pictures}, builder: showcase(Seed)}
	if err := village.load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, hash := range village.photos.known {
		if _, err := pictures.Stat(t.Context(), mustHash(t, hash)); err != nil {
			t.Errorf("photograph %s: %v", name, err)
		}
	}
}

func mustHash(t *testing.T, a code.Attachment) attachments.Hash {
	t.Helper()
	h, err := attachments.ParseHash(string(a))
	if err != nil {
		t.Fatal(err)
	}
	return h
}
