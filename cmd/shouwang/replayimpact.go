package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"shouwang/commands"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

// impact lists what relied on an entry of the file, as far as the history tells
// it, and the figures that it moves. The entry is named by its number in the file
// or by its id.
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
	hit := map[string]household.Reliance{}
	for _, f := range household.Impact(facts, of.On.ID) {
		hit[f.ID] = f
	}
	of.Entries = []reliedEntry{}
	for _, e := range history.Entries {
		if f, ok := hit[e.ID]; ok {
			of.Entries = append(of.Entries, reliedEntry{e, f.Kind(), f.Direct})
		}
	}
	of.Figures = projections.MovedFigures(id, facts, of.On.ID, history.AsOf)
	sent, err := a.sentReports(ctx, history.Folded.Region)
	if err != nil {
		return nil, err
	}
	of.Figures = append(of.Figures, projections.MovedReports(id, facts, of.On.ID, sent)...)
	return &of, nil
}

// sentReports are the reports with which the figures of a region were kept, by
// reading the log.
func (a *app) sentReports(ctx context.Context, region string) (sent []projections.SentReport, err error) {
	for rec, err := range a.log.ReadAll(ctx, eventlog.Position{}, eventlog.WithData) {
		if err != nil {
			return nil, fmt.Errorf("look for reports: %w", err)
		}
		if rec.Type != "duty.done.v1" {
			continue
		}
		e, err := wire.Duty(rec.Type, rec.Data)
		if err != nil {
			return nil, err
		}
		done, is := e.(duty.Done)
		if !is || !done.Figures.Counted {
			continue
		}
		_ = a.directory.View(func(d *office.Directory) error { // never fails
			if d.Contains(done.Region, region, done.To) {
				at, _ := d.Region(done.Region, done.To) // an unknown one has no name
				sent = append(sent, projections.SentReport{Name: at.Name + "“" + done.Name + "”", From: done.From, To: done.To, Recorded: rec.RecordedAt})
			}
			return nil
		})
	}
	return sent, nil
}

// fileOf finds the household in whose file an entry stands, by reading the log.
func (a *app) fileOf(ctx context.Context, entry string) (string, error) {
	for rec, err := range a.log.ReadAll(ctx, eventlog.Position{}, eventlog.WithID) {
		if err != nil {
			return "", fmt.Errorf("look for the entry: %w", err)
		}
		if rec.ID.String() != strings.ToLower(entry) {
			continue
		}
		if id, ok := strings.CutPrefix(rec.Stream, commands.HouseholdStream("")); ok {
			return strings.Clone(id), nil
		}
		break
	}
	return "", refuse("没有哪户档案有这条记录："+entry, "no household's file has such an entry", "记录标识见 (ids are shown by): shouwang replay --json")
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
		return a.printImpact(*r.Impact)
	}
	for _, line := range r.State.Lines() {
		if err := a.print("%s", line); err != nil {
			return err
		}
	}
	for _, f := range r.Findings {
		if err := a.print("⚠ 疑点 (finding)：%s（%s）", f.Detail, f.Rule); err != nil {
			return err
		}
	}
	return nil
}

// printImpact prints what relied, sorted: decisions, notices, payments, the rest,
// and the figures.
func (a *app) printImpact(of relying) error {
	if len(of.Entries) == 0 && len(of.Figures) == 0 {
		return a.print("  没有 (none)")
	}
	for _, kind := range household.RelianceKinds {
		var entries []projections.Entry
		for _, e := range of.Entries {
			if e.Kind == kind.Code {
				entries = append(entries, e.Entry)
			}
		}
		if len(entries) == 0 {
			continue
		}
		if err := a.print("%s (%s)：", kind.ZH, kind.EN); err != nil {
			return err
		}
		if err := a.printEntries(entries); err != nil {
			return err
		}
	}
	if len(of.Figures) == 0 {
		return nil
	}
	if err := a.print("统计数据，作废后的增减 (figures that change)："); err != nil {
		return err
	}
	for _, f := range of.Figures {
		if err := a.print("     %s", f); err != nil {
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
