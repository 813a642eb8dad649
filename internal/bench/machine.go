package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Machine is what the figures were measured on.
type Machine struct {
	At         time.Time         `json:"at"`
	System     string            `json:"system"`
	Processor  string            `json:"processor,omitzero"`
	Processors int               `json:"processors"`
	MemoryMiB  int64             `json:"memory_mib,omitzero"`
	Go         string            `json:"go"`
	Postgres   string            `json:"postgres"`
	Settings   map[string]string `json:"settings"`
	Private    bool              `json:"private"` // started for this run
}

// String is the machine in one line.
func (m Machine) String() string {
	server := "DATABASE_URL"
	if m.Private {
		server = "private"
	}
	return fmt.Sprintf("%s · %d × %s · %d MiB · %s · PostgreSQL %s (%s, fsync %s, synchronous_commit %s, shared_buffers %s) · %s",
		m.System, m.Processors, m.Processor, m.MemoryMiB, m.Go, m.Postgres, server,
		m.Settings["fsync"], m.Settings["synchronous_commit"], m.Settings["shared_buffers"], m.At.Format(time.RFC3339))
}

// settings that change what the figures mean.
var settings = []string{"fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size", "min_wal_size", "wal_level", "jit"}

func describe(ctx context.Context, s *server) (Machine, error) {
	m := Machine{
		At: time.Now().UTC().Truncate(time.Second), System: runtime.GOOS + "/" + runtime.GOARCH, Processors: runtime.NumCPU(),
		Go: runtime.Version(), Settings: map[string]string{}, Private: s.private != nil,
	}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.System += " " + strings.TrimSpace(string(release))
	}
	m.Processor = lineOf("/proc/cpuinfo", "model name")
	kib, _, _ := strings.Cut(lineOf("/proc/meminfo", "MemTotal"), " ")
	if n, err := strconv.ParseInt(kib, 10, 64); err == nil {
		m.MemoryMiB = n >> 10
	}
	err := s.withAdmin(ctx, func(conn *pgx.Conn) error {
		if err := conn.QueryRow(ctx, "show server_version").Scan(&m.Postgres); err != nil {
			return err
		}
		for _, name := range settings {
			var value string
			if err := conn.QueryRow(ctx, "select current_setting($1)", name).Scan(&value); err != nil {
				return err
			}
			m.Settings[name] = value
		}
		return nil
	})
	if err != nil {
		return m, fmt.Errorf("ask the server for its settings: %w", err)
	}
	return m, nil
}

// lineOf finds "key : value" in one of the kernel's files.
func lineOf(file, key string) string {
	text, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
