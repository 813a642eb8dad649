package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/internal/demonstration"
)

// demoUsers are who may log in to the demonstration, one of each kind.
var demoUsers = []accounts.Opening{
	{Login: "clerk", Person: demonstration.County + "101201-clerk"},
	{Login: "secretary", Person: demonstration.County + "101201-secretary"},
	{Login: "township", Person: demonstration.County + "101-cadre"},
	{Login: "reviewer", Person: demonstration.County + "101-reviewer"},
	{Login: "county", Person: demonstration.County + "-officer1"},
	{Login: "decider", Person: demonstration.County + "-decider2"},
	{Login: "medical", Person: demonstration.County + "-medical_insurance-officer"},
	{Login: "paired", Person: demonstration.County + "101-paired"},
	{Login: "discipline", Person: demonstration.County + "-inspector"},
	{Login: "notice", Person: demonstration.County + "-notices"},
	{Login: "auditor", Person: demonstration.County + "-auditor"},
}

// lateOfficials are appointed when the demonstration is first served: they look
// at the county and are no part of its story.
func lateOfficials(a *app) []office.Event {
	today := a.handler.Today()
	audit := demonstration.County + "-audit"
	return []office.Event{
		office.Established{Office: audit, Region: demonstration.County, Level: code.County, Name: "县审计局", From: today},
		office.Appointed{Appointment: demonstration.County + "-auditor-1", Office: audit, Person: demonstration.County + "-auditor", Name: "许知衡", Post: "农业农村审计股干部", Capacity: code.Auditor, From: today},
		office.Appointed{Appointment: demonstration.County + "-notices-1", Office: demonstration.County, Person: demonstration.County + "-notices", Name: "陶映川", Post: "公示检查员", Capacity: code.NoticeInspector, From: today},
	}
}

// openDemoUsers opens the demonstration's accounts when it is first served, and
// tells at every start how to log in: with a password drawn for this data folder
// and kept there.
func (a *app) openDemoUsers(ctx context.Context) error {
	for i, e := range lateOfficials(a) {
		if a.accountsThere() {
			break
		}
		r := commands.Request{Key: fmt.Sprintf("demo-users-%d", i), By: demonstration.County + "-officer1", Channel: "demonstration"}
		if _, err := a.handler.Office(ctx, r, e); err != nil {
			return fmt.Errorf("appoint for the demonstration: %w", err)
		}
	}
	password, drawn, err := a.demoPassword()
	if err != nil {
		return err
	}
	a.say("登录示范县 (log in)：密码均为 (everybody's password) %s", password)
	for _, o := range append(demoUsers[:len(demoUsers):len(demoUsers)], firstAdministrators...) {
		if err := a.openDemoUser(ctx, o, password, drawn); err != nil {
			return fmt.Errorf("open the account %s: %w", o.Login, err)
		}
	}
	return nil
}

func (a *app) accountsThere() bool { return len(a.accounts.All()) > 0 }

func (a *app) openDemoUser(ctx context.Context, o accounts.Opening, password string, drawn bool) error {
	post := o.Name
	_ = a.directory.View(func(d *office.Directory) error { // never fails
		if o.Duty != "" {
			return nil
		}
		o.Name = d.NameOf(o.Person)
		for _, held := range d.Appointments(o.Person, a.handler.Today()) {
			at, _ := d.Office(held.Office, a.handler.Today()) // else it has no name
			post = at.Title(held.Post)
		}
		return nil
	})
	var s account.State
	_ = a.directory.Accounts(func(b *account.Book) error { s, _ = b.ByLogin(o.Login); return nil }) // never fails
	if !s.Exists() {
		id, err := a.accounts.Open(ctx, console, o)
		if err != nil {
			return err
		}
		s.Account = id
	}
	a.say("  %-11s %s（%s）", o.Login, o.Name, post)
	if s.Password != "" && !drawn {
		return nil
	}
	return a.accounts.GivePassword(ctx, console, s.Account, password, false)
}

// demoPassword is the password of the demonstration in this data folder, drawn
// if there is none.
func (a *app) demoPassword() (password string, drawn bool, err error) {
	file := filepath.Join(a.data, "demo-password.txt")
	text, err := os.ReadFile(file)
	if err == nil {
		return strings.TrimSpace(string(text)), false, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", false, fmt.Errorf("read the demonstration's password: %w", err)
	}
	random := rand.Text()
	password = random[:4] + "-" + strings.ToLower(random[4:8]) + "-" + random[8:12]
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		return "", false, fmt.Errorf("keep the demonstration's password: %w", err)
	}
	return password, true, nil
}
