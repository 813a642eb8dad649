#!/bin/sh
# clients.sh installs what tests take from npm, once: the official clients that the
# tests' KurrentDB is tried with, and the examiner of pages. Where npm cannot fetch
# them, their test is skipped and says so; with CI set that is an error.
set -eu

root=$(dirname "$0")/..

# fetch FOLDER PACKAGE...
fetch() {
	folder=$root/$1
	shift
	missing=
	for package in "$@"; do
		[ -d "$folder/node_modules/$package" ] || missing=yes
	done
	[ -n "$missing" ] || return 0
	sh "$root/scripts/need.sh" node
	if ! npm install --prefix "$folder" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error; then
		echo "未能安装 $*，相应测试将跳过 (could not be installed; their test is skipped)" >&2
		[ -z "${CI:-}" ] || exit 1
	fi
}

fetch internal/esdbtest/testdata/clients @eventstore/db-client @kurrent/kurrentdb-client
fetch api/web/testdata/axe axe-core
