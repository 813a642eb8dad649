package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// Office enters a fact about regions, offices or appointments. While nobody is
// appointed to anything the log is being set up and anybody may; from then on
// it takes a county office that covers the region.
func (h *Handler) Office(ctx context.Context, r Request, e office.Event) (Result, error) {
	stream, region, err := h.placeOf(e)
	if err != nil {
		return Result{}, err
	}
	check := func() error {
		if err := cmp.Or(h.checkInput(ctx, r, e), h.apart(e), h.member(ctx, e), h.correctable(ctx, r, e)); err != nil {
			return err
		}
		return h.Directory.View(func(d *office.Directory) error { return d.Check(e) })
	}
	return h.administer(ctx, r, stream, region, e, check)
}

// StreamOf names the stream in which a fact about places, posts or packs is entered;
// "" for anything else, and for a fact about nothing that there is.
func (h *Handler) StreamOf(fact any) string {
	switch e := fact.(type) {
	case office.Event:
		stream, _, err := h.placeOf(e)
		if err != nil {
			return "" // entering it says why
		}
		return stream
	case policy.Event:
		return "policy-" + h.policyPlace(e)
	}
	return ""
}

// policyPlace is the region of a fact about packs; "" of one that strikes through
// nothing that there is.
func (h *Handler) policyPlace(e policy.Event) (region string) {
	switch e := e.(type) {
	case policy.Adopted:
		return e.Region
	case policy.LineSet:
		return e.Region
	case policy.AdoptionVoided:
		_ = h.Directory.Policies(func(b *policy.Book) error { region = b.RegionOf(e.Event); return nil }) // never fails
	}
	return region
}

// apart keeps administrators out of every office: they see no case.
func (h *Handler) apart(e office.Event) error {
	appointed, is := e.(office.Appointed)
	if !is {
		return nil
	}
	return h.Directory.Accounts(func(b *account.Book) error {
		if s, ok := b.ByPerson(appointed.Person); ok && s.Duty != "" {
			return policy.Refuse(policy.DutyApart, "管理员不得兼任经办、审核、审定等职务")
		}
		return nil
	})
}

// placeOf names the stream of a fact and the region whose authority it needs.
func (h *Handler) placeOf(e office.Event) (stream, region string, err error) {
	switch e := e.(type) {
	case office.RegionEstablished:
		return "region-" + e.Code, e.Parent, nil
	case office.RegionRenamed:
		return "region-" + e.Code, e.Code, nil
	case office.RegionMerged:
		return "region-" + e.Code, e.Code, nil
	case office.Established:
		return "office-" + e.Office, e.Region, nil
	case office.Renamed:
		return h.officePlace(e.Office)
	case office.Appointed:
		return h.officePlace(e.Office)
	case office.AppointmentEnded:
		return h.officePlace(e.Office)
	case office.VillageAssigned:
		return h.officePlace(e.Office)
	case office.VillageAssignmentEnded:
		return h.officePlace(e.Office)
	case office.KinshipDeclared:
		return h.personPlace(e.Person)
	case office.KinshipEnded:
		return h.personPlace(e.Person)
	case office.EntryVoided:
		return h.struckPlace(e)
	}
	return "", "", policy.Refuse(policy.Malformed, "未知的操作")
}

// personPlace names the stream of what a person declares; it belongs where he
// holds, or last held, an office.
func (h *Handler) personPlace(person string) (stream, region string, err error) {
	err = h.Directory.View(func(d *office.Directory) error {
		last, ok := d.Last(person)
		if !ok {
			return policy.Refuse(policy.RecorderUnknown, "没有这个人的任职")
		}
		o, _ := d.Office(last.Office, h.Today())
		region = o.Region
		return nil
	})
	return "kinship-" + person, region, err
}

// member refuses kin of nobody: the household is there, and so is its member.
func (h *Handler) member(ctx context.Context, e office.Event) error {
	declared, is := e.(office.KinshipDeclared)
	if !is {
		return nil
	}
	s, err := h.load(ctx, declared.Household)
	switch {
	case err != nil:
		return err
	case !s.Exists:
		return policy.Refuse(policy.HouseholdUnknown, "没有这户的档案")
	case !slices.ContainsFunc(s.Members, func(m household.Member) bool { return m.ID == declared.Member }):
		return policy.Refuse(policy.MemberUnknown, "该户没有这名成员")
	}
	return nil
}

func (h *Handler) officePlace(id string) (stream, region string, err error) {
	err = h.Directory.View(func(d *office.Directory) error {
		o, ok := d.Office(id, h.Today())
		if !ok {
			return policy.Refuse(policy.Malformed, "没有这个机构")
		}
		region = o.Region
		return nil
	})
	return "office-" + id, region, err
}

