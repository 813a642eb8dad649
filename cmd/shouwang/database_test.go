package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"shouwang/internal/localpg"
)

// foreign is a server that nobody but this test started, as DATABASE_URL names
// it for a role.
func foreign(t *testing.T) func(role string) string {
	t.Helper()
	data := folder(t)
	s, err := localpg.Attach(t.Context(), data, localpg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return func(role string) string {
		return fmt.Sprintf("postgres://%s@/%s?host=%s", role, localpg.Database, s.Folder())
	}
}

func TestAServerThatIsNamed(t *testing.T) {
	t.Parallel()
	url := foreign(t)
	// The same record twice, so the same data folder with its master key.
	data := filepath.Join(t.TempDir(), "data")
	for _, c := range []struct {
		name  string
		env   []string
		roles finding
	}{
		{"the owner migrates", []string{"DATABASE_URL=" + url(localpg.AppRole), "DATABASE_OWNER_URL=" + url(localpg.OwnerRole)}, fine},
		{"one role owns all", []string{"DATABASE_URL=" + url(localpg.OwnerRole)}, note},
	} {
		p := &testPlace{t: t, data: data, env: c.env}
		s := p.start("serve")
		if status, body := get(t, s.address+"/readyz"); status != 200 {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
		var d diagnosis
		if err := json.Unmarshal([]byte(p.must("doctor", "--json")), &d); err != nil || !d.OK {
			t.Errorf("%s: %v %+v", c.name, err, d)
		}
		for _, check := range d.Checks {
			if check.Name == "roles" && check.State != c.roles {
				t.Errorf("%s: %+v", c.name, check)
			}
		}
		if status := s.interrupt(); status != 0 {
			t.Errorf("%s: exit code %d\n%s", c.name, status, s.stderr)
		}
		if postgresRuns(t, p.data) {
			t.Errorf("%s: a Postgres of our own runs", c.name)
		}
	}
}

func TestAServerThatIsNotThere(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	p.env = []string{"DATABASE_URL=postgres://nobody@/nothing?host=" + p.data}
	p.fails(1, []string{"连不上数据库", "cannot connect", "DATABASE_URL"}, "serve", "--addr", "127.0.0.1:0")
	p.fails(1, []string{"连不上数据库"}, "doctor")
	p.env = []string{"DATABASE_URL=:::"}
	p.fails(1, []string{"DATABASE_URL 写法有误"}, "report", "half-year")
}
