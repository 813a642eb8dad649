package kurrentlog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/internal/esdbtest"
)

// guarded is a server with TLS, a user of ours and an administrator, and the
// address of each of them.
func guarded(t *testing.T) (_ *esdbtest.Server, ours, admins string) {
	t.Helper()
	certificate, file := esdbtest.Certificate(t)
	server := esdbtest.Start(t, esdbtest.Options{Certificate: certificate,
		Users: map[string]esdbtest.User{"shouwang": {Password: "secret"}, "admin": {Password: "changeit", Admin: true}}})
	server.Store().Protect("shouwang")
	at := server.Address() + "?tls=true&tlsCaFile=" + file
	return server, "esdb://shouwang:secret@" + at, "esdb://admin:changeit@" + at
}

const probe = "household-00000000-0000-0000-0000-000000000000"

func TestExaminationOfAProtectedServer(t *testing.T) {
	t.Parallel()
	server, ours, admins := guarded(t)
	l := openAt(t, ours, long)
	if _, err := l.Append(t.Context(), "household-1", 0, one("a")); err != nil {
		t.Fatal(err)
	}
	e, err := l.Examine(t.Context(), probe)
	if err != nil {
		t.Fatal(err)
	}
	if e.Last == nil || e.Last.Stream != "household-1" {
		t.Errorf("the last record is %+v", e.Last)
	}
	e.Last = nil
	want := kurrentlog.Examination{Hosts: server.Address(), Version: "26.1.0", Local: true, TLS: true, Verified: true, User: "shouwang", MaxAppend: 15 << 20}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	e, err = openAt(t, admins, long).Examine(t.Context(), probe)
	if err != nil || !e.MayDelete || !e.MayRewrite {
		t.Errorf("an administrator may delete and rewrite: %+v, %v", e, err)
	}
	// Nothing of this has been written or deleted.
	if n := len(stored(t, l)); n != 1 {
		t.Errorf("%d records", n)
	}
	for name := range server.Store().Streams() {
		if strings.Contains(name, probe) {
			t.Errorf("there is a stream %s", name)
		}
	}
}

func TestStreamsThatForgetAreFound(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	for stream, metadata := range map[string]string{
		"household-1": `{"$maxCount":10}`, "household-2": `{"$maxAge":3600}`, "household-3": `{"$tb":5}`,
		"household-4": `{"$acl":{"$r":"$all"}}`, "household-5": `{"owner":"us"}`, "$stats-1": `{"$maxAge":60}`,
	} {
		server.Store().SetMetadata(stream, metadata)
	}
	server.Store().SetMetadata("household-2", `{}`) // was mended
	e, err := l.Examine(t.Context(), probe)
	if diff := cmp.Diff([]string{"household-1", "household-3"}, e.Truncated); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if !e.MayDelete || !e.MayRewrite || e.TLS || !e.Local {
		t.Errorf("an insecure server: %+v", e)
	}
}

// A stream of which the server has forgotten something is not read as if it were
// whole.
func TestAForgottenBeginningIsAnError(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	for v := range eventlog.Version(5) {
		if _, err := l.Append(t.Context(), "household-1", v, one("a")); err != nil {
			t.Fatal(err)
		}
	}
	server.Store().SetMetadata("household-1", `{"$maxCount":2}`)
	var failed error
	for _, err := range l.ReadStream(t.Context(), "household-1", 0) {
		failed = err
	}
	if failed == nil || !strings.Contains(failed.Error(), "truncated") {
		t.Errorf("read: %v", failed)
	}
}

// What somebody else has written into a stream of ours is not passed over.
func TestAForeignEventIsAnError(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	server.Store().Put("household-1", "somebody.elses", `{}`)
	server.Store().Put("orders-1", "somebody.elses", `{}`)
	if n := len(stored(t, l)); n != 0 {
		t.Errorf("%d records of others were read as ours", n)
	}
	for _, err := range l.ReadStream(t.Context(), "household-1", 0) {
		if err == nil {
			t.Error("a foreign event was read as ours")
		}
	}
	if _, err := l.Append(t.Context(), "household-1", 0, one("a")); err == nil {
		t.Error("appended after a foreign event")
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"esdb://127.0.0.1:2113?tls=false":                       true,
		"kurrentdb://localhost:2113?tls=false":                  true,
		"esdb://user:secret@db.example:2113":                    true,
		"esdb://user:secret@a.example:2113,b.example,c.example": true,
		"esdb+discover://user:secret@cluster.example:2113":      true,
		"esdb://db.example:2113":                                false, // no password
		"esdb://user@db.example:2113":                           false,
		"esdb://user:secret@db.example:2113?tls=false":          false, // the client would drop the password
		"esdb://127.0.0.1:2113,db.example:2113?tls=false":       false,
		"postgres://localhost/shouwang":                         false,
		"esdb://":                                               false,
		"":                                                      false,
	} {
		err := kurrentlog.Check(address)
		if (err == nil) != ok || err != nil && (!errors.Is(err, eventlog.ErrInvalid) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if got := kurrentlog.Describe("esdb://user:secret@db.example:2113"); strings.Contains(got, "secret") {
		t.Errorf("the password is shown: %s", got)
	}
}

func TestServersThatWillNotDo(t *testing.T) {
	t.Parallel()
	old := esdbtest.Start(t, esdbtest.Options{Version: "22.10.5"})
	if _, err := kurrentlog.Open(t.Context(), kurrentlog.Config{URL: old.URL()}); err == nil || !strings.Contains(err.Error(), "23.10.0") {
		t.Errorf("an old server: %v", err)
	}
	_, ours, _ := guarded(t)
	wrong := strings.Replace(ours, "secret", "guess", 1)
	if _, err := kurrentlog.Open(t.Context(), kurrentlog.Config{URL: wrong}); err == nil {
		t.Error("opened with a wrong password")
	}
	empty := esdbtest.Start(t, esdbtest.Options{})
	if _, err := kurrentlog.Open(t.Context(), kurrentlog.Config{URL: empty.URL(), Existing: true}); !errors.Is(err, kurrentlog.ErrNoStore) {
		t.Errorf("a database that holds no record: %v", err)
	}
	empty.Stop()
	if _, err := kurrentlog.Open(t.Context(), kurrentlog.Config{URL: empty.URL(), Patience: 200 * time.Millisecond}); !errors.Is(err, kurrentlog.ErrAway) {
		t.Errorf("a server that is not there: %v", err)
	}
}
