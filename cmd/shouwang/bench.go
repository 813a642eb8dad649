package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"shouwang/api"
	"shouwang/internal/bench"
)

// benchWorker is the hidden subcommand that a bench starts for what it measures
// in several processes.
const benchWorker = "worker"

// newBenchCommand holds the measurements; each is a subcommand of its own.
func newBenchCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "bench", Short: "测速,与 PostgreSQL 本身并排比较 (measure the speed, beside what Postgres itself can do)",
		Long: `测速:每一项都与同一次运行中并排测得的 PostgreSQL 自身速度相比,看比值,不看绝对值。
在临时数据目录的私有 PostgreSQL 上进行(或 DATABASE_URL 上自建、用后即删的数据库),绝不打开已有的记录。
Each measurement is compared with what Postgres itself does beside it in the same run. It works in a private
Postgres in a throw-away folder, or in databases of its own on DATABASE_URL, and never opens an existing record.

--log kurrent:append 和 read 另在该 KurrentDB 上测,与 PostgreSQL 并排;它必须是空的,测后留有数据。
With --log kurrent, append and read are measured on that KurrentDB too, beside Postgres. It must be empty, and is left filled.`,
		Args: usageArgs(cobra.NoArgs), RunE: showHelp,
	}
	config := bench.Config{DatabaseURL: p.env[envDatabase], Worker: []string{"bench", benchWorker}, Faces: benchFaces, Pages: p.benchPages,
		Deliver: p.benchDeliver, Destinations: p.benchDestinations()}
	c.AddCommand(benchOf(p, config, "all", "以下各项 (all of them)", bench.Names()...))
	for _, b := range []struct{ name, short string }{
		{bench.Append, "写入:1 至 256 个写入者,与逐行 INSERT 相比 (appends beside one-row INSERTs)"},
		{bench.Tail, "跟随:写入者和外来长事务之下有无遗漏、乱序 (a follower under writers and a foreign transaction)"},
		{bench.Command, "完整办理:从请求到台账中读到 (whole commands, until the register shows them)"},
		{bench.Decide, "办理本身:决定、装载、无人跟随时的速度 (deciding, folding, acts with nobody following)"},
		{bench.Import, "批量导入,与 COPY 相比 (imports beside COPY)"},
		{bench.Read, "按序读出全部记录 (reading the record in order)"},
		{bench.Rebuild, "重建台账 (rebuilding the register)"},
		{bench.Query, "台账查询,与 pgbench 相比 (queries beside pgbench)"},
		{bench.Pages, "页面:示范县的台账页和档案页,16 人同时,与其语句本身相比 (pages beside their statements)"},
		{bench.Deliver, "消息投递:每条成本、每秒 1000 条时的用时、能持续的最高速率;代理由 SHOUWANG_PUBLISH 指明 (delivery of messages; name brokers in SHOUWANG_PUBLISH)"},
	} {
		c.AddCommand(benchOf(p, config, b.name, b.short, b.name))
	}
	c.AddCommand(&cobra.Command{Use: benchWorker, Hidden: true, Args: usageArgs(cobra.NoArgs), RunE: func(c *cobra.Command, _ []string) error {
		return bench.Work(c.Context(), p.stdin, p.stdout)
	}})
	return c
}

// benchFaces is the API as serve opens it, over what a bench has.
func benchFaces(parts bench.Parts) *http.Server {
	return api.Server(api.New(api.Config{Handler: parts.Handler, Accounts: parts.Accounts, Followers: parts.Followers, Reads: api.Reads{Register: parts.Register}}))
}

func benchOf(p *program, config bench.Config, name, short string, names ...string) *cobra.Command {
	c := &cobra.Command{Use: name, Short: short, Args: usageArgs(cobra.NoArgs)}
	p.jsonFlag(c)
	flags := c.Flags()
	flags.IntVar(&config.Rounds, "rounds", 3, "每项交替测几轮 (rounds, in turn)")
	flags.DurationVar(&config.Each, "each", 1500*time.Millisecond, "每次测速率多久 (how long one measurement of a rate takes)")
	flags.IntSliceVar(&config.Appenders, "appenders", []int{1, 4, 16, 64, 256}, "append:写入者数 (numbers of appenders)")
	flags.IntVar(&config.Processes, "processes", 3, "append:另测几个进程同时写入 (processes that append side by side)")
	flags.IntVar(&config.Events, "events", 1_000_000, "import、read、rebuild、deliver:条数 (events, messages)")
	flags.IntVar(&config.Households, "households", 1_000_000, "query:户数 (households)")
	flags.DurationVar(&config.Quiet, "quiet", 5*time.Second, "每次测前最多等别的程序安静多久,负数为不等 (patience for a quiet machine)")
	flags.StringVar(&config.Folder, "dir", "", "临时数据目录放在哪里 (where the throw-away data folder is made)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		config.KurrentURL = p.kurrentAddress(p.log)
		return p.bench(c.Context(), c.CommandPath(), config, names)
	}
	return c
}

// errLost says that a bench found something lost or out of order, which the
// report has told already.
var errLost = errors.New("the bench found faults")

func (p *program) bench(ctx context.Context, command string, config bench.Config, names []string) error {
	config.Say = func(line string) { p.say("%s", line) }
	config.Found = func(row bench.Row) {
		if p.asJSON {
			p.say("%s", row)
			return
		}
		_ = p.print("%s", row) // whoever no longer listens is told at the end
	}
	report, err := bench.Run(ctx, config, names...)
	switch {
	case errors.Is(err, bench.ErrUsage):
		return usagef(command, "%w", err)
	case err != nil:
		return err
	case p.asJSON:
		err = p.printJSON(report)
	default:
		err = p.print("%s", report.Closing())
	}
	if err == nil && len(report.Faults) > 0 {
		err = because(errLost, "测速中发现差错,见上", "the bench found faults, see above")
	}
	return err
}
