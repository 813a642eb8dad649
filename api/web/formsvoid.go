package web

import (
	"context"
	"strconv"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// voidForms strike through what was entered by mistake about regions, offices and
// posts, and about which pack and line is in force.
func voidForms() []placeForm {
	return []placeForm{
		{name: "place-correction", zh: "更正区划机构登记", en: "Correct an entry of a place", under: "/places", who: countyOnly, plain: true, fields: placeCorrectionFields, make: func(f filling) (any, error) {
			return office.EntryVoided{Event: f.typed("event"), Reason: f.text("reason")}, nil
		}},
		{name: "pack-correction", zh: "更正办法和收入线登记", en: "Correct what was adopted", under: "/packs", who: countyOnly, plain: true, fields: packCorrectionFields, make: func(f filling) (any, error) {
			return policy.AdoptionVoided{Event: f.typed("event"), Reason: f.text("reason")}, nil
		}},
	}
}

// correctionFields ask which of the entries is wrong, and what about it.
func correctionFields(ctx context.Context, entries []option) []input {
	return []input{
		{kind: askOne, name: "event", label: say(ctx, "有误的登记", "The wrong entry"), options: entries, required: true,
			hint: say(ctx, "划去后保留，正确的另行登记；据此办理过的事项不变，可以查出。", "It is struck through and stays; what was done under it stays done and is found.")},
		{kind: askWords, name: "reason", label: say(ctx, "错在哪里", "What is wrong"), required: true},
	}
}

func placeCorrectionFields(ctx context.Context, f filling) []input {
	streams := []string{"region-" + f.region}
	for _, o := range f.site.officesOf(f.v) {
		if o.Region != f.region {
			continue
		}
		streams = append(streams, "office-"+o.ID)
		for _, a := range f.site.holders(o.ID, f.v.today) {
			streams = append(streams, "kinship-"+a.Person)
		}
	}
	return correctionFields(ctx, f.site.officeRecords(ctx, streams, f.tellPlace))
}

func packCorrectionFields(ctx context.Context, f filling) []input {
	return correctionFields(ctx, f.site.officeRecords(ctx, []string{"policy-" + f.region}, tellPolicy))
}

// officeRecords are the entries of small streams that stand, each in words. What
// cannot be read is not offered.
func (s *site) officeRecords(ctx context.Context, streams []string, tell func(context.Context, any) string) (entries []option) {
	void := map[string]bool{}
	for _, stream := range streams {
		for rec, err := range s.Handler.Log.ReadStream(ctx, stream, eventlog.NoStream) {
			if err != nil {
				return nil
			}
			e, err := wire.Decode(rec.Type, rec.Data, nil)
			if err != nil {
				return nil
			}
			if struck := wire.Voids(e); struck != "" {
				void[struck] = true
			} else if told := tell(ctx, e); told != "" {
				entries = append(entries, option{rec.ID.String(), told})
			}
		}
	}
	standing := entries[:0]
	for _, e := range entries {
		if !void[e.value] {
			standing = append(standing, e)
		}
	}
	return standing
}

// tellPlace says an entry about regions, offices and posts.
func (f filling) tellPlace(ctx context.Context, e any) string {
	on := func(day calendar.Day) string { return date(ctx, day) + " " }
	switch e := e.(type) {
	case office.RegionEstablished:
		return on(e.From) + say(ctx, "设立区划：", "region established: ") + e.Name
	case office.RegionRenamed:
		return on(e.From) + say(ctx, "区划更名为：", "region renamed: ") + e.Name
	case office.RegionMerged:
		return on(e.From) + say(ctx, "区划并入：", "region merged into: ") + f.site.regionName(e.Successor, f.v.today)
	case office.Established:
		return on(e.From) + say(ctx, "设立机构：", "office established: ") + e.Name
	case office.Renamed:
		return on(e.From) + say(ctx, "机构更名为：", "office renamed: ") + e.Name
	case office.Appointed:
		return on(e.From) + say(ctx, "任职：", "appointed: ") + e.Name + e.Post
	case office.AppointmentEnded:
		return on(e.To) + say(ctx, "任职结束：", "appointment ended: ") + e.Appointment
	case office.KinshipDeclared:
		return on(e.From) + say(ctx, "近亲属备案：", "kinship declared: ") + f.site.nameOf(e.Person) + " " + term(ctx, code.KinRelations, e.Relation)
	case office.KinshipEnded:
		return on(e.To) + say(ctx, "近亲属备案结束：", "kinship ended: ") + string(e.Reason)
	case office.VillageAssigned:
		return on(e.From) + say(ctx, "包保：", "assigned: ") + f.site.regionName(e.Village, f.v.today)
	case office.VillageAssignmentEnded:
		return on(e.To) + say(ctx, "包保结束", "assignment ended")
	case office.EntryVoided: // it strikes another, and is not itself struck
	}
	return ""
}

// tellPolicy says what was adopted or set.
func tellPolicy(ctx context.Context, e any) string {
	switch e := e.(type) {
	case policy.Adopted:
		return date(ctx, e.From) + " " + say(ctx, "采用办法：", "adopted: ") + e.Name + " " + e.Version
	case policy.LineSet:
		return strconv.Itoa(e.Year) + say(ctx, "年收入线：", " line: ") + yuan(ctx, code.Fen(e.Yuan*100)) + " " + e.Document
	case policy.AdoptionVoided: // it strikes another, and is not itself struck
	}
	return ""
}