// Policy enters that a region adopted a pack, or that a year's line was set.
// The text of a pack is checked strictly first.
func (h *Handler) Policy(ctx context.Context, r Request, e policy.Event) (Result, error) {
	region := h.policyPlace(e)
	switch adopted := e.(type) {
	case policy.Adopted:
		pack, err := load.Parse([]byte(adopted.Text))
		if err != nil {
			return Result{}, policy.Refuse(policy.Malformed, "办法文本有误：%s", err)
		}
		adopted.Name, adopted.Version, adopted.SHA256 = pack.Name, pack.Version, pack.SHA256
		if adopted.From == 0 {
			adopted.From = pack.ValidFrom
		}
		switch {
		case adopted.From < pack.ValidFrom:
			return Result{}, policy.Refuse(policy.PackEnded, "采用日期早于办法生效日期%s", pack.ValidFrom.Chinese())
		case pack.Expired(adopted.From):
			return Result{}, policy.Refuse(policy.PackEnded, "办法有效期至%s，不能自%s起采用", pack.ValidTo.Chinese(), adopted.From.Chinese())
		}
		e = adopted
	case policy.LineSet:
		if adopted.Yuan <= 0 || adopted.Year < 2014 || adopted.Year > 2100 || adopted.Document == "" {
			return Result{}, policy.Refuse(policy.Malformed, "收入线须写明年度、金额和文件依据")
		}
		if adopted.Level != "" {
			if _, ok := code.Levels.Find(string(adopted.Level)); !ok {
				return Result{}, policy.Refuse(policy.Malformed, "没有“%s”这一层级", adopted.Level)
			}
		}
		on := min(h.Today(), calendar.Date(adopted.Year, 12, 31))
		if pack, ok := h.Directory.Pack(adopted.Region, on); ok {
			if err := pack.Settable(adopted); err != nil {
				return Result{}, err
			}
		}
	case policy.AdoptionVoided:
		if region == "" {
			return Result{}, h.Directory.Policies(func(b *policy.Book) error { return b.Correctable(adopted) })
		}
	}
	known := func() error {
		if v, voids := e.(policy.AdoptionVoided); voids {
			if err := h.checkInput(ctx, r, v); err != nil {
				return err
			}
			if err := h.Directory.Policies(func(b *policy.Book) error { return b.Correctable(v) }); err != nil {
				return err
			}
		}
		return h.Directory.View(func(d *office.Directory) error {
			if _, ok := d.Region(region, h.Today()); !ok {
				return policy.Refuse(policy.RegionUnknown, "没有这个行政区划")
			}
			return nil
		})
	}
	return h.administer(ctx, r, "policy-"+region, region, e, known)
}

// administer appends one fact to a small stream.
func (h *Handler) administer(ctx context.Context, r Request, stream, region string, e any, check func() error) (Result, error) {
	if err := r.check(); err != nil {
		return Result{}, err
	}
	for try := 0; ; try++ {
		result, err := h.administerOnce(ctx, r, stream, region, e, check)
		if errors.Is(err, eventlog.ErrConflict) && r.IfMatch == nil && try < retries {
			continue
		}
		if err == nil {
			err = h.Directory.CatchUp(ctx)
		}
		return result, err
	}
}

func (h *Handler) administerOnce(ctx context.Context, r Request, stream, region string, e any, check func() error) (Result, error) {
	body, err := bodyHash(stream, r, e)
	if err != nil {
		return Result{}, err
	}
	version, seen, err := h.scan(ctx, stream, r.Key)
	if err != nil {
		return Result{}, err
	}
	if seen {
		return h.firstResult(ctx, stream, r.Key, body)
	}
	if r.IfMatch != nil && *r.IfMatch != version {
		return Result{}, &StaleError{Have: version, Want: *r.IfMatch}
	}
	if err := check(); err != nil {
		return Result{}, err
	}
	a, err := h.administrator(r, region, body)
	if err != nil {
		return Result{}, err
	}
	name, data, err := wire.Encode(e, nil)
	if err != nil {
		return Result{}, err
	}
	meta, err := wire.EncodeMeta(a)
	if err != nil {
		return Result{}, err
	}
	id := eventlog.DeriveID(stream, r.Key, 0)
	appended, err := h.Log.Append(ctx, stream, version, []eventlog.Event{{ID: id, Type: name, Data: data, Meta: meta}})
	if err != nil {
		return Result{}, err
	}
	return Result{Stream: stream, Version: appended.Version, Position: appended.Position, RecordedAt: appended.RecordedAt,
		Events: []string{id.String()}, Repeated: appended.Repeated}, nil
}

// scan returns a stream's version and whether the key was used on it.
func (h *Handler) scan(ctx context.Context, stream, key string) (version eventlog.Version, seen bool, err error) {
	id := eventlog.DeriveID(stream, key, 0)
	for rec, err := range h.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return 0, false, fmt.Errorf("read %s: %w", stream, err)
		}
		version, seen = rec.Version, seen || rec.ID == id
	}
	return version, seen, nil
}

// administrator composes the act of an administering office.
func (h *Handler) administrator(r Request, region, body string) (act.Act, error) {
	settingUp := false
	if err := h.Directory.View(func(d *office.Directory) error { settingUp = d.Empty(); return nil }); err != nil {
		return act.Act{}, err
	}
	if settingUp {
		founder := act.Person{ID: r.By, Name: r.By}
		return act.Act{Happened: h.Today(), DoneBy: []act.Person{founder}, RecordedBy: founder, Mode: act.Performed, Channel: r.Channel, Key: r.Key, Body: body}, nil
	}
	a, err := h.act(r, region, body)
	if err != nil {
		return a, err
	}
	if region != "" && !a.RecordedBy.Covers {
		return a, policy.Refuse(policy.RecorderOutside, "录入人所在机构不管辖该地")
	}
	return a, office.Administers(a.RecordedBy)
}
