// Command standalone is the tests' server as a process of its own, for what is
// to be tried against an address where no real server can be had:
//
//	go run ./internal/esdbtest/standalone -addr 127.0.0.1:2113
//
// It keeps everything in memory, admits everybody, and is no database. With
// -guarded FOLDER it is set up as one should be: TLS by a certificate written
// there, and a user "shouwang" (password "secret") who may read and append and
// nothing else.
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
	guarded := flag.String("guarded", "", "a folder for its certificate")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, *address, *guarded); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, address, guarded string) error {
	store, options, url := esdbtest.NewStore(), esdbtest.Options{Address: address}, (*esdbtest.Server).URL
	if guarded != "" {
		certificate, file, err := esdbtest.MakeCertificate(guarded)
		if err != nil {
			return err
		}
		options.Certificate, options.Users = certificate, map[string]esdbtest.User{"shouwang": {Password: "secret"}}
		store.Protect("shouwang")
		url = func(s *esdbtest.Server) string {
			return "esdb://shouwang:secret@" + s.Address() + "?tls=true&tlsCaFile=" + file
		}
	}
	server, err := esdbtest.Serve(store, options)
	if err != nil {
		return err
	}
	defer server.Stop()
	fmt.Println(url(server))
	<-ctx.Done()
	return nil
}
