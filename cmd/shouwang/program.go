package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"
)

// program is what every command has: where it writes and what it was told.
type program struct {
	env            environment
	stdin          io.Reader
	stdout, stderr io.Writer

	data   string // --data
	log    string // --log
	asJSON bool   // --json, of the commands that have it
}

// environment holds the variables of the process.
type environment map[string]string

func newEnvironment(pairs []string) environment {
	e := environment{}
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		e[name] = value
	}
	return e
}

// The variables that the program reads.
const (
	envData     = "SHOUWANG_DATA"
	envDatabase = "DATABASE_URL"
	// envOwner connects as the owner of the schemas where DATABASE_URL connects
	// as a role that may only add to the record.
	envOwner = "DATABASE_OWNER_URL"
	// envLog says where the record is, as --log does.
	envLog = "SHOUWANG_LOG"
	// envKurrent is the address that "kurrent" stands for.
	envKurrent = "KURRENT_URL"
	// envNotice is how long a server says that it ends, as --notice does.
	envNotice = "SHOUWANG_NOTICE"
	// envPublish names where messages go, as --publish does.
	envPublish = "SHOUWANG_PUBLISH"
	// envInbox names where messages come from, as --inbox does, envSenders the
	// file of those who may send.
	envInbox   = "SHOUWANG_INBOX"
	envSenders = "SHOUWANG_SENDERS"
	// envWebhookSecret names the file of the secret that webhooks are signed with.
	envWebhookSecret = "SHOUWANG_WEBHOOK_SECRET_FILE"
	// envIssuer, envIssuerClient and envIssuerSecret name the unified login, as
	// --oidc-issuer, --oidc-client and --oidc-secret-file do.
	envIssuer       = "SHOUWANG_OIDC_ISSUER"
	envIssuerClient = "SHOUWANG_OIDC_CLIENT"
	envIssuerSecret = "SHOUWANG_OIDC_SECRET_FILE"
	// envOutbox set to outboxAll tells the whole record at the outbox's first start.
	envOutbox = "SHOUWANG_OUTBOX"
	outboxAll = "all"
)

func newRootCommand(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "shouwang",
		Short: "守望：防止返贫动态监测和帮扶的一户一档 (the record of county case work against falling back into poverty)",
		Long: `守望：一户一档，只增不删，台账、公示、报表都由记录推出。
Shouwang keeps each household's file as an append-only record and derives everything else from it.

环境变量 (environment)
  SHOUWANG_DATA       数据目录，缺省 ./data (the data folder)
  DATABASE_URL        使用已有的 PostgreSQL；不设则自动启动私有的 (an existing server; otherwise a private one is started)
  DATABASE_OWNER_URL  建表用的属主连接，可选 (the schemas' owner, where DATABASE_URL is a role that may only add)
  SHOUWANG_LOG        记录存放处，同 --log (where the record is)
  KURRENT_URL         --log kurrent 所指的 KurrentDB 集群地址 (the cluster that --log kurrent means): esdb://user:password@host:2113,…
  SHOUWANG_NOTICE     停止前宣告多久，同 --notice (how long to say so before ending)
  SHOUWANG_PUBLISH    消息发往何处，空格分隔，同 --publish (where messages go, divided by spaces)
  SHOUWANG_WEBHOOK_SECRET_FILE  webhook 签名密钥文件，base64 (the secret that webhooks are signed with)
  SHOUWANG_INBOX      接收消息的地址，同 --inbox (where others' messages come from)
  SHOUWANG_SENDERS    可发来消息的系统名单文件 (the file of the systems that may send)
  SHOUWANG_OUTBOX     设为 all 时首次启动发送全部历史 (all: the first start tells the whole record)
  SHOUWANG_OIDC_ISSUER  统一身份认证地址，同 --oidc-issuer (the issuer of the unified login; also _CLIENT, _SECRET_FILE)

退出码 (exit codes): 0 完成 done, 1 被拒绝或失败 refused or failed, 2 用法错误 wrong usage`,
		SilenceUsage: true, SilenceErrors: true,
		Args: usageArgs(cobra.NoArgs),
		RunE: showHelp,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			if p.data == "" {
				return usagef(c.CommandPath(), "--data: 不能为空 (must not be empty)")
			}
			if err := p.checkLog(p.log); err != nil {
				return usagef(c.CommandPath(), "--log: %w", err)
			}
			return nil
		},
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return &usageError{command: c.CommandPath(), err: err} })
	root.PersistentFlags().StringVar(&p.data, "data", p.defaultData(), "数据目录 (the data folder; also $SHOUWANG_DATA)")
	root.PersistentFlags().StringVar(&p.log, "log", cmp.Or(p.env[envLog], logPostgres),
		"记录存放处：postgres、kurrent($KURRENT_URL)或其地址 (where the record is: postgres, kurrent or an address; also $SHOUWANG_LOG)")
	root.AddCommand(
		newServeCommand(p), newDemoCommand(p), newReportCommand(p), newReplayCommand(p),
		newRebuildCommand(p), newPolicyCommand(p), newAccountCommand(p), newDoctorCommand(p), newOutboxCommand(p), newCopyLogCommand(p), newBenchCommand(p), newVersionCommand(p),
	)
	return root
}

// defaultData is the data folder where --data names none.
func (p *program) defaultData() string {
	if data := p.env[envData]; data != "" {
		return data
	}
	return "data"
}

// commandLine is a command to type that works on the same place as this one.
func (p *program) commandLine(command string) string {
	if p.data != p.defaultData() {
		command += " --data " + p.data
	}
	if p.log != cmp.Or(p.env[envLog], logPostgres) {
		command += " --log " + describeLog(p.log)
	}
	return "shouwang " + command
}

// showHelp is what a command does that only holds others: named alone, it is
// used wrongly.
func showHelp(c *cobra.Command, _ []string) error {
	_ = c.Help() // a failing writer has nobody to be told
	return &usageError{command: c.CommandPath()}
}

// usageArgs makes a violation of check a wrong usage.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return &usageError{command: c.CommandPath(), err: err}
		}
		return nil
	}
}

// jsonFlag gives a command its --json.
func (p *program) jsonFlag(c *cobra.Command) {
	c.Flags().BoolVar(&p.asJSON, "json", false, "输出 JSON (print JSON)")
}

// say prints a line for the person at the terminal: never on stdout, which
// belongs to the answer.
func (p *program) say(format string, args ...any) {
	_, _ = fmt.Fprintf(p.stderr, format+"\n", args...) // there is nobody else to be told
}

// print writes a line of the answer.
func (p *program) print(format string, args ...any) error {
	if _, err := fmt.Fprintf(p.stdout, format+"\n", args...); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

// printJSON writes the answer as JSON.
func (p *program) printJSON(v any) error {
	if err := json.MarshalWrite(p.stdout, v, jsontext.WithIndent("  "), json.Deterministic(true)); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return p.print("")
}
