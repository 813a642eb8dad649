//go:build linux

package localpg

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/sys/unix"
)

const (
	mib = 1 << 20
	gib = 1 << 30
)

// maxConnections leaves room for 256 appenders measured beside us, several
// processes with a pool each, and a person with psql.
const maxConnections = 400

// Purpose says what the cluster is for; only Throwaway gives up durability.
type Purpose int

const (
	// Production: what was acknowledged survives a power cut.
	Production Purpose = iota
	// Throwaway: a test's cluster; a crash of the machine may ruin it.
	Throwaway
)

// machine is what the settings are scaled to, in bytes.
type machine struct{ memory, disk uint64 }

func measure(folder string) (machine, error) {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return machine{}, fmt.Errorf("ask how much memory there is: %w", err)
	}
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil {
		return machine{}, fmt.Errorf("ask how much room %s has: %w", folder, err)
	}
	return machine{memory: uint64(info.Totalram) * uint64(info.Unit), disk: fs.Bavail * uint64(fs.Bsize)}, nil
}

func clamp(n, low, high uint64) uint64 { return max(low, min(n, high)) }

// settings is the whole postgresql.conf. What a person wants otherwise goes into
// local.conf beside it, which is read last and never written by us.
func settings(m machine, purpose Purpose, folder string) string {
	// An event log writes much and rereads its tail, and the program beside it
	// needs memory too: an eighth each is enough.
	buffers := clamp(m.memory/8, 128*mib, 4*gib)
	// Recycled segments are cheaper than new ones, which have to be zero-filled
	// in the middle of a burst; so keep many where the disk has room.
	wal := clamp(m.disk/20, 256*mib, 4*gib)

	var b strings.Builder
	set := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%s = '%s'\n", name, quote(fmt.Sprintf(format, args...)))
	}
	b.WriteString("# Written anew at every start; put your own settings into local.conf.\n")
	set("cluster_name", "%s", folder)
	set("listen_addresses", "")
	set("unix_socket_directories", ".")
	set("port", "%d", port)
	set("max_connections", "%d", maxConnections)
	set("timezone", "UTC")
	set("log_timezone", "UTC")
	set("datestyle", "iso, ymd")
	set("lc_messages", "C")
	set("default_text_search_config", "pg_catalog.simple")
	set("jit", "off")
	set("random_page_cost", "1.1")
	if purpose == Throwaway {
		set("shared_buffers", "%dMB", 128)
		set("fsync", "off")
		set("full_page_writes", "off")
		set("wal_level", "minimal")
		set("max_wal_senders", "0")
		set("min_wal_size", "%dMB", 128)
		set("max_wal_size", "%dMB", 1024)
		set("checkpoint_timeout", "1h")
		return b.String()
	}
	set("shared_buffers", "%dMB", buffers/mib)
	set("effective_cache_size", "%dMB", clamp(m.memory/2, 256*mib, 64*gib)/mib)
	set("maintenance_work_mem", "%dMB", clamp(m.memory/32, 64*mib, gib)/mib)
	set("work_mem", "%dMB", clamp(m.memory/512, 8*mib, 64*mib)/mib)
	set("min_wal_size", "%dMB", wal/mib)
	set("max_wal_size", "%dMB", 2*wal/mib)
	set("checkpoint_timeout", "15min")
	set("fsync", "on")
	set("synchronous_commit", "on")
	set("full_page_writes", "on")
	// One file per weekday, begun anew each week: the log stays bounded.
	set("logging_collector", "on")
	set("log_directory", "log")
	set("log_filename", "postgres-%%a.log")
	set("log_truncate_on_rotation", "on")
	set("log_rotation_age", "1d")
	set("log_rotation_size", "0")
	set("log_line_prefix", "%%m [%%p] %%u@%%d ")
	b.WriteString("include_if_exists = 'local.conf'\n")
	return b.String()
}

// quote keeps a folder's name, whatever stands in it, inside its quotes.
func quote(value string) string {
	value = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, value)
	return strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(value)
}

// access is pg_hba.conf: the socket only, and who one is is told by the kernel.
const access = "local all all peer map=house\n"

// identities is pg_ident.conf: root, the account Postgres runs as and the person
// who started it may act as each of our roles.
func identities(names ...string) string {
	var b strings.Builder
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		for _, role := range []string{superuser, OwnerRole, AppRole} {
			fmt.Fprintf(&b, "house \"%s\" %s\n", name, role)
		}
	}
	return b.String()
}
