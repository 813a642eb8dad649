package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/office"
)

// visitor is who asks for a page: an account, and the post in which he asks.
type visitor struct {
	account.State
	posts  []post // of today
	post   post   // the one he works in
	role   account.Role
	today  calendar.Day
	region string // where it is; "" nowhere
}

// post is an appointment of today with its office.
type post struct {
	office.Appointed
	at   office.Office
	role account.Role
	name string // of the region
}

// title is the post with its office.
func (p post) title() string { return p.at.Title(p.Post) }

// visitor finds out who asks, nil if nobody is logged in.
func (s *site) visitor(r *http.Request) *visitor {
	a, in := s.sessions.Who(r)
	if !in {
		return nil
	}
	v := &visitor{State: a, today: s.Handler.Today()}
	if a.Duty != "" {
		v.role = account.RoleOfDuty(a.Duty)
		return v
	}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		v.posts = postsOf(d, a.Person, v.today)
		return nil
	})
	wanted := s.sessions.Post(r)
	for i, p := range v.posts {
		if i == 0 || p.Appointment == wanted {
			v.post, v.role, v.region = p, p.role, p.at.Region
		}
	}
	return v
}

func postsOf(d *office.Directory, person string, today calendar.Day) (posts []post) {
	for _, a := range d.Appointments(person, today) {
		at, ok := d.Office(a.Office, today)
		if !ok {
			continue
		}
		region, _ := d.Region(at.Region, today) // an office of a region that has not begun has no name
		posts = append(posts, post{Appointed: a, at: at, role: account.RoleOf(a.Capacity), name: region.Name})
	}
	return posts
}

// covers says whether the visitor's post is for the region, by today's tree.
func (s *site) covers(v *visitor, region string) (covers bool) {
	if v.region == "" || region == "" {
		return false
	}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		covers = d.Contains(v.region, region, v.today)
		return nil
	})
	return covers
}

// seesNames says whether the visitor works with the households' people and so
// sees their names in full; everybody else sees 王*某.
func (v *visitor) seesNames() bool { return v.role.SeesNames() }

// ownerOf is whose drafts a page keeps: the account's, "" without one.
func ownerOf(ctx context.Context) string {
	if v := visitorOf(ctx); v != nil {
		return v.Account
	}
	return ""
}

func visitorOf(ctx context.Context) *visitor {
	v, _ := ctx.Value(visitorKey).(*visitor)
	return v
}

// door is where the request comes from, for the record. Only the proxy that was
// configured is believed when it says for whom it asks.
func (s *site) door(r *http.Request) accounts.Door {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if s.Proxied {
		all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if from, err := netip.ParseAddr(strings.TrimSpace(all[len(all)-1])); err == nil {
			host = from.String()
		}
	}
	return accounts.Door{Address: host, Agent: r.UserAgent(), Channel: "web"}
}
