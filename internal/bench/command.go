package bench

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/projections"
)

const (
	// commandUsers enter commands at the same time.
	commandUsers = 64
	// householdsPerUser is how many files each has in hand.
	householdsPerUser = 100
	// commandConnections is the pool that the register is read through.
	commandConnections = 16
)

// Where the invented cadre works.
const (
	benchCounty   = "629900"
	benchTownship = "629900101"
	benchVillage  = "629900101201"
	benchCadre    = "cadre"
)

// command measures whole commands, from the request to its effect being read
// in the register, beside bare INSERTs.
func (r *run) command(ctx context.Context) (err error) {
	d, err := r.server.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.drop(context.WithoutCancel(ctx))) }()
	f, err := d.followed(ctx, commandConnections)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	running, stop := context.WithCancel(ctx)
	var group errgroup.Group
	group.Go(func() error { return f.followers.Run(running) })
	defer func() { stop(); err = errors.Join(err, group.Wait()) }()

	u, err := newUsers(ctx, f)
	if err != nil {
		return err
	}
	p, err := newPayload()
	if err != nil {
		return err
	}
	i := &inserter{database: d, payload: p, ids: newIDs()}
	whole := cell{name: "commands", measure: func(ctx context.Context) (sample, error) { return drive(ctx, commandUsers, r.Each, u.visitAndRead) }}
	alone := cell{name: "commands without reading", measure: func(ctx context.Context) (sample, error) { return drive(ctx, commandUsers, r.Each, u.visit) }}
	samples, err := r.interleave(ctx, true, whole, alone, i.cell(commandUsers, r.Each))
	if err != nil {
		return err
	}
	r.add(Row{Bench: Command, Case: fmt.Sprintf("完整办理(%d 人同时,直至在台账中读到)", commandUsers), Beside: oneInsert, Unit: unitActs, Reach: 1.2,
		Notes: p.String()}, samples[0], samples[2])
	r.add(Row{Bench: Command, Case: fmt.Sprintf("完整办理(%d 人同时,不等台账)", commandUsers), Beside: oneInsert, Unit: unitActs}, samples[1], samples[2])
	if u.unread.Load() > 0 {
		r.fault("%s: %d users did not find in the register what they had entered", Command, u.unread.Load())
	}
	count, last, err := d.counted(ctx)
	if err != nil {
		return err
	}
	// Registering and setting up are events too; every command is one.
	if count != last || count < u.entered.Load() {
		r.fault("%s: %d commands were acknowledged, the record holds %d events up to position %d", Command, u.entered.Load(), count, last)
	}
	return nil
}

// users enter visits into households of their own.
type users struct {
	*following
	handler    *commands.Handler
	ledger     *projections.Ledger
	households [commandUsers][]string
	run        string // makes keys of this run different
	keys       atomic.Int64
	entered    atomic.Int64
	unread     atomic.Int64
}

func newUsers(ctx context.Context, f *following) (*users, error) {
	directory := commands.NewDirectory(f.log)
	if err := directory.CatchUp(ctx); err != nil {
		return nil, err
	}
	u := &users{following: f, ledger: projections.NewLedger(f.pool, f.config),
		handler: commands.New(commands.Config{Log: f.log, Keys: f.keys, Directory: directory, Clock: time.Now})}
	if err := u.setUp(ctx); err != nil {
		return nil, fmt.Errorf("set up a county: %w", err)
	}
	var group errgroup.Group
	for i := range commandUsers {
		group.Go(func() error {
			for range householdsPerUser {
				id, err := u.register(ctx)
				if err != nil {
					return fmt.Errorf("register a household: %w", err)
				}
				u.households[i] = append(u.households[i], id)
			}
			return nil
		})
	}
	return u, group.Wait()
}

func (u *users) request(by string) commands.Request {
	return commands.Request{Key: fmt.Sprintf("bench-%d", u.keys.Add(1)), By: by, Channel: "bench"}
}

// setUp enters one village with its people and the pack that rules it.
func (u *users) setUp(ctx context.Context) error {
	from := calendar.MustDay("2021-01-01")
	text, err := packs.Text("county-2023")
	if err != nil {
		return err
	}
	for _, e := range []office.Event{
		office.RegionEstablished{Code: benchCounty, Name: "守望县", Level: code.County, From: from},
		office.RegionEstablished{Code: benchTownship, Name: "柳河镇", Level: code.Township, Parent: benchCounty, From: from},
		office.RegionEstablished{Code: benchVillage, Name: "柳湾村", Level: code.Village, Parent: benchTownship, From: from},
		office.Established{Office: "v", Region: benchVillage, Level: code.Village, Name: "柳湾村村民委员会", From: from},
		office.Established{Office: "c", Region: benchCounty, Level: code.County, Name: "县乡村振兴局", From: from},
	} {
		if _, err := u.handler.Office(ctx, u.request("setup"), e); err != nil {
			return err
		}
	}
	if _, err := u.handler.Policy(ctx, u.request("setup"), policy.Adopted{Region: benchCounty, Text: string(text)}); err != nil {
		return err
	}
	for _, a := range []office.Appointed{
		{Person: "officer", Office: "c", Capacity: code.CountyOfficer, Post: "经办人"}, // first: he appoints the other
		{Person: benchCadre, Office: "v", Capacity: code.VillageCadre, Post: "村文书"},
	} {
		a.Appointment, a.Name, a.From = "a-"+a.Person, a.Person, from
		if _, err := u.handler.Office(ctx, u.request("officer"), a); err != nil {
			return err
		}
	}
	return nil
}

func (u *users) register(ctx context.Context) (string, error) {
	r := u.request(benchCadre)
	id := commands.NewID(r.By, r.Key)
	members := []household.Member{
		{ID: "m1", Name: "柳长青", Sex: "1", Relation: "head", Labour: "ordinary", Registered: true, Living: true, Counted: true,
			IDNumber: code.Personal(code.MakeIDNumber("990101", calendar.MustDay("1970-05-06"), 7))},
		{ID: "m2", Name: "周玉兰", Sex: "2", Relation: "spouse", Labour: "weak", Registered: true, Living: true, Counted: true, NoDocument: "lost"},
	}
	_, err := u.handler.Household(ctx, r, id, household.RegisterHousehold{Region: benchVillage, Kind: code.Ordinary, Members: members})
	u.entered.Add(1)
	return id, err
}

// enter records a visit and returns what came of it.
func (u *users) enter(ctx context.Context, client, n int) (id string, result commands.Result, err error) {
	mine := u.households[client]
	id = mine[n%len(mine)]
	r := u.request(benchCadre)
	result, err = u.handler.Household(ctx, r, id, household.RecordVisit(visit(n)))
	if err == nil {
		u.entered.Add(1)
	}
	return id, result, err
}

func (u *users) visit(ctx context.Context, client, n int) error {
	_, _, err := u.enter(ctx, client, n)
	return err
}

// visitAndRead goes on only when the register shows the visit.
func (u *users) visitAndRead(ctx context.Context, client, n int) error {
	id, result, err := u.enter(ctx, client, n)
	if err != nil {
		return err
	}
	if err := u.followers.Await(ctx, projections.RegisterName, u.followers.Receipt(result.Position)); err != nil {
		return err
	}
	row, err := u.ledger.Get(ctx, id)
	if err != nil {
		return err
	}
	if row.Version < int64(result.Version) {
		u.unread.Add(1)
	}
	return nil
}
