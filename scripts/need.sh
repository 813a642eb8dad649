#!/bin/sh
# need.sh THING... installs what is missing of: postgres (the server programs),
# cc (a C compiler, for go test -race), make, node (with npm, for the official
# clients that the tests' KurrentDB is tried with), chromium (with a Chinese font,
# for the tests that look at pages in a real browser), pdftotext (for those that
# read what the browser printed), rabbitmq (the programs of a message broker, for
# the tests that send messages to a real one).
#
# What is there already is left alone, and nothing is asked of the network then.
# Without the right to install it prints the one command to run and exits 2.
set -eu

# oldest is the oldest PostgreSQL that internal/localpg accepts.
oldest=14

# The same places as internal/localpg looks in, and PATH.
has_postgres() {
	for dir in "$(pg_config --bindir 2>/dev/null || :)" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
		/usr/libexec/postgresql* /opt/homebrew/opt/postgresql*/bin $(echo "$PATH" | tr ':' ' '); do
		[ -x "$dir/postgres" ] && [ -x "$dir/initdb" ] || continue
		major=$("$dir/postgres" --version | sed 's/^[^)]*) *\([0-9]*\).*/\1/')
		[ "${major:-0}" -ge "$oldest" ] && return 0
	done
	return 1
}

# A compiler without the C library's headers does not build the race detector.
has_cc() {
	command -v "${CC:-cc}" >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || return 1
	echo '#include <stdlib.h>' | "$(command -v "${CC:-cc}" || command -v gcc)" -E - >/dev/null 2>&1
}

has_make() { command -v make >/dev/null 2>&1; }

has_node() { command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; }

has_chromium() { command -v chromium >/dev/null 2>&1; }

has_pdftotext() { command -v pdftotext >/dev/null 2>&1; }

# Debian's command insists on its own service's user; the broker's own does not.
has_rabbitmq() { [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || command -v rabbitmq-server >/dev/null 2>&1; }

missing=
for thing in "$@"; do
	case $thing in
	postgres | cc | make | node | chromium | pdftotext | rabbitmq) ;;
	*)
		echo "need.sh: unknown: $thing (one of postgres, cc, make, node, chromium, pdftotext, rabbitmq)" >&2
		exit 2
		;;
	esac
	"has_$thing" || missing="$missing $thing"
done
[ -n "$missing" ] || exit 0

manager=
for candidate in apt-get dnf yum zypper apk pacman brew; do
	if command -v "$candidate" >/dev/null 2>&1; then
		manager=$candidate
		break
	fi
done
if [ -z "$manager" ]; then
	echo "缺少 (missing):$missing。未找到包管理器,请手动安装 (no package manager found; install it by hand)。" >&2
	exit 2
fi

# Homebrew refuses to run as root; the others need to be root.
as_root=
if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
	if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		as_root="sudo -n"
	else
		echo "缺少 (missing):$missing。请运行 (please run):" >&2
		echo "  sudo sh $(cd "$(dirname "$0")" && pwd)/need.sh$missing" >&2
		exit 2
	fi
fi
echo "正在安装 (installing):$missing ($manager)"

apt_ready=
apt_install() {
	if [ -z "$apt_ready" ]; then
		$as_root apt-get update -q
		apt_ready=yes
	fi
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Debian's package would create and start a server of its own; we need only the
# programs. A choice that somebody has already made there is respected.
apt_postgres() {
	apt_install postgresql-common
	conf=/etc/postgresql-common/createcluster.conf
	if ! grep -q '^[[:space:]]*create_main_cluster' "$conf" 2>/dev/null; then
		echo 'create_main_cluster = false' | $as_root tee -a "$conf" >/dev/null
	fi
	apt_install postgresql
}

poppler_utils() {
	case $manager in
	apt-get) apt_install poppler-utils ;;
	apk) $as_root apk add poppler-utils ;;
	*) $as_root "$manager" install -y poppler-utils ;;
	esac
}

# Debian's package would start a broker with the machine; we need only the programs.
apt_rabbitmq() {
	apt_install rabbitmq-server
	if [ -d /run/systemd/system ]; then
		$as_root systemctl disable --now rabbitmq-server
	fi
}

for thing in $missing; do
	case $manager-$thing in
	apt-get-postgres) apt_postgres ;;
	apt-get-cc) apt_install gcc libc6-dev ;;
	apt-get-make) apt_install make ;;
	apt-get-node) apt_install nodejs npm ;;
	apt-get-chromium) apt_install chromium fonts-wqy-microhei ;;
	apt-get-pdftotext | dnf-pdftotext | yum-pdftotext | apk-pdftotext) poppler_utils ;;
	zypper-pdftotext) $as_root zypper --non-interactive install poppler-tools ;;
	brew-pdftotext) brew install poppler ;;
	apt-get-rabbitmq) apt_rabbitmq ;;
	*-rabbitmq)
		[ "$manager" = brew ] && package=rabbitmq || package=rabbitmq-server
		case $manager in
		dnf | yum | brew) $as_root "$manager" install $([ "$manager" = brew ] || echo -y) $package ;;
		zypper) $as_root zypper --non-interactive install $package ;;
		apk) $as_root apk add $package ;;
		pacman) $as_root pacman -Sy --noconfirm --needed rabbitmq ;;
		esac
		;;
	dnf-chromium | yum-chromium) $as_root "$manager" install -y chromium google-noto-sans-cjk-fonts ;;
	zypper-chromium) $as_root zypper --non-interactive install chromium noto-sans-cjk-fonts ;;
	apk-chromium) $as_root apk add chromium font-noto-cjk ;;
	brew-chromium) brew install --cask chromium ;;
	dnf-postgres | yum-postgres) $as_root "$manager" install -y postgresql-server ;;
	dnf-cc | yum-cc) $as_root "$manager" install -y gcc glibc-devel ;;
	zypper-postgres) $as_root zypper --non-interactive install postgresql-server ;;
	zypper-cc) $as_root zypper --non-interactive install gcc glibc-devel ;;
	dnf-node | yum-node) $as_root "$manager" install -y nodejs npm ;;
	zypper-node) $as_root zypper --non-interactive install nodejs npm ;;
	apk-node) $as_root apk add nodejs npm ;;
	zypper-make) $as_root zypper --non-interactive install make ;;
	apk-postgres) $as_root apk add postgresql ;;
	apk-cc) $as_root apk add gcc musl-dev ;;
	apk-make) $as_root apk add make ;;
	pacman-*)
		[ "$thing" = cc ] && thing=gcc
		[ "$thing" = postgres ] && thing=postgresql
		[ "$thing" = node ] && thing="nodejs npm"
		[ "$thing" = chromium ] && thing="chromium noto-fonts-cjk"
		[ "$thing" = pdftotext ] && thing=poppler
		# shellcheck disable=SC2086 # two packages
		$as_root pacman -Sy --noconfirm --needed $thing
		;;
	dnf-make | yum-make) $as_root "$manager" install -y make ;;
	brew-postgres) brew install postgresql@17 ;;
	brew-cc) xcode-select --install ;;
	brew-make) brew install make ;;
	brew-node) brew install node ;;
	esac
done

for thing in $missing; do
	if ! "has_$thing"; then
		echo "need.sh: $thing 安装后仍未找到 (still not found after installing)" >&2
		exit 1
	fi
done
