package main

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"shouwang/api/messages"
	"shouwang/projections/outbox"
)

// inboxQueue is what the poison queue of messages that came in is called here.
const inboxQueue = "inbox"

// outboxListed bounds a list: who has more waiting mends the cause first.
const outboxListed = 1_000

func newOutboxCommand(p *program) *cobra.Command {
	c := &cobra.Command{
		Use: "outbox", Short: "未能送达的消息：列出、放回 (messages that could not be delivered: list them, put them back)",
		Args: usageArgs(cobra.NoArgs), RunE: showHelp,
	}
	list := &cobra.Command{
		Use: "list", Short: "列出未能送达的消息和原因 (list them, with the reasons)",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.use(c.Context(), func(ctx context.Context, a *app) error { return a.listOutbox(ctx) })
		},
	}
	p.jsonFlag(list)
	retry := &cobra.Command{
		Use: "retry DESTINATION|inbox [NUMBER]", Short: "放回，按原顺序重新发送；不写编号则全部放回 (put back, one or all: they are sent again in their order)",
		Args: usageArgs(cobra.RangeArgs(1, 2)),
		RunE: func(c *cobra.Command, args []string) error {
			return p.use(c.Context(), func(ctx context.Context, a *app) error { return a.retryOutbox(ctx, c.CommandPath(), args) })
		},
	}
	p.jsonFlag(retry)
	c.AddCommand(list, retry)
	return c
}

func (a *app) listOutbox(ctx context.Context) error {
	waiting, err := outbox.NewBox(a.pool).Waiting(ctx, outboxListed)
	if err != nil {
		return err
	}
	kept, err := messages.KeptMessages(ctx, a.pool, outboxListed)
	if err != nil {
		return err
	}
	if a.asJSON {
		return a.printJSON(struct {
			Demonstration bool             `json:"demonstration"`
			Waiting       []outbox.Waiting `json:"waiting"`
			Inbox         []messages.Kept  `json:"inbox"`
		}{a.info.Demonstration(), append([]outbox.Waiting{}, waiting...), append([]messages.Kept{}, kept...)})
	}
	for _, w := range waiting {
		why := cmp.Or(w.Reason, "排在同一户未送达的消息之后 (behind another about the same household)")
		if err := a.print("%s %d  %s  %s  第%d次 (tries)  %s", w.Destination, w.Seq, w.Type, w.Subject, w.Tries, why); err != nil {
			return err
		}
	}
	for _, k := range kept {
		if err := a.print("%s %d  %s  第%d次 (tries)  %s", inboxQueue, k.Number, k.Since.Format(time.RFC3339), k.Tries, k.Reason); err != nil {
			return err
		}
	}
	return a.print("%d 条消息未送达，%d 条来信未办理 (messages wait; messages that came in could not be done)", len(waiting), len(kept))
}

func (a *app) retryOutbox(ctx context.Context, command string, args []string) error {
	seq := int64(0)
	if len(args) == 2 {
		var err error
		if seq, err = strconv.ParseInt(args[1], 10, 64); err != nil || seq <= 0 {
			return usagef(command, "%q 不是消息编号 (not the number of a message)", args[1])
		}
	}
	var n int64
	var err error
	if args[0] == inboxQueue {
		n, err = messages.RetryKept(ctx, a.pool, seq)
	} else {
		n, err = outbox.NewBox(a.pool).Retry(ctx, args[0], seq)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return refuse("没有这样的未送达消息", "no such message waits", "列出 (list them): "+a.commandLine("outbox list"))
	}
	if a.asJSON {
		return a.printJSON(struct {
			Returned int64 `json:"returned"`
		}{n})
	}
	return a.print("已放回 %d 条，服务运行时即重新发送 (put back; a running server sends them again)", n)
}
