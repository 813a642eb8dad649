package api

import (
	"context"
	"fmt"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// StreamEntries are the entries of an office's own stream, a check's or a fund's,
// known at a time.
type StreamEntries struct {
	Asked
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	Items   []FileEntry `json:"items"`
}

// entries serves what an office recorded of its duties, what a check's villages
// reported, a fund's book and the registers of regions, offices, kin and packs as
// they were written, the void struck through.
func (s *server) entries() {
	g := s.about("更正")
	ofOffice[duty.VoidDutyFact](g, "corrections", "更正：作废机构履职、系统未开放、规模性风险的一条登记")
	onCheck[duty.VoidDutyFact](g, "corrections", "更正：作废集中排查的一条登记")
	onFund[fund.VoidFundFact](g, "corrections", "更正：作废一笔筹集或一份审批；发放有误的用冲销")
	administers(g, "/office-corrections", "更正：作废区划、机构、任职、近亲属备案、包保的一条登记", func(e office.EntryVoided) string { return e.Event })
	post(g, "/policy-corrections", "更正：作废办法采用或收入线的一条登记", (*newInput).act, func(ctx context.Context, _ *newInput, r commands.Request, c policy.AdoptionVoided) (*recorded, error) {
		return s.enterPolicy(ctx, r, s.adoptedIn(c.Event), c)
	})
	get(g, "/registers/{register}/{of}", "list-register", "区划、机构、近亲属备案、办法登记的全部记录，含作废的", func(ctx context.Context, in *struct {
		Register string `path:"register" enum:"region,office,kinship,policy" doc:"登记簿：区划、机构（含任职、包保）、近亲属备案、办法"`
		Of       string `path:"of" maxLength:"64" doc:"区划代码、机构编号或人员"`
		Times
	}) (*answer[StreamEntries], error) {
		return s.entriesOf(ctx, in.Register+"-"+in.Of, in.Of, in.Times, readNotFound)
	})
	get(g, "/offices/{office}/events", "list-office-events", "一个机构登记的全部记录，含作废的", func(ctx context.Context, in *struct {
		Office string `path:"office" maxLength:"64" doc:"机构编号"`
		Times
	}) (*answer[StreamEntries], error) {
		return s.entriesOf(ctx, commands.DutyStream(in.Office), in.Office, in.Times, policy.OfficeUnknown)
	})
	get(g, "/checks/{check}/events", "list-check-events", "一次集中排查的全部记录，含作废的", func(ctx context.Context, in *struct {
		Check string `path:"check" maxLength:"64" doc:"集中排查编号"`
		Times
	}) (*answer[StreamEntries], error) {
		return s.entriesOf(ctx, commands.CheckStream(in.Check), in.Check, in.Times, policy.CheckUnknown)
	})
	get(g, "/funds/{fund}/events", "list-fund-events", "一项资金的全部记录，含作废的", func(ctx context.Context, in *struct {
		Fund string `path:"fund" maxLength:"64" doc:"资金编号"`
		Times
	}) (*answer[StreamEntries], error) {
		return s.entriesOf(ctx, commands.FundStream(in.Fund), in.Fund, in.Times, policy.FundUnknown)
	})
}

// adoptedIn is the region for which a pack was adopted or a line set.
func (s *server) adoptedIn(event string) (region string) {
	_ = s.Handler.Directory.Policies(func(b *policy.Book) error { region = b.RegionOf(event); return nil }) // it never fails
	return region
}

// entriesOf reads a stream whose void entries stay visible. A void counts from
// when it was recorded, for all days.
func (s *server) entriesOf(ctx context.Context, stream, id string, at Times, none policy.Rule) (*answer[StreamEntries], error) {
	asked, err := at.asked(s.Handler.Clock())
	if err != nil {
		return nil, err
	}
	out := StreamEntries{Asked: asked, ID: id, Items: []FileEntry{}}
	place := map[string]int{}
	for rec, err := range s.Handler.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		if rec.RecordedAt.After(asked.KnownAt) {
			break // recorded since
		}
		entry, voids, err := writtenOf(rec, asked.AsOf)
		if err != nil {
			return nil, err
		}
		if at, ok := place[voids]; ok {
			out.Items[at].Stands, out.Items[at].VoidedBy = false, entry.ID
		}
		out.Version = entry.Version
		place[entry.ID] = len(out.Items)
		out.Items = append(out.Items, entry)
	}
	if out.Version == 0 && at.now() {
		return nil, newProblem(none, "")
	}
	a := answerOf(out)
	if at.now() {
		a.ETag = etag(out.Version)
	}
	return a, nil
}

// writtenOf shows a record and says which other one it makes void.
func writtenOf(rec eventlog.Record, asOf calendar.Day) (FileEntry, string, error) {
	meta, err := wire.DecodeMeta(rec.Meta)
	if err != nil {
		return FileEntry{}, "", fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	entry := FileEntry{Entry: entryAs(rec), Happened: meta.Happened, Stands: meta.Happened <= asOf}
	e, err := wire.Decode(rec.Type, rec.Data, nil)
	if err != nil {
		return entry, "", fmt.Errorf("%s version %d: %w", rec.Stream, rec.Version, err)
	}
	return entry, wire.Voids(e), nil
}
