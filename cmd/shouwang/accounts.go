package main

import (
	"context"
	"fmt"

	"shouwang/commands/accounts"
	"shouwang/domain/account"
)

// console acts for the program itself: whoever has its console has everything.
var console = accounts.By{Channel: "cli"}

// firstAdministrators are opened with a new record: apart from the beginning.
var firstAdministrators = []accounts.Opening{
	{Login: "sysadmin", Name: "系统管理员", Duty: account.System},
	{Login: "secadmin", Name: "安全管理员", Duty: account.Security},
	{Login: "auditadmin", Name: "审计管理员", Duty: account.Audit},
}

// openAccounts readies who lets people in.
func (a *app) openAccounts() (err error) {
	a.accounts, err = accounts.New(accounts.Config{Log: a.log, Keys: a.keys, Directory: a.directory, Clock: a.clock.Now})
	return err
}

// welcome opens the three administrators of a new record, and prints a one-time
// link for each who has no password yet. There is no default password.
func (a *app) welcome(ctx context.Context, address string) error {
	if len(a.accounts.All()) == 0 {
		for _, o := range firstAdministrators {
			if _, err := a.accounts.Open(ctx, console, o); err != nil {
				return fmt.Errorf("open the account of %s: %w", o.Login, err)
			}
		}
	}
	for _, s := range a.accounts.All() {
		if s.Duty == "" || s.Password != "" || s.Closed {
			continue
		}
		link, err := a.accounts.IssueLink(ctx, console, s.Account)
		if err != nil {
			return fmt.Errorf("issue a link for %s: %w", s.Login, err)
		}
		a.say("%s（%s）设置密码的一次性链接，72小时内有效 (one-time link, good for 72 hours)：\n  %s/link/%s", s.Name, s.Login, address, link)
	}
	return nil
}
