package kurrentlog

import (
	"fmt"
	"math"
	"net"
	"net/url"
	"strings"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"shouwang/eventlog"
)

// target is where a connection string points, and how safely.
type target struct {
	config   *esdb.Configuration
	hosts    []string
	tls      bool
	verified bool // the server's certificate is checked
	user     string
}

// String names the hosts, never the password.
func (t *target) String() string { return strings.Join(t.hosts, ",") }

// schemes are the connection strings' names, new and old.
var schemes = map[string]string{
	"kurrentdb": "esdb", "kurrent": "esdb", "kdb": "esdb", "esdb": "esdb",
	"kurrentdb+discover": "esdb+discover", "kurrent+discover": "esdb+discover", "kdb+discover": "esdb+discover", "esdb+discover": "esdb+discover",
}

// Is tells whether an address is one of ours, so that it can be told from a
// database's.
func Is(address string) bool {
	scheme, _, ok := strings.Cut(address, "://")
	return ok && schemes[scheme] != ""
}

// Check says what is wrong with a connection string, without connecting.
func Check(address string) error {
	_, err := parse(address)
	return err
}

// parse reads esdb://user:password@host:2113,host:2113?tls=true and the like.
//
// Every node but those on the loopback must be reached by TLS and with a
// password: without TLS the client drops the password silently, and a server in
// insecure mode lets everybody delete.
func parse(address string) (*target, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	known, ok := schemes[scheme]
	if !ok {
		return nil, fmt.Errorf("%w: an address begins with esdb:// or esdb+discover://", eventlog.ErrInvalid)
	}
	config, err := esdb.ParseConnectionString(known + "://" + rest)
	if err != nil { // the client's error holds the password
		return nil, fmt.Errorf("%w: the address of the log cannot be read; for example: esdb://user:password@host:2113", eventlog.ErrInvalid)
	}
	t := &target{config: config, tls: !config.DisableTLS, verified: !config.DisableTLS && !config.SkipCertificateVerification, user: config.Username}
	for _, seed := range config.GossipSeeds {
		t.hosts = append(t.hosts, seed.String())
	}
	if len(t.hosts) == 0 {
		t.hosts = []string{config.Address}
	}
	if !t.local() && (!t.tls || t.user == "" || config.Password == "") {
		return nil, fmt.Errorf("%w: %s is not this machine: TLS, a user and a password are needed", eventlog.ErrInvalid, t)
	}
	// Asked for or not, the header that requires the leader is never sent, and a
	// follower may show what is no longer so: only the leader is talked to.
	config.NodePreference = esdb.NodePreferenceLeader
	// A client that gives up looking is dead for good, and its callers hang.
	config.MaxDiscoverAttempts = math.MaxInt32
	return t, nil
}

// local reports whether every host is this machine.
func (t *target) local() bool {
	for _, h := range t.hosts {
		host, _, err := net.SplitHostPort(h)
		if err != nil {
			host = h
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return false
		}
	}
	return true
}

// Describe is a connection string without its password, for people to read.
func Describe(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		scheme, _, _ := strings.Cut(address, "://")
		return scheme + "://…"
	}
	return u.Redacted()
}
