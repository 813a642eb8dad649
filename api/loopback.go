package api

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// LoopbackOnly refuses a listen address that others could reach: a server that is
// not locked believes whoever reaches it, and one without TLS tells passwords to
// whoever listens on the way.
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

// onlyKnownHosts refuses requests that a web page elsewhere had a browser send
// here under a name of its own (DNS rebinding), where this machine is believed.
// A locked server believes only who proves himself, under whatever name.
func (s *server) onlyKnownHosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !s.Locked && !isLoopback(host) {
			writeProblem(w, newProblem(hostNotLoopback, ""))
			return
		}
		next.ServeHTTP(w, r)
	})
}
