# `make` shows what there is. Everything a target needs, it installs itself.

# Modules are as go.mod says, never changed by a build. The commit is stamped in
# where git can tell it.
export GOFLAGS := -mod=readonly -buildvcs=$(shell git rev-parse HEAD >/dev/null 2>&1 && echo true || echo false)

# Packages tested at once: each starts a Postgres of its own.
AT_ONCE := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -lt 4 ] && echo $$n || echo 4)

TEMPL := github.com/a-h/templ/cmd/templ@v0.3.1020
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.DEFAULT_GOAL := help
.PHONY: help run build test test-kurrent check lint pages bench bench-kurrent postgres

help: ## show this
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: postgres build ## install what is missing, build, serve the demonstration county on 127.0.0.1:8080
	@exec bin/shouwang demo

build: ## build bin/shouwang
	go build -o bin/shouwang ./cmd/shouwang

test: ## run all tests with the race detector, each against a Postgres database of its own
	@sh scripts/need.sh postgres cc chromium pdftotext rabbitmq
	@sh scripts/clients.sh
	CGO_ENABLED=1 go test -race -timeout 20m -p $(AT_ONCE) ./...

test-kurrent: postgres ## the log's suite, a soak and the county against an empty KurrentDB: KURRENT_URL=esdb://…
	@sh scripts/test-kurrent.sh "$(KURRENT_URL)"

check: lint test ## everything that must be green before a commit

lint: ## gofmt, go vet and the few linters of .golangci.yml
	@unformatted=$$(gofmt -l .); [ -z "$$unformatted" ] || { echo "not gofmt'ed:"; echo "$$unformatted"; exit 1; }
	go vet ./...
	@go run $(TEMPL) generate -path api/web >/dev/null 2>&1 && git diff --exit-code --stat -- '*_templ.go' || { echo "pages: generated files differ from their templates"; exit 1; }
	go run $(GOLANGCI) run

pages: ## make the Go files of the pages from their templates
	go run $(TEMPL) generate -path api/web

bench: postgres build ## measure the speed, beside what Postgres itself can do
	@exec bin/shouwang bench

bench-kurrent: postgres build ## the same appends and readings on a KurrentDB beside Postgres: KURRENT_URL=esdb://…
	@sh scripts/bench-kurrent.sh "$(KURRENT_URL)"

postgres: # the server programs, unless a server is named
	@[ -n "$$DATABASE_URL" ] || sh scripts/need.sh postgres
