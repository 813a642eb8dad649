package commands

import (
	"context"

	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
)

// How those are called in the record who act without an account.
const (
	applicant = "农户本人（扫码申报）"
	objector  = "群众（公示异议）"
)

// publicChannel is how what they send came into the record.
const publicChannel = "public"

// ApplyByCode enters what a household sent by the code of its village (扫码申报).
// Nobody has logged in: it can do this one thing, in a file of its own.
func (h *Handler) ApplyByCode(ctx context.Context, key, id string, c household.SendApplication) (Result, error) {
	if err := h.Directory.View(func(d *office.Directory) error { _, err := d.Village(c.Region, h.Today()); return err }); err != nil {
		return Result{}, err
	}
	c.Via = "scan"
	return h.Household(ctx, publicly(key, applicant), id, c)
}

// ObjectPublicly enters an objection that somebody raised on the public page (异议).
// Who he is is sealed under a key of its own, outside every household's file.
func (h *Handler) ObjectPublicly(ctx context.Context, key, notice string, c paper.RaiseSheetObjection) (PaperResult, error) {
	return h.Paper(ctx, publicly(key, objector), notice, c)
}

func publicly(key, as string) Request {
	return Request{Key: key, By: act.Public, Channel: publicChannel, Mode: act.Performed, public: as}
}
