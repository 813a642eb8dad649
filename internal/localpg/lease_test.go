//go:build linux

package localpg_test

import (
	"syscall"
	"testing"
)

func TestLivesUntilTheLastAttachedProcessHasLeft(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*process){"in order": (*process).leave, "by kill -9": (*process).kill} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := newFolder(t)
			first := attachProcess(t, data, "")
			second := attachProcess(t, data, "")
			server := postmasterOf(t, data)

			end(first) // the one that started it
			if got := second.query("select 'still here'"); got != "still here" {
				t.Fatalf("after the first has left: %s", got)
			}
			if now := postmasterOf(t, data); now != server {
				t.Fatalf("another server (%d, before: %d) although somebody was attached all the time", now, server)
			}
			end(second)
			eventually(t, "the server stops after the last has left", func() bool { return gone(server) })
		})
	}
}

func TestTheLastToLeaveWaitsUntilItHasStopped(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	p := attachProcess(t, data, "")
	server, keeper := postmasterOf(t, data), keeperOf(t, data)
	p.leave()
	if !gone(server) {
		t.Error("the server still runs")
	}
	eventually(t, "the keeper ends", func() bool { return gone(keeper) })
}

func TestNoOrphanAfterTheKeeperIsKilled(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	p := attachProcess(t, data, "")
	server := postmasterOf(t, data)
	kill9(t, keeperOf(t, data))
	eventually(t, "the server stops", func() bool { return gone(server) })
	if got := p.query("select 'again'"); got != "again" {
		t.Fatalf("the next connection of an attached process: %s", got)
	}
	if now := postmasterOf(t, data); now == server {
		t.Fatal("the pid file was not rewritten")
	}
}

func TestComesBackAfterTheServerIsKilled(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	p := attachProcess(t, data, "")
	for range 3 {
		server := postmasterOf(t, data)
		kill9(t, server)
		eventually(t, "the server is gone", func() bool { return gone(server) })
		if got := p.query("select 'again'"); got != "again" {
			t.Fatalf("the next connection after kill -9 of the server: %s", got)
		}
	}
}

// Both a terminal's Ctrl-C and a service manager's stop reach every process; the
// program must be able to finish its writes first.
func TestSignalsToEverybodyDoNotStopTheServerFirst(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	p := attachProcess(t, data, "")
	server, keeper := postmasterOf(t, data), keeperOf(t, data)
	if err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if err := syscall.Kill(keeper, s); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.query("select 'draining'"); got != "draining" {
		t.Fatalf("after Ctrl-C: %s", got)
	}
	if now := postmasterOf(t, data); now != server {
		t.Fatalf("server %d was replaced by %d", server, now)
	}
	for _, other := range []int{server, keeper} {
		if group, err := syscall.Getpgid(other); err != nil || group == p.cmd.Process.Pid {
			t.Errorf("process %d stands in the terminal's group %d (%v)", other, group, err)
		}
	}
	p.leave()
}

func TestManyStartAtOnce(t *testing.T) {
	t.Parallel()
	data := newFolder(t)
	all := make([]*process, 6)
	for i := range all {
		all[i] = startProcess(t, data, nil)
	}
	for _, p := range all {
		if got := p.hear(); got != "attached" {
			t.Fatalf("one of many says %q", got)
		}
	}
	server := postmasterOf(t, data)
	for _, p := range all {
		if got := p.query("select 'one server'"); got != "one server" {
			t.Fatal(got)
		}
		p.leave()
	}
	if !gone(server) {
		t.Error("the server still runs")
	}
}
