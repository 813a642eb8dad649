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

// placesInAll is how many there are.
const placesInAll = counties * (1 + townships*(1+villages))

// establishing yields the places as events.
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
	}
}

// regionsOf lists every code within the n-th county, as the directory does.
func regionsOf(d *office.Directory, n int) []string { return d.Regions(countyCode(n%counties), from()) }
