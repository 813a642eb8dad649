package web

import (
	"net/http"
	"net/url"
	"slices"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// acting is when and by whom something was done, as a form asks it: here and
// now, or on paper before (补录). Each is a full path, with everything the other
// has.
type acting struct {
	mode     act.Mode
	happened string
	own      []colleague // of the visitor's own office
	others   []colleague // of the other offices that cover the place
	done     []string    // persons
	today    calendar.Day
}

// colleague is somebody who may have done it, by the appointments of that day.
type colleague struct {
	office.Appointed
	at string // his office's name
}

// transcribed says whether it happened on paper before.
func (a acting) transcribed() bool { return a.mode == act.Transcribed }

// acting reads how a form begins, or what it was sent with.
func (s *site) acting(v *visitor, region string, q url.Values) acting {
	a := acting{mode: act.Performed, happened: v.today.String(), done: q["done_by"], today: v.today}
	if act.Mode(q.Get("mode")) == act.Transcribed {
		a.mode = act.Transcribed
	}
	if q.Get("happened") != "" {
		a.happened = q.Get("happened")
	}
	if len(a.done) == 0 && !a.transcribed() {
		a.done = []string{v.Person}
	}
	on, err := calendar.ParseDay(a.happened)
	if err != nil || on > v.today {
		on = v.today
	}
	a.own, a.others = s.colleagues(v, region, on)
	return a
}

// colleagues are those in office on the day where the place is covered: the
// visitor's own office apart from the others, the nearest first.
func (s *site) colleagues(v *visitor, region string, on calendar.Day) (own, others []colleague) {
	if region == "" {
		region = v.region
	}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		for _, o := range slices.Backward(d.Offices("", on)) {
			if !d.Contains(o.Region, region, on) {
				continue
			}
			for _, held := range d.Holders(o.ID, on) {
				c := colleague{held, o.Name}
				if o.ID == v.post.Office {
					own = append(own, c)
				} else {
					others = append(others, c)
				}
			}
		}
		return nil
	})
	return own, others
}

// acted is the act that a form was sent with: its key, when it happened and who
// did it. The visitor is the one who recorded it.
func acted(r *http.Request, v *visitor) (commands.Request, error) {
	out := commands.Request{Key: r.PostFormValue("key"), By: v.Person, Appointment: v.post.Appointment, Channel: "web", Mode: act.Mode(r.PostFormValue("mode"))}
	if out.Mode == "" {
		out.Mode = act.Performed
	}
	day, err := calendar.ParseDay(r.PostFormValue("happened"))
	if err != nil {
		return out, policy.Refuse(policy.DayMissing, "请填写发生日期")
	}
	out.Happened = day
	if day != v.today && out.Mode == act.Performed {
		return out, policy.Refuse(policy.DayPerformed, "当场办理的日期就是今天；此前已发生的请选“补录”")
	}
	for _, person := range r.PostForm["done_by"] {
		who := commands.DoneBy{Person: person}
		if person == v.Person && out.Mode == act.Performed {
			who.Appointment = v.post.Appointment
		}
		out.DoneBy = append(out.DoneBy, who)
	}
	return out, nil
}
