package main

import (
	"context"

	"github.com/spf13/cobra"

	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/code"
)

func newAccountCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "account", Short: "账户：开户、一次性链接、接口令牌、停用 (accounts: open, one-time link, token, close)",
		Args: usageArgs(cobra.NoArgs), RunE: showHelp,
	}
	c.AddCommand(newAccountList(p), newAccountOpen(p), newAccountLink(p), newAccountToken(p), newAccountClose(p))
	return c
}

func newAccountList(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "list", Short: "列出账户 (list them)", Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.use(c.Context(), func(_ context.Context, a *app) error {
				if p.asJSON {
					return p.printJSON(listed(a.accounts.All()))
				}
				for _, s := range listed(a.accounts.All()) {
					if err := p.print("%-20s %s %s %s", s.Login, s.Name, account.Duties.ZH(string(s.Duty)), s.State); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	p.jsonFlag(c)
	return c
}

// accountLine is an account as it is listed.
type accountLine struct {
	Login  string       `json:"login"`
	Name   string       `json:"name"`
	Person string       `json:"person"`
	Duty   account.Duty `json:"duty,omitzero"`
	State  string       `json:"state"`
}

func listed(all []account.State) []accountLine {
	lines := make([]accountLine, len(all))
	for i, s := range all {
		state := "open"
		switch {
		case s.Closed:
			state = "closed"
		case s.Password == "":
			state = "no-password"
		}
		lines[i] = accountLine{s.Login, s.Name, s.Person, s.Duty, state}
	}
	return lines
}

func newAccountOpen(p *program) *cobra.Command {
	var o accounts.Opening
	var duty string
	c := &cobra.Command{
		Use: "open LOGIN", Short: "开户并打印一次性链接 (open one and print its link)", Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			o.Login, o.Duty = args[0], account.Duty(duty)
			return p.use(c.Context(), func(ctx context.Context, a *app) error {
				id, err := a.accounts.Open(ctx, console, o)
				if err != nil {
					return err
				}
				return a.printLink(ctx, id)
			})
		},
	}
	c.Flags().StringVar(&o.Name, "name", "", "姓名 (the name)")
	c.Flags().StringVar(&o.Person, "person", "", "任职人员编号 (the id under which the person is appointed)")
	c.Flags().StringVar(&duty, "duty", "", "管理员：system、security、audit (an administrator's duty)")
	return c
}

func newAccountLink(p *program) *cobra.Command {
	return &cobra.Command{
		Use: "link LOGIN", Short: "打印设置密码的一次性链接 (print a link to set the password)", Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return p.use(c.Context(), func(ctx context.Context, a *app) error {
				s, err := a.accountOf(args[0])
				if err != nil {
					return err
				}
				return a.printLink(ctx, s.Account)
			})
		},
	}
}

func newAccountClose(p *program) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "close LOGIN", Short: "停用账户，已登录的立即退出 (close it; whoever is in is out)", Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return p.use(c.Context(), func(ctx context.Context, a *app) error {
				s, err := a.accountOf(args[0])
				if err != nil {
					return err
				}
				return a.accounts.Close(ctx, console, s.Account, code.Text(reason))
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "理由 (why)")
	return c
}

// accountOf finds an account by its login.
func (a *app) accountOf(login string) (account.State, error) {
	for _, s := range a.accounts.All() {
		if s.Login == login {
			return s, nil
		}
	}
	return account.State{}, refuse("没有这个账户："+login, "no such account", "列出账户 (list them): "+a.commandLine("account list"))
}

// printLink issues a link and prints the path that follows the server's address.
func (a *app) printLink(ctx context.Context, id string) error {
	link, err := a.accounts.IssueLink(ctx, console, id)
	if err != nil {
		return err
	}
	return a.print("/link/%s", link)
}
