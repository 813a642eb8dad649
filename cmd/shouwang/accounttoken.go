package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"shouwang/domain/account"
	"shouwang/domain/calendar"
)

// tokenDays is how long a token of the console is good unless somebody says more:
// long enough for a trial, too short to be forgotten somewhere.
const tokenDays = 30

func newAccountToken(p *program) *cobra.Command {
	var name, scope string
	var days int
	c := &cobra.Command{
		Use: "token LOGIN", Short: "签发并打印接口用的个人令牌，只显示这一次 (issue and print a personal token of the API)", Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if days < 1 || days > account.MaxTokenDays {
				return usagef(c.CommandPath(), "--days: 应为 1 至 %d (from 1 to)", account.MaxTokenDays)
			}
			return p.use(c.Context(), func(ctx context.Context, a *app) error {
				s, err := a.accountOf(args[0])
				if err != nil {
					return err
				}
				token, err := a.accounts.IssueToken(ctx, console, s.Account, name, strings.Split(scope, ","), a.handler.Today()+calendar.Day(days))
				if err != nil {
					return err
				}
				return a.print("%s", token)
			})
		},
	}
	c.Flags().StringVar(&name, "name", "命令行签发", "用途 (what it is for)")
	c.Flags().StringVar(&scope, "scope", "read", "可做什么：read、write 或 read,write (what it is good for)")
	c.Flags().IntVar(&days, "days", tokenDays, "有效天数 (for how many days)")
	return c
}
