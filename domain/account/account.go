// Package account has the accounts through which people come in: who they are,
// how they prove it, when they came, and what of others' personal data they had
// shown to them. What a person may do follows from his appointments of the day
// (domain/office), never from the account; only the three administrators, who
// hold no office and see no case, have their duty from it.
package account

import (
	"slices"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Event is a fact about one account, in its stream account-<id>.
//
//sumtype:decl
type Event interface{ isAccountEvent() }

// Opened: an account was opened (开户) for a person, or for an administrator.
type Opened struct {
	Account string `json:"account"`
	Login   string `json:"login"` // lower case; never given to anybody else
	Person  string `json:"person"`
	Name    string `json:"name"`
	// Duty is that of an administrator (三员), "" for everybody else.
	Duty Duty `json:"duty,omitzero"`
}

// Closed: nobody comes in through the account any more (停用).
type Closed struct {
	Reason code.Text `json:"reason"`
}

// Reopened: a closed account is in use again (恢复).
type Reopened struct {
	Reason code.Text `json:"reason"`
}

func (Opened) isAccountEvent()   {}
func (Closed) isAccountEvent()   {}
func (Reopened) isAccountEvent() {}

// Fact is an event with its place in the stream.
type Fact struct {
	Version  int64
	Recorded time.Time
	Event    Event
}

// State is what an account's events amount to.
type State struct {
	Opened
	Version int64
	Closed  bool

	Password   code.Personal // an argon2id hash, sealed under the account's key
	MustChange bool
	Link       Link
	Factor     code.Personal // the TOTP secret, sealed
	Subject    Subject       // of the unified login, if linked
	LastStep   int64         // of the last code used: none is good twice

	// Epoch counts what ends every session: a new password, a revocation, a closing.
	Epoch     int
	LastLogin time.Time
	Failures  []Failure
	Locks     []Lock
	Tokens    []Token
	Views     []ViewSaved // as last saved
}

// Exists says whether the account was ever opened.
func (s *State) Exists() bool { return s.Account != "" }

// Open says whether somebody may come in through it.
func (s *State) Open() bool { return s.Exists() && !s.Closed }

// Fold is the state after the facts.
func Fold(facts []Fact) State {
	var s State
	for _, f := range facts {
		s = Evolve(s, f)
	}
	return s
}

// Evolve takes one fact in. It never validates and never fails; the state given
// is left as it is.
func Evolve(s State, f Fact) State {
	s.Version = f.Version
	switch e := f.Event.(type) {
	case Opened:
		s.Opened = e
	case Closed:
		s.Closed, s.Link = true, Link{}
		s.Epoch++
	case Reopened:
		s.Closed = false
	case PasswordSet:
		s.Password, s.MustChange, s.Link = e.Hash, e.MustChange, Link{}
		s.Failures, s.Locks = nil, nil
		s.Epoch++
	case LinkIssued:
		s.Link = Link{Hash: e.Hash, Expires: e.Expires}
	case FactorSet:
		s.Factor, s.LastStep = e.Secret, e.Step
	case FactorRemoved:
		s.Factor = ""
	case LoggedIn:
		s.LastLogin, s.LastStep = f.Recorded, max(s.LastStep, e.Step)
		s.Failures = slices.DeleteFunc(slices.Clone(s.Failures), func(f Failure) bool { return f.Address == e.Address })
	case LoginFailed:
		s.Failures = append(recent(s.Failures, f.Recorded), Failure{Address: e.Address, At: f.Recorded})
	case LockedOut:
		s.Locks = append(standing(s.Locks, f.Recorded), Lock{Address: e.Address, Until: e.Until})
	case LoggedOut:
	case SessionsRevoked:
		s.Epoch++
	case TokenIssued:
		s.Tokens = append(slices.Clip(s.Tokens), Token{ID: e.Token, Name: e.Name, Scopes: e.Scopes, Hash: e.Hash, Expires: e.Expires})
	case TokenRevoked:
		s.Tokens = slices.Clone(s.Tokens)
		for i := range s.Tokens {
			if s.Tokens[i].ID == e.Token {
				s.Tokens[i].Revoked = true
			}
		}
	case ViewSaved:
		s.viewSaved(e)
	case ViewRemoved:
		s.viewRemoved(e.View)
	case SubjectLinked:
		s.Subject = Subject(e)
	case SubjectUnlinked:
		s.Subject = Subject{}
		s.Epoch++
	case PersonalShown, CopyMade:
	}
	return s
}

// Duty is what one of the three administrators does (三员分立): they watch each
// other, and none of them sees or changes a case.
type Duty string

// The three duties.
const (
	System   Duty = "system"
	Security Duty = "security"
	Audit    Duty = "audit"
)

// Duties of administrators.
var Duties = code.List{
	{Code: "system", ZH: "系统管理员", EN: "system administrator"},
	{Code: "security", ZH: "安全管理员", EN: "security administrator"},
	{Code: "audit", ZH: "审计管理员", EN: "audit administrator"},
}

// Token is a personal token of the API (个人令牌).
type Token struct {
	ID      string
	Name    string
	Scopes  []string
	Hash    string
	Expires calendar.Day
	Revoked bool
}

// Good says whether the token opens anything on the day.
func (t Token) Good(today calendar.Day) bool { return !t.Revoked && today <= t.Expires }
