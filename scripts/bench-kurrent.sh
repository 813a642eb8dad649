#!/bin/sh
# bench-kurrent.sh [URL] measures appends and readings on a KurrentDB beside the
# same on Postgres. The KurrentDB must be empty and is filled. Without a URL it
# starts the tests' own server as a process and uses that: what is measured there
# is the cost of the protocol, not of a database. BENCH holds further flags.
set -eu

url=${1:-}
server=
folder=$(mktemp -d)
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || :; rm -rf "$folder"' EXIT INT TERM
if [ -z "$url" ]; then
	echo "没有给出 KURRENT_URL：使用测试用的替身服务器，只测得协议开销 (no KURRENT_URL: the tests' own server is used; protocol cost)" >&2
	go build -o "$folder/standalone" ./internal/esdbtest/standalone
	"$folder/standalone" -addr 127.0.0.1:0 >"$folder/url" &
	server=$!
	while [ ! -s "$folder/url" ]; do
		kill -0 "$server" || exit 1
		sleep 0.1
	done
	url=$(cat "$folder/url")
fi
# shellcheck disable=SC2086 # flags are words
for bench in append read; do
	KURRENT_URL=$url bin/shouwang bench $bench --log kurrent ${BENCH:-}
done
