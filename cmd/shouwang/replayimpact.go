package main

import (
	"context"
	"strconv"

	"shouwang/domain/household"
	"shouwang/projections"
)

// impact lists what relied on an entry of the file, as far as the history tells
// it. The entry is named by its number in the file or by its id.
func (a *app) impact(ctx context.Context, id string, history projections.History, name string) (*relying, error) {
	var of relying
	for _, e := range history.Entries {
		if e.ID == name || strconv.FormatInt(e.Version, 10) == name {
			of.On = e
		}
	}
	if of.On.ID == "" {
		return nil, refuse("档案中没有这条记录："+name, "the file has no such entry at these times", "序号见各行开头 (its number opens each line)")
	}
	facts, err := a.handler.Facts(ctx, id)
	if err != nil {
		return nil, err
	}
	hit := map[string]bool{}
	for _, f := range household.Impact(facts, of.On.ID) {
		hit[f.ID] = true
	}
	of.Entries = []projections.Entry{}
	for _, e := range history.Entries {
		if hit[e.ID] {
			of.Entries = append(of.Entries, e)
		}
	}
	return &of, nil
}

// printReplay prints the file, numbered as in the record, and where it stands.
func (a *app) printReplay(r replayed) error {
	if err := a.print("%s %s，截至%s，按%s所知", r.State.FileNo, r.State.Head, r.AsOf.Chinese(), shown(r.KnownAt)); err != nil {
		return err
	}
	if err := a.printEntries(r.Entries); err != nil {
		return err
	}
	if r.Impact != nil {
		if err := a.print("依据第%d条办理的其后各项 (what relied on it)：", r.Impact.On.Version); err != nil {
			return err
		}
		if len(r.Impact.Entries) == 0 {
			return a.print("  没有 (none)")
		}
		return a.printEntries(r.Impact.Entries)
	}
	for _, line := range r.State.Lines() {
		if err := a.print("%s", line); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printEntries(entries []projections.Entry) error {
	for _, e := range entries {
		if err := a.print("%3d. %s", e.Version, e); err != nil {
			return err
		}
	}
	return nil
}
