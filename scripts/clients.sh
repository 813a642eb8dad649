#!/bin/sh
# clients.sh installs the official clients that the tests' KurrentDB is tried
# with, once. Where npm cannot fetch them, their test is skipped and says so;
# with CI set that is an error.
set -eu

folder=$(dirname "$0")/../internal/esdbtest/testdata/clients
[ -d "$folder/node_modules/@eventstore/db-client" ] && [ -d "$folder/node_modules/@kurrent/kurrentdb-client" ] && exit 0
sh "$(dirname "$0")/need.sh" node
if ! npm install --prefix "$folder" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error; then
	echo "未能安装官方客户端，相应测试将跳过 (the official clients could not be installed; their test is skipped)" >&2
	[ -z "${CI:-}" ] || exit 1
fi
