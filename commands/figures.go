package commands

import (
	"context"
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// Figures counts what a report of a period states of regions, once everything up
// to a position of the record is counted.
type Figures func(ctx context.Context, at eventlog.Position, regions []string, from, to calendar.Day) (duty.Figures, error)

// figures counts, before the report is recorded, what it is compared with and what
// is kept with it; nothing where the act is no such report or nobody counts.
func (h *Handler) figures(ctx context.Context, c duty.Command, pack policy.Pack) (duty.Figures, error) {
	region, from, to, ok := duty.Counted(c, pack)
	if !ok || h.Figures == nil {
		return duty.Figures{}, nil
	}
	at, err := h.Log.End(ctx)
	if err != nil {
		return duty.Figures{}, fmt.Errorf("read the record's end: %w", err)
	}
	var regions []string
	_ = h.Directory.View(func(d *office.Directory) error { // it never fails
		regions = d.Regions(region, to)
		return nil
	})
	counted, err := h.Figures(ctx, at, regions, from, to)
	if err != nil {
		return duty.Figures{}, fmt.Errorf("count the figures of %s: %w", region, err)
	}
	return counted, nil
}
