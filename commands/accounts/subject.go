package accounts

import (
	"context"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// LinkSubject opens the account to a person of the unified login. The system
// administrator does it, as he hands out one-time links.
func (a *Accounts) LinkSubject(ctx context.Context, by By, id string, subject account.Subject) error {
	if err := a.administers(by, account.System); err != nil {
		return err
	}
	if err := subject.Check(); err != nil {
		return err
	}
	person, err := a.person(by)
	if err != nil {
		return err
	}
	if done, err := a.holds(ctx, id, by.Key); done || err != nil {
		return err
	}
	if err := a.Directory.Accounts(func(b *account.Book) error {
		if other, ok := b.BySubject(subject); ok {
			return policy.Refuse(policy.AccountExists, "这个统一身份已绑定%s（%s）的账户", other.Name, other.Login)
		}
		return nil
	}); err != nil {
		return err
	}
	return a.enterOnce(ctx, id, person, by, func(s account.State) ([]account.Event, error) {
		if !s.Open() {
			return nil, policy.Refuse(policy.AccountUnknown, "没有这个账户，或已停用")
		}
		return []account.Event{account.SubjectLinked(subject)}, nil
	})
}

// UnlinkSubject closes the account to the person of the unified login; whoever is
// in is out.
func (a *Accounts) UnlinkSubject(ctx context.Context, by By, id string, reason code.Text) error {
	return a.switched(ctx, by, id, reason, func(s account.State) ([]account.Event, error) {
		if s.Subject == (account.Subject{}) {
			return nil, policy.Refuse(policy.Malformed, "该账户没有绑定统一身份")
		}
		return []account.Event{account.SubjectUnlinked{Reason: reason}}, nil
	})
}

// EnterAs lets in whom the issuer has said to be the subject, or refuses.
func (a *Accounts) EnterAs(ctx context.Context, subject account.Subject, door Door) (found account.State, err error) {
	if err := a.Directory.Accounts(func(b *account.Book) error {
		var ok bool
		if found, ok = b.BySubject(subject); !ok {
			return account.UnknownSubject(subject)
		}
		return nil
	}); err != nil {
		return account.State{}, err
	}
	attempt := account.Attempt{Address: door.Address, Agent: door.agent(), At: a.Clock()}
	err = a.enter(ctx, found.Account, act.Person{ID: found.Person, Name: found.Name}, door.Channel, func(s account.State) ([]account.Event, error) {
		return s.EnterAs(subject, attempt)
	})
	if err != nil {
		return account.State{}, err
	}
	return a.Account(found.Account)
}
