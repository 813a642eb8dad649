package api

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"shouwang/commands"
	"shouwang/commands/accounts/sessions"
	"shouwang/commands/attachments"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
	"shouwang/internal/smallcounty"
)

const (
	county   = smallcounty.County
	township = smallcounty.Township
	village  = smallcounty.Village
)

// place is a county with one village, its people, a clock of its own and the
// whole API before it.
type place struct {
	t         testing.TB
	http      *httptest.Server
	api       *server
	handler   *commands.Handler
	log       eventlog.Log
	followers Followers
	metrics   *prometheus.Registry
	logger    *slog.Logger

	mu     sync.Mutex
	now    time.Time
	n      int
	minted map[string]minted // by person
}

func (p *place) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *place) setDay(day string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = calendar.MustDay(day).Start().Add(9 * time.Hour)
}

// setting is what tests vary of a place.
type setting struct {
	clock  act.Clock
	base   *pgtest.Database // nil: one of its own
	onBase bool             // the record itself in Postgres
	pack   string           // in force in the county, county-2023 if empty
	logger *slog.Logger
	wrap   func(eventlog.Log) eventlog.Log // what stands before the log, may be nil
}

// firstDay is on what day the clock of a place stands at first: in the time of the
// pack.
func firstDay(pack string) string {
	if strings.HasSuffix(pack, "-2020") {
		return "2020-06-01"
	}
	return "2023-04-03"
}

func newPlace(t testing.TB, with setting) *place {
	if with.logger == nil {
		with.logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	p := &place{t: t, metrics: prometheus.NewRegistry(), logger: with.logger, minted: map[string]minted{}, now: calendar.MustDay(firstDay(with.pack)).Start().Add(9 * time.Hour)}
	if with.base == nil {
		with.base = pgtest.New(t)
	}
	pool := with.base.Pool(t, with.base.App(), nil)
	if with.clock == "" {
		with.clock = act.RealClock
	}
	ctx := t.Context()
	p.log = memlog.New(p.clock)
	if with.onBase {
		log, err := pglog.Open(ctx, pglog.Config{Conn: with.base.App(), Clock: p.clock, Patience: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { log.Close() })
		p.log = log
	}
	if with.wrap != nil {
		p.log = with.wrap(p.log)
	}
	keys, err := sealing.Open(ctx, sealing.Config{Pool: pool, MasterKeyFile: filepath.Join(t.TempDir(), "keys", "master.key")})
	if err != nil {
		t.Fatal(err)
	}
	info, err := commands.OpenLog(ctx, p.log, with.clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	directory := commands.NewDirectory(p.log)
	if err := directory.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	kept, err := attachments.New(attachments.Config{Pool: pool, Master: keys.Master(), Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	p.handler = commands.New(commands.Config{Log: p.log, Keys: keys, Directory: directory, Clock: p.clock, Attachments: kept})
	p.settle(cmp.Or(with.pack, "county-2023"))
	reads := p.follow(pool, keys, info.Log)
	var face http.Handler
	p.api, face = build(Config{Handler: p.handler, Followers: p.followers, Reads: reads, Attachments: kept, Metrics: p.metrics, Logger: p.logger, Version: "test",
		Accounts: p.opens(keys), Sessions: sessions.New(pool)})
	p.http = httptest.NewServer(face)
	t.Cleanup(p.http.Close)
	return p
}

// settle sets up regions, offices, people and the pack.
func (p *place) settle(pack string) {
	p.t.Helper()
	text, err := packText(pack)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range smallcounty.Places() {
		p.office("setup", e)
	}
	if _, err := p.handler.Policy(p.t.Context(), p.by("setup"), policy.Adopted{Region: county, Text: string(text)}); err != nil {
		p.t.Fatal(err)
	}
	for _, a := range smallcounty.People() {
		p.office("officer", a)
	}
}

// packText returns the text of a pack of the program, or of one that tests keep for
// themselves beside its scripts.
func packText(pack string) ([]byte, error) {
	if text, err := os.ReadFile(filepath.Join("testdata", pack, "pack.yaml")); err == nil {
		return text, nil
	}
	return packs.Text(pack)
}

func (p *place) office(by string, e office.Event) {
	p.t.Helper()
	if _, err := p.handler.Office(p.t.Context(), p.by(by), e); err != nil {
		p.t.Fatal(err)
	}
}

// by is a request of a person with a key of its own.
func (p *place) by(person string) commands.Request {
	p.n++
	return commands.Request{Key: "setup-" + time.Duration(p.n).String(), By: person, Channel: "test"}
}

// count is how many records the log holds.
func (p *place) count() int {
	p.t.Helper()
	n := 0
	for _, err := range p.log.ReadAll(context.Background(), eventlog.Position{}, 0) {
		if err != nil {
			p.t.Fatal(err)
		}
		n++
	}
	return n
}
