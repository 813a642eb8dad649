package account

import "testing"

func TestTheBookFindsAccounts(t *testing.T) {
	t.Parallel()
	b := NewBook()
	if !b.Empty() {
		t.Error("not empty")
	}
	apply := func(id string, e Event) {
		s, _ := b.Account(id)
		b.Apply(id, Fact{Version: s.Version + 1, Recorded: noon, Event: e})
	}
	apply("b", Opened{Account: "b", Login: "zhou", Person: "q", Name: "周某"})
	apply("a", opened)
	apply("a", TokenIssued{Token: "t", Hash: "h"})
	apply("ghost", Closed{})
	if s, ok := b.ByLogin("luo"); !ok || s.Account != "a" {
		t.Errorf("%+v", s)
	}
	if s, ok := b.ByPerson("q"); !ok || s.Account != "b" {
		t.Errorf("%+v", s)
	}
	if s, token, ok := b.ByToken("h"); !ok || s.Account != "a" || token.ID != "t" {
		t.Errorf("%+v %+v", s, token)
	}
	for _, ok := range []bool{found(b.ByLogin("x")), found(b.ByPerson("x")), found(b.Account("ghost")), found(b.Account(""))} {
		if ok {
			t.Error("nobody was found")
		}
	}
	if _, _, ok := b.ByToken("x"); ok {
		t.Error("no token was found")
	}
	all := b.All()
	if len(all) != 2 || all[0].Login != "luo" || all[1].Login != "zhou" {
		t.Errorf("%+v", all)
	}
}

func found(_ State, ok bool) bool { return ok }
