package api

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// LoopbackOnly refuses a listen address that others could reach: without TLS
// passwords and tokens are told to whoever listens on the way.
func LoopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("监听地址%q写法有误，应如127.0.0.1:8080：%w", addr, err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("监听地址%q不是本机回环地址：没有TLS时只能监听127.0.0.1、[::1]或localhost", addr)
	}
	return nil
}

func isLoopback(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// fromHere says whether a request comes from this machine, and not through a
// proxy that stands on it.
func fromHere(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback()
}
