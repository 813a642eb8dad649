package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/eventlog/pglog"
	"shouwang/eventlog/transfer"
)

// copied is the answer of a finished copy.
type copied struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Records int64  `json:"records"`
	Found   int64  `json:"already_there"`
	Streams int    `json:"streams"`
	SHA256  string `json:"sha256"`
}

func newCopyLogCommand(p *program) *cobra.Command {
	var from, to string
	c := &cobra.Command{
		Use: "copy-log", Short: "在 PostgreSQL 与 KurrentDB 之间迁移记录 (move the record between Postgres and KurrentDB)",
		Long: `逐条迁移记录，保留记录时间和原始字节，完成后逐条核对；中断后再次运行即可继续。迁移期间请停止服务。
密钥、附件和台账不在记录之中：密钥留在原 PostgreSQL，附件留在数据目录，台账在首次启动时重建。
Moves every record with the time it was recorded at and its bytes, and compares both sides afterwards. Stopped, it goes on
when run again. Nobody should serve meanwhile. Keys stay in Postgres and attachments in the data folder; read models are
made anew at the next start.`,
		Example: "  shouwang copy-log --from postgres --to esdb://user:password@host:2113",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			for _, name := range []struct{ flag, value string }{{"--from", from}, {"--to", to}} {
				if err := p.checkLog(name.value); err != nil {
					return usagef(c.CommandPath(), name.flag+": %w", err)
				}
			}
			if p.kurrentAddress(from) == p.kurrentAddress(to) {
				return usagef(c.CommandPath(), "--from、--to: 两处相同 (both are the same)")
			}
			return p.copyLog(c.Context(), from, to)
		},
	}
	c.Flags().StringVar(&from, "from", "", "来源：postgres、kurrent 或地址 (from where)")
	c.Flags().StringVar(&to, "to", "", "去处：postgres、kurrent 或地址 (to where)")
	p.jsonFlag(c)
	return c
}

func (p *program) copyLog(ctx context.Context, from, to string) (err error) {
	var closers []func() error
	defer func() {
		for i := len(closers) - 1; i >= 0; i-- {
			err = errors.Join(err, closers[i]())
		}
	}()
	var logs [2]eventlog.Log
	for i, name := range []string{from, to} {
		l, close, err := p.openEnd(ctx, name, i == 1)
		if err != nil {
			return err
		}
		closers = append(closers, close...)
		logs[i] = l
	}
	bar := p.progress("迁移记录 (moving the record)", 0)
	s, err := transfer.Copy(ctx, logs[0], logs[1], bar.at)
	switch {
	case errors.Is(err, transfer.ErrDifferent):
		return because(err, "去处已有另一份记录", "there is another record at the target", "请用空的去处 (take an empty one)")
	case errors.Is(err, transfer.ErrGrowing):
		return because(err, "来源仍在写入", "the source is being written to", "请先停止服务，再运行一次 (stop the servers and run it again)")
	case errors.Is(err, context.Canceled):
		return refuse("迁移已中断", "the copying was interrupted", "再次运行即可继续 (it goes on when run again)")
	case err != nil:
		return err
	}
	bar.end()
	answer := copied{From: describeLog(from), To: describeLog(to), Records: s.Records, Found: s.Found, Streams: s.Streams, SHA256: s.Hash}
	if p.asJSON {
		return p.printJSON(answer)
	}
	return p.print("已迁移并核对：%d 条记录，%d 个流，其中原有 %d 条；SHA-256 %s (moved and compared)", s.Records, s.Streams, s.Found, s.Hash)
}

// openEnd opens one end of a copy: a source must be there, a target is made.
// What is returned is closed last first.
func (p *program) openEnd(ctx context.Context, name string, target bool) (_ eventlog.Log, closers []func() error, err error) {
	defer func() {
		if err != nil {
			for i := len(closers) - 1; i >= 0; i-- {
				err = errors.Join(err, closers[i]())
			}
			closers = nil
		}
	}()
	if address := p.kurrentAddress(name); address != "" {
		l, err := kurrentlog.Open(ctx, kurrentlog.Config{URL: address, Existing: !target, Logger: p.logger()})
		if errors.Is(err, kurrentlog.ErrNoStore) {
			return nil, nil, refuse("来源没有记录："+describeLog(name), "there is no record at the source")
		}
		if err != nil {
			return nil, nil, err
		}
		return l, []func() error{l.Close}, nil
	}
	place, err := p.openPlace(ctx, target)
	if err != nil {
		return nil, nil, err
	}
	closers = append(closers, place.close)
	if target {
		err = place.migrate(ctx)
	} else if some, failed := place.recorded(ctx); failed != nil || !some {
		if err = failed; err == nil {
			err = p.errNoRecord()
		}
	}
	if err != nil {
		return nil, closers, err
	}
	l, err := pglog.Open(ctx, pglog.Config{Conn: place.app.ConnConfig.Copy()})
	if err != nil {
		return nil, closers, err
	}
	return l, append(closers, l.Close), nil
}
