package api

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// LoopbackOnly refuses a listen address that others could reach: until accounts
// exist, whoever reaches the server is believed to be who he says he is.
func LoopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("监听地址%q写法有误，应如127.0.0.1:8080：%w", addr, err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("监听地址%q不是本机回环地址：账户功能启用之前只能监听127.0.0.1、[::1]或localhost", addr)
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

// onlyLoopbackHosts refuses requests that a web page elsewhere had a browser
// send here under a name of its own (DNS rebinding).
func onlyLoopbackHosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !isLoopback(host) {
			writeProblem(w, newProblem(hostNotLoopback, ""))
			return
		}
		next.ServeHTTP(w, r)
	})
}
