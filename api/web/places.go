package web

import (
	"net/http"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
)

// gazetteer is the page of regions and offices (区划机构) as they were on a day.
type gazetteer struct {
	on      calendar.Day
	told    string
	here    office.Region
	above   []office.Region // from the visitor's own down to here
	within  []office.Region
	ended   []office.Region
	into    map[string]string // names of what these were merged into
	offices []staffed
}

// staffed is an office with who held a post in it on the day, and who had left.
type staffed struct {
	office.Office
	held, left []office.Appointed
}

func (s *site) places(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	g := gazetteer{on: v.today, into: map[string]string{}}
	if asked := q.Get("on"); asked != "" {
		day, err := calendar.ParseDay(asked)
		if err != nil {
			g.told = say(r.Context(), "日期写法有误，显示今天", "Not a day; this is today")
		} else {
			g.on = day
		}
	}
	at := v.region
	if region := q.Get("region"); region != "" {
		at = region
	}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		g.look(d, at, v.region)
		return nil
	})
	return s.show(w, r, v, http.StatusOK, placesPage(g))
}

// look takes from the directory what the page shows.
func (g *gazetteer) look(d *office.Directory, at, own string) {
	here, there := d.Region(at, g.on)
	if !there {
		return // not established by that day
	}
	g.here = here
	for up := here.Parent; at != own && up != ""; {
		region, ok := d.Region(up, g.on)
		if !ok {
			break
		}
		g.above = append([]office.Region{region}, g.above...)
		if up == own {
			break
		}
		up = region.Parent
	}
	for _, child := range d.Children(at, g.on) {
		if child.Level != code.Group {
			g.within = append(g.within, child)
		}
	}
	for _, ended := range d.Ended(at, g.on) {
		into, _ := d.Region(ended.Successor, g.on) // a stranger has no name
		g.ended, g.into[ended.Code] = append(g.ended, ended), into.Name
	}
	for _, o := range d.Offices(at, g.on) {
		if o.Region == at {
			g.offices = append(g.offices, staffed{o, d.Holders(o.ID, g.on), d.Left(o.ID, g.on)})
		}
	}
}
