package bench

import (
	"fmt"
	"iter"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// The places where invented households live: 12 villages in each of 18
// townships in each of 10 counties.
const (
	counties  = 10
	townships = 18
	villages  = 12
)

func countyCode(c int) string        { return fmt.Sprintf("6299%02d", c) }
func townshipCode(c, t int) string   { return fmt.Sprintf("%s1%02d", countyCode(c), 1+t) }
func villageCode(c, t, v int) string { return fmt.Sprintf("%s2%02d", townshipCode(c, t), 1+v) }
func from() calendar.Day             { return calendar.MustDay(firstDay) }

// places yields the establishing of all those places.
func places() iter.Seq[office.RegionEstablished] {
	return func(yield func(office.RegionEstablished) bool) {
		for c := range counties {
			if !yield(office.RegionEstablished{Code: countyCode(c), Name: fmt.Sprintf("第%d县", 1+c), Level: code.County, From: from()}) {
				return
			}
			for t := range townships {
				if !yield(office.RegionEstablished{Code: townshipCode(c, t), Parent: countyCode(c), Name: fmt.Sprintf("第%d镇", 1+t), Level: code.Township, From: from()}) {
					return
				}
				for v := range villages {
					if !yield(office.RegionEstablished{Code: villageCode(c, t, v), Parent: townshipCode(c, t), Name: fmt.Sprintf("第%d村", 1+v), Level: code.Village, From: from()}) {
						return
					}
				}
			}
		}
	}
}

// reader is who asks through HTTP: he holds a post in every county.
const reader = "reader"

// posts yields the n-th county's office and his post in it.
func posts(n int) []office.Event {
	at := countyCode(n)
	return []office.Event{
		office.Established{Office: at, Region: at, Level: code.County, Name: "县乡村振兴局", From: from()},
		office.Appointed{Appointment: "a-" + at, Person: reader, Office: at, Capacity: code.CountyOfficer, Name: "读者", Post: "经办人", From: from()},
	}
}

// placesInAll is how many there are, with the two events of each county's office.
const placesInAll = counties * (1 + 2 + townships*(1+villages))

// establishing yields the places and posts as events.
func establishing() iter.Seq2[eventlog.Imported, error] {
	return func(yield func(eventlog.Imported, error) bool) {
		meta, err := wire.EncodeMeta(someAct(firstDay))
		for e := range places() {
			r := eventlog.Imported{Stream: "region-" + e.Code, RecordedAt: from().Start()}
			r.ID, r.Meta = eventlog.DeriveID(r.Stream, "bench", 0), meta
			if err == nil {
				r.Type, r.Data, err = wire.Encode(e, nil)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
		for n := range counties {
			for i, e := range posts(n) {
				r := eventlog.Imported{Stream: "office-" + countyCode(n), RecordedAt: from().Start()}
				r.ID, r.Meta = eventlog.DeriveID(r.Stream, "bench", i), meta
				if err == nil {
					r.Type, r.Data, err = wire.Encode(e, nil)
				}
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

// regionsOf lists every code within the n-th county, as the directory does.
func regionsOf(d *office.Directory, n int) []string { return d.Regions(countyCode(n%counties), from()) }
