package accounts

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// secret draws 32 random bytes, as text for an address or a header.
func (a *Accounts) secret() (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(a.Random, b[:]); err != nil {
		return "", fmt.Errorf("draw a secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

// sum is how a secret of 32 random bytes is kept: nobody guesses it, so it
// needs no slow hash.
func sum(secret string) string {
	s := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(s[:])
}

// IssueLink returns the secret of a one-time link through which the account's
// person sets his password. An earlier link is good no more.
func (a *Accounts) IssueLink(ctx context.Context, by By, id string) (string, error) {
	if err := a.administers(by, account.System); err != nil {
		return "", err
	}
	secret, err := a.secret()
	if err != nil {
		return "", err
	}
	person, err := a.person(by)
	if err != nil {
		return "", err
	}
	err = a.enter(ctx, id, person, by.Channel, func(s account.State) ([]account.Event, error) {
		if !s.Open() {
			return nil, policy.Refuse(policy.AccountUnknown, "没有这个账户，或已停用")
		}
		return []account.Event{account.LinkIssued{Hash: code.Personal(sum(secret)), Expires: a.Clock().Add(account.LinkTime).UTC()}}, nil
	})
	return id + "." + secret, err
}

// Linked returns the account that a link is for.
func (a *Accounts) Linked(ctx context.Context, link string) (account.State, error) {
	id, secret, _ := strings.Cut(link, ".")
	s, err := a.State(ctx, id)
	if err != nil {
		return s, err
	}
	if !s.Open() || !s.Link.Good(a.Clock()) {
		return account.State{}, errLink()
	}
	want, err := a.opened(ctx, id, "hash", string(s.Link.Hash))
	if err != nil {
		return account.State{}, err
	}
	if subtle.ConstantTimeCompare([]byte(want), []byte(sum(secret))) != 1 {
		return account.State{}, errLink()
	}
	return s, nil
}

func errLink() error {
	return policy.Refuse(policy.LinkInvalid, "链接无效、已使用或已过期，请向系统管理员索取新的")
}

// Redeem sets the password through a link, which is used up by that.
func (a *Accounts) Redeem(ctx context.Context, link, password string, door Door) error {
	s, err := a.Linked(ctx, link)
	if err != nil {
		return err
	}
	return a.setPassword(ctx, s, password, "link", door, func(now account.State) error {
		if now.Link != s.Link || !now.Link.Good(a.Clock()) {
			return errLink()
		}
		return nil
	})
}

// ChangePassword sets another password; the old one must be known.
func (a *Accounts) ChangePassword(ctx context.Context, id, old, password string, door Door) error {
	s, err := a.State(ctx, id)
	if err != nil {
		return err
	}
	if !s.Open() || s.Password == "" {
		return policy.Refuse(policy.AccountUnknown, "没有这个账户，或已停用")
	}
	hash, err := a.opened(ctx, id, "hash", string(s.Password))
	if err != nil {
		return err
	}
	right, err := a.verify(ctx, old, hash)
	switch {
	case err != nil:
		return err
	case !right:
		return policy.Refuse(policy.LoginRefused, "原密码不正确")
	case old == password:
		return policy.Refuse(policy.PasswordWeak, "新密码应与原密码不同")
	}
	return a.setPassword(ctx, s, password, "changed", door, func(now account.State) error {
		if now.Password != s.Password {
			return policy.Refuse(policy.StaleVersion, "密码刚刚已被更改，请重新登录")
		}
		return nil
	})
}

// GivePassword sets a password that somebody else knows: it must be changed at
// the first login unless the account is one of a demonstration.
func (a *Accounts) GivePassword(ctx context.Context, by By, id, password string, mustChange bool) error {
	if err := a.administers(by, account.System); err != nil {
		return err
	}
	s, err := a.State(ctx, id)
	if err != nil {
		return err
	}
	if err := account.CheckPassword(s.Login, password); err != nil {
		return err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	person, err := a.person(by)
	if err != nil {
		return err
	}
	return a.enterOnce(ctx, id, person, by, func(now account.State) ([]account.Event, error) {
		if !now.Open() {
			return nil, policy.Refuse(policy.AccountUnknown, "没有这个账户，或已停用")
		}
		return []account.Event{account.PasswordSet{Hash: code.Personal(hash), MustChange: mustChange, Way: "first"}}, nil
	})
}

func (a *Accounts) setPassword(ctx context.Context, s account.State, password, way string, door Door, still func(account.State) error) error {
	if err := account.CheckPassword(s.Login, password); err != nil {
		return err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.enter(ctx, s.Account, act.Person{ID: s.Person, Name: s.Name}, door.Channel, func(now account.State) ([]account.Event, error) {
		if err := still(now); err != nil {
			return nil, err
		}
		return []account.Event{account.PasswordSet{Hash: code.Personal(hash), Way: way}}, nil
	})
}
