package accounts

import (
	"context"
	"strings"
	"unicode/utf8"

	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

// Opening is an account to be opened.
type Opening struct {
	Login string
	// Person is whose account it is: the id under which he is appointed. An
	// administrator has none; his account is all there is of him.
	Person string
	Name   string
	Duty   account.Duty
}

// Open opens an account and returns its id. Nobody can come in yet: that takes
// a link (IssueLink).
func (a *Accounts) Open(ctx context.Context, by By, o Opening) (id string, err error) {
	if err := a.administers(by, account.System); err != nil {
		return "", err
	}
	o.Login, o.Name = strings.ToLower(strings.TrimSpace(o.Login)), strings.TrimSpace(o.Name)
	id = idOf(o.Login)
	if o.Person == "" {
		o.Person = id
	}
	if done, err := a.holds(ctx, id, by.Key); done || err != nil {
		return id, err
	}
	if err := a.checkOpening(o); err != nil {
		return "", err
	}
	person, err := a.person(by)
	if err != nil {
		return "", err
	}
	return id, a.enterOnce(ctx, id, person, by, func(s account.State) ([]account.Event, error) {
		if s.Exists() {
			return nil, policy.Refuse(policy.LoginTaken, "用户名%s已有人使用", o.Login)
		}
		return []account.Event{account.Opened{Account: id, Login: o.Login, Person: o.Person, Name: o.Name, Duty: o.Duty}}, nil
	})
}

// idOf is the account with the login name: of two who open one at the same
// time, the record lets in one.
func idOf(login string) string { return eventlog.DeriveID("account", login, 0).String() }

func (a *Accounts) checkOpening(o Opening) error {
	if err := account.CheckLogin(o.Login); err != nil {
		return err
	}
	if n := utf8.RuneCountInString(o.Name); n == 0 || n > 100 || code.PersonalNumber(o.Name) != "" {
		return policy.Refuse(policy.Malformed, "须写明姓名，至多100字")
	}
	if _, ok := account.Duties.Find(string(o.Duty)); o.Duty != "" && !ok {
		return policy.Refuse(policy.Malformed, "没有这种管理员")
	}
	if err := a.Directory.Accounts(func(b *account.Book) error {
		if _, ok := b.ByLogin(o.Login); ok {
			return policy.Refuse(policy.LoginTaken, "用户名%s已有人使用", o.Login)
		}
		if _, ok := b.ByPerson(o.Person); ok {
			return policy.Refuse(policy.AccountExists, "此人已有账户")
		}
		return nil
	}); err != nil {
		return err
	}
	return a.Directory.View(func(d *office.Directory) error {
		if o.Duty != "" && d.Known(o.Person) {
			return policy.Refuse(policy.DutyApart, "管理员不得兼任经办、审核、审定等职务")
		}
		return nil
	})
}

// administers refuses whoever is none of the administrators named. The program's
// own console may do everything.
func (a *Accounts) administers(by By, duties ...account.Duty) error {
	if by.Account == "" {
		return nil
	}
	s, err := a.Account(by.Account)
	if err != nil {
		return err
	}
	for _, d := range duties {
		if s.Open() && s.Duty == d {
			return nil
		}
	}
	return policy.Refuse(policy.AccessDenied, "这项操作由%s办理", account.Duties.ZH(string(duties[0])))
}

// Close closes an account: nobody comes in through it, and whoever is in is out.
func (a *Accounts) Close(ctx context.Context, by By, id string, reason code.Text) error {
	return a.switched(ctx, by, id, reason, func(s account.State) ([]account.Event, error) {
		if s.Closed {
			return nil, policy.Refuse(policy.AccountClosed, "账户已停用")
		}
		return []account.Event{account.Closed{Reason: reason}}, nil
	})
}

// Reopen puts a closed account to use again.
func (a *Accounts) Reopen(ctx context.Context, by By, id string, reason code.Text) error {
	return a.switched(ctx, by, id, reason, func(s account.State) ([]account.Event, error) {
		if !s.Closed {
			return nil, policy.Refuse(policy.Malformed, "账户并未停用")
		}
		return []account.Event{account.Reopened{Reason: reason}}, nil
	})
}

// RevokeSessions sends out whoever is in through the account.
func (a *Accounts) RevokeSessions(ctx context.Context, by By, id string, reason code.Text) error {
	return a.switched(ctx, by, id, reason, func(account.State) ([]account.Event, error) {
		return []account.Event{account.SessionsRevoked{Reason: string(reason)}}, nil
	})
}

// switched is an administrator's act on somebody's account. Everybody may end
// his own sessions.
func (a *Accounts) switched(ctx context.Context, by By, id string, reason code.Text, decide func(account.State) ([]account.Event, error)) error {
	if by.Account != id {
		if err := a.administers(by, account.Security, account.System); err != nil {
			return err
		}
	}
	if err := checkReason(reason); err != nil {
		return err
	}
	person, err := a.person(by)
	if err != nil {
		return err
	}
	return a.enterOnce(ctx, id, person, by, func(s account.State) ([]account.Event, error) {
		if !s.Exists() {
			return nil, policy.Refuse(policy.AccountUnknown, "没有这个账户")
		}
		return decide(s)
	})
}

// maxReason bounds a reason, in characters: a sentence or three.
const maxReason = 200

func checkReason(reason code.Text) error {
	text := strings.TrimSpace(string(reason))
	switch kind := code.PersonalNumber(text); {
	case kind != "":
		return policy.Refuse(policy.PersonalInText, "理由中不应写%s", kind)
	case utf8.RuneCountInString(text) < 2 || utf8.RuneCountInString(text) > maxReason:
		return policy.Refuse(policy.Malformed, "请写明理由，2至%d字", maxReason)
	}
	return nil
}
