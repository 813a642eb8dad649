package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// DutyStream names the stream in which an office's own duties are recorded.
func DutyStream(office string) string { return "duty-" + office }

// CheckStream names a concentrated check's stream.
func CheckStream(id string) string { return "check-" + id }

// Duty enters an act on an office's own duties.
func (h *Handler) Duty(ctx context.Context, r Request, id string, c duty.Command) (Result, error) {
	return h.dutyAct(ctx, r, DutyStream(id), id, c, func(d *office.Directory, _ duty.State, region string, on calendar.Day) (duty.Place, error) {
		o, ok := d.Office(id, on)
		if !ok {
			return duty.Place{}, policy.Refuse(policy.OfficeUnknown, "没有这个机构")
		}
		return duty.Place{Level: o.Level, Department: o.Department, Covered: d.Contains(o.Region, region, on)}, nil
	})
}

// Check enters an act on a concentrated check.
func (h *Handler) Check(ctx context.Context, r Request, id string, c duty.Command) (Result, error) {
	return h.dutyAct(ctx, r, CheckStream(id), id, c, func(d *office.Directory, s duty.State, region string, on calendar.Day) (duty.Place, error) {
		held := s.Region()
		return duty.Place{Covered: held == "" || d.Contains(held, region, on)}, nil
	})
}

// placeFinder says where an act on a region happens.
type placeFinder func(d *office.Directory, s duty.State, region string, on calendar.Day) (duty.Place, error)

func (h *Handler) dutyAct(ctx context.Context, r Request, stream, id string, c duty.Command, place placeFinder) (Result, error) {
	if err := h.checkInput(ctx, r, c); err != nil {
		return Result{}, err
	}
	for try := 0; ; try++ {
		result, err := h.dutyOnce(ctx, r, stream, id, c, place)
		if !errors.Is(err, eventlog.ErrConflict) || r.IfMatch != nil || try >= retries {
			return result, err
		}
	}
}

func (h *Handler) dutyOnce(ctx context.Context, r Request, stream, id string, c duty.Command, find placeFinder) (Result, error) {
	body, err := bodyHash(stream, r, c)
	if err != nil {
		return Result{}, err
	}
	facts, err := h.dutyFacts(ctx, stream)
	if err != nil {
		return Result{}, err
	}
	eventID := eventlog.DeriveID(stream, r.Key, 0)
	for _, f := range facts {
		if f.ID == eventID.String() {
			return h.firstResult(ctx, stream, r.Key, body)
		}
	}
	state := duty.Fold(id, facts)
	version := eventlog.Version(state.Version)
	if r.IfMatch != nil && *r.IfMatch != version {
		return Result{}, &StaleError{Have: version, Want: *r.IfMatch}
	}
	region := dutyRegion(state, c)
	if _, voids := c.(duty.VoidDutyFact); voids && region == "" {
		return Result{}, policy.Refuse(policy.EventUnknown, "没有这条记录")
	}
	if region == "" {
		return Result{}, policy.Refuse(policy.CheckUnknown, "没有这次集中排查，或未写明所在地")
	}
	a, pack, place, err := h.dutyRuled(r, state, region, body, find)
	if err != nil {
		return Result{}, err
	}
	if place.Figures, err = h.figures(ctx, c, pack); err != nil {
		return Result{}, err
	}
	events, err := duty.Decide(state, c, a, pack, place)
	if err != nil {
		return Result{}, err
	}
	if err := h.onFile(ctx, events[0], a.Happened); err != nil {
		return Result{}, err
	}
	name, data, err := wire.Encode(events[0], nil)
	if err != nil {
		return Result{}, err
	}
	meta, err := wire.EncodeMeta(a)
	if err != nil {
		return Result{}, err
	}
	appended, err := h.Log.Append(ctx, stream, version, []eventlog.Event{{ID: eventID, Type: name, Data: data, Meta: meta}})
	if err != nil {
		return Result{}, err
	}
	return Result{Stream: stream, Version: appended.Version, Position: appended.Position, RecordedAt: appended.RecordedAt,
		Events: []string{eventID.String()}, Flags: dutyFlags(events[0]), Repeated: appended.Repeated}, nil
}

