//go:build linux

package localpg

import (
	"strings"
	"testing"
)

func TestSettingsFollowTheMachine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		machine machine
		want    []string
	}{
		{"a small old PC", machine{memory: 2 * gib, disk: 10 * gib},
			[]string{"shared_buffers = '256MB'", "work_mem = '8MB'", "maintenance_work_mem = '64MB'", "min_wal_size = '512MB'", "max_wal_size = '1024MB'"}},
		{"hardly anything", machine{memory: 256 * mib, disk: gib},
			[]string{"shared_buffers = '128MB'", "effective_cache_size = '256MB'", "min_wal_size = '256MB'"}},
		{"a county's server", machine{memory: 64 * gib, disk: 1024 * gib},
			[]string{"shared_buffers = '4096MB'", "work_mem = '64MB'", "maintenance_work_mem = '1024MB'", "min_wal_size = '4096MB'", "max_wal_size = '8192MB'"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := settings(c.machine, Production, "/data/pg")
			for _, line := range append(c.want, "fsync = 'on'", "listen_addresses = ''", "full_page_writes = 'on'") {
				if !strings.Contains(got, line+"\n") {
					t.Errorf("no line %s in:\n%s", line, got)
				}
			}
		})
	}
}

func TestAFoldersNameCannotBecomeASetting(t *testing.T) {
	t.Parallel()
	got := settings(machine{}, Production, "/o'brien\\'\nfsync = 'off")
	if !strings.Contains(got, `cluster_name = '/o''brien\\''?fsync = ''off'`+"\n") {
		t.Errorf("the folder's name changed a setting:\n%s", got)
	}
}

func TestWhoMayConnect(t *testing.T) {
	t.Parallel()
	got := identities("root", "postgres", "li", "li", "postgres")
	for _, name := range []string{"root", "postgres", "li"} {
		for _, role := range []string{superuser, OwnerRole, AppRole} {
			if n := strings.Count(got, "house \""+name+"\" "+role+"\n"); n != 1 {
				t.Errorf("%d lines let %s act as %s, want 1", n, name, role)
			}
		}
	}
}
