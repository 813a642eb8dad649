//go:build linux

package sealing

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"shouwang/internal/pgtest"

	"github.com/jackc/pgx/v5/pgxpool"
)

func open(t testing.TB, pool *pgxpool.Pool, file string) *Keys {
	t.Helper()
	k, err := Open(t.Context(), Config{Pool: pool, MasterKeyFile: file})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func count(t testing.TB, pool *pgxpool.Pool, sql string) int {
	t.Helper()
	var n int
	if err := pool.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASubjectKeepsItsKeyAcrossStarts(t *testing.T) {
	t.Parallel()
	pool, file := pgtest.Pool(t), MasterKeyFile(t.TempDir(), "")
	first, err := open(t, pool, file).For(t.Context(), "household-1")
	if err != nil {
		t.Fatal(err)
	}
	sealed := mustSeal(t, first, "member.phone", "19900000000")

	again := open(t, pool, file)
	for name, get := range map[string]func() (*Sealer, error){
		"For":      func() (*Sealer, error) { return again.For(t.Context(), "household-1") },
		"Existing": func() (*Sealer, error) { return again.Existing(t.Context(), "household-1") },
		"ForMany": func() (*Sealer, error) {
			m, err := again.ForMany(t.Context(), []string{"household-2", "household-1", "household-1"})
			return m["household-1"], err
		},
	} {
		s, err := get()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got, err := s.Open("member.phone", sealed); err != nil || got != "19900000000" {
			t.Errorf("%s: opened %q, %v", name, got, err)
		}
	}
	if n := count(t, pool, "select count(*) from record.keys"); n != 2 {
		t.Errorf("%d keys stored for two households", n)
	}
}

func TestEverySubjectHasAKeyOfItsOwn(t *testing.T) {
	t.Parallel()
	keys := open(t, pgtest.Pool(t), MasterKeyFile(t.TempDir(), ""))
	both, err := keys.ForMany(t.Context(), []string{"household-1", "objector-1"})
	if err != nil {
		t.Fatal(err)
	}
	if both["household-1"].ring.Load().newest.commitment == both["objector-1"].ring.Load().newest.commitment {
		t.Fatal("household and objector share a key")
	}
}

func TestExistingCreatesNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	keys := open(t, pool, MasterKeyFile(t.TempDir(), ""))
	if _, err := keys.Existing(t.Context(), "household-1"); !errors.Is(err, ErrNoKey) {
		t.Fatalf("a stranger's key: %v", err)
	}
	found, err := keys.ExistingMany(t.Context(), []string{"household-1", "household-2"})
	if err != nil || len(found) != 0 {
		t.Fatalf("%v, %v", found, err)
	}
	if n := count(t, pool, "select count(*) from record.keys"); n != 0 {
		t.Fatalf("%d keys were created by asking", n)
	}
	if _, err := keys.For(t.Context(), "household-1"); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Existing(t.Context(), "household-1"); err != nil {
		t.Fatalf("after For: %v", err)
	}
}

func TestManyCallersAtOnce(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	keys := open(t, pool, MasterKeyFile(t.TempDir(), ""))
	const callers, subjects = 200, 50
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			subject := fmt.Sprintf("household-%d", i%subjects)
			s, err := keys.For(t.Context(), subject)
			if err != nil {
				t.Error(err)
				return
			}
			other, err := keys.Existing(t.Context(), subject)
			if err != nil {
				t.Error(err)
				return
			}
			v, err := s.Seal("f", subject)
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := other.Open("f", v); err != nil || got != subject {
				t.Errorf("%s: opened %q, %v", subject, got, err)
			}
		})
	}
	wg.Wait()
	if n := count(t, pool, "select count(*) from record.keys"); n != subjects {
		t.Fatalf("%d keys for %d subjects", n, subjects)
	}
}

