package main

import (
	"context"
	"fmt"
	"net"
	"strconv"

	"shouwang/api"
)

// defaultAddress is where a person at this machine looks first.
const defaultAddress = "127.0.0.1:8080"

// listen opens the address. Until accounts exist only this machine may come:
// who one is, is said by a header.
func listen(ctx context.Context, command, address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, usagef(command, "--addr %q: 应为 主机:端口 (host:port)", address)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, usagef(command, "--addr %q: 端口应为 0 至 65535 (the port is 0 to 65535)", address)
	}
	if api.LoopbackOnly(net.JoinHostPort(host, port)) != nil {
		return nil, refuseAddress(address)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	// The name may mean something else on this machine.
	if tcp, ok := listener.Addr().(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		_ = listener.Close()
		return nil, refuseAddress(address)
	}
	return listener, nil
}

func refuseAddress(address string) error {
	return refuse("只能在本机监听："+address, "only an address of this machine is accepted",
		"尚无账户时，谁都能自称是任何人；请用 (without accounts anybody could claim to be anyone; use): --addr "+defaultAddress)
}