// dutyRuled composes the act, the pack of its day and where it happens.
func (h *Handler) dutyRuled(r Request, s duty.State, region, body string, find placeFinder) (act.Act, policy.Pack, duty.Place, error) {
	a, err := h.act(r, region, body)
	if err != nil {
		return a, policy.Pack{}, duty.Place{}, err
	}
	var place duty.Place
	err = h.Directory.View(func(d *office.Directory) error {
		named, ok := d.Region(region, a.Happened)
		if !ok {
			return policy.Refuse(policy.RegionUnknown, "没有这个行政区划")
		}
		place, err = find(d, s, region, a.Happened)
		place.CoveredLevel, place.Top = named.Level, named.Parent == ""
		return err
	})
	if err != nil {
		return a, policy.Pack{}, place, err
	}
	pack, _, ok := h.Directory.PackOver(region, a.Happened)
	if !ok {
		return a, pack, place, policy.Refuse(policy.PackMissing, "%s时本地尚未采用任何办法", a.Happened.Chinese())
	}
	a.Pack = pack.Ref()
	return a, pack, place, nil
}

// dutyRegion is the region that an act names, or whose check it belongs to.
func dutyRegion(s duty.State, c duty.Command) string {
	switch c := c.(type) {
	case duty.RecordDone:
		return c.Region
	case duty.ShutSystem:
		return c.Region
	case duty.OpenSystem:
		return c.Region
	case duty.WatchScaleRisk:
		return c.Region
	case duty.FollowScaleRisk:
		return c.Region
	case duty.EndScaleRisk:
		return c.Region
	case duty.OrganiseCheck:
		return c.Region
	case duty.ReportVillageCheck:
		return c.Village
	case duty.VoidDutyFact:
		return s.RegionOf(c.Event)
	case duty.EndCheck:
	}
	return s.Region()
}

func dutyFlags(e duty.Event) []Flag {
	done, ok := e.(duty.Done)
	if !ok {
		return nil
	}
	var flags []Flag
	for _, f := range done.Flags {
		flags = append(flags, Flag{f.Rule, f.Cite, f.Detail})
	}
	return flags
}

func (h *Handler) dutyFacts(ctx context.Context, stream string) ([]duty.Fact, error) {
	var facts []duty.Fact
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		e, err := wire.Duty(rec.Type, rec.Data)
		if err != nil {
			return nil, fmt.Errorf("%s version %d: %w", stream, rec.Version, err)
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return nil, fmt.Errorf("%s version %d: %w", stream, rec.Version, err)
		}
		facts = append(facts, duty.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Event: e})
	}
	return facts, nil
}

// onFile refuses a list that names somebody who is in no file, or in one of
// another place.
func (h *Handler) onFile(ctx context.Context, e duty.Event, on calendar.Day) error {
	done, ok := e.(duty.Done)
	if !ok {
		return nil
	}
	files := map[string]household.State{}
	for i, p := range done.Persons {
		state, have := files[p.Household]
		if !have {
			var err error
			if state, err = h.load(ctx, p.Household); err != nil {
				return err
			}
			files[p.Household] = state
		}
		member := slices.ContainsFunc(state.Members, func(m household.Member) bool { return m.ID == p.Member })
		switch {
		case !state.Exists || !h.Directory.Contains(done.Region, state.Region, on):
			return policy.Refuse(policy.HouseholdUnknown, "名单第%d行：本地没有这户的档案", i+1)
		case !member:
			return policy.Refuse(policy.MemberUnknown, "名单第%d行：该户没有这名成员", i+1)
		}
	}
	return nil
}