func TestABulkLoadIsNotBoundedByTheCache(t *testing.T) {
	t.Parallel()
	keys := open(t, pgtest.Pool(t), MasterKeyFile(t.TempDir(), ""))
	keys.recent = newRecent(10)
	var subjects []string
	for i := range maxBatch + 500 {
		subjects = append(subjects, fmt.Sprintf("household-%d", i))
	}
	made, err := keys.ForMany(t.Context(), subjects)
	if err != nil || len(made) != len(subjects) {
		t.Fatalf("%d of %d sealers, %v", len(made), len(subjects), err)
	}
	found, err := keys.ExistingMany(t.Context(), subjects)
	if err != nil || len(found) != len(subjects) {
		t.Fatalf("%d of %d sealers found, %v", len(found), len(subjects), err)
	}
	for subject, s := range made {
		if got, err := found[subject].Open("f", mustSeal(t, s, "f", subject)); err != nil || got != subject {
			t.Fatalf("%s: opened %q, %v", subject, got, err)
		}
	}
	if kept := keys.recent.order.Len(); kept != 10 || len(keys.recent.found) != 10 {
		t.Fatalf("%d sealers kept, at most 10 wanted", kept)
	}
}

// Asked for side by side or far apart, with strangers among them: everybody gets
// all versions of his key, wherever the reading of neighbours was cut off.
func TestManyKeysAreFoundHoweverTheyLie(t *testing.T) {
	t.Parallel()
	pool, file := pgtest.Pool(t), MasterKeyFile(t.TempDir(), "")
	keys := open(t, pool, file)
	const subjects = 900
	all, second := make([]string, subjects), make([]row, 0, subjects)
	for i := range all {
		all[i] = fmt.Sprintf("household-%03d", i)
		if i%3 == 0 {
			second = append(second, row{all[i], 2, keys.master.Wrap(purpose(all[i], 2), make([]byte, keySize))})
		}
	}
	if _, err := keys.ForMany(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	if lost, err := keys.table.insert(t.Context(), second); err != nil || len(lost) > 0 {
		t.Fatal(lost, err)
	}
	for step := 1; step <= 13; step++ {
		for from := range 12 {
			var asked []string
			for i := from; i < subjects; i += step {
				asked = append(asked, all[i])
			}
			mine := len(asked)
			for i := range from { // each asks for more strangers, and is cut off elsewhere
				asked = append(asked, fmt.Sprintf("%s-stranger-%d", all[subjects/2], i))
			}
			fresh := &Keys{master: keys.master, table: keys.table, recent: newRecent(cacheSize)}
			found, err := fresh.ExistingMany(t.Context(), asked)
			if err != nil || len(found) != mine {
				t.Fatalf("every %d from %d: %d of %d keys, %v", step, from, len(found), mine, err)
			}
			for i := from; i < subjects; i += step {
				if got, want := len(found[all[i]].ring.Load().versions), 2-min(1, i%3); got != want {
					t.Fatalf("every %d from %d: %s has %d versions, want %d", step, from, all[i], got, want)
				}
			}
			if kept := fresh.recent.order.Len(); kept > 0 {
				t.Fatalf("%d keys of a rebuild took the place of those in use", kept)
			}
		}
	}
}

func TestAVersionAddedByAnotherProcessIsFound(t *testing.T) {
	t.Parallel()
	pool, file := pgtest.Pool(t), MasterKeyFile(t.TempDir(), "")
	old, err := open(t, pool, file).For(t.Context(), "household-1")
	if err != nil {
		t.Fatal(err)
	}
	first := mustSeal(t, old, "f", "first")
	other := open(t, pool, file)
	secret := make([]byte, keySize)
	if _, err := other.table.insert(t.Context(), []row{{"household-1", 2, other.master.Wrap(purpose("household-1", 2), secret)}}); err != nil {
		t.Fatal(err)
	}
	rotated, err := other.For(t.Context(), "household-1")
	if err != nil {
		t.Fatal(err)
	}
	second := mustSeal(t, rotated, "f", "second")
	if first[:3] != "k1." || second[:3] != "k2." {
		t.Fatalf("versions of %q and %q", first, second)
	}
	for _, s := range []*Sealer{old, rotated} {
		for sealed, want := range map[string]string{first: "first", second: "second"} {
			if got, err := s.Open("f", sealed); err != nil || got != want {
				t.Errorf("opened %q, %v; want %q", got, err, want)
			}
		}
	}
	if _, err := old.Open("f", "k3"+second[2:]); !errors.Is(err, ErrUnknownVersion) {
		t.Errorf("a version nobody has: %v", err)
	}
}

func TestAMissingOrDifferentMasterKeyIsRefused(t *testing.T) {
	t.Parallel()
	pool, file := pgtest.Pool(t), MasterKeyFile(t.TempDir(), "")
	open(t, pool, file)
	if _, err := Open(t.Context(), Config{Pool: pool, MasterKeyFile: file + ".elsewhere"}); !errors.Is(err, ErrMasterKeyMissing) {
		t.Fatalf("missing file: %v", err)
	}
	if _, err := os.Stat(file + ".elsewhere"); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("a new master key was made beside the old database: %v", err)
	}
	other := filepath.Join(t.TempDir(), "other.key")
	if err := createMaster(other); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Config{Pool: pool, MasterKeyFile: other}); !errors.Is(err, ErrMasterKeyDifferent) {
		t.Fatalf("different file: %v", err)
	}
	open(t, pool, file)
}

