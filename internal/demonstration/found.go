package demonstration

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
)

// since is the day from which the regions and offices are on record.
var since = calendar.Date(2019, 1, 1)

// fact is one about regions, offices and appointments.
type fact struct {
	key string
	is  office.Event
}

// found sets the county up on 1 January 2021: regions, offices, the pack, who
// holds office; everything else about them is entered on its day.
func (l *loader) found(ctx context.Context) error {
	text, err := packs.Text("county-2023")
	if err != nil {
		return err
	}
	first := l.county.officers[0].appointed()
	steps := [][]fact{
		{{"region-" + County, office.RegionEstablished{Code: County, Name: CountyName, Level: code.County, From: since}}},
		l.townRegions(), l.villageRegions(), l.offices(),
	}
	for _, facts := range steps {
		if err := l.records(ctx, "setup", facts); err != nil {
			return err
		}
	}
	adopted := policy.Adopted{Region: County, Text: string(text), From: firstDay, Document: "守扶领发〔2020〕12号"}
	if _, err := l.Handler.Policy(ctx, commands.Request{Key: "pack", By: "setup", Channel: "demonstration"}, adopted); err != nil {
		return fmt.Errorf("adopt the pack: %w", err)
	}
	if err := l.records(ctx, "setup", []fact{{first.Appointment, first}}); err != nil {
		return err
	}
	return l.records(ctx, first.Person, l.appointments())
}

// records enters facts at the same time, those about one office one after the
// other: they stand in one stream, and in the same order for ever.
func (l *loader) records(ctx context.Context, by string, facts []fact) error {
	about := map[string][]fact{}
	for _, f := range facts {
		about[f.about()] = append(about[f.about()], f)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(ownActs)
	for _, own := range about {
		g.Go(func() error {
			for _, f := range own {
				if _, err := l.Handler.Office(ctx, commands.Request{Key: f.key, By: by, Channel: "demonstration"}, f.is); err != nil {
					return fmt.Errorf("%s: %w", f.key, err)
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// about is the office that the fact is about; a region's stands alone.
func (f fact) about() string {
	switch e := f.is.(type) {
	case office.Appointed:
		return e.Office
	case office.AppointmentEnded:
		return e.Office
	default:
		return f.key
	}
}

func (l *loader) townRegions() (facts []fact) {
	for _, t := range l.towns {
		facts = append(facts, fact{"region-" + t.code, office.RegionEstablished{Code: t.code, Name: t.name, Level: code.Township, Parent: County, From: since}})
	}
	return facts
}

func (l *loader) villageRegions() (facts []fact) {
	for _, v := range l.all {
		facts = append(facts, fact{"region-" + v.code, office.RegionEstablished{Code: v.code, Name: v.name, Level: code.Village, Parent: v.town.code, From: since}})
	}
	return facts
}

func (l *loader) offices() []fact {
	establish := func(id, region string, level code.Level, name, department string) fact {
		return fact{"office-" + id, office.Established{Office: id, Region: region, Level: level, Name: name, From: since, Department: department}}
	}
	facts := []fact{
		establish(County, County, code.County, "县扶贫办", "rural_revitalisation"),
		establish(County+"-discipline", County, code.County, "县纪委监委", ""),
	}
	for _, d := range l.county.departments {
		facts = append(facts, establish(County+"-"+d.code, County, code.County, d.name, d.code))
	}
	for _, t := range l.towns {
		facts = append(facts, establish(t.code, t.code, code.Township, t.name+"人民政府", ""))
		for _, v := range t.villages {
			facts = append(facts, establish(v.code, v.code, code.Village, v.name+"村民委员会", ""))
		}
	}
	return facts
}

// appointments are those of 1 January 2021, apart from the first.
func (l *loader) appointments() (facts []fact) {
	appoint := func(o official) {
		facts = append(facts, fact{o.id, o.appointed()})
	}
	for _, o := range l.county.officers[1:] {
		appoint(o)
	}
	appoint(l.county.decider)
	appoint(l.county.inspector)
	for _, d := range l.county.departments {
		appoint(d.officer)
	}
	for _, t := range l.towns {
		appoint(t.cadre)
		appoint(t.reviewer)
		appoint(t.paired)
		for _, v := range t.villages {
			for _, o := range []official{v.secretary, v.clerk, v.team, v.grid} {
				appoint(o)
			}
		}
	}
	return facts
}

// turns are the days on which regions, offices and appointments change.
func (l *loader) turns() map[calendar.Day][]fact {
	decider := l.county.decider
	turns := map[calendar.Day][]fact{
		renamedOn: {{"renamed", office.Renamed{Office: County, Name: "县乡村振兴局", From: renamedOn}}},
		takenOver: {
			{decider.id + "-ended", office.AppointmentEnded{Appointment: decider.id + "-1", Office: decider.office, To: takenOver - 1}},
			{l.county.nextDecider.id, l.county.nextDecider.appointed()},
		},
	}
	for _, v := range l.all {
		if v.next != nil {
			turns[electedOn] = append(turns[electedOn], ending(v.secretary), fact{v.next.id, v.next.appointed()})
		}
		if v.heir != nil {
			merged := office.RegionMerged{Code: v.code, Successor: v.heir.code, From: mergedOn, Document: "守民发〔2022〕31号"}
			turns[mergedOn] = append(turns[mergedOn], ending(v.secretary), ending(v.clerk), ending(v.team), ending(v.grid), fact{"merged-" + v.code, merged})
		}
	}
	return turns
}

func ending(o official) fact {
	return fact{o.id + "-ended", office.AppointmentEnded{Appointment: o.id + "-1", Office: o.office, To: o.to}}
}

// pictured leaves photographs out where nobody keeps them.
func (l *loader) pictured(c paper.Command) paper.Command {
	if l.Attachments != nil {
		return c
	}
	switch c := c.(type) {
	case paper.PostSheet:
		c.Photo = ""
		return c
	case paper.RemoveSheet:
		c.Photo = ""
		return c
	default:
		return c
	}
}
