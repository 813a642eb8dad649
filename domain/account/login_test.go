package account

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

var noon = calendar.MustDay("2023-07-03").Start().Add(12 * time.Hour)

// given folds events recorded a second apart from noon on.
func given(events ...Event) State {
	var facts []Fact
	for i, e := range events {
		facts = append(facts, Fact{Version: int64(i + 1), Recorded: noon.Add(time.Duration(i) * time.Second), Event: e})
	}
	return Fold(facts)
}

var (
	opened   = Opened{Account: "a", Login: "luo", Person: "p", Name: "罗某"}
	password = PasswordSet{Hash: "k1.sealed", Way: "link"}
)

func failed(n int, address string) (events []Event) {
	events = append(events, opened, password)
	for range n {
		events = append(events, LoginFailed{Address: address, Missed: "password"})
	}
	return events
}

func TestLoggingIn(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Minute)
	locked := later.Add(LockTime).UTC()
	for name, c := range map[string]struct {
		given   []Event
		attempt Attempt
		want    []Event // refused unless it is LoggedIn
	}{
		"with the right password":              {failed(0, ""), Attempt{Address: "h", At: later, Password: true}, []Event{LoggedIn{Address: "h"}}},
		"with a wrong one":                     {failed(0, ""), Attempt{Address: "h", At: later}, []Event{LoginFailed{Address: "h", Missed: "password"}}},
		"the fifth time wrong":                 {failed(4, "h"), Attempt{Address: "h", At: later}, []Event{LoginFailed{Address: "h", Missed: "password"}, LockedOut{Address: "h", Until: locked}}},
		"the fourth time wrong":                {failed(3, "h"), Attempt{Address: "h", At: later}, []Event{LoginFailed{Address: "h", Missed: "password"}}},
		"after failures elsewhere":             {failed(4, "x"), Attempt{Address: "h", At: later}, []Event{LoginFailed{Address: "h", Missed: "password"}}},
		"after very many failures elsewhere":   {failed(49, "x"), Attempt{Address: "h", At: later}, []Event{LoginFailed{Address: "h", Missed: "password"}, LockedOut{Until: locked}}},
		"after failures long ago":              {failed(4, "h"), Attempt{Address: "h", At: noon.Add(time.Hour)}, []Event{LoginFailed{Address: "h", Missed: "password"}}},
		"with the right password while locked": {append(failed(5, "h"), LockedOut{Address: "h", Until: locked}), Attempt{Address: "h", At: later, Password: true}, nil},
		"while another address is locked":      {append(failed(5, "x"), LockedOut{Address: "x", Until: locked}), Attempt{Address: "h", At: later, Password: true}, []Event{LoggedIn{Address: "h"}}},
		"while everybody is locked":            {append(failed(0, ""), LockedOut{Until: locked}), Attempt{Address: "h", At: later, Password: true}, nil},
		"when the lock is over":                {append(failed(5, "h"), LockedOut{Address: "h", Until: locked}), Attempt{Address: "h", At: locked, Password: true}, []Event{LoggedIn{Address: "h"}}},
		"after a new password":                 {append(failed(5, "h"), LockedOut{Address: "h", Until: locked}, password), Attempt{Address: "h", At: later, Password: true}, []Event{LoggedIn{Address: "h"}}},
		"after a success, failing again":       {append(failed(4, "h"), LoggedIn{Address: "h"}), Attempt{Address: "h", At: later}, []Event{LoginFailed{Address: "h", Missed: "password"}}},
		"to a closed account":                  {append(failed(0, ""), Closed{Reason: "调离"}), Attempt{Address: "h", At: later, Password: true}, nil},
		"to one opened again":                  {append(failed(0, ""), Closed{Reason: "调离"}, Reopened{Reason: "回任"}), Attempt{Address: "h", At: later, Password: true}, []Event{LoggedIn{Address: "h"}}},
		"to one without a password":            {[]Event{opened}, Attempt{Address: "h", At: later, Password: true}, nil},
		"to none":                              {nil, Attempt{Address: "h", At: later, Password: true}, nil},
		"without the code":                     {append(failed(0, ""), FactorSet{Secret: "s", Step: 7}), Attempt{Address: "h", At: later, Password: true}, []Event{LoginFailed{Address: "h", Missed: "code"}}},
		"with the code":                        {append(failed(0, ""), FactorSet{Secret: "s", Step: 7}), Attempt{Address: "h", At: later, Password: true, Step: 8}, []Event{LoggedIn{Address: "h", Step: 8}}},
		"with a code used before":              {append(failed(0, ""), FactorSet{Secret: "s", Step: 7}, LoggedIn{Address: "h", Step: 8}), Attempt{Address: "h", At: later, Password: true, Step: 8}, []Event{LoginFailed{Address: "h", Missed: "code"}}},
		"when the device was given up":         {append(failed(0, ""), FactorSet{Secret: "s", Step: 7}, FactorRemoved{Reason: "遗失"}), Attempt{Address: "h", At: later, Password: true}, []Event{LoggedIn{Address: "h"}}},
	} {
		s := given(c.given...)
		got, err := s.LogIn(c.attempt)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		in := len(got) == 1
		if in {
			_, in = got[0].(LoggedIn)
		}
		var refusal *policy.Refusal
		if in != (err == nil) || err != nil && (!errors.As(err, &refusal) || refusal.Error() != Refused().Error()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		"Kx7-quiet-river": true, "守望-Liuwan-2023x": true,
		"short-1A": false, "alllowercaseletters": false, "luo-Password-1": false, "Aa1aaaaaaaaaaa": false, "": false,
		"Ab1" + string(make([]byte, 200)): false,
	} {
		if err := CheckPassword("luo", text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
	for text, good := range map[string]bool{"luo.gf-2_b": true, "lu": false, "Luo": false, "罗桂芳": false, "a b c": false} {
		if err := CheckLogin(text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWhatEndsSessions(t *testing.T) {
	t.Parallel()
	before := given(opened, password, LoggedIn{Address: "h"})
	for name, c := range map[string]struct {
		e    Event
		ends bool
	}{
		"a new password": {password, true}, "a revocation": {SessionsRevoked{Reason: "x"}, true}, "closing": {Closed{Reason: "x"}, true},
		"a login": {LoggedIn{Address: "h"}, false}, "a link": {LinkIssued{Hash: "h", Expires: noon}, false}, "a look": {PersonalShown{Household: "h"}, false},
	} {
		after := Evolve(before, Fact{Version: 4, Recorded: noon, Event: c.e})
		if (after.Epoch != before.Epoch) != c.ends {
			t.Errorf("%s: epoch %d after %d", name, after.Epoch, before.Epoch)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	today := calendar.MustDay("2023-07-03")
	sound := TokenIssued{Token: "t", Name: "对账", Scopes: []string{"read"}, Hash: "h", Expires: today + 30}
	s := given(opened, password)
	for name, c := range map[string]struct {
		change func(*TokenIssued)
		good   bool
	}{
		"sound":           {func(*TokenIssued) {}, true},
		"without a name":  {func(e *TokenIssued) { e.Name = "" }, false},
		"good for ever":   {func(e *TokenIssued) { e.Expires = today + MaxTokenDays + 1 }, false},
		"expired":         {func(e *TokenIssued) { e.Expires = today - 1 }, false},
		"for nothing":     {func(e *TokenIssued) { e.Scopes = nil }, false},
		"for what is not": {func(e *TokenIssued) { e.Scopes = []string{"admin"} }, false},
	} {
		e := sound
		c.change(&e)
		if err := s.IssueToken(e, today); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
	s = given(opened, password, sound)
	if !s.Tokens[0].Good(today+30) || s.Tokens[0].Good(today+31) {
		t.Error("how long a token is good")
	}
	if s.IssueToken(sound, today) == nil || s.RevokeToken("other") == nil || s.RevokeToken("t") != nil {
		t.Error("which token")
	}
	s = given(opened, password, sound, TokenRevoked{Token: "t"})
	if s.Tokens[0].Good(today) || s.RevokeToken("t") == nil {
		t.Error("a revoked token is good")
	}
}

func TestEveryCapacityHasARole(t *testing.T) {
	t.Parallel()
	for _, c := range code.Capacities {
		role := RoleOf(code.Capacity(c.Code))
		if _, named := Roles.Find(string(role)); !named || role.Administers() {
			t.Errorf("%s has the role %q", c.Code, role)
		}
	}
	if RoleOf("friend") != NoRole || RoleOfDuty("friend") != NoRole || RoleOfDuty("") != NoRole {
		t.Error("somebody unthought of has a role")
	}
	for _, d := range Duties {
		if !RoleOfDuty(Duty(d.Code)).Administers() {
			t.Errorf("%s does not administer", d.Code)
		}
	}
}

// Whatever the record holds, folding goes on, changes no earlier state, and an
// account that was closed last lets nobody in.
func TestFoldingAnything(t *testing.T) {
	t.Parallel()
	kinds := []Event{opened, password, Closed{}, Reopened{}, LinkIssued{Hash: "h", Expires: noon.Add(time.Hour)}, FactorSet{Secret: "s", Step: 3}, FactorRemoved{},
		LoggedIn{Address: "h", Step: 9}, LoginFailed{Address: "h"}, LockedOut{Address: "h", Until: noon.Add(time.Hour)}, LoggedOut{}, SessionsRevoked{},
		TokenIssued{Token: "t", Hash: "h"}, TokenRevoked{Token: "t"}, PersonalShown{}, CopyMade{},
		ViewSaved{View: "v", Page: "/ledger", Name: "n"}, ViewSaved{View: "w", Page: "/ledger", Name: "n"}, ViewSaved{View: "x", Page: "/ledger", Name: "m"}, ViewRemoved{View: "v"}}
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.SampledFrom(kinds), 0, 40).Draw(t, "events")
		var s State
		for i, e := range events {
			before := s
			kept := append([]Token(nil), s.Tokens...)
			failures := append([]Failure(nil), s.Failures...)
			views := append([]ViewSaved(nil), s.Views...)
			s = Evolve(s, Fact{Version: int64(i + 1), Recorded: noon.Add(time.Duration(i) * time.Minute), Event: e})
			if diff := cmp.Diff(kept, before.Tokens, cmpopts.EquateEmpty()) + cmp.Diff(failures, before.Failures, cmpopts.EquateEmpty()) +
				cmp.Diff(views, before.Views, cmpopts.EquateEmpty()); diff != "" {
				t.Fatal("an earlier state was changed", diff)
			}
			if _, closed := e.(Closed); closed {
				if got, err := s.LogIn(Attempt{Address: "new", At: noon, Password: true, Step: 99}); err == nil || got != nil {
					t.Fatal("a closed account lets in")
				}
			}
		}
	})
}