func TestConcurrentFirstStartsTieTheDatabaseToOneKey(t *testing.T) {
	t.Parallel()
	pool, folder := pgtest.Pool(t), t.TempDir()
	results := make([]error, 6)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() { // every start brings a master key of its own
			_, results[i] = Open(t.Context(), Config{Pool: pool, MasterKeyFile: filepath.Join(folder, fmt.Sprint(i), "master.key")})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range results {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, ErrMasterKeyDifferent) && !errors.Is(err, ErrMasterKeyMissing):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Fatalf("%d of %d different master keys were accepted", won, len(results))
	}
}

func TestNobodyCanChangeStoredKeys(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	app := db.Pool(t, db.App(), nil)
	if _, err := open(t, app, MasterKeyFile(t.TempDir(), "")).For(t.Context(), "household-1"); err != nil {
		t.Fatal(err)
	}
	for role, pool := range map[string]*pgxpool.Pool{
		"app": app, "owner": db.Pool(t, db.Owner(), nil), "superuser": db.Pool(t, db.Superuser(), nil),
	} {
		for _, sql := range []string{
			"update record.keys set version = 2", "delete from record.keys", "truncate record.keys",
			"update record.master_key set fingerprint = ''", "delete from record.master_key", "truncate record.master_key",
			"set session_replication_role = replica; delete from record.keys",
		} {
			if _, err := pool.Exec(t.Context(), sql); err == nil {
				t.Errorf("%s could: %s", role, sql)
			}
		}
	}
	if n := count(t, app, "select count(*) from record.keys where version = 1"); n != 1 {
		t.Fatal("the key is gone")
	}
}

func TestAWrappedKeyMovedToAnotherSubjectDoesNotOpen(t *testing.T) {
	t.Parallel()
	pool, file := pgtest.Pool(t), MasterKeyFile(t.TempDir(), "")
	if _, err := open(t, pool, file).For(t.Context(), "household-1"); err != nil {
		t.Fatal(err)
	}
	_, err := pool.Exec(t.Context(), "insert into record.keys (subject, version, wrapped) select 'household-2', version, wrapped from record.keys")
	if err != nil {
		t.Fatal(err)
	}
	keys := open(t, pool, file)
	batch := []*request{
		{subject: "household-2", done: make(chan struct{})},
		{subject: "household-1", done: make(chan struct{})},
		{subject: "household-3", create: true, done: make(chan struct{})},
	}
	keys.serve(t.Context(), batch)
	if !errors.Is(batch[0].err, ErrTampered) {
		t.Errorf("a copied key: %v", batch[0].err)
	}
	for _, r := range batch[1:] {
		if r.err != nil || r.sealer == nil {
			t.Errorf("%s suffers from its neighbour: %v", r.subject, r.err)
		}
	}
}
