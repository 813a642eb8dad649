//go:build linux

package pgtest

import (
	"context"
	"fmt"
	"os"
	"testing"

	"shouwang/internal/localpg"
)

// Private is a server that belongs to one test, which may stop, kill and start
// it. It has the settings of production.
type Private struct {
	*Database
	t      testing.TB
	server *localpg.Postmaster // nil while it is down
}

// Server starts a server of the test's own with one migrated database. It is
// stopped and removed when the test ends.
func Server(t testing.TB) *Private {
	t.Helper()
	home, err := home()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(home, "private-")
	if err != nil {
		t.Fatalf("folder for a private server: %v", err)
	}
	cluster, server, err := startMigrated(context.Background(), folder, localpg.Production)
	if err != nil {
		t.Fatalf("a private Postgres for this test: %v", err)
	}
	p := &Private{Database: &Database{name: "test_1", cluster: cluster}, t: t, server: server}
	t.Cleanup(func() {
		p.Kill()
		if err := cluster.Close(); err != nil {
			t.Errorf("close the private server's folder: %v", err)
		}
	})
	if err := copyTemplate(context.Background(), cluster, p.name); err != nil {
		t.Fatal(err)
	}
	return p
}

// Stop ends the server in order. Open connections are cut.
func (p *Private) Stop() {
	p.t.Helper()
	if p.server == nil {
		return
	}
	if err := p.server.Stop(); err != nil {
		p.t.Fatal(err)
	}
	p.server = nil
}

// Kill ends the server with kill -9.
func (p *Private) Kill() {
	if p.server == nil {
		return
	}
	p.server.Kill()
	p.server = nil
}

// Start starts a stopped or killed server again and returns when it answers.
func (p *Private) Start() {
	p.t.Helper()
	if p.server != nil {
		p.t.Fatal("the private server is running already")
	}
	server, err := p.cluster.Start(context.Background())
	if err != nil {
		p.t.Fatal(fmt.Errorf("start the private server again: %w", err))
	}
	p.server = server
}
