// Command standalone is the tests' server as a process of its own, for what is
// to be tried against an address where no real server can be had:
//
//	go run ./internal/esdbtest/standalone -addr 127.0.0.1:2113
//
// It keeps everything in memory, admits everybody, and is no database.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"shouwang/internal/esdbtest"
)

func main() {
	address := flag.String("addr", "127.0.0.1:2113", "where to listen")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server, err := esdbtest.Serve(esdbtest.NewStore(), esdbtest.Options{Address: *address})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(server.URL())
	<-ctx.Done()
	server.Stop()
}
