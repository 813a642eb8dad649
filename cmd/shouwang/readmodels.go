package main

import (
	"context"
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/projections"
	"shouwang/projections/outbox"
)

// models are the read models and the outbox: who follows the record, and who answers.
type models struct {
	followers []projections.Follower
	ledger    *projections.Ledger
	notices   *projections.Noticeboard
	papers    *projections.PaperDesk
	reports   *projections.Reports
	historian *projections.Historian
	owed      *projections.OwedList
	funds     *projections.FundBook
	discovery *projections.Discoveries
	signs     *projections.Signs
	doings    *projections.Doings
}

func newModels(a *app) models {
	register := projections.RegisterConfig{Sealers: a.sealers, Hash: a.keys.Hash}
	return models{
		followers: []projections.Follower{projections.Register(register), projections.Notices(), projections.Papers(), projections.Report(),
			projections.Owed(a.pack), projections.Funds(), projections.Discovery(a.sealers), projections.Doers(),
			outbox.NewFollower(a.info.Log, a.env[envOutbox] == outboxAll)},
		ledger:    projections.NewLedger(a.pool, register),
		notices:   projections.NewNoticeboard(a.pool),
		papers:    projections.NewPaperDesk(a.pool),
		reports:   projections.NewReports(a.pool),
		historian: projections.NewHistorian(a.log, a.officeName),
		owed:      projections.NewOwedList(a.pool),
		funds:     projections.NewFundBook(a.pool),
		discovery: projections.NewDiscoveries(a.pool),
		signs:     projections.NewSigns(a.pool),
		doings:    projections.NewDoings(a.pool),
	}
}

// officeName is how an office was called on a day.
func (a *app) officeName(id string, on calendar.Day) (name string) {
	_ = a.directory.View(func(d *office.Directory) error { // it never fails
		if o, ok := d.Office(id, on); ok {
			name = o.Name
		}
		return nil
	})
	return name
}

// pack returns an adopted pack. Whoever follows the record may have come to an
// act before the directory came to the adoption.
func (a *app) pack(ctx context.Context, sum string) (policy.Pack, error) {
	if pack, ok := a.directory.PackBySum(sum); ok {
		return pack, nil
	}
	if err := a.directory.CatchUp(ctx); err != nil {
		return policy.Pack{}, err
	}
	if pack, ok := a.directory.PackBySum(sum); ok {
		return pack, nil
	}
	return policy.Pack{}, fmt.Errorf("no adopted pack has the sum %s", sum)
}

// sealers opens the personal fields of many subjects; one without a key has
// nothing sealed.
func (a *app) sealers(ctx context.Context, subjects []string) (map[string]wire.Sealer, error) {
	found, err := a.keys.ExistingMany(ctx, subjects)
	if err != nil {
		return nil, err
	}
	sealers := make(map[string]wire.Sealer, len(found))
	for subject, sealer := range found {
		sealers[subject] = sealer
	}
	return sealers, nil
}
