package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// meter tells how much of the machine other processes use: everybody but this
// process, its children and the Postgres that is measured. The kernel's own
// threads are left out, since much of what they do they do for us.
type meter struct {
	roots []int // processes whose families are ours
	// blind: the kernel's figures cannot be had, others are reported as 0.
	blind bool
}

func newMeter(postmaster int) *meter {
	m := &meter{roots: []int{os.Getpid()}}
	if postmaster != 0 {
		m.roots = append(m.roots, postmaster)
	}
	_, err := os.Stat("/proc/stat")
	m.blind = err != nil
	return m
}

// tick is the kernel's unit of processor time towards programs.
const tick = 10 * time.Millisecond

// usage is processor time in ticks since the machine started.
type usage struct{ all, busy, stolen, ours, others int64 }

// othersSince is the share of the machine, 0 to 1, that others used between,
// also outside of a virtual machine.
func (u usage) othersSince(before usage) float64 {
	return u.shareSince(before, u.others+u.stolen, before.others+before.stolen)
}

// unknownSince is the share that was used by nobody who can be seen: switching
// between many short tasks, interrupts, and processes of other containers.
func (u usage) unknownSince(before usage) float64 {
	return u.shareSince(before, u.busy-u.ours-u.others, before.busy-before.ours-before.others)
}

func (u usage) shareSince(before usage, now, then int64) float64 {
	all := u.all - before.all
	if all <= 0 {
		return 0
	}
	return min(1, max(0, float64(now-then)/float64(all)))
}

func (m *meter) read() (usage, error) {
	if m.blind {
		return usage{}, nil
	}
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return usage{}, fmt.Errorf("ask how busy the machine is: %w", err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	var u usage
	// cpu user nice system idle iowait irq softirq steal; guests are counted in
	// the first two already.
	for i, field := range strings.Fields(line) {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil || i > 8 {
			continue
		}
		u.all += n
		switch i {
		case 4, 5: // nobody used these
		case 8:
			u.stolen = n
		default:
			u.busy += n
		}
	}
	u.ours, u.others, err = m.processes()
	return u, err
}

// kernelThreads is the parent of the kernel's own threads.
const kernelThreads = 2

// processes sums up the time of our processes and of the others. A process that
// has ended is in the sum of whoever waited for it, so nothing is lost between
// two readings.
func (m *meter) processes() (ours, others int64, err error) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, 0, fmt.Errorf("list the processes: %w", err)
	}
	type process struct {
		parent int
		ticks  int64
	}
	all := map[int]process{}
	for _, name := range stats {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended meanwhile
		}
		// The name in brackets may hold spaces and brackets itself.
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if err != nil || len(fields) < 15 {
			continue
		}
		p := process{}
		p.parent, _ = strconv.Atoi(fields[1])
		for _, field := range fields[11:15] { // utime stime cutime cstime
			n, _ := strconv.ParseInt(field, 10, 64)
			p.ticks += n
		}
		all[pid] = p
	}
	is := map[int]bool{0: false, 1: false}
	for _, root := range m.roots {
		is[root] = true
	}
	var family func(pid int) bool
	family = func(pid int) bool {
		known, ok := is[pid]
		if !ok {
			known = family(all[pid].parent)
			is[pid] = known
		}
		return known
	}
	for pid, p := range all {
		switch {
		case family(pid):
			ours += p.ticks
		case pid != kernelThreads && p.parent != kernelThreads:
			others += p.ticks
		}
	}
	return ours, others, nil
}

// quietLook is how long one look at the machine takes before a measurement.
const quietLook = 200 * time.Millisecond

// awaitQuiet waits for a moment in which others use little, but not for ever.
func (m *meter) awaitQuiet(ctx context.Context, patience time.Duration) {
	if patience < 0 || m.blind {
		return
	}
	for end := time.Now().Add(patience); time.Now().Before(end); {
		before, err := m.read()
		if err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(quietLook):
		}
		after, err := m.read()
		if err != nil || after.othersSince(before) <= quietShare {
			return
		}
	}
}

// parentOf returns the parent of a process on this machine, 0 if there is no
// such process.
func parentOf(pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if errors.Is(err, fs.ErrNotExist) || err != nil {
		return 0
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 2 {
		return 0
	}
	parent, _ := strconv.Atoi(fields[1])
	return parent
}
