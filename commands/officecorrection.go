package commands

import (
	"bytes"
	"context"
	"fmt"

	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// struckPlace names the stream of the entry that a correction is about, and the
// region whose authority it needs.
func (h *Handler) struckPlace(v office.EntryVoided) (stream, region string, err error) {
	var struck office.Event
	err = h.Directory.View(func(d *office.Directory) error {
		e, ok := d.Entry(v.Event)
		if _, isVoid := e.(office.EntryVoided); !ok || isVoid {
			return d.Check(v) // which says why not
		}
		struck = e
		return nil
	})
	if err != nil {
		return "", "", err
	}
	return h.placeOf(struck)
}

// correctable refuses a correction by the person whom the entry is about, and one of
// a region or an office that anything else in the record names: a region that was
// used is merged into another (撤并), and nothing is left without its place.
func (h *Handler) correctable(ctx context.Context, r Request, e office.Event) error {
	v, voids := e.(office.EntryVoided)
	if !voids {
		return nil
	}
	by := []string{r.By}
	for _, p := range r.DoneBy {
		by = append(by, p.Person)
	}
	var struck office.Event
	err := h.Directory.View(func(d *office.Directory) error {
		struck, _ = d.Entry(v.Event)
		return d.Correctable(v, by)
	})
	if err != nil {
		return err
	}
	switch e := struck.(type) {
	case office.RegionEstablished:
		return h.unnamed(ctx, "region-"+e.Code, e.Code)
	case office.Established:
		return h.unnamed(ctx, "office-"+e.Office, e.Office)
	default: // what others say of a region or an office may be said anew
		return nil
	}
}

// unnamed refuses what the record names outside its own stream. It reads the whole
// record, for a correction that hardly ever comes.
func (h *Handler) unnamed(ctx context.Context, own, id string) error {
	mark := []byte(`"` + id + `"`)
	for rec, err := range h.Log.ReadAll(ctx, eventlog.Position{}, eventlog.WithData|eventlog.WithMeta) {
		if err != nil {
			return fmt.Errorf("look for %s in the record: %w", id, err)
		}
		if rec.Stream != own && (bytes.Contains(rec.Data, mark) || bytes.Contains(rec.Meta, mark)) {
			return policy.Refuse(policy.EventNotVoidable, "已有登记写明该区划或机构，不能作废；区划可撤并")
		}
	}
	return nil
}
