package commands_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"shouwang/commands"
	"shouwang/commands/sealing"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/internal/smallcounty"
)

const (
	county   = smallcounty.County
	township = smallcounty.Township
	village  = smallcounty.Village
)

// place is a county with one village, its people and a clock of its own.
type place struct {
	*commands.Handler
	t   testing.TB
	now time.Time
	n   int
}

func newPlace(t testing.TB) *place {
	p := &place{t: t, now: calendar.MustDay("2023-04-03").Start().Add(9 * time.Hour)}
	p.open(memlog.New(func() time.Time { return p.now }))
	text, err := packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range smallcounty.Places() {
		p.must(p.Office(t.Context(), p.by("setup"), e))
	}
	p.must(p.Policy(t.Context(), p.by("setup"), policy.Adopted{Region: county, Text: string(text)}))
	for _, a := range smallcounty.People() {
		p.must(p.Office(t.Context(), p.by("officer"), a))
	}
	return p
}

func (p *place) open(log eventlog.Log) {
	keys, err := sealing.Open(p.t.Context(), sealing.Config{Pool: pgtest.Pool(p.t), MasterKeyFile: filepath.Join(p.t.TempDir(), "keys", "master.key")})
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := commands.OpenLog(p.t.Context(), log, act.RealClock, "test"); err != nil {
		p.t.Fatal(err)
	}
	directory := commands.NewDirectory(log)
	if err := directory.CatchUp(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	p.Handler = commands.New(commands.Config{Log: log, Keys: keys, Directory: directory, Clock: func() time.Time { return p.now }})
}

func (p *place) must(r commands.Result, err error) commands.Result {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

func (p *place) mustPaper(r commands.PaperResult, err error) commands.PaperResult {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

// by is a request of a person with a key of its own.
func (p *place) by(person string) commands.Request {
	p.n++
	return commands.Request{Key: fmt.Sprintf("key-%d", p.n), By: person, Channel: "test"}
}

func (p *place) days(n int) { p.now = p.now.AddDate(0, 0, n) }

// register opens a household's file and returns its id.
func (p *place) register(name string) string {
	p.t.Helper()
	r := p.by("cadre")
	id := commands.NewID(r.By, r.Key)
	p.must(p.Household(p.t.Context(), r, id, household.RegisterHousehold{Region: village, Kind: code.Ordinary, Members: []household.Member{
		{ID: "m1", Name: name, Sex: "1", Relation: "head", Labour: "ordinary", Registered: true, Living: true, Counted: true,
			IDNumber: code.Personal(code.MakeIDNumber("990101", calendar.MustDay("1970-05-06"), p.n%1000))},
		{ID: "m2", Name: name + "妻", Sex: "2", Relation: "spouse", Labour: "weak", Registered: true, Living: true, Counted: true, NoDocument: "lost"},
	}}))
	return id
}
