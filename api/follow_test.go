package api

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/commands/sealing"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/projections"
)

// follow starts the read models and returns their readers.
func (p *place) follow(pool *pgxpool.Pool, keys *sealing.Keys, log string) Reads {
	config := projections.RegisterConfig{Hash: keys.Hash, Sealers: func(ctx context.Context, subjects []string) (map[string]wire.Sealer, error) {
		sealers, err := keys.ExistingMany(ctx, subjects)
		return maps.Collect(func(yield func(string, wire.Sealer) bool) {
			for subject, s := range sealers {
				if !yield(subject, s) {
					return
				}
			}
		}), err
	}}
	followers, err := projections.New(p.t.Context(), projections.Config{
		Log: p.log, LogID: log, Pool: pool, Now: p.clock, Metrics: p.metrics, Logger: p.logger,
		Followers: []projections.Follower{projections.Register(config), projections.Notices(), projections.Papers(), projections.Report(), projections.Owed(p.pack), projections.Funds(), projections.Discovery(config.Sealers), projections.Doers()},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := followers.Run(ctx); err != nil {
			p.t.Error(err)
		}
	}()
	p.t.Cleanup(func() { stop(); <-done })
	for followers.Ready(ctx) != nil {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-p.t.Context().Done():
			p.t.Fatal("the read models are not ready")
		}
	}
	p.followers, p.handler.Figures = followers, projections.NewReports(pool).Counting(followers)
	return Reads{
		Signs:    projections.NewSigns(pool),
		Register: projections.NewLedger(pool, config), Notices: projections.NewNoticeboard(pool), Papers: projections.NewPaperDesk(pool),
		History: projections.NewHistorian(p.log, nil), Reports: projections.NewReports(pool), Owed: projections.NewOwedList(pool), Funds: projections.NewFundBook(pool), Discovery: projections.NewDiscoveries(pool), Doings: projections.NewDoings(pool),
	}
}

// pack finds an adopted pack by its sum.
func (p *place) pack(_ context.Context, sum string) (policy.Pack, error) {
	pack, ok := p.handler.Directory.PackBySum(sum)
	if !ok {
		return pack, errors.New("no such pack")
	}
	return pack, nil
}
