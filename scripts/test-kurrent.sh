#!/bin/sh
# test-kurrent.sh [URL] runs the suite of the log, a soak and the demonstration
# county against a KurrentDB, which must be empty and is filled. Without a URL it
# starts the tests' own server as a process and uses that: what is measured there
# is the cost of the protocol, not of a database.
set -eu

url=${1:-}
server=
folder=$(mktemp -d)
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || :; rm -rf "$folder"' EXIT INT TERM
if [ -z "$url" ]; then
	echo "没有给出 KURRENT_URL：使用测试用的替身服务器 (no KURRENT_URL: the tests' own server is used)"
	go build -o "$folder/standalone" ./internal/esdbtest/standalone
	"$folder/standalone" -addr 127.0.0.1:0 >"$folder/url" &
	server=$!
	while [ ! -s "$folder/url" ]; do
		kill -0 "$server" || exit 1
		sleep 0.1
	done
	url=$(cat "$folder/url")
fi
# The whole product first: it needs an empty database.
KURRENT_URL=$url go test -count=1 -timeout 30m -run 'TestTheWholeProductOnKurrentDB' ./cmd/shouwang
KURRENT_URL=$url KURRENT_SOAK=${KURRENT_SOAK:-1m} go test -count=1 -timeout 60m -v -run 'TestSoak' ./eventlog/kurrentlog
KURRENT_URL=$url go test -count=1 -timeout 60m -run 'TestContract' ./eventlog/kurrentlog
# The adapter after a minute without a server, whichever that is: a usual run takes seconds.
KURRENT_OUTAGE=1m go test -count=1 -run TestRecoversAfterAnOutage ./eventlog/kurrentlog
