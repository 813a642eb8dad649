package api

import (
	"slices"
	"testing"

	"github.com/alexedwards/argon2id"

	"shouwang/commands/accounts"
	"shouwang/commands/sealing"
	"shouwang/domain/account"
	"shouwang/domain/calendar"
)

// minted is a token that somebody was given in a test.
type minted struct {
	token   string
	expires calendar.Day
}

// opens readies who lets people in, at a cost that tests bear.
func (p *place) opens(keys *sealing.Keys) *accounts.Accounts {
	p.t.Helper()
	a, err := accounts.New(accounts.Config{Log: p.log, Keys: keys, Directory: p.handler.Directory, Clock: p.clock,
		Cost: &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}})
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

// account is the person's account, opened when it is first asked for.
func (p *place) account(person string) string {
	p.t.Helper()
	all := p.api.Accounts.All()
	if i := slices.IndexFunc(all, func(a account.State) bool { return a.Person == person }); i >= 0 {
		return all[i].Account
	}
	id, err := p.api.Accounts.Open(p.t.Context(), accounts.By{Channel: "test"}, accounts.Opening{Login: person, Person: person, Name: person})
	if err != nil {
		p.t.Fatal(err)
	}
	return id
}

// scoped is a new token of the person, good for what is said.
func (p *place) scoped(person string, scopes ...string) string {
	p.t.Helper()
	token, err := p.api.Accounts.IssueToken(p.t.Context(), accounts.By{Channel: "test"}, p.account(person), "test", scopes, p.api.today()+1)
	if err != nil {
		p.t.Fatal(err)
	}
	return token
}

// token is a token of the person good for everything: the one he has, or another
// when that has expired.
func (p *place) token(person string) string {
	p.t.Helper()
	p.mu.Lock()
	has := p.minted[person]
	p.mu.Unlock()
	if today := p.api.today(); has.token == "" || has.expires < today {
		has = minted{p.scoped(person, "read", "write"), today + 1}
		p.mu.Lock()
		p.minted[person] = has
		p.mu.Unlock()
	}
	return has.token
}

// bearer is the header of the person's requests.
func (p *place) bearer(person string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + p.token(person)}
}

// A token that was revoked, has run out or never was opens nothing.
func TestATokenThatIsNoLongerGood(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id, token := p.account("cadre"), p.token("cadre")
	asks := func(token string) int {
		return p.request("GET", base, map[string]string{"Authorization": "Bearer " + token}, nil).status
	}
	if got := asks(token); got != 200 {
		t.Errorf("a good one: %d", got)
	}
	for _, made := range []string{"", "made-up", token + "x"} {
		if got := asks(made); got != 401 {
			t.Errorf("%q: %d", made, got)
		}
	}
	p.setDay("2023-04-05")
	if got := asks(token); got != 401 {
		t.Errorf("an expired one: %d", got)
	}
	next := p.token("cadre")
	a, err := p.api.Accounts.Account(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.api.Accounts.RevokeToken(t.Context(), id, a.Tokens[len(a.Tokens)-1].ID, accounts.Door{Channel: "test"}); err != nil {
		t.Fatal(err)
	}
	if got := asks(next); got != 401 {
		t.Errorf("a revoked one: %d", got)
	}
	another := p.scoped("cadre", "read")
	if err := p.api.Accounts.Close(t.Context(), accounts.By{Channel: "test"}, id, "调离"); err != nil {
		t.Fatal(err)
	}
	if got := asks(another); got != 401 {
		t.Errorf("of a closed account: %d", got)
	}
}
