package main

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"time"

	"shouwang/api"
)

// defaultAddress is where a person at this machine looks first.
const defaultAddress = "127.0.0.1:8080"

// outside is where and how the server is reached.
type outside struct {
	address   string
	cert, key string // files of TLS by ourselves
	// proxied: a proxy on this machine brings requests, by TLS.
	proxied bool
	// notice is how long the server says that it ends before it does.
	notice time.Duration
	// publish are the addresses that messages go to.
	publish []string
	// inbox is the address that messages come from, if any.
	inbox string
	// unified is the unified login, if any.
	unified unified
}

// secure says whether those who come, come by TLS, so that cookies need never
// travel without.
func (o outside) secure() bool { return o.proxied || o.cert != "" }

func (o outside) check(command string) error {
	switch {
	case (o.cert == "") != (o.key == ""):
		return usagef(command, "--tls-cert 与 --tls-key 须同时给出 (go together)")
	case o.notice < 0 || o.notice > maxNotice:
		return usagef(command, "--notice %v: 应在 0 与 %v 之间 (between them)", o.notice, maxNotice)
	case o.proxied && o.cert != "":
		return usagef(command, "--proxied 与 --tls-cert 不能同用 (exclude each other)")
	}
	return nil
}

// listen opens the address. Without TLS only this machine may come: passwords
// would be told to whoever listens on the way.
func listen(ctx context.Context, command string, o outside) (net.Listener, error) {
	if err := o.check(command); err != nil {
		return nil, err
	}
	address := o.address
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, usagef(command, "--addr %q: 应为 主机:端口 (host:port)", address)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, usagef(command, "--addr %q: 端口应为 0 至 65535 (the port is 0 to 65535)", address)
	}
	if o.cert == "" && api.LoopbackOnly(net.JoinHostPort(host, port)) != nil {
		return nil, refuseAddress(address)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	// The name may mean something else on this machine.
	if tcp, ok := listener.Addr().(*net.TCPAddr); o.cert == "" && (!ok || !tcp.IP.IsLoopback()) {
		_ = listener.Close()
		return nil, refuseAddress(address)
	}
	return listener, nil
}

func refuseAddress(address string) error {
	return refuse("没有TLS时只能在本机监听："+address, "without TLS only an address of this machine is accepted",
		"用证书 (with a certificate): --tls-cert FILE --tls-key FILE",
		"或由本机上的反向代理提供TLS (or behind a proxy on this machine): --addr "+defaultAddress+" --proxied")
}
