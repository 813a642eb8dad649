package household

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S2.13, S4.9: a household applies by itself; nobody holds a post for it, and
// what it sends opens a file of its own, 待确认.
func TestAHouseholdAppliesByTheCodeOfItsVillage(t *testing.T) {
	t.Parallel()
	on := calendar.MustDay("2023-05-08")
	self := act.Person{ID: act.Public, Name: "农户本人", Covers: true}
	a := act.Act{Happened: on, Today: on, Mode: act.Performed, Channel: "public", DoneBy: []act.Person{self}, RecordedBy: self}
	send := SendApplication{Clue: "c1", Via: "scan", Region: "629900101201", Name: "柳长福", Content: "妻子住院，欠债", Writer: "柳小明", Contact: "13900000003", Photos: []code.Attachment{"aa"}}
	got, err := Decide(State{ID: "h"}, send, a, strict())
	want := []Event{
		ClueRecorded{Clue: "c1", Channel: code.SelfApplication, Via: "scan", Content: "妻子住院，欠债", Name: "柳长福", Region: "629900101201"},
		ApplicationSent{Clue: "c1", Writer: "柳小明", Contact: "13900000003", Photos: []code.Attachment{"aa"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Fatalf("%v\n%s", err, diff)
	}
	state := State{ID: "h"}
	for i, e := range got {
		state = Evolve(state, Fact{ID: "e", Version: int64(i + 1), Act: a, Event: e})
	}
	if !state.Unconfirmed || len(state.Clues) != 1 || state.Region != send.Region {
		t.Errorf("%+v", state)
	}
	change := func(f func(*SendApplication)) SendApplication { c := send; f(&c); return c }
	if got, err := Decide(State{ID: "h"}, change(func(c *SendApplication) { c.Writer, c.Contact, c.Photos = "", "", nil }), a, strict()); err != nil || len(got) != 1 {
		t.Errorf("nothing came with it: %+v, %v", got, err)
	}
	for what, c := range map[string]struct {
		send SendApplication
		s    State
		rule policy.Rule
	}{
		"a file that is there":  {send, State{Exists: true, Region: send.Region}, policy.HouseholdExists},
		"no name":               {change(func(c *SendApplication) { c.Name = "" }), State{}, policy.HouseholdUnknown},
		"nothing said":          {change(func(c *SendApplication) { c.Content = "" }), State{}, policy.Malformed},
		"a book":                {change(func(c *SendApplication) { c.Content = code.Text(strings.Repeat("长", MaxSentText+1)) }), State{}, policy.Malformed},
		"a number for a name":   {change(func(c *SendApplication) { c.Name = "柳13812341234" }), State{}, policy.PersonalInText},
		"a long name":           {change(func(c *SendApplication) { c.Writer = strings.Repeat("柳", 25) }), State{}, policy.Malformed},
		"four photographs":      {change(func(c *SendApplication) { c.Photos = make([]code.Attachment, MaxSentPhotos+1) }), State{}, policy.Malformed},
		"a department's way in": {change(func(c *SendApplication) { c.Via = "screening" }), State{}, policy.Malformed},
	} {
		_, err := Decide(c.s, c.send, a, strict())
		var refusal *Refusal
		if !errors.As(err, &refusal) || refusal.Rule != c.rule {
			t.Errorf("%s: %v, want refused by %s", what, err, c.rule)
		}
	}
}
