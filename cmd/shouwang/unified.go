package main

import (
	"cmp"
	"net"
	"net/url"
	"os"
	"strings"

	"shouwang/api/issuer"
)

// maxClientSecret bounds the file of a client's secret, in bytes; issuers give
// some 64.
const maxClientSecret = 4096

// unified is the unified login (统一身份认证) as flags or the environment name it.
type unified struct{ issuer, client, secretFile string }

// with is what was named, from the environment where no flag did.
func (u unified) with(e environment) unified {
	return unified{cmp.Or(u.issuer, e[envIssuer]), cmp.Or(u.client, e[envIssuerClient]), cmp.Or(u.secretFile, e[envIssuerSecret])}
}

// open returns the issuer, nil if none is named. It is not asked anything yet.
func (u unified) open(command string) (*issuer.Issuer, error) {
	if u == (unified{}) {
		return nil, nil
	}
	if u.issuer == "" || u.client == "" {
		return nil, usagef(command, "--oidc-issuer 与 --oidc-client 须同时给出 (go together)")
	}
	address, err := url.Parse(u.issuer)
	if err != nil || address.Host == "" || address.RawQuery != "" || address.Fragment != "" || address.Scheme != "https" && !onThisMachine(address) {
		return nil, usagef(command, "--oidc-issuer %q: 应为 https:// 地址 (an https address)", u.issuer)
	}
	c := issuer.Config{Address: u.issuer, Client: u.client}
	if u.secretFile != "" {
		text, err := os.ReadFile(u.secretFile)
		if err != nil {
			return nil, refuse("统一身份认证的客户端密钥不能读取", "the client's secret cannot be read", err.Error())
		}
		if c.Secret = strings.TrimSpace(string(text)); c.Secret == "" || len(text) > maxClientSecret {
			return nil, refuse("统一身份认证的客户端密钥文件是空的或过大", "the file of the client's secret is empty or too large", u.secretFile)
		}
	}
	return issuer.New(c), nil
}

// onThisMachine says whether the address is on this machine, where nobody listens on the
// way.
func onThisMachine(address *url.URL) bool {
	return address.Scheme == "http" && (address.Hostname() == "localhost" || net.ParseIP(address.Hostname()).IsLoopback())
}
