package api

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"shouwang/commands"
	"shouwang/commands/attachments"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
)

const (
	county   = "629900"
	township = "629900101"
	village  = "629900101201"
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

	mu  sync.Mutex
	now time.Time
	n   int
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

func newPlace(t testing.TB, with setting) *place {
	if with.logger == nil {
		with.logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	p := &place{t: t, metrics: prometheus.NewRegistry(), logger: with.logger, now: calendar.MustDay("2023-04-03").Start().Add(9 * time.Hour)}
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
	p.handler = commands.New(commands.Config{Log: p.log, Keys: keys, Directory: directory, Clock: p.clock, Attachments: AttachmentsExist{kept}})
	p.settle(cmp.Or(with.pack, "county-2023"))
	reads := p.follow(pool, keys, info.Log)
	var face http.Handler
	p.api, face = build(Config{Handler: p.handler, Followers: p.followers, Reads: reads, Attachments: kept, Metrics: p.metrics, Logger: p.logger, Version: "test"})
	p.http = httptest.NewServer(face)
	t.Cleanup(p.http.Close)
	return p
}

// settle sets up regions, offices, people and the pack.
func (p *place) settle(pack string) {
	p.t.Helper()
	from := calendar.MustDay("2021-01-01")
	text, err := packs.Text(pack)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range []office.Event{
		office.RegionEstablished{Code: county, Name: "守望县", Level: code.County, From: from},
		office.RegionEstablished{Code: township, Name: "柳河镇", Level: code.Township, Parent: county, From: from},
		office.RegionEstablished{Code: village, Name: "柳湾村", Level: code.Village, Parent: township, From: from},
		office.RegionEstablished{Code: "629900102", Name: "上坪乡", Level: code.Township, Parent: county, From: from},
		office.Established{Office: "v", Region: village, Level: code.Village, Name: "柳湾村村民委员会", From: from},
		office.Established{Office: "t", Region: township, Level: code.Township, Name: "柳河镇人民政府", From: from},
		office.Established{Office: "t2", Region: "629900102", Level: code.Township, Name: "上坪乡人民政府", From: from},
		office.Established{Office: "c", Region: county, Level: code.County, Name: "县乡村振兴局", From: from},
	} {
		p.office("setup", e)
	}
	if _, err := p.handler.Policy(p.t.Context(), p.by("setup"), policy.Adopted{Region: county, Text: string(text)}); err != nil {
		p.t.Fatal(err)
	}
	for _, a := range []office.Appointed{
		{Person: "officer", Office: "c", Capacity: code.CountyOfficer, Post: "经办人"}, // first: he appoints the others
		{Person: "cadre", Office: "v", Capacity: code.VillageCadre, Post: "村文书"},
		{Person: "second", Office: "v", Capacity: code.ResidentTeam, Post: "驻村队员"},
		{Person: "reviewer", Office: "t", Capacity: code.TownshipReviewer, Post: "分管副镇长"},
		{Person: "stranger", Office: "t2", Capacity: code.TownshipReviewer, Post: "副乡长"},
		{Person: "decider", Office: "c", Capacity: code.CountyDecider, Post: "局长"},
		{Person: "both", Office: "v", Capacity: code.GridWorker, Post: "网格员"},
	} {
		a.Appointment, a.Name, a.From = "a-"+a.Person, a.Person, from
		p.office("officer", a)
	}
	p.office("officer", office.Appointed{Person: "both", Office: "t", Appointment: "a-both-2", Name: "both", Capacity: code.TownshipCadre, Post: "包村干部", From: from})
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
