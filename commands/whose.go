package commands

import (
	"context"

	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/paper"
)

// PaperRegion is the region for which a paper was made, "" if there is no such
// paper.
func (h *Handler) PaperRegion(ctx context.Context, stream string) (string, error) {
	facts, err := h.paperFacts(ctx, stream)
	if err != nil || len(facts) == 0 {
		return "", err
	}
	return paper.Fold(stream, facts).Region, nil
}

// FundRegion is the region whose fund it is, "" if there is no such fund.
func (h *Handler) FundRegion(ctx context.Context, id string) (string, error) {
	facts, err := h.fundFacts(ctx, FundStream(id))
	if err != nil || len(facts) == 0 {
		return "", err
	}
	return fund.Fold(id, facts).Region, nil
}

// CheckRegion is where a concentrated check is held, "" if there is no such check.
func (h *Handler) CheckRegion(ctx context.Context, id string) (string, error) {
	facts, err := h.dutyFacts(ctx, CheckStream(id))
	if err != nil {
		return "", err
	}
	return duty.Fold(id, facts).Region(), nil
}
