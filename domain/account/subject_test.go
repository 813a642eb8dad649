package account

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/policy"
)

func TestASubjectComesInThroughTheAccountItIsLinkedTo(t *testing.T) {
	t.Parallel()
	li := Subject{Issuer: "https://id.example.gov.cn", Subject: "u-17"}
	opened, linked := Opened{Account: "a", Login: "li", Person: "p"}, SubjectLinked(li)
	enters := []Event{LoggedIn{Address: "h", Way: "issuer"}}
	for name, c := range map[string]struct {
		past []Event
		as   Subject
		want policy.Rule // "": let in
	}{
		"linked":                     {[]Event{opened, linked}, li, ""},
		"no account":                 {nil, li, policy.SubjectUnknown},
		"nobody linked":              {[]Event{opened}, li, policy.SubjectUnknown},
		"nobody linked, nobody said": {[]Event{opened}, Subject{}, policy.SubjectUnknown},
		"another subject":            {[]Event{opened, linked}, Subject{li.Issuer, "u-18"}, policy.SubjectUnknown},
		"of another issuer":          {[]Event{opened, linked}, Subject{"https://evil.example", li.Subject}, policy.SubjectUnknown},
		"unlinked":                   {[]Event{opened, linked, SubjectUnlinked{"调离"}}, li, policy.SubjectUnknown},
		"linked to another since":    {[]Event{opened, linked, SubjectLinked{li.Issuer, "u-18"}}, li, policy.SubjectUnknown},
		"closed":                     {[]Event{opened, linked, Closed{"调离"}}, li, policy.AccountClosed},
		"reopened":                   {[]Event{opened, linked, Closed{"调离"}, Reopened{"回任"}}, li, ""},
		"a password guessed at":      {[]Event{opened, linked, LockedOut{Until: noon.Add(LockTime)}}, li, ""},
	} {
		var facts []Fact
		for i, e := range c.past {
			facts = append(facts, Fact{Version: int64(i + 1), Recorded: noon, Event: e})
		}
		s := Fold(facts)
		events, err := s.EnterAs(c.as, Attempt{Address: "h", At: noon})
		if c.want != "" {
			if !refusedBy(err, c.want) || len(events) != 0 {
				t.Errorf("%s: %v %v", name, events, err)
			}
			continue
		}
		if diff := cmp.Diff(enters, events); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestUnlinkingEndsSessions(t *testing.T) {
	t.Parallel()
	s := Fold([]Fact{{1, noon, Opened{Account: "a"}}, {2, noon, SubjectLinked{"i", "s"}}})
	if after := Evolve(s, Fact{3, noon, SubjectUnlinked{"x"}}); after.Epoch != s.Epoch+1 || after.Subject != (Subject{}) {
		t.Errorf("%+v", after)
	}
}

func TestWhatIsNoSubject(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]policy.Rule{
		"": policy.Malformed, " u-17": policy.Malformed, "u\n17": policy.Malformed, "\xff": policy.Malformed, strings.Repeat("u", maxSubject+1): policy.Malformed,
		"13900001234": policy.PersonalInText, "u-17": "", "罗根生": "",
	} {
		if err := (Subject{"https://id.example.gov.cn", subject}).Check(); want == "" && err != nil || want != "" && !refusedBy(err, want) {
			t.Errorf("%q: %v", subject, err)
		}
	}
}

// A subject opens the account that has it now, whichever had it before.
func TestTheBookFindsTheAccountOfASubject(t *testing.T) {
	t.Parallel()
	b, li := NewBook(), Subject{"i", "u-17"}
	b.Apply("a", Fact{1, noon, Opened{Account: "a", Login: "a"}})
	b.Apply("a", Fact{2, noon, SubjectLinked(li)})
	if s, ok := b.BySubject(li); !ok || s.Account != "a" {
		t.Errorf("%+v %v", s, ok)
	}
	b.Apply("a", Fact{3, noon, SubjectUnlinked{"x"}})
	if s, ok := b.BySubject(li); ok {
		t.Errorf("unlinked, and yet %+v", s)
	}
}

func refusedBy(err error, rule policy.Rule) bool {
	var r *policy.Refusal
	return errors.As(err, &r) && r.Rule == rule
}
