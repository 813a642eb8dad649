package account

import (
	"cmp"
	"slices"
)

// Book has every account, folded from all events but the comings and goings.
// A reader may share it once nobody applies.
type Book struct {
	accounts map[string]State
	logins   map[string]string // login → account
	persons  map[string]string // person → account
	tokens   map[string]string // hash → account
	subjects map[Subject]string
}

// NewBook returns an empty book.
func NewBook() *Book {
	return &Book{accounts: map[string]State{}, logins: map[string]string{}, persons: map[string]string{}, tokens: map[string]string{}, subjects: map[Subject]string{}}
}

// Apply takes one fact of an account in. Like every fold it never fails.
func (b *Book) Apply(account string, f Fact) {
	s := Evolve(b.accounts[account], f)
	b.accounts[account] = s
	switch e := f.Event.(type) {
	case Opened:
		b.logins[e.Login] = account
		b.persons[e.Person] = account
	case TokenIssued:
		b.tokens[e.Hash] = account
	case SubjectLinked:
		b.subjects[Subject(e)] = account
	default: // the account alone knows them
	}
}

// Account returns an account as of its last fact that the book was given.
func (b *Book) Account(id string) (State, bool) {
	s, ok := b.accounts[id]
	return s, ok && s.Exists()
}

// ByLogin returns the account with the login name.
func (b *Book) ByLogin(login string) (State, bool) { return b.Account(b.logins[login]) }

// ByPerson returns the person's account.
func (b *Book) ByPerson(person string) (State, bool) { return b.Account(b.persons[person]) }

// BySubject returns the account that the unified login's subject is linked to
// now, closed or not.
func (b *Book) BySubject(subject Subject) (State, bool) {
	s, ok := b.Account(b.subjects[subject])
	if !ok || s.Subject != subject {
		return State{}, false
	}
	return s, true
}

// ByToken returns the account and the token with the hash.
func (b *Book) ByToken(hash string) (State, Token, bool) {
	s, ok := b.Account(b.tokens[hash])
	for _, t := range s.Tokens {
		if t.Hash == hash {
			return s, t, ok
		}
	}
	return State{}, Token{}, false
}

// Empty says whether there is no account yet.
func (b *Book) Empty() bool { return len(b.accounts) == 0 }

// All returns every account, by login.
func (b *Book) All() []State {
	all := make([]State, 0, len(b.accounts))
	for _, s := range b.accounts {
		if s.Exists() {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b State) int { return cmp.Compare(a.Login, b.Login) })
	return all
}
