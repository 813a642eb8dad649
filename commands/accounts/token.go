package accounts

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// tokenPrefix lets people and scanners of leaked secrets see what it is.
const tokenPrefix = "shouwang_"

// IssueToken returns a new token of the account, for its own person or at the
// program's console. It is shown this once; only its hash is kept.
func (a *Accounts) IssueToken(ctx context.Context, by By, id, name string, scopes []string, expires calendar.Day) (token string, err error) {
	if by.Account != "" && by.Account != id {
		return "", policy.Refuse(policy.AccessDenied, "令牌只能由本人签发")
	}
	person, err := a.person(by)
	if err != nil {
		return "", err
	}
	secret, err := a.secret()
	if err != nil {
		return "", err
	}
	token = tokenPrefix + secret
	if kind := code.PersonalNumber(name); kind != "" {
		return "", policy.Refuse(policy.PersonalInText, "用途中不应写%s", kind)
	}
	e := account.TokenIssued{Token: uuid.NewString(), Name: strings.TrimSpace(name), Scopes: scopes, Hash: sum(token), Expires: expires}
	return token, a.enter(ctx, id, person, by.Channel, func(s account.State) ([]account.Event, error) {
		if err := s.IssueToken(e, calendar.Of(a.Clock())); err != nil {
			return nil, err
		}
		return []account.Event{e}, nil
	})
}

// RevokeToken ends a token of the account's own person.
func (a *Accounts) RevokeToken(ctx context.Context, id, token string, door Door) error {
	return a.own(ctx, id, door.Channel, func(s account.State) ([]account.Event, error) {
		if err := s.RevokeToken(token); err != nil {
			return nil, err
		}
		return []account.Event{account.TokenRevoked{Token: token}}, nil
	})
}

// ByToken returns whose token it is, and what it is good for. One that is not
// known may have been issued at the console a moment ago.
func (a *Accounts) ByToken(ctx context.Context, token string) (account.State, account.Token, error) {
	s, t, err := a.byToken(token)
	if err == nil || !strings.HasPrefix(token, tokenPrefix) {
		return s, t, err
	}
	if err := a.Directory.CatchUp(ctx); err != nil {
		return s, t, err
	}
	return a.byToken(token)
}

func (a *Accounts) byToken(token string) (account.State, account.Token, error) {
	var s account.State
	var t account.Token
	err := a.Directory.Accounts(func(b *account.Book) error {
		var ok bool
		if s, t, ok = b.ByToken(sum(token)); !ok || !s.Open() || s.MustChange || !t.Good(calendar.Of(a.Clock())) {
			return policy.Refuse(policy.TokenUnknown, "令牌无效、已注销或已过期")
		}
		return nil
	})
	return s, t, err
}
