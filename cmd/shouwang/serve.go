package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"shouwang/domain/act"
)

func newServeCommand(p *program) *cobra.Command {
	var o outside
	c := &cobra.Command{
		Use: "serve", Short: "启动服务；没有记录时建立正式记录 (serve the record; an empty place becomes a real record)",
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.serve(c.Context(), c.CommandPath(), o, func(ctx context.Context, a *app) error {
				return a.begin(ctx, act.RealClock)
			})
		},
	}
	outsideFlags(c, &o)
	return c
}

func outsideFlags(c *cobra.Command, o *outside) {
	c.Flags().StringVar(&o.address, "addr", defaultAddress, "监听地址，端口 0 表示任选 (the address; port 0 is any)")
	c.Flags().StringVar(&o.cert, "tls-cert", "", "TLS证书文件，有它才能在本机以外监听 (a certificate: others may come)")
	c.Flags().StringVar(&o.key, "tls-key", "", "TLS私钥文件 (its key)")
	c.Flags().StringArrayVar(&o.publish, "publish", nil,
		"消息发往 nats://、amqp:// 或 https:// 地址，可多次给出；缺省只在本进程内 (where messages go; none: in this process only)")
	c.Flags().StringVar(&o.inbox, "inbox", "", "接收其他系统消息的 nats:// 或 amqp:// 地址；发送方见 $SHOUWANG_SENDERS (where others' messages come from)")
	c.Flags().StringVar(&o.unified.issuer, "oidc-issuer", "", "统一身份认证地址，也可用 $SHOUWANG_OIDC_ISSUER (the issuer of the unified login)")
	c.Flags().StringVar(&o.unified.client, "oidc-client", "", "在统一身份认证登记的客户端编号，$SHOUWANG_OIDC_CLIENT (who we are there)")
	c.Flags().StringVar(&o.unified.secretFile, "oidc-secret-file", "", "客户端密钥文件，$SHOUWANG_OIDC_SECRET_FILE (the file of the client's secret)")
	c.Flags().DurationVar(&o.notice, "notice", 0, "停止前先这样久宣告未就绪，使代理改走别处，也可用 $SHOUWANG_NOTICE (how long to say so before ending: a proxy then asks others)")
	c.Flags().BoolVar(&o.proxied, "proxied", false, "由本机的反向代理提供TLS (a proxy on this machine provides TLS)")
}

// serve opens the record, lets begin make it ready, and answers requests until
// ctx is done. What was opened last is closed first: requests under way, the
// followers, the log, the connections, Postgres.
func (p *program) serve(ctx context.Context, command string, o outside, begin func(context.Context, *app) error) (err error) {
	unified, err := o.unified.with(p.env).open(command)
	if err != nil {
		return err
	}
	if o.notice, err = p.notice(command, o.notice); err != nil {
		return err
	}
	door, err := openDoor(ctx, command, o)
	if err != nil {
		return err
	}
	closing := []func() error{func() error { return door.close(ctx) }}
	defer func() {
		for _, f := range closing {
			err = errors.Join(err, f())
		}
	}()
	a, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	closing = append(closing, a.close)
	if err := begin(ctx, a); err != nil {
		return err
	}
	if err := a.complete(ctx); err != nil {
		return err
	}
	if err := a.deliver(ctx, command, o); err != nil {
		return err
	}
	if err := a.letIn(ctx, door.address()); err != nil {
		return err
	}
	door.server.RegisterOnShutdown(a.feed.Hush)
	door.opens(a.faces(o, unified))
	if err := p.print("%s", door.address()); err != nil {
		return err
	}
	p.say("守望已就绪：%s (ready; Ctrl-C 停止 stops it)", door.address())
	p.say("接口说明 (what it can be asked)：%s/api/openapi.json", door.address())
	a.resume(ctx)
	if err := door.wait(ctx); err != nil {
		return err
	}
	p.say("正在停止 … (stopping)")
	return nil
}

// notice is what the command line says, or the environment.
func (p *program) notice(command string, given time.Duration) (time.Duration, error) {
	text := p.env[envNotice]
	if given != 0 || text == "" {
		return given, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, usagef(command, "%s=%q: 应如 3s (a duration such as 3s)", envNotice, text)
	}
	return d, nil
}

// letIn sees to it that somebody can log in.
func (a *app) letIn(ctx context.Context, address string) error {
	if a.info.Demonstration() {
		return a.openDemoUsers(ctx)
	}
	return a.welcome(ctx, address)
}
